use countersign::base64url::encode;

use super::{Change, Part, compare};
use crate::state::Token;

fn token(payload: &str) -> Token {
    let header = encode(br#"{"alg":"ES384","kid":"EC384_0"}"#);
    Token::read(format!("{header}.{}.AAAA", encode(payload.as_bytes())))
}

fn changes(first: &str, second: &str) -> Vec<(String, Change)> {
    compare(&token(first), &token(second))
        .into_iter()
        .filter(|one| one.change() != Change::Same)
        .map(|one| (one.path.names.join(" › "), one.change()))
        .collect()
}

#[test]
fn a_token_does_not_differ_from_itself() {
    let text = r#"{"a":1,"b":{"c":[1,2],"d":{}}}"#;
    assert_eq!(changes(text, text), []);
    assert_eq!(compare(&token(text), &token(text)).len(), 2 + 3);
}

#[test]
fn each_place_is_named() {
    let found = changes(
        r#"{"iat":1,"b":{"env":"x","gone":1},"same":1.0}"#,
        r#"{"iat":61,"b":{"env":"y","new":2},"same":1.0}"#,
    );
    let expected = [
        ("iat", Change::Changed),
        ("b › env", Change::Changed),
        ("b › gone", Change::Removed),
        ("b › new", Change::Added),
    ];
    assert_eq!(found, expected.map(|(path, change)| (path.to_owned(), change)));
}

#[test]
fn values_are_compared_byte_for_byte() {
    assert_eq!(changes(r#"{"n":1.0}"#, r#"{"n":1.00}"#), [("n".to_owned(), Change::Changed)]);
    assert_eq!(changes(r#"{"n":"1"}"#, r#"{"n":1}"#), [("n".to_owned(), Change::Changed)]);
}

#[test]
fn numbers_say_by_how_much_they_grew() {
    let all = compare(&token(r#"{"iat":100}"#), &token(r#"{"iat":40}"#));
    let iat = all.iter().find(|one| one.path.part == Part::Payload).unwrap();
    assert_eq!(iat.growth(), Some(-60));
}

#[test]
fn duplicates_are_told_apart() {
    assert_eq!(
        changes(r#"{"a":1,"a":2}"#, r#"{"a":1,"a":3}"#),
        [("a".to_owned(), Change::Changed)]
    );
    assert_eq!(changes(r#"{"a":1,"a":2}"#, r#"{"a":1}"#), [("a".to_owned(), Change::Removed)]);
}

#[test]
fn what_cannot_be_read_is_compared_as_text() {
    assert_eq!(changes("{", "{}").len(), 1);
    assert_eq!(compare(&Token::default(), &Token::default()), []);
}
