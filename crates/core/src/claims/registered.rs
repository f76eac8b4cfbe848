use std::ops::Range;

use super::aws::{AWS_CLAIM, AwsClaims};
use crate::error::Code;
use crate::json::{Kind, Object, Value};
use crate::shown::shortened;

/// A time that is this large or larger is taken for milliseconds: in seconds it is the year 5138.
pub const MILLISECONDS_FROM: u64 = 100_000_000_000;

/// Largest number of audiences read; AWS allows 10.
const MAX_AUDIENCES: usize = 100;

/// A claim that is missing or does not have its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimFault {
    /// The code to refuse the token with.
    pub code: Code,
    /// What the claim must be.
    pub expected: String,
    /// What it is.
    pub found: String,
    /// Where its value stands in the payload's text, in bytes; `None` when the claim is missing.
    pub place: Option<Range<usize>>,
}

impl ClaimFault {
    fn new(code: Code, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { code, expected: expected.into(), found: found.into(), place: None }
    }

    fn at(self, value: Value<'_>) -> Self {
        Self { place: Some(value.span()), ..self }
    }
}

/// The claims of a token, each with its type or its fault. All of them are only what the token says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Claims {
    /// `iss`: who issued the token.
    pub issuer: Result<String, ClaimFault>,
    /// `sub`: the IAM ARN of the caller.
    pub subject: Result<String, ClaimFault>,
    /// `aud`: whom the token is for; one text or several, order and duplicates kept.
    pub audience: Result<Vec<String>, ClaimFault>,
    /// `iat`, in seconds since the epoch.
    pub issued_at: Result<u64, ClaimFault>,
    /// `exp`, in seconds since the epoch.
    pub expires_at: Result<u64, ClaimFault>,
    /// `nbf`, in seconds since the epoch. AWS does not set it.
    pub not_before: Result<Option<u64>, ClaimFault>,
    /// `jti`: unique to the token.
    pub token_id: Result<String, ClaimFault>,
    /// AWS's claim, `https://sts.amazonaws.com/`; accounts can opt out of it.
    pub aws: Result<Option<AwsClaims>, ClaimFault>,
}

impl Claims {
    /// Reads the claims from a token's payload.
    pub fn read(payload: Object<'_>) -> Self {
        let mut found = Found::default();
        for member in payload.members() {
            let place = match member.name.as_bytes() {
                b"iss" => &mut found.issuer,
                b"sub" => &mut found.subject,
                b"aud" => &mut found.audience,
                b"iat" => &mut found.issued_at,
                b"exp" => &mut found.expires_at,
                b"nbf" => &mut found.not_before,
                b"jti" => &mut found.token_id,
                name if name == AWS_CLAIM.as_bytes() => &mut found.aws,
                _ => continue,
            };
            *place = Some(member.value);
        }
        Self {
            issuer: text("iss", found.issuer),
            subject: text("sub", found.subject),
            audience: audience(found.audience),
            issued_at: required_time("iat", found.issued_at),
            expires_at: required_time("exp", found.expires_at),
            not_before: found.not_before.map(|value| time("nbf", value)).transpose(),
            token_id: text("jti", found.token_id),
            aws: found.aws.map(AwsClaims::read).transpose(),
        }
    }
}

#[derive(Default)]
struct Found<'a> {
    issuer: Option<Value<'a>>,
    subject: Option<Value<'a>>,
    audience: Option<Value<'a>>,
    issued_at: Option<Value<'a>>,
    expires_at: Option<Value<'a>>,
    not_before: Option<Value<'a>>,
    token_id: Option<Value<'a>>,
    aws: Option<Value<'a>>,
}

fn text(name: &str, value: Option<Value<'_>>) -> Result<String, ClaimFault> {
    let Some(value) = value else { return Err(missing(name)) };
    match value.to_text() {
        Some(text) if text.is_empty() => Err(ClaimFault::new(
            Code::ClaimType,
            format!("`{name}`: a text that is not empty"),
            "an empty text",
        )
        .at(value)),
        Some(text) => Ok(text),
        None => Err(wrong_type(name, "a string", value)),
    }
}

fn audience(value: Option<Value<'_>>) -> Result<Vec<String>, ClaimFault> {
    let Some(value) = value else { return Err(missing("aud")) };
    if let Some(text) = value.to_text() {
        return Ok(vec![text]);
    }
    let expected = "a string or an array of 1 to 100 strings";
    let Some(elements) = value.as_array() else { return Err(wrong_type("aud", expected, value)) };
    let mut audience = Vec::new();
    for element in elements {
        let Some(text) = element.to_text() else {
            return Err(wrong_type("aud", expected, element));
        };
        audience.push(text);
    }
    if (1..=MAX_AUDIENCES).contains(&audience.len()) {
        Ok(audience)
    } else {
        let found = format!("an array of {} strings", audience.len());
        Err(ClaimFault::new(Code::ClaimType, format!("`aud`: {expected}"), found).at(value))
    }
}

fn required_time(name: &str, value: Option<Value<'_>>) -> Result<u64, ClaimFault> {
    match value {
        Some(value) => time(name, value),
        None => Err(missing(name)),
    }
}

/// A NumericDate (RFC 7519, section 2), narrowed to what AWS issues: a plain whole number of seconds.
fn time(name: &str, value: Value<'_>) -> Result<u64, ClaimFault> {
    let expected = "a whole number of seconds since the epoch";
    match value.as_integer().map(u64::try_from) {
        Some(Ok(seconds)) if seconds >= MILLISECONDS_FROM => {
            let expected = format!("`{name}`: {expected}");
            Err(ClaimFault::new(Code::TimeMilliseconds, expected, seconds.to_string()).at(value))
        }
        Some(Ok(seconds)) => Ok(seconds),
        _ => Err(wrong_type(name, expected, value)),
    }
}

#[cold]
fn missing(name: &str) -> ClaimFault {
    ClaimFault::new(Code::ClaimMissing, format!("`{name}`"), format!("no `{name}`"))
}

#[cold]
pub(super) fn wrong_type(name: &str, expected: &str, value: Value<'_>) -> ClaimFault {
    let found = match value.kind() {
        Kind::Number => format!("the number {}", shortened(value.raw())),
        kind => kind.name().to_owned(),
    };
    ClaimFault::new(Code::ClaimType, format!("`{name}`: {expected}"), found).at(value)
}
