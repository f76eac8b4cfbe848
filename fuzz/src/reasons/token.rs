use countersign::Code;
use serde_json::Value;

use super::json::{depth, has_duplicates, has_large_number};

/// A token that two verifiers disagree about.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    /// The header, as it was signed.
    pub header: &'c str,
    /// The payload, as it was signed.
    pub payload: &'c str,
    /// The id of the key that it was signed with.
    pub key_id: &'c str,
    /// When it was judged, in seconds since the epoch.
    pub now: u64,
    /// How far clocks may differ, in seconds, as both were told.
    pub tolerance: u64,
}

/// Why one of two verifiers, ours and the crate jsonwebtoken, accepts a token that the other refuses. Both
/// have the keys, and are told issuer, audience, algorithm, tolerance and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenReason {
    /// We refuse: the account in the subject is not that in AWS's claim.
    Account,
    /// We refuse: AWS's claim is missing where a rule needs it, or has not the types that AWS documents. The
    /// other knows no such claim.
    AwsClaim,
    /// We refuse: a registered claim has another type than AWS gives it: a text that is empty, a time with
    /// a fraction, an exponent or a sign, an issuer that is a list. The other rounds times, takes a list of
    /// issuers, and does not look at `iat`, `jti` and `sub`.
    ClaimType,
    /// We refuse: `crit` names an extension. RFC 7515, section 4.1.11 demands that of whoever does not
    /// understand it; the other reads the member and goes on.
    Critical,
    /// We refuse: header or payload nest deeper than 16 levels.
    Depth,
    /// We refuse: a member stands twice. The other refuses that only in the header, for members it knows.
    DuplicateMember,
    /// We refuse: the token expires in this very second, the tolerance counted. RFC 7519, section 4.1.4 has
    /// it that a token is good *before* `exp`; the other takes it for one second longer.
    ExpiryIsExclusive,
    /// We refuse: `typ` is not `JWT`, so that access tokens and other kinds stay out.
    HeaderType,
    /// We refuse: `iat` is in the future. The other does not look at it.
    IssuedInFuture,
    /// We refuse: `kid` is missing, unusable, or names another key. The other is given the key.
    KeyId,
    /// We refuse: the token lives longer than AWS issues any, or ends before it begins. The other does not
    /// compare `exp` with `iat`.
    Lifetime,
    /// We refuse: a time is in milliseconds, and would be a date in thousands of years.
    Milliseconds,
    /// We refuse: `b64`, `enc` or `zip` stand in the header, and would mean that the payload is not what it
    /// seems. The other goes on.
    PayloadEncoding,
    /// We refuse: a claim is missing that every token of AWS has. The other demands only `exp`.
    RequiredClaim,
    /// We refuse: the subject is no IAM role or user.
    Subject,
    /// We refuse: the caller meets no trust rule. The other has none.
    Trust,
    /// We accept: the header has a member that we ignore, of another type than the other demands of it
    /// (`jku`, `jwk`, `x5c`, …). We never use any of them, so that their form does not matter.
    IgnoredHeader,
    /// We accept: a number that no double holds stands where we need none.
    NumberBeyondDouble,
}

impl TokenReason {
    /// Every reason.
    pub const ALL: [Self; 18] = [
        Self::Account,
        Self::AwsClaim,
        Self::ClaimType,
        Self::Critical,
        Self::Depth,
        Self::DuplicateMember,
        Self::ExpiryIsExclusive,
        Self::HeaderType,
        Self::IssuedInFuture,
        Self::KeyId,
        Self::Lifetime,
        Self::Milliseconds,
        Self::PayloadEncoding,
        Self::RequiredClaim,
        Self::Subject,
        Self::Trust,
        Self::IgnoredHeader,
        Self::NumberBeyondDouble,
    ];

