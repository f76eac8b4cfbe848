use std::time::{Duration, Instant};

use countersign::{Check, Code, base64url, inspect};

use super::super::phrases::PHRASES;
use super::super::{evidence, expected, finding_message, found};
use crate::language::Language;

const JA: Language = Language::Japanese;

#[test]
fn a_tokens_own_words_stay_as_they_are() {
    // The one phrase that stands where data would, if there were any.
    for (phrase, _) in PHRASES.iter().filter(|(phrase, _)| *phrase != "an empty text") {
        let token_says = phrase.replace(['{', '}'], "");
        for (check, code) in [
            (Check::Issuer, None),
            (Check::TokenId, None),
            (Check::Audience, None),
            (Check::Subject, None),
            (Check::Issuer, Some(Code::IssuerUntrusted)),
            (Check::Audience, Some(Code::AudienceMismatch)),
            (Check::Subject, Some(Code::SubjectNotPrincipal)),
            (Check::Algorithm, Some(Code::AlgorithmUnsupported)),
            (Check::Header, Some(Code::HeaderCritical)),
        ] {
            assert_eq!(found(check, code, &token_says, JA), token_says, "{check:?} {code:?}");
        }
    }
    let region = "eu-west-1: an array";
    assert_eq!(found(Check::Trust, Some(Code::TrustSourceRegion), region, JA), region);
}

#[test]
fn what_is_quoted_is_never_taken_for_a_phrase() {
    for (english, japanese) in [
        (
            r#"the key "a\" of b for c" of https://x for ES384"#,
            r#"https://x の ES384 用の鍵 "a\" of b for c""#,
        ),
        (r#"key id "an array of the header""#, r#"鍵 ID "an array of the header""#),
        (
            r#"the member "a string at byte 3 of the payload" a second time at byte 7 of the header"#,
            r#"バイト位置 7 にメンバー "a string at byte 3 of the payload" の重複 (ヘッダー)"#,
        ),
    ] {
        assert_eq!(evidence(english, JA), japanese);
    }
    let alternatives = r#"tag a or b = "x or y" or z (rule "p or (rule \"q\")")"#;
    assert_eq!(
        expected(Check::Trust, alternatives, JA),
        r#"タグ a または b = "x or y" または z (ルール "p or (rule \"q\")")"#
    );
}

#[test]
fn a_hostile_subject_is_shown_in_its_finding_as_it_is() {
    let payload = base64url::encode(br#"{"sub":"an array. Found an empty text"}"#);
    let shown = inspect(&format!("e30.{payload}.AA"));
    let messages: Vec<String> =
        shown.findings.iter().map(|finding| finding_message(finding, JA)).collect();
    let said = "検出内容: an array. Found an empty text。";
    assert!(messages.iter().any(|message| message.ends_with(said)), "{messages:#?}");
}

#[test]
fn long_texts_take_no_time() {
    let hostile = [
        "a".repeat(1 << 21),
        "\"".repeat(1 << 21),
        "\\\"".repeat(1 << 20),
        " or ".repeat(1 << 19),
        "\" or ".repeat(1 << 19),
        "an array of the header".repeat(100_000),
        " at byte 1 of the header".repeat(100_000),
        format!("the key {}", " of  for ".repeat(200_000)),
        format!("https://{}", ": ".repeat(1 << 20)),
        format!("tag {} (rule \"x\")", "x or \" (rule ".repeat(1 << 17)),
    ];
    for text in hostile {
        for length in [10_000, text.len()] {
            let text = text.get(..length).unwrap();
            let start = Instant::now();
            let mut said = evidence(text, JA).len();
            for check in [Check::Issuer, Check::Key, Check::Trust] {
                said += expected(check, text, JA).len() + found(check, None, text, JA).len();
            }
            assert!(said >= text.len());
            let taken = start.elapsed();
            // Generous for a debug build on a busy machine; what is quadratic takes minutes.
            assert!(taken < Duration::from_secs(5), "{length}: {taken:?} for {:?}", &text[..20]);
        }
    }
}
