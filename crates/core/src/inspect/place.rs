use std::ops::Range;

use serde::Serialize;

use super::decode::Decoded;

/// A place in an inspected token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Place {
    /// The name of the part: `header`, `payload`, `signature`, `part 4` and so on.
    pub part: &'static str,
    /// Where the place begins in the token's text, in bytes of UTF-8, after what stood around the token
    /// was taken off.
    pub start: usize,
    /// Where it ends. Where something is missing, it ends where it begins.
    pub end: usize,
    /// The same place in the part's decoded text, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decoded: Option<Span>,
}

/// A stretch of the decoded text of a header or payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Span {
    /// Where it begins, in bytes of UTF-8.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Span {
    /// The stretch as a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A part of a token: names places in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'t> {
    pub(super) name: &'static str,
    /// Where the part begins in the token, in bytes.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Site<'_> {
    /// A range of bytes of the part as it stands in the token.
    pub(super) fn place(self, range: Range<usize>) -> Place {
        let (start, end) = (self.start + range.start, self.start + range.end);
        Place { part: self.name, start, end, decoded: None }
    }

    /// A range of bytes of the part's decoded text.
    pub(super) fn decoded(self, decoded: &Decoded, span: Range<usize>) -> Place {
        let place = self.place(decoded.encoded(span.clone()));
        Place { decoded: Some(span.into()), ..place }
    }
}
