use serde::{Serialize, Serializer};

use super::members::embedded_keys;
use crate::arn::Principal;
use crate::claims::{AWS_CLAIM, Claims, Instant, describe};
use crate::error::{Code, Rejection};
use crate::evaluate::printable;
use crate::issuer;
use crate::json::{Fault, FaultKind, Object};

/// Something remarkable or wrong about an inspected token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// The stable code: a rejection's, or one that only inspection has.
    pub code: FindingCode,
    /// What was found, in a sentence.
    pub message: String,
}

/// The code of a [`Finding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingCode {
    /// The header carries a key or points to one; it is never used.
    EmbeddedKey,
    /// A verifier would refuse the token with this code.
    Refused(Code),
    /// The token outlives the session that asked for it.
    OutlivesSession,
    /// The token has a member that AWS does not document.
    UnknownMember,
}

impl FindingCode {
    /// The stable spelling.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EmbeddedKey => "inspect.embedded_key",
            Self::Refused(code) => code.as_str(),
            Self::OutlivesSession => "inspect.outlives_session",
            Self::UnknownMember => "inspect.unknown_member",
        }
    }
}

impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FindingCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FindingCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let own = [Self::EmbeddedKey, Self::OutlivesSession, Self::UnknownMember];
        let refused = Code::ALL.iter().map(|code| Self::Refused(*code));
        let all: Vec<&str> = refused.chain(own).map(Self::as_str).collect();
        schemars::json_schema!({ "type": "string", "enum": all })
    }
}

impl Finding {
    fn new(code: FindingCode, message: impl Into<String>) -> Self {
        Self { code, message: printable(message.into()) }
    }

    pub(super) fn refused(rejection: &Rejection) -> Self {
        let message = format!("{} Found {}.", rejection.message(), rejection.found);
        Self::new(FindingCode::Refused(rejection.code), message)
    }

    pub(super) fn json(fault: &Fault) -> Self {
        let code = match fault.kind {
            FaultKind::DuplicateMember(_) => Code::TokenDuplicateMember,
            FaultKind::TooDeep => Code::TokenTooDeep,
            _ => Code::TokenJson,
        };
        Self::new(FindingCode::Refused(code), format!("{} Found {fault}.", code.fault()))
    }

    /// Adds the finding, unless one with its code is there already.
    pub(super) fn note_in(self, findings: &mut Vec<Self>) {
        if !findings.iter().any(|finding| finding.code == self.code) {
            findings.push(self);
        }
    }
}

/// What is remarkable about a header.
pub(super) fn in_header(header: Object<'_>, findings: &mut Vec<Finding>) {
    for name in embedded_keys(header) {
        let message = format!("The header has `{name}`, which a verifier must never use.");
        findings.push(Finding::new(FindingCode::EmbeddedKey, message));
    }
    for member in header.members() {
        let known = ["alg", "kid", "typ", "jku", "jwk", "x5u", "x5c"].contains(&&*member.name);
        if !known {
            findings.push(unknown(&format!("header member `{}`", member.name)));
        }
    }
}

/// What is remarkable about a payload.
pub(super) fn in_payload(
    payload: Object<'_>,
    claims: &Claims,
    principal: Option<&Principal>,
    findings: &mut Vec<Finding>,
) {
    let refused = |code: Code, found: &str| {
        Finding::new(FindingCode::Refused(code), format!("{} Found {found}.", code.fault()))
    };
    let faults = [
        claims.issuer.as_ref().err(),
        claims.subject.as_ref().err(),
        claims.audience.as_ref().err(),
        claims.issued_at.as_ref().err(),
        claims.expires_at.as_ref().err(),
        claims.not_before.as_ref().err(),
        claims.token_id.as_ref().err(),
        claims.aws.as_ref().err(),
    ];
    findings.extend(faults.into_iter().flatten().map(|fault| refused(fault.code, &fault.found)));
    if let Ok(issuer) = &claims.issuer
        && issuer::is_sts_service(issuer)
    {
        findings.push(refused(Code::IssuerNotATokenIssuer, issuer));
    }
    if let (Ok(subject), None) = (&claims.subject, principal) {
        findings.push(refused(Code::SubjectNotPrincipal, subject));
    }
    if let Ok(Some(aws)) = &claims.aws {
        if let (Some(account), Some(principal)) = (&aws.account, principal)
            && *account != principal.account
        {
            findings.push(refused(Code::AccountDisagreement, account));
        }
        if let (Some(session), Ok(exp)) = (aws.original_session_expires_at, &claims.expires_at)
            && *exp > session
        {
            let message = format!(
                "The token expires at {}, after its session ends at {}.",
                Instant(*exp),
                Instant(session)
            );
            findings.push(Finding::new(FindingCode::OutlivesSession, message));
        }
    }
    unknown_claims(payload, findings);
}

fn unknown_claims(payload: Object<'_>, findings: &mut Vec<Finding>) {
    for member in payload.members() {
        if describe(&member.name, false).is_none() {
            findings.push(unknown(&format!("claim `{}`", member.name)));
        }
        if member.name != AWS_CLAIM {
            continue;
        }
        let inner = member.value.as_object().into_iter().flat_map(Object::members);
        for inner in inner.filter(|inner| describe(&inner.name, true).is_none()) {
            findings.push(unknown(&format!("member `{}` of AWS's claim", inner.name)));
        }
    }
}

fn unknown(what: &str) -> Finding {
    let message = format!("The {what} is not in AWS's table of claims.");
    Finding::new(FindingCode::UnknownMember, message)
}
