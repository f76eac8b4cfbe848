use countersign::{
    AwsClaims, Claims, Policy, PolicyDocument, Principal, PrincipalKind, TrustRule, is_aws_issuer,
    is_sts_service,
};

use super::missing::Missing;
use super::written::written;
use crate::language::Text;

/// Whom a policy that is started from a token is to trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// The token's role or user; of an Identity Center role, its permission set.
    Role,
    /// The token's account.
    Account,
    /// The token's organizational unit and what is below it, or its organization if it names no unit.
    Organization,
}

/// A policy that was started from a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The policy: JSON that passes the policy's own lint.
    pub text: String,
    /// What whoever takes it over must look at.
    pub notes: Vec<Text>,
}

const AUDIENCE: Text = Text::new(
    "The audience is the token's own. Replace it unless it names your service: tokens for others must not be accepted.",
    "オーディエンスはトークンの値です。自分のサービスを指す値でなければ置き換えてください。他者向けのトークンを受け入れてはいけません。",
);
const LOOPBACK: Text = Text::new(
    "The issuer is a local one, so the policy has `dangerLoopbackIssuers`: for development only.",
    "ローカルの発行者 (issuer) のため、`dangerLoopbackIssuers` を含めました。開発専用です。",
);
const FOREIGN: Text = Text::new(
    "The issuer does not have the form of AWS's issuers. Pin it only if you know who runs it.",
    "発行者 (issuer) が AWS の形式ではありません。運営者が分かっている場合のみ固定してください。",
);
const PERMISSION_SET: Text = Text::new(
    "Identity Center made this role, and may make it anew under another name. The policy names its permission set instead.",
    "このロールは Identity Center が作成したもので、別の名前で再作成されることがあります。ロール名の代わりに許可セットを指定しました。",
);
const WHOLE_ACCOUNT: Text = Text::new(
    "Every role and user of the account is trusted.",
    "アカウント内のすべてのロールとユーザーを信頼します。",
);
const WHOLE_ORGANIZATION: Text = Text::new(
    "The token names no organizational unit, so every account of the organization is trusted.",
    "トークンに OU がないため、組織内のすべてのアカウントを信頼します。",
);

impl Start {
    /// Every start.
    pub const ALL: [Self; 3] = [Self::Role, Self::Account, Self::Organization];

    /// What it does, for a button.
    pub fn label(self, claims: &Claims) -> Text {
        let principal = claims.subject.as_deref().ok().and_then(Principal::parse);
        match self {
            Self::Role => match principal {
                Some(Principal { permission_set: Some(_), .. }) => {
                    Text::new("Trust this permission set", "この許可セットを信頼")
                }
                Some(Principal { kind: PrincipalKind::User, .. }) => {
                    Text::new("Trust this user", "このユーザーを信頼")
                }
                _ => Text::new("Trust this role", "このロールを信頼"),
            },
            Self::Account => Text::new("Trust this account", "このアカウントを信頼"),
            Self::Organization => {
                let aws = claims.aws.as_ref().ok().and_then(Option::as_ref);
                if aws.is_some_and(|aws| !aws.organizational_units.is_empty()) {
                    Text::new("Trust this organization and OU", "この組織と OU を信頼")
                } else {
                    Text::new("Trust this organization", "この組織を信頼")
                }
            }
        }
    }
}

/// Which starts a token allows, and why not otherwise.
pub fn available(claims: &Claims) -> [(Start, Result<(), Missing>); 3] {
    Start::ALL.map(|one| (one, start(one, claims).map(|_| ())))
}

/// Starts a policy from what a token says.
///
/// The policy accepts that token, if it is genuine and valid, and no token of another account or
/// organization. No value of the token becomes a pattern.
///
/// # Errors
/// What the token lacks, or has in a form that a policy cannot express.
pub fn start(start: Start, claims: &Claims) -> Result<Draft, Missing> {
    let source = Source::of(claims)?;
    let mut notes = vec![AUDIENCE];
    let rule = match start {
        Start::Role => source.role(&mut notes)?,
        Start::Account => source.account(&mut notes),
        Start::Organization => source.organization(&mut notes)?,
    };
    let origin = loopback_origin(source.issuer);
    if origin.is_some() {
        notes.push(LOOPBACK);
    } else if !is_aws_issuer(source.issuer) {
        notes.push(FOREIGN);
    }
    let policy = PolicyDocument {
        audience: source.audience,
        trust: vec![rule],
        danger_loopback_issuers: origin.into_iter().collect(),
        ..PolicyDocument::default()
    };
    let text = written(&policy).ok_or(Missing::Inexpressible)?;
    Policy::from_json(&text).map_err(|faults| Missing::found_by_lint(&faults))?;
    Ok(Draft { text, notes })
}

