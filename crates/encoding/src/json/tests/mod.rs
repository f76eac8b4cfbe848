mod comparison;
mod reference;

use super::scan::fingerprint;
use super::{Document, FaultKind, Kind, Limits};

fn parse(text: &str) -> Result<Document, FaultKind> {
    Document::parse(text, Limits::default()).map_err(|fault| fault.kind)
}

#[test]
fn values_keep_their_text_and_place() {
    let text = r#" {"a" : [1.50, -0, 1e400, true], "b\u0041": "\ud83d\ude00\n\/" } "#;
    let document = parse(text).unwrap();
    let object = document.root().as_object().unwrap();
    let numbers: Vec<_> =
        object.member("a").unwrap().as_array().unwrap().map(|v| v.raw()).collect();
    assert_eq!(numbers, ["1.50", "-0", "1e400", "true"]);
    let b = object.members().nth(1).unwrap();
    assert_eq!(b.name, "bA");
    assert_eq!(&text[b.name_span.clone()], r#""b\u0041""#);
    assert_eq!(b.value.as_str().unwrap(), "😀\n/");
    assert_eq!(&text[b.value.span()], b.value.raw());
}

#[test]
fn integers_are_written_plainly() {
    let integer = |text| parse(text).unwrap().root().as_integer();
    assert_eq!(integer("1700000000"), Some(1_700_000_000));
    assert_eq!(integer("-1"), Some(-1));
    for text in ["-0", "1.0", "1e3", "9223372036854775808", "\"1\"", "null"] {
        assert_eq!(integer(text), None, "{text}");
    }
}

#[test]
fn what_breaks_the_grammar() {
    for text in [
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "--1",
        "tru",
        "nul",
        "NaN",
        "Infinity",
        "'a'",
        "\"a",
        "\"\u{1}\"",
        "\"\\x\"",
        "\"\\u12\"",
        "1 2",
        "{}{}",
        "[1]//",
        "\u{a0}1",
    ] {
        assert!(matches!(parse(text), Err(FaultKind::Syntax(_))), "{text:?}");
    }
    assert_eq!(parse("\u{feff}{}").unwrap_err(), FaultKind::ByteOrderMark);
    for text in [r#""\ud800""#, r#""\udc00\ud800""#, r#""\ud800\u0041""#, r#""\ud800x""#] {
        assert_eq!(parse(text).unwrap_err(), FaultKind::UnpairedSurrogate, "{text}");
    }
}

#[test]
fn duplicates_are_found_at_any_depth_and_size() {
    let duplicate = |text: &str| match parse(text) {
        Err(FaultKind::DuplicateMember(name)) => name,
        other => panic!("{other:?}"),
    };
    assert_eq!(duplicate(r#"{"a":1,"a":1}"#), "a");
    assert_eq!(duplicate(r#"[{"x":{"a":1,"\u0061":2}}]"#), "a");
    let many: Vec<String> = (0..10_000).map(|n| format!("\"k{n}\":{n}")).collect();
    assert!(parse(&format!("{{{}}}", many.join(","))).is_ok());
    assert_eq!(duplicate(&format!("{{{},\"k77\":0}}", many.join(","))), "k77");
    let (document, notes) =
        Document::parse_noting_duplicates(r#"{"a":1,"a":2}"#, Limits::default()).unwrap();
    assert_eq!(document.root().as_object().unwrap().members().count(), 2);
    assert_eq!(notes[0].offset, 7);
}

#[test]
fn names_with_one_fingerprint_are_two_names() {
    let (one, other) = ("abcdefghabcdefgh", "`bcdefghAbcdefgh");
    assert_eq!(fingerprint(one), fingerprint(other), "made to collide");
    let document = parse(&format!(r#"{{"{one}":1,"{other}":2}}"#)).unwrap();
    let object = document.root().as_object().unwrap();
    assert_eq!(object.member(one).unwrap().as_integer(), Some(1));
    assert_eq!(object.member(other).unwrap().as_integer(), Some(2));
    let twice = parse(&format!(r#"{{"{one}":1,"{other}":2,"{one}":3}}"#)).unwrap_err();
    assert_eq!(twice, FaultKind::DuplicateMember(one.to_owned()));
}

#[test]
fn nesting_and_length_are_bounded() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&nested(32)).is_ok());
    assert_eq!(parse(&nested(33)).unwrap_err(), FaultKind::TooDeep);
    assert_eq!(parse(&"[".repeat(1_000_000)).unwrap_err(), FaultKind::TooDeep);
    let tight = Limits { max_bytes: 2, max_depth: usize::MAX };
    assert_eq!(Document::parse("[1]", tight).unwrap_err().kind, FaultKind::TooLarge);
    let ceiling = Limits { max_depth: usize::MAX, ..Limits::default() };
    assert!(Document::parse(nested(1000), ceiling).is_err(), "recursion is bounded in any case");
}

#[test]
fn kinds_are_named() {
    let document = parse(r#"[null, true, 1, "a", [], {}]"#).unwrap();
    let kinds: Vec<_> = document.root().as_array().unwrap().map(|value| value.kind()).collect();
    use Kind::{Array, Boolean, Null, Number, Object, String};
    assert_eq!(kinds, [Null, Boolean, Number, String, Array, Object]);
}
