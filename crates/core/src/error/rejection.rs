use std::fmt;

use serde::{Serialize, Serializer};

use super::Code;
use crate::evaluate::Check;
use crate::shown::printable;

/// Why a token was refused, with the evidence: what was expected and what was found.
///
/// It never holds the token or any part of its signature, so it may be logged and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejection {
    /// The stable code.
    pub code: Code,
    /// The check that failed.
    pub check: Check,
    /// What would have passed, as text for people.
    pub expected: String,
    /// What was there instead, as text for people; long values are shortened.
    pub found: String,
}

impl Rejection {
    pub(crate) fn new(
        code: Code,
        check: Check,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self { code, check, expected: printable(expected.into()), found: printable(found.into()) }
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &'static str {
        self.code.fault()
    }

    /// What to do about it, in one sentence.
    pub fn remedy(&self) -> &'static str {
        self.code.remedy()
    }

    /// The HTTP status a service should answer.
    pub fn status(&self) -> u16 {
        self.code.status()
    }

    /// Whether the same token may be accepted later without anyone changing anything.
    pub fn retryable(&self) -> bool {
        self.code.retryable()
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} Expected {}; found {}. [{}]",
            self.message(),
            self.expected,
            self.found,
            self.code
        )
    }
}

impl std::error::Error for Rejection {}

/// A rejection as other languages receive it, all that its code says included.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Rejection"))]
struct Wire<'a> {
    /// The stable code.
    code: Code,
    /// What is wrong, in one sentence.
    message: &'static str,
    /// What to do about it, in one sentence.
    remedy: &'static str,
    /// The check that failed.
    check: Check,
    /// What would have passed, as text for people.
    expected: &'a str,
    /// What was there instead, as text for people; long values are shortened.
    found: &'a str,
    /// Whether the same token may be accepted later without anyone changing anything.
    retryable: bool,
    /// The HTTP status a service should answer: 401, 403 or 503.
    status: u16,
}

impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = Wire {
            code: self.code,
            message: self.message(),
            remedy: self.remedy(),
            check: self.check,
            expected: &self.expected,
            found: &self.found,
            retryable: self.retryable(),
            status: self.status(),
        };
        wire.serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Rejection {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Wire::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Wire::json_schema(generator)
    }
}
