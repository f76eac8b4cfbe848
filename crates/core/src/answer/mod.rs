//! What a service answers to a request whose token it does not accept: the challenge of RFC 6750 and the
//! problem document of RFC 9457.
//!
//! The npm package gives the same answers: `tests/vectors/http/answers.json` is the table that both are tested by.

mod credentials;
mod problem;
#[cfg(test)]
mod tests;

use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Response, StatusCode};

pub use credentials::bearer;
pub use problem::Reasons;

use crate::error::Rejection;

/// Why a request is not let through.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unauthenticated {
    /// There is a bearer token of no possible form, or more than one `Authorization`.
    Malformed,
    /// There is no bearer token.
    Missing,
    /// The token was refused.
    Refused(Box<Rejection>),
}

/// How refusals are answered. The default tells nobody why: whoever tries tokens out would learn from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    reasons: Reasons,
    realm: String,
    retry_after_seconds: u64,
}

/// The answer to a request that is not let through.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// 400, 401, 403 or 503.
    pub status: StatusCode,
    /// The challenge (RFC 6750, section 3); `None` with 503, where other credentials would not help.
    pub challenge: Option<HeaderValue>,
    /// When to try again, in seconds from now; with 503 only.
    pub retry_after_seconds: Option<u64>,
    /// The problem document (RFC 9457), as JSON.
    pub problem: String,
}

/// The media type of a problem document.
const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

impl Default for Answers {
    fn default() -> Self {
        Self { reasons: Reasons::Hidden, realm: "api".to_owned(), retry_after_seconds: 5 }
    }
}

impl Answers {
    /// Tells or hides why a token was refused.
    #[must_use]
    pub fn with_reasons(self, reasons: Reasons) -> Self {
        Self { reasons, ..self }
    }

    /// Names the realm of the challenge, `api` by default (RFC 9110, section 11.5). Characters that a quoted string
    /// cannot have in a header become `_`.
    #[must_use]
    pub fn with_realm(self, realm: &str) -> Self {
        Self { realm: problem::plain(realm), ..self }
    }

    /// Says after how many seconds to try again when keys cannot be had: 5 by default.
    #[must_use]
    pub fn with_retry_after(self, seconds: u64) -> Self {
        Self { retry_after_seconds: seconds, ..self }
    }

    /// The answer to a request that is not let through for this reason.
    pub fn answer(&self, why: &Unauthenticated) -> Answer {
        let status = match why {
            Unauthenticated::Malformed => StatusCode::BAD_REQUEST,
            Unauthenticated::Missing => StatusCode::UNAUTHORIZED,
            Unauthenticated::Refused(rejection) => match rejection.status() {
                401 => StatusCode::UNAUTHORIZED,
                403 => StatusCode::FORBIDDEN,
                _ => StatusCode::SERVICE_UNAVAILABLE,
            },
        };
        let is_outage = status == StatusCode::SERVICE_UNAVAILABLE;
        let challenge = (!is_outage).then(|| problem::challenge(&self.realm, why, self.reasons));
        Answer {
            status,
            challenge: challenge.and_then(|text| HeaderValue::try_from(text).ok()),
            retry_after_seconds: is_outage.then_some(self.retry_after_seconds),
            problem: problem::document(status, why, self.reasons),
        }
    }
}

impl Answer {
    /// The answer as a response.
    pub fn into_response<B: From<String>>(self) -> Response<B> {
        let headers = self.headers();
        let mut response = Response::new(B::from(self.problem));
        *response.status_mut() = self.status;
        *response.headers_mut() = headers;
        response
    }

    /// Its headers: none of them is `Content-Length`, which is the server's.
    pub fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, NO_STORE);
        headers.insert(CONTENT_TYPE, PROBLEM);
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        if let Some(challenge) = &self.challenge {
            headers.insert(WWW_AUTHENTICATE, challenge.clone());
        }
        headers
    }
}

impl From<Rejection> for Unauthenticated {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(Box::new(rejection))
    }
}

/// The token of a request.
///
/// # Errors
/// Why there is none: [`Unauthenticated::Missing`] or [`Unauthenticated::Malformed`].
pub fn token(headers: &HeaderMap) -> Result<&str, Unauthenticated> {
    bearer(headers.get_all(AUTHORIZATION).iter().map(HeaderValue::as_bytes))
}
