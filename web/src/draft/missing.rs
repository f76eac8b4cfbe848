use countersign::{PolicyCode, PolicyFaults};

use crate::language::Text;

/// Why a policy cannot be started from a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The subject and AWS's claim name different accounts.
    AccountsDiffer,
    /// There is no audience, or none that a policy can name.
    Audience,
    /// AWS's claim does not have its type.
    AwsClaimShape,
    /// There is no issuer, or none that a policy can pin.
    Issuer,
    /// The issuer is the STS service.
    IssuerIsSts,
    /// The issuer does not have the form by which an organization can be trusted.
    IssuerNotAws,
    /// The account is in no organization, as far as the token says.
    Organization,
    /// The organization's id is none.
    OrganizationForm,
    /// The place in the organization is none, or is one in another organization.
    OrganizationalUnit,
    /// A permission set that a policy cannot name.
    PermissionSet,
    /// The subject is not the ARN of a role or user, or would be a pattern.
    Subject,
    /// Something else that a policy cannot express.
    Inexpressible,
}

impl Missing {
    /// The reason in words.
    pub const fn text(self) -> Text {
        match self {
            Self::AccountsDiffer => Text::new(
                "`sub` and `aws_account` name different accounts.",
                "`sub` と `aws_account` のアカウントが一致しません。",
            ),
            Self::Audience => Text::new(
                "The token has no audience that a policy can name.",
                "ポリシーに指定できるオーディエンスがトークンにありません。",
            ),
            Self::AwsClaimShape => Text::new(
                "AWS's claim does not have the type that it must have.",
                "AWS のクレームの型が正しくありません。",
            ),
            Self::Issuer => Text::new(
                "The token has no issuer that a policy can pin.",
                "ポリシーで固定できる発行者 (issuer) がトークンにありません。",
            ),
            Self::IssuerIsSts => Text::new(
                "The issuer is the STS service, which issues no such tokens: each account has an issuer of its own.",
                "発行者 (issuer) が STS サービスです。このようなトークンは、アカウントごとの発行者が発行します。",
            ),
            Self::IssuerNotAws => Text::new(
                "The issuer does not have the form of AWS's issuers, so it cannot be trusted by its organization.",
                "発行者 (issuer) が AWS の形式ではないため、組織を条件に信頼することはできません。",
            ),
            Self::Organization => {
                Text::new("The token names no organization.", "トークンに組織の情報がありません。")
            }
            Self::OrganizationForm => Text::new(
                "`org_id` does not have the form of an organization id.",
                "`org_id` が組織 ID の形式ではありません。",
            ),
            Self::OrganizationalUnit => Text::new(
                "`ou_path` is no place in the organization that `org_id` names.",
                "`ou_path` が `org_id` の組織内の場所を示していません。",
            ),
            Self::PermissionSet => Text::new(
                "The permission set has a name that a policy cannot express.",
                "ポリシーで表せない名前の許可セットです。",
            ),
            Self::Subject => Text::new(
                "`sub` is not the ARN of one IAM role or user.",
                "`sub` が単一の IAM ロールまたは IAM ユーザーの ARN ではありません。",
            ),
            Self::Inexpressible => Text::new(
                "The token has a value that a policy cannot express.",
                "ポリシーで表せない値がトークンにあります。",
            ),
        }
    }

    /// What the policy's own lint found in a policy that was started from a token.
    pub(super) fn found_by_lint(faults: &PolicyFaults) -> Self {
        match faults.as_slice().first().map(|fault| fault.code) {
            Some(PolicyCode::Audience) => Self::Audience,
            Some(PolicyCode::Issuer | PolicyCode::LoopbackIssuer) => Self::Issuer,
            Some(PolicyCode::Organization) => Self::OrganizationForm,
            Some(PolicyCode::OrganizationalUnit | PolicyCode::Contradiction) => {
                Self::OrganizationalUnit
            }
            Some(PolicyCode::PermissionSet) => Self::PermissionSet,
            Some(PolicyCode::Principal) => Self::Subject,
            _ => Self::Inexpressible,
        }
    }
}
