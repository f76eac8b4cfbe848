//! Where the findings are.

use countersign::{Finding, FindingCode};

use super::marks::{Mark, Tone};
use super::provisional::place_of;
use crate::state::Token;

/// No more findings than this are marked in the texts.
const MOST_MARKS: usize = 200;

/// The marks on a token and on what its parts decode to.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Marks {
    /// On the token itself.
    pub(super) token: Vec<Mark>,
    /// On the decoded header.
    pub(super) header: Vec<Mark>,
    /// On the decoded payload.
    pub(super) payload: Vec<Mark>,
}

impl Marks {
    pub(super) fn of(token: &Token) -> Self {
        let mut marks = Self::default();
        for (index, finding) in token.inspection.findings.iter().enumerate().take(MOST_MARKS) {
            let Some(place) = &place_of(finding) else { continue };
            let mark = |place| Mark { number: index + 1, tone: tone(finding), place };
            marks.token.push(mark(place.start..place.end));
            let decoded = place.decoded.as_ref().map(|decoded| mark(decoded.start..decoded.end));
            match place.part {
                "header" => marks.header.extend(decoded),
                "payload" => marks.payload.extend(decoded),
                _ => {}
            }
        }
        marks
    }
}

/// How bad a finding is.
pub(super) fn tone(finding: &Finding) -> Tone {
    match finding.code {
        FindingCode::Refused(_) => Tone::Bad,
        FindingCode::UnknownMember => Tone::Quiet,
        _ => Tone::Open,
    }
}
