//! A policy's text laid out over lines, with every number and string as it was written.

use countersign::json::{Document, Limits};

use super::super::super::token_text::layout::{Laid, indented};
use super::super::super::token_text::lexer::{Kind, lexemes};

/// The text with each member and element on its own line; `None` unless it is JSON.
pub(super) fn laid_out(text: &str) -> Option<String> {
    Document::parse_noting_duplicates(text, Limits::default()).ok()?;
    let mut lexemes = lexemes(text);
    lexemes.retain(|lexeme| lexeme.kind != Kind::Space);
    let mut laid = String::with_capacity(text.len() * 2);
    for piece in indented(text, &lexemes) {
        match piece {
            Laid::Text(_, place) => laid.push_str(text.get(place)?),
            Laid::Inserted(space) => laid.push_str(&space),
        }
    }
    laid.push('\n');
    Some(laid)
}

#[cfg(test)]
mod tests {
    use super::laid_out;

    #[test]
    fn lines_and_nothing_else() {
        assert_eq!(
            laid_out(" {\"a\":1.50,\"b\" : [ ],\n\n\"a\":[\"x,\\u0041\",1e400],\"c\":{}}").unwrap(),
            "{\n  \"a\": 1.50,\n  \"b\": [],\n  \"a\": [\n    \"x,\\u0041\",\n    1e400\n  ],\n  \"c\": {}\n}\n"
        );
        let once = laid_out(r#"{"trust":[{"account":"111122223333"}]}"#).unwrap();
        assert_eq!(laid_out(&once), Some(once.clone()));
    }

    #[test]
    fn what_is_no_json_is_left_alone() {
        for text in ["", "{", "{'a':1}", "1 2", &"[".repeat(100_000)] {
            assert_eq!(laid_out(text), None);
        }
    }
}
