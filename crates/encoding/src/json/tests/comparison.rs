//! The parser beside the reference: the same nodes, or the same fault at the same place.

use proptest::prelude::*;
use proptest::sample::Index;

use super::reference::Reference;
use crate::json::parser::Parser;
use crate::json::{Document, Limits};

fn compare(text: &str) {
    for depth in [0, 1, 2, 16] {
        match (Parser::new(text, depth).run(), Reference::new(text, depth).run()) {
            (Ok((nodes, duplicates)), Ok((expected, expected_duplicates))) => {
                assert_eq!(duplicates, expected_duplicates, "{text:?}");
                assert_eq!(nodes.len(), expected.len(), "{text:?}");
                for (index, (node, expected)) in nodes.iter().zip(expected).enumerate() {
                    assert_eq!(node.kind, expected.kind, "{text:?}");
                    assert_eq!((node.start, node.end), (expected.start, expected.end), "{text:?}");
                    assert_eq!(node.next(index), expected.mark as usize, "{text:?}");
                }
            }
            (ours, theirs) => assert_eq!(ours.err(), theirs.err(), "{text:?}"),
        }
    }
}

/// Texts that are JSON: few names, so that they meet again, some of them written with escapes.
fn json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("true".to_owned()),
        Just("null".to_owned()),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?",
        string(),
    ];
    scalar.prop_recursive(4, 60, 8, |inner| {
        let space = "[ \t\n\r]{0,2}";
        let element = (space, inner.clone(), space).prop_map(|(a, value, b)| a + &value + &b);
        let member = (space, string(), space, space, inner, space)
            .prop_map(|(a, name, b, c, value, d)| format!("{a}{name}{b}:{c}{value}{d}"));
        prop_oneof![
            prop::collection::vec(element, 0..8).prop_map(|all| format!("[{}]", all.join(","))),
            prop::collection::vec(member, 0..8).prop_map(|all| format!("{{{}}}", all.join(","))),
        ]
    })
}

fn string() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "\"[ab]{0,2}\"",
        1 => "\"(a|\\\\u0061|\\\\n|\\\\\\\\|\\\\\"|é|\\\\ud83d\\\\ude00){0,3}\"",
        1 => "\"[ !#-\\[\\]-~é\u{7f}😀]{0,30}\"",
    ]
}

/// What breaks a text, or ends something in it.
const FRAGMENTS: [&str; 26] = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"a\":1", "0", "-", ".", "e", "\\u",
    "\\ud800", "00", "true", "nul", " ", "\n", "\0", "\u{1f}", "é", "\u{feff}", "/",
];

proptest! {
    #[test]
    fn sound_texts(text in json()) {
        prop_assert!(Document::parse_noting_duplicates(text.as_str(), Limits::default()).is_ok());
        compare(&text);
    }

    #[test]
    fn texts_with_a_change(
        text in json(), place in any::<Index>(), cut in 0_usize..4, fragment in prop::sample::select(&FRAGMENTS[..]),
    ) {
        let characters: Vec<char> = text.chars().collect();
        let place = place.index(characters.len() + 1);
        let (before, after) = characters.split_at(place);
        let before: String = before.iter().collect();
        let after: String = after.iter().skip(cut).collect();
        compare(&format!("{before}{fragment}{after}"));
        compare(&before);
    }

    #[test]
    fn texts_of_fragments(
        fragments in prop::collection::vec(prop::sample::select(&FRAGMENTS[..]), 0..12),
    ) {
        compare(&fragments.concat());
    }

    #[test]
    fn objects_of_any_size(
        count in 0_usize..150,
        again in prop::collection::vec((any::<Index>(), prop::sample::select(&["n", "\\u006e"])), 0..3),
    ) {
        let member = |n| format!("\"name{n}\":{{\"a\":[{n}]}}");
        let mut members: Vec<String> = (0..count).map(member).collect();
        for (place, first) in again {
            let name = place.index(count + 1);
            let member = format!("\"{first}ame{name}\":0");
            members.insert(place.index(members.len() + 1), member);
        }
        compare(&format!("{{{}}}", members.join(",")));
    }
}

#[test]
fn every_place_of_a_token() {
    let text = concat!(
        r#"{"aud":["https://a.example","b"],"exp":1700000000,"#,
        r#""s\u0065t":{"a_b":"\u00e9\ud83d\ude00","n":-1.5e+3},"iat":0}"#,
    );
    for place in 0..=text.len() {
        for octet in 0..128 {
            for length in 0..2 {
                let rest = text.get(place + length..).unwrap_or_default();
                compare(&format!("{}{}{rest}", &text[..place], char::from(octet)));
            }
        }
        compare(&text[..place]);
    }
}
