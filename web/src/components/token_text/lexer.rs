//! JSON text as a row of tokens, sound or not: for showing it, never for believing it.

use std::ops::Range;

/// What a stretch of JSON text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::components) enum Kind {
    /// A string that names a member.
    Name,
    /// Any other string.
    String,
    /// A number, `true`, `false` or `null`.
    Scalar,
    /// `{` or `[`
    Open,
    /// `}` or `]`
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// White space between tokens.
    Space,
    /// What is not JSON.
    Other,
}

/// A stretch of JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::components) struct Lexeme {
    pub(in crate::components) kind: Kind,
    /// Its place in the text, in bytes.
    pub(in crate::components) place: Range<usize>,
}

/// Splits a text into its tokens; together they are the whole text.
pub(in crate::components) fn lexemes(text: &str) -> Vec<Lexeme> {
    let mut found: Vec<Lexeme> = Vec::with_capacity(text.len() / 6 + 4);
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = first(rest);
        if kind == Kind::Colon {
            name_before(&mut found);
        }
        found.push(Lexeme { kind, place: start..start + length });
        start += length;
    }
    found
}

/// The string before a colon is a name.
fn name_before(found: &mut [Lexeme]) {
    let before = found.iter_mut().rev().find(|lexeme| lexeme.kind != Kind::Space);
    if let Some(lexeme) = before
        && lexeme.kind == Kind::String
    {
        lexeme.kind = Kind::Name;
    }
}

/// The token at the beginning of a text that is not empty, and its length in bytes.
fn first(text: &str) -> (Kind, usize) {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let is_scalar = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
    let run =
        |goes_on: fn(char) -> bool| text.find(move |c: char| !goes_on(c)).unwrap_or(text.len());
    match text.chars().next() {
        Some('{' | '[') => (Kind::Open, 1),
        Some('}' | ']') => (Kind::Close, 1),
        Some(',') => (Kind::Comma, 1),
        Some(':') => (Kind::Colon, 1),
        Some('"') => (Kind::String, string(text)),
        Some(c) if is_space(c) => (Kind::Space, run(is_space)),
        Some(c) if is_scalar(c) => (Kind::Scalar, run(is_scalar)),
        other => (Kind::Other, other.map_or(0, char::len_utf8)),
    }
}

/// The length of the string at the beginning of a text; to its end if nothing closes it.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Kind, lexemes};

    fn kinds(text: &str) -> Vec<Kind> {
        lexemes(text).into_iter().map(|lexeme| lexeme.kind).collect()
    }

    #[test]
    fn names_are_told_from_other_strings() {
        use Kind::{Close, Colon, Comma, Name, Open, Scalar, Space, String};
        assert_eq!(
            kinds(r#"{"a" :["b\"",-1.5e9]}"#),
            [Open, Name, Space, Colon, Open, String, Comma, Scalar, Close, Close]
        );
    }

    #[test]
    fn what_is_broken_is_read_to_its_end() {
        assert_eq!(kinds(r#"{"a"#), [Kind::Open, Kind::String]);
        assert_eq!(kinds("\"\\"), [Kind::String]);
        assert_eq!(kinds("\u{fffd}1"), [Kind::Other, Kind::Scalar]);
        assert_eq!(kinds(":"), [Kind::Colon]);
    }

    proptest! {
        #[test]
        fn the_tokens_are_the_whole_text(text in r#"([\{\}\[\]:,"\\ \n]|[a-z0-9]|.){0,80}"#) {
            let mut end = 0;
            for lexeme in lexemes(&text) {
                prop_assert_eq!(lexeme.place.start, end);
                prop_assert!(text.get(lexeme.place.clone()).is_some_and(|token| !token.is_empty()));
                end = lexeme.place.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
