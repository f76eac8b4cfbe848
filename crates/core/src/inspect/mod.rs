//! Showing what a text says, as far as it can be read. Nothing here verifies anything.

mod decode;
mod finding;
mod header;
mod members;
mod payload;
mod peel;
mod place;
mod reader;

use serde::Serialize;

use crate::arn::Principal;

pub use finding::{Finding, FindingCode};
pub use members::MemberView;
pub use peel::{Layer, Peeled, peel};
pub use place::{Place, Span};

/// Says that nothing was verified, for every door to show.
pub const NOTICE: &str = "Nothing was verified: anyone can write a token that says this.";

/// What a text says, as far as it can be read.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Inspection {
    /// Always false.
    pub verified: bool,
    /// Says that nothing was verified.
    pub notice: &'static str,
    /// What stood around the token and was taken off, from the outside in.
    pub peeled: Vec<&'static str>,
    /// The parts of the token, as many as there are.
    pub parts: Vec<PartView>,
    /// The members of the header, in order.
    pub header: Vec<MemberView>,
    /// The members of the payload, in order; those of AWS's claim follow it.
    pub payload: Vec<MemberView>,
    /// The subject taken apart, if it is an IAM role or user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<Principal>,
    /// What is remarkable or wrong, part by part; of many with one code only the first
    /// hundred, and then one that says how many more there are.
    pub findings: Vec<Finding>,
}

/// One part of a token.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PartView {
    /// `header`, `payload` or `signature`; `part 4` and so on for what should not be there.
    pub name: &'static str,
    /// Where the part begins in the token, in bytes of UTF-8.
    pub start: usize,
    /// The part's length in the token, in bytes of UTF-8, which are characters unless it is broken.
    pub length: usize,
    /// How many bytes it stands for, as far as it can be decoded.
    pub bytes: usize,
    /// Its text, as far as it can be decoded: only of header and payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// No text longer than this is decoded, in bytes: eight times as much as a verifier reads.
pub const MAX_INSPECTED_BYTES: usize = 256 * 1024;

/// Shows what a text says: a token, or what people paste around one.
///
/// It reads on where [`Unverified::parse`](crate::Unverified::parse) would refuse: padding, line breaks
/// and duplicate members become findings. Whatever that refuses has a finding with its code. A text of
/// more than [`MAX_INSPECTED_BYTES`] is only measured.
pub fn inspect(text: &str) -> Inspection {
    let Peeled { token, layers } = peel(text);
    let read = reader::read(&token);
    Inspection {
        verified: false,
        notice: NOTICE,
        peeled: layers.into_iter().map(Layer::as_str).collect(),
        parts: read.parts,
        header: read.header,
        payload: read.payload,
        principal: read.principal,
        findings: read.findings.into_list(),
    }
}

#[cfg(test)]
mod tests;
