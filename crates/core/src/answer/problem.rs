//! Challenges (RFC 6750, section 3) and problem documents (RFC 9457).

use http::StatusCode;
use serde::Serialize;

use super::Unauthenticated;
use crate::error::{Code, Rejection};
use crate::evaluate::Check;
use crate::json::to_text;

/// Whether whoever sent a token is told why it was refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reasons {
    /// The status says enough.
    #[default]
    Hidden,
    /// The answer has the rejection: code, remedy, what was expected and what was found. For services whose callers
    /// are one's own.
    Shown,
}

const NO_TOKEN: &str = "There is no bearer token in the header Authorization.";
const NOT_ONE_TOKEN: &str = "The header Authorization is not one bearer token.";

pub(super) fn challenge(realm: &str, why: &Unauthenticated, reasons: Reasons) -> String {
    let mut challenge = format!("Bearer realm=\"{realm}\"");
    let error = match why {
        // RFC 6750, section 3.1: no error code where there was nothing to be wrong.
        Unauthenticated::Missing => return challenge,
        Unauthenticated::Malformed => "invalid_request",
        Unauthenticated::Refused(rejection) if rejection.status() == 403 => "insufficient_scope",
        Unauthenticated::Refused(_) => "invalid_token",
    };
    challenge += &format!(", error=\"{error}\"");
    let description = match why {
        Unauthenticated::Refused(rejection) if reasons == Reasons::Shown => rejection.message(),
        Unauthenticated::Refused(_) | Unauthenticated::Missing => return challenge,
        Unauthenticated::Malformed => NOT_ONE_TOKEN,
    };
    challenge += &format!(", error_description=\"{}\"", plain(description));
    challenge
}

pub(super) fn document(status: StatusCode, why: &Unauthenticated, reasons: Reasons) -> String {
    let rejection = match why {
        Unauthenticated::Refused(rejection) if reasons == Reasons::Shown => Some(&**rejection),
        _ => None,
    };
    let detail = match why {
        Unauthenticated::Malformed => Some(NOT_ONE_TOKEN),
        Unauthenticated::Missing => Some(NO_TOKEN),
        Unauthenticated::Refused(_) => rejection.map(Rejection::message),
    };
    to_text(&Problem {
        kind: "about:blank",
        title: status.canonical_reason().unwrap_or_default(),
        status: status.as_u16(),
        detail,
        code: rejection.map(|rejection| rejection.code),
        check: rejection.map(|rejection| rejection.check),
        expected: rejection.map(|rejection| &*rejection.expected),
        found: rejection.map(|rejection| &*rejection.found),
        remedy: rejection.map(Rejection::remedy),
        retryable: rejection.map(Rejection::retryable),
    })
}

/// A text as `error_description` and `realm` may have it between quotes (RFC 6750, section 3).
pub(super) fn plain(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, ' '..='~') && c != '"' && c != '\\';
    text.chars().map(|c| if is_allowed(c) { c } else { '_' }).collect()
}

#[derive(Serialize)]
struct Problem<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<Check>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retryable: Option<bool>,
}