/// What a token says, as far as every start needs it.
struct Source<'c> {
    audience: Vec<String>,
    issuer: &'c str,
    principal: Principal,
    aws: Option<&'c AwsClaims>,
}

impl<'c> Source<'c> {
    fn of(claims: &'c Claims) -> Result<Self, Missing> {
        let mut audience = Vec::new();
        for text in claims.audience.as_deref().map_err(|_| Missing::Audience)? {
            if !audience.contains(text) {
                audience.push(text.clone());
            }
        }
        let issuer = claims.issuer.as_deref().map_err(|_| Missing::Issuer)?;
        if is_sts_service(issuer) {
            return Err(Missing::IssuerIsSts);
        }
        let subject = claims.subject.as_deref().map_err(|_| Missing::Subject)?;
        let principal = Principal::parse(subject).ok_or(Missing::Subject)?;
        let aws = claims.aws.as_ref().map_err(|_| Missing::AwsClaimShape)?.as_ref();
        let claimed = aws.and_then(|aws| aws.account.as_ref());
        if claimed.is_some_and(|account| *account != principal.account) {
            return Err(Missing::AccountsDiffer);
        }
        Ok(Self { audience, issuer, principal, aws })
    }

    fn role(&self, notes: &mut Vec<Text>) -> Result<TrustRule, Missing> {
        let principal = &self.principal;
        let account = TrustRule {
            issuer: vec![self.issuer.to_owned()],
            account: vec![principal.account.clone()],
            ..TrustRule::default()
        };
        if let Some(set) = &principal.permission_set {
            notes.push(PERMISSION_SET);
            return Ok(TrustRule {
                name: name("permission set", set),
                permission_sets: vec![set.clone()],
                ..account
            });
        }
        if !is_literal(&principal.arn) {
            return Err(Missing::Subject);
        }
        let kind = if principal.kind == PrincipalKind::User { "user" } else { "role" };
        Ok(TrustRule {
            name: name(kind, &principal.name),
            principals: vec![principal.arn.clone()],
            ..account
        })
    }

    fn account(&self, notes: &mut Vec<Text>) -> TrustRule {
        notes.push(WHOLE_ACCOUNT);
        let account = &self.principal.account;
        TrustRule {
            name: name("account", account),
            issuer: vec![self.issuer.to_owned()],
            account: vec![account.clone()],
            ..TrustRule::default()
        }
    }

    fn organization(&self, notes: &mut Vec<Text>) -> Result<TrustRule, Missing> {
        let aws = self.aws.ok_or(Missing::Organization)?;
        let organization = aws.organization.as_ref().ok_or(Missing::Organization)?;
        if !is_aws_issuer(self.issuer) && loopback_origin(self.issuer).is_none() {
            return Err(Missing::IssuerNotAws);
        }
        let mut units = Vec::new();
        for place in &aws.organizational_units {
            let place = place.strip_suffix('/').unwrap_or(place);
            if !is_literal(place) || place.split('/').next() != Some(organization) {
                return Err(Missing::OrganizationalUnit);
            }
            let unit = format!("{place}/**");
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        if units.is_empty() {
            notes.push(WHOLE_ORGANIZATION);
        }
        Ok(TrustRule {
            name: name("organization", organization),
            organization: Some(organization.clone()),
            organizational_units: units,
            ..TrustRule::default()
        })
    }
}

/// Whether a text means itself where patterns are read.
fn is_literal(text: &str) -> bool {
    !text.contains(['*', '?'])
}

/// A rule's name, unless it would be too long for one.
fn name(kind: &str, of: &str) -> Option<String> {
    let name = format!("{kind} {of}");
    (name.chars().count() <= 100 && !name.chars().any(char::is_control)).then_some(name)
}

/// The origin of a local issuer, `http://<host>:<port>` of `http://<host>:<port>/<label>`. Whether it is one
/// is for the policy's lint to say.
fn loopback_origin(issuer: &str) -> Option<String> {
    let (origin, _) = issuer.rsplit_once('/')?;
    let authority = origin.strip_prefix("http://")?;
    (!authority.is_empty() && !authority.contains('/')).then(|| origin.to_owned())
}
