use std::ops::Range;

use serde::{Serialize, Serializer};

use super::place::Place;
use crate::claims::ClaimFault;
use crate::error::{Code, Rejection};
use crate::shown::printable;

/// Something remarkable or wrong about an inspected token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// The stable code: a rejection's, or one that only inspection has.
    pub code: FindingCode,
    /// What was found, in a sentence.
    pub message: String,
    /// Where; absent for what is nowhere, such as a missing claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// The code of a [`Finding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingCode {
    /// The header carries a key or points to one; it is never used.
    EmbeddedKey,
    /// There are more findings than are listed.
    More,
    /// The signature was taken off.
    NoSignature,
    /// The token outlives the session that asked for it.
    OutlivesSession,
    /// A verifier would refuse the token with this code.
    Refused(Code),
    /// The text is so long that it is not decoded.
    TooLong,
    /// The token has a member that AWS does not document.
    UnknownMember,
}

impl FindingCode {
    /// The codes that only inspection has, in alphabetical order of their spelling.
    pub const OWN: [Self; 6] = [
        Self::EmbeddedKey,
        Self::More,
        Self::NoSignature,
        Self::OutlivesSession,
        Self::TooLong,
        Self::UnknownMember,
    ];

    /// The stable spelling.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EmbeddedKey => "inspect.embedded_key",
            Self::More => "inspect.more",
            Self::NoSignature => "inspect.no_signature",
            Self::OutlivesSession => "inspect.outlives_session",
            Self::Refused(code) => code.as_str(),
            Self::TooLong => "inspect.too_long",
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
        let refused = Code::ALL.iter().map(|code| Self::Refused(*code));
        let all: Vec<&str> = refused.chain(Self::OWN).map(Self::as_str).collect();
        schemars::json_schema!({ "type": "string", "enum": all })
    }
}

/// The findings of one inspection, in the order in which they are made.
#[derive(Debug, Default)]
pub(super) struct Findings {
    listed: Vec<Finding>,
    more: usize,
}

impl Findings {
    /// No more findings of one code are listed: a hostile token could have any number.
    const MOST_OF_A_CODE: usize = 100;

    pub(super) fn own(&mut self, code: FindingCode, message: String, place: Option<Place>) {
        if self.listed.iter().filter(|finding| finding.code == code).count() < Self::MOST_OF_A_CODE
        {
            self.listed.push(Finding { code, message: printable(message), place });
        } else {
            self.more += 1;
        }
    }

    pub(super) fn refused(&mut self, rejection: &Rejection, place: Option<Place>) {
        self.code(rejection.code, &rejection.found, place);
    }

    pub(super) fn code(&mut self, code: Code, found: &str, place: Option<Place>) {
        let message = format!("{} Found {found}.", code.fault());
        self.own(FindingCode::Refused(code), message, place);
    }

    pub(super) fn claim(&mut self, fault: &ClaimFault, place: impl Fn(Range<usize>) -> Place) {
        self.code(fault.code, &fault.found, fault.place.clone().map(place));
    }

    /// Whether there is a finding with this code already.
    pub(super) fn have(&self, code: Code) -> bool {
        self.listed.iter().any(|finding| finding.code == FindingCode::Refused(code))
    }

    pub(super) fn into_list(mut self) -> Vec<Finding> {
        if self.more > 0 {
            let message = format!("There are {} more findings, which are not listed.", self.more);
            self.listed.push(Finding { code: FindingCode::More, message, place: None });
        }
        self.listed
    }
}