    /// Why we refuse, with this code, a token that jsonwebtoken accepts.
    pub fn of_theirs(code: Code, case: Case<'_>) -> Option<Self> {
        let (header, payload) = (case.header(), case.payload());
        let time = |name: &str| payload[name].as_u64();
        let (reason, holds) = match code {
            Code::AccountDisagreement => {
                let account = payload["sub"].as_str()?.split(':').nth(4)?;
                (Self::Account, payload[AWS_CLAIM]["aws_account"] != account)
            }
            Code::ClaimMissing => {
                let required = ["iss", "sub", "aud", "iat", "jti"];
                (Self::RequiredClaim, required.iter().any(|name| payload.get(name).is_none()))
            }
            Code::ClaimType if payload_has_bad_type(&payload) => (Self::ClaimType, true),
            Code::ClaimType => (Self::AwsClaim, aws_has_bad_type(&payload[AWS_CLAIM])),
            Code::AwsClaimMissing => (Self::AwsClaim, payload.get(AWS_CLAIM).is_none()),
            Code::HeaderCritical => (Self::Critical, header.get("crit").is_some()),
            Code::HeaderKeyId | Code::KeyAlgorithm | Code::KeyUnknown => {
                (Self::KeyId, header["kid"] != case.key_id)
            }
            Code::HeaderMember | Code::HeaderType => {
                let is_jwt = |typ: &str| typ.eq_ignore_ascii_case("JWT");
                (Self::HeaderType, !header["typ"].as_str().is_some_and(is_jwt))
            }
            Code::HeaderPayloadEncoding => {
                let names = ["b64", "enc", "zip"];
                (Self::PayloadEncoding, names.iter().any(|name| header.get(name).is_some()))
            }
            Code::SubjectNotPrincipal => {
                (Self::Subject, !is_role_or_user(payload["sub"].as_str()?))
            }
            Code::TimeExpired => {
                (Self::ExpiryIsExclusive, time("exp")? + case.tolerance == case.now)
            }
            Code::TimeIssuedInFuture => {
                (Self::IssuedInFuture, time("iat")? > case.now + case.tolerance)
            }
            Code::TimeLifetime => (Self::Lifetime, time("exp")? - time("iat")? > 3600),
            Code::TimeOrder => (Self::Lifetime, time("exp")? <= time("iat")?),
            Code::TimeMilliseconds => {
                let times = ["iat", "exp", "nbf"].into_iter().filter_map(time);
                (Self::Milliseconds, times.max()? > case.now * 10)
            }
            Code::TokenDuplicateMember => {
                let twice = has_duplicates(case.header) || has_duplicates(case.payload);
                (Self::DuplicateMember, twice)
            }
            Code::TokenTooDeep => {
                // Of a member that stands twice, the value that the other dropped may be the deep one.
                let twice = has_duplicates(case.header) || has_duplicates(case.payload);
                (Self::Depth, twice || depth(&header).max(depth(&payload)) > 16)
            }
            _ if code.as_str().starts_with("trust.") => (Self::Trust, !is_trusted(&payload)),
            _ => return None,
        };
        holds.then_some(reason)
    }

    /// Why we accept a token that jsonwebtoken refuses, in these words.
    pub fn of_ours(theirs: &str, case: Case<'_>) -> Option<Self> {
        if theirs.contains("number out of range") {
            let has = has_large_number(case.header) || has_large_number(case.payload);
            return has.then_some(Self::NumberBeyondDouble);
        }
        let header = case.header();
        let ignored = ["cty", "jku", "jwk", "nonce", "url", "x5c", "x5t", "x5t#S256", "x5u"];
        let is_form = theirs.starts_with("JSON error") || theirs.contains("invalid type");
        let has = ignored.iter().any(|name| header.get(name).is_some_and(|value| !value.is_null()));
        (is_form && has).then_some(Self::IgnoredHeader)
    }
}

impl Case<'_> {
    fn header(self) -> Value {
        serde_json::from_str(self.header).unwrap_or_default()
    }

    fn payload(self) -> Value {
        serde_json::from_str(self.payload).unwrap_or_default()
    }
}

const AWS_CLAIM: &str = "https://sts.amazonaws.com/";

fn payload_has_bad_type(payload: &Value) -> bool {
    let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    let present = |name: &str| payload.get(name);
    let bad_text = |name: &str| present(name).is_some_and(|value| !is_text(value));
    let bad_time = |name: &str| present(name).is_some_and(|value| value.as_u64().is_none());
    let bad_audience = present("aud").is_some_and(|value| match value {
        Value::Array(elements) => elements.is_empty() || !elements.iter().all(Value::is_string),
        value => !value.is_string(),
    });
    ["iss", "sub", "jti"].into_iter().any(bad_text)
        || ["iat", "exp", "nbf"].into_iter().any(bad_time)
        || bad_audience
}

fn aws_has_bad_type(claim: &Value) -> bool {
    let Some(members) = claim.as_object() else { return true };
    members.iter().any(|(name, value)| match name.as_str() {
        "aws_account" | "org_id" | "source_region" | "principal_id" | "source_identity"
        | "federated_provider" => !value.is_string(),
        "ou_path" => match value {
            Value::Array(elements) => !elements.iter().all(Value::is_string),
            value => !value.is_string(),
        },
        "principal_tags" | "request_tags" => {
            !value.as_object().is_some_and(|tags| tags.values().all(Value::is_string))
        }
        _ => false,
    })
}

/// Whether a rule of the policy is met that the targets share.
fn is_trusted(payload: &Value) -> bool {
    let aws = &payload[AWS_CLAIM];
    let begins = |value: &Value, start: &str| value.as_str().is_some_and(|v| v.starts_with(start));
    let is_within = |value: &Value| begins(value, "o-abc1234567/") || *value == "o-abc1234567";
    let is_below = match &aws["ou_path"] {
        Value::Array(paths) => paths.iter().any(is_within),
        path => is_within(path),
    };
    let by_organization =
        aws["org_id"] == "o-abc1234567" && is_below && aws["principal_tags"]["team"] == "billing";
    by_organization || begins(&payload["sub"], "arn:aws:iam::123456789012:role/")
}

/// The ARN of a role or user, as IAM's documentation has it.
fn is_role_or_user(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account, resource] = parts.as_slice() else { return false };
    let Some((kind, path)) = resource.split_once('/') else { return false };
    let segments: Vec<&str> = path.split('/').collect();
    let name = segments.last().copied().unwrap_or_default();
    let in_partition = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !partition.is_empty()
        && partition.bytes().all(in_partition)
        && account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(kind, "role" | "user")
        && segments.iter().all(|segment| !segment.is_empty())
        && path.bytes().all(|byte| byte.is_ascii_graphic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte))
}
