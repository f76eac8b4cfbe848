//! JSON text laid out over lines, every byte of it kept.

use std::ops::Range;

use super::lexer::{Kind, Lexeme};

/// No line is set in further than this many levels, however deep the text goes.
const DEEPEST: usize = 24;

/// A piece of a text that is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::components) enum Laid {
    /// A stretch of the text itself.
    Text(Kind, Range<usize>),
    /// White space that does not stand in the text.
    Inserted(String),
}

/// The text as it is, without anything inserted.
pub(super) fn as_sent(lexemes: &[Lexeme]) -> Vec<Laid> {
    lexemes.iter().map(|lexeme| Laid::Text(lexeme.kind, lexeme.place.clone())).collect()
}

/// The text with each member and element on its own line. White space is put between tokens, and only
/// where the text has no line break of its own.
pub(in crate::components) fn indented(text: &str, lexemes: &[Lexeme]) -> Vec<Laid> {
    let mut laid = Vec::with_capacity(lexemes.len() * 2);
    let mut depth: usize = 0;
    // Of the token before, and of the white space that follows it in the text.
    let mut before: Option<Kind> = None;
    let mut space = "";
    for lexeme in lexemes {
        let kind = lexeme.kind;
        if kind == Kind::Space {
            space = text.get(lexeme.place.clone()).unwrap_or_default();
            laid.push(Laid::Text(kind, lexeme.place.clone()));
            continue;
        }
        if kind == Kind::Close {
            depth = depth.saturating_sub(1);
        }
        let inserted = match (before, kind) {
            (Some(Kind::Open), Kind::Close) => None,
            (Some(Kind::Open | Kind::Comma), _) => Some(line(depth)),
            (Some(_), Kind::Close) => Some(line(depth)),
            (Some(Kind::Colon), _) if space.is_empty() => Some(" ".to_owned()),
            _ => None,
        };
        laid.extend(inserted.filter(|_| !space.contains('\n')).map(Laid::Inserted));
        if kind == Kind::Open {
            depth += 1;
        }
        laid.push(Laid::Text(kind, lexeme.place.clone()));
        before = Some(kind);
        space = "";
    }
    laid
}

fn line(depth: usize) -> String {
    let mut line = String::from("\n");
    line.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lexer::lexemes;
    use super::{Laid, as_sent, indented};

    fn written(text: &str, laid: &[Laid], inserted: bool) -> String {
        laid.iter()
            .map(|piece| match piece {
                Laid::Text(_, place) => text.get(place.clone()).unwrap_or_default(),
                Laid::Inserted(space) if inserted => space,
                Laid::Inserted(_) => "",
            })
            .collect()
    }

    fn shown(text: &str) -> String {
        written(text, &indented(text, &lexemes(text)), true)
    }

    #[test]
    fn members_stand_on_their_own_lines() {
        assert_eq!(
            shown(r#"{"a":1.50,"b":[],"c":[{"d":"x,y"},null]}"#),
            "{\n  \"a\": 1.50,\n  \"b\": [],\n  \"c\": [\n    {\n      \"d\": \"x,y\"\n    },\n    null\n  ]\n}"
        );
    }

    #[test]
    fn white_space_of_the_text_is_kept() {
        assert_eq!(shown(r#"{"a": 1, "b":2}"#), "{\n  \"a\": 1, \n  \"b\": 2\n}");
        let laid_out = "{\n\t\"a\": 1\n}";
        assert_eq!(shown(laid_out), laid_out);
    }

    #[test]
    fn what_is_broken_is_laid_out_too() {
        assert_eq!(shown(r#"]]{"a":"#), "]\n]{\n  \"a\":");
        assert_eq!(shown(""), "");
        assert!(shown(&"[".repeat(1_000)).lines().all(|line| line.len() <= 49));
    }

    proptest! {
        #[test]
        fn without_what_was_inserted_it_is_the_text(
            text in r#"([\{\}\[\]:,"\\ \n]|[a-z0-9]|.){0,80}"#,
        ) {
            let lexemes = lexemes(&text);
            prop_assert_eq!(written(&text, &as_sent(&lexemes), true), text.clone());
            let laid = indented(&text, &lexemes);
            prop_assert_eq!(written(&text, &laid, false), text);
            for piece in laid {
                if let Laid::Inserted(space) = piece {
                    prop_assert!(space.chars().all(char::is_whitespace));
                }
            }
        }

        #[test]
        fn laid_out_it_reads_the_same(text in json()) {
            let before: serde_json::Value = serde_json::from_str(&text).unwrap();
            let after: serde_json::Value = serde_json::from_str(&shown(&text)).unwrap();
            prop_assert_eq!(before, after);
        }
    }

    fn json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<i64>().prop_map(|n| n.to_string()),
            ".{0,8}".prop_map(|text| serde_json::Value::from(text).to_string()),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5)
                    .prop_map(|elements| format!("[{}]", elements.join(","))),
                prop::collection::btree_map("[a-z\"{]{0,4}", inner, 0..5).prop_map(|members| {
                    let members: Vec<_> = members
                        .into_iter()
                        .map(|(name, value)| format!("{}:{value}", serde_json::Value::from(name)))
                        .collect();
                    format!("{{{}}}", members.join(","))
                }),
            ]
        })
    }
}
