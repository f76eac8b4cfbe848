use std::collections::BTreeMap;
use std::process::Command;

use proptest::prelude::*;

use super::{cel, hcl, heredoc, json, object_literal, readable, rust, shell, sql};

/// Values that would do harm where they are not quoted.
const HOSTILE: [&str; 14] = [
    "plain",
    "",
    "it's \"quoted\" `back` \\ \\' \\\"",
    "line\nbreak\r\n\ttab\n",
    "${x} %{y} $${z} %%%{w} $(id) $HOME",
    "*/ // -- # <!-- ]]> {{ }}",
    "'; DROP USER admin; --",
    "\u{202e}gnihtemos\u{2066}\u{2069}\u{200b}",
    "\u{2028}\u{2029}\u{85}\u{7f}\u{1b}[2J\u{0}",
    "\u{e0041}\u{1f600}日本語",
    "END_OF_JSON",
    "\nEND_OF_JSON\nrm -rf x\n",
    "-rf",
    "\"#; panic!(); r#\"",
];

#[test]
fn nothing_deceptive_is_written() {
    for text in HOSTILE {
        for written in [
            cel(text),
            hcl(text),
            json(&text),
            readable(text),
            rust(text),
            sql(text),
            object_literal(&text),
        ] {
            assert!(!written.chars().any(countersign::is_deceptive), "{written:?}");
        }
        let written = shell(text).replace('\n', "");
        assert!(!written.chars().any(countersign::is_deceptive), "{written:?}");
    }
}

#[test]
fn each_language_has_its_own_escapes() {
    assert_eq!(cel(r"a'b\c${"), r"'a\'b\\c${'");
    assert_eq!(cel("\n\u{202e}\u{e0041}"), r"'\u000A\u202E\U000E0041'");
    assert_eq!(hcl(r#"a"b\c"#), r#""a\"b\\c""#);
    assert_eq!(hcl("${x} %{y} $z %"), r#""$${x} %%{y} $z %""#);
    assert_eq!(hcl("$${x}\n"), r#""\u0024$${x}\u000A""#);
    assert_eq!(sql(r"'; DROP \'"), r"'''; DROP \\'''");
    assert_eq!(sql("\n\u{e0041}"), r"'\u000a\udb40\udc41'");
    assert_eq!(rust("\"\\\u{202e}\n'{}"), r#""\"\\\u{202e}\u{a}'{}""#);
    assert_eq!(shell("it's"), r"'it'\''s'");
    assert_eq!(shell("\u{202e}"), r#"''"$(printf '\342\200\256')"''"#);
    assert_eq!(readable("a\n// b\u{202e}"), r"a\n// b\u{202e}");
    assert_eq!(readable(&"x".repeat(400)).chars().count(), 301);
}

#[test]
fn json_says_the_same() {
    for text in HOSTILE {
        let read: String = serde_json::from_str(&json(&text)).unwrap();
        assert_eq!(read, text);
    }
}

#[test]
fn an_object_literal_has_no_prototype_of_its_own() {
    let tags: BTreeMap<&str, [&str; 1]> =
        [("__proto__", ["\"__proto__\": 1"]), ("a-b", ["x"]), ("team", ["x"]), ("quo\"te", ["x"])]
            .into();
    let expected = r#"{
  ["__proto__"]: [
    "\"__proto__\": 1"
  ],
  "a-b": [
    "x"
  ],
  "quo\"te": [
    "x"
  ],
  team: [
    "x"
  ]
}"#;
    assert_eq!(object_literal(&tags), expected);
}

/// What a shell takes a word to be. (No shell can hold a null character.)
fn read_by_shell(script: &str) -> String {
    let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
    assert!(output.status.success(), "{script}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_shell_reads_what_was_written() {
    for text in HOSTILE.iter().map(|text| text.replace('\0', "")) {
        assert_eq!(read_by_shell(&format!("printf %s {}", shell(&text))), text);
        let folder = std::env::temp_dir().join(format!("countersign-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("heredoc.json");
        let script = heredoc(&shell(&file.to_string_lossy()), &json(&[&text]));
        assert_eq!(read_by_shell(&script), "");
        let written = std::fs::read_to_string(&file).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(serde_json::from_str::<[String; 1]>(&written).unwrap(), [text]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_shell_reads_any_word(text in "[^\\x00]{0,40}") {
        prop_assert_eq!(read_by_shell(&format!("printf %s {}", shell(&text))), text);
    }
}

proptest! {
    #[test]
    fn a_literal_ends_where_it_should(text in "(.|['\"\\\\$%{}\n]){0,40}") {
        // Within the quotes no quote stands that is not escaped.
        for (written, quote) in [(cel(&text), '\''), (hcl(&text), '"'), (rust(&text), '"'), (json(&text), '"')] {
            let inner = written.strip_prefix(quote).unwrap().strip_suffix(quote).unwrap();
            let mut escaped = false;
            for character in inner.chars() {
                prop_assert!(escaped || character != quote);
                escaped = !escaped && character == '\\';
            }
            prop_assert!(!escaped);
        }
        let written = sql(&text);
        let inner = written.strip_prefix('\'').unwrap().strip_suffix('\'').unwrap();
        prop_assert!(!inner.replace(r"\\", "").replace("''", "").contains('\''));
    }
}
