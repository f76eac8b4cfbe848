//! Where the findings are.

use countersign::{Finding, FindingCode};

use super::marks::{Mark, Tone};
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
            let Some(place) = finding.place else { continue };
            let mark = |place| Mark { number: index + 1, tone: tone(finding), place };
            marks.token.push(mark(place.start..place.end));
            let decoded = place.decoded.map(|decoded| mark(decoded.range()));
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
        FindingCode::UnknownMember | FindingCode::More => Tone::Quiet,
        _ => Tone::Open,
    }
}

#[cfg(test)]
mod tests {
    use countersign::base64url::encode;

    use super::{Marks, Tone};
    use crate::state::Token;

    fn token(payload: &str) -> String {
        format!(
            "{}.{}.AAAA",
            encode(br#"{"alg":"ES384","kid":"a","typ":"JWT"}"#),
            encode(payload.as_bytes())
        )
    }

    #[test]
    fn a_fault_is_marked_in_the_token_and_in_what_it_decodes_to() {
        let payload = r#"{"iat":1,"iat":2}"#;
        let token = Token::read(format!("Bearer {}", token(payload)));
        let marks = Marks::of(&token);
        let mark = marks.payload.first().unwrap();
        assert_eq!(&payload[mark.place.clone()], r#""iat""#);
        let finding = &token.inspection.findings[mark.number - 1];
        assert_eq!(finding.code.as_str(), "token.duplicate_member");
        assert_eq!(mark.tone, Tone::Bad);
        let same = marks.token.iter().find(|one| one.number == mark.number).unwrap();
        let payload_start = token.text().find('.').unwrap() + 1;
        assert!(same.place.start >= payload_start, "offsets are those of the peeled token");
        assert!(token.text().get(same.place.clone()).is_some_and(|text| !text.is_empty()));
    }

    #[test]
    fn a_character_that_does_not_belong_is_marked() {
        let broken = token("{}").replace(".AAAA", ".AA!A");
        let token = Token::read(broken);
        let marks = Marks::of(&token);
        assert!(marks.token.iter().any(|mark| &token.text()[mark.place.clone()] == "!"));
        assert!(marks.header.is_empty());
    }
}
