//! The text around a finding's place, with the place marked below.

use std::ops::Range;

use countersign::{Inspection, Place};

use crate::style::{Style, visible};

/// How much is shown before and after a place, in characters.
const AROUND: usize = 28;

/// How much is shown of a place itself, in characters.
const LONGEST: usize = 48;

/// Lines that show a place. Only header and payload are shown; of everything else, and the signature
/// above all, only where it is.
pub(super) fn lines(inspection: &Inspection, token: &str, place: Place, style: Style) -> String {
    match around(inspection, token, place) {
        Some(excerpt) => format!(
            "    | {}{}{}\n    | {}{}\n",
            excerpt.before,
            excerpt.place,
            excerpt.after,
            " ".repeat(excerpt.before.chars().count()),
            style.warn(&marks(&excerpt.place)),
        ),
        None => format!("    | at byte {} of the token\n", place.start),
    }
}

/// Three stretches of a text, made visible and cut to what a line can hold.
struct Excerpt {
    before: String,
    place: String,
    after: String,
}

fn around(inspection: &Inspection, token: &str, place: Place) -> Option<Excerpt> {
    let part = inspection.parts.iter().find(|part| part.name == place.part)?;
    let decoded = part.text.as_deref()?;
    let (text, range): (&str, Range<usize>) = match place.decoded {
        Some(span) => (decoded, span.range()),
        None => {
            let text = token.get(part.start..part.start + part.length)?;
            (text, place.start.checked_sub(part.start)?..place.end.checked_sub(part.start)?)
        }
    };
    Some(Excerpt {
        before: end_of(text.get(..range.start)?),
        place: start_of(text.get(range.clone())?, LONGEST),
        after: start_of(text.get(range.end..)?, AROUND),
    })
}

fn marks(place: &str) -> String {
    let others = place.chars().count().saturating_sub(1);
    format!("^{}", "~".repeat(others))
}

fn start_of(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => visible(text),
        Some((end, _)) => format!("{}…", visible(text.get(..end).unwrap_or_default())),
    }
}

fn end_of(text: &str) -> String {
    match text.char_indices().nth_back(AROUND) {
        None => visible(text),
        Some((at, first)) => {
            let rest = text.get(at + first.len_utf8()..).unwrap_or_default();
            format!("…{}", visible(rest))
        }
    }
}

#[cfg(test)]
mod tests {
    use countersign::{base64url, inspect, peel};

    use super::lines;
    use crate::style::Style;

    fn shown(token: &str) -> Vec<String> {
        let inspection = inspect(token);
        let token = peel(token).token;
        let places = inspection.findings.iter().filter_map(|finding| finding.place);
        places.map(|place| lines(&inspection, &token, place, Style::Plain)).collect()
    }

    #[test]
    fn the_mark_stands_below_its_place() {
        let header = base64url::encode(br#"{"kid":"k","typ":"JWT","alg":"no\u202ene"}"#);
        let payload = base64url::encode("{\"é\u{202e}\n\"x}".as_bytes());
        let expected = [
            r#"    | …"kid":"k","typ":"JWT","alg":"no\u202ene"}"#,
            r"    |                              ^~~~~~~~~~~~",
            r#"    | {"é\u{202e}\n"x}"#,
            r"    |            ^~",
        ];
        let shown = shown(&format!("{header}.{payload}.AA")).concat();
        assert_eq!(shown.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn nothing_of_a_signature_is_shown() {
        let header = base64url::encode(br#"{"kid":"k","typ":"JWT","alg":"ES384"}"#);
        let secret = "SECRETSECRET";
        for token in [
            format!("{header}.e30.{secret}="),
            format!("{header}.e30.{secret}!{secret}"),
            format!("{header}.e30.{secret}B"),
            format!("{header}.e30.{secret}.{secret}"),
            format!("{header}.e30={secret}"),
            format!("{header}.e30!.{secret}"),
        ] {
            let shown = shown(&token).concat();
            assert!(!shown.is_empty(), "{token}");
            let belongs = token.contains(&format!("e30={secret}"));
            assert!(belongs || !shown.contains("SECRET"), "{shown}");
        }
    }
}
