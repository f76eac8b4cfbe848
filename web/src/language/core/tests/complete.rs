use countersign::keys::{DiscoveryCode, JwkCode, KeySetCode};
use countersign::{
    Asserter, CATALOGUE, Check, Code, FetchFailure, FindingCode, Layer, NOTICE, PolicyCode,
    PrincipalKind, base64url, inspect,
};

use super::super::phrases::PHRASES;
use super::super::template::translate;
use super::super::{
    asserter, check_name, check_question, claim_meaning, code_fault, code_remedy, expected,
    fetch_failure, finding_message, header_meaning, keys, notice, peeled_layer, policy_faults,
    principal_kind,
};
use super::is_japanese;
use crate::language::Language;

const JA: Language = Language::Japanese;
const EN: Language = Language::English;

#[test]
fn every_code_is_said_in_japanese() {
    let codes = Code::ALL.iter().map(|c| {
        let said = (code_fault(*c, JA), code_remedy(*c, JA));
        (c.as_str(), (c.fault(), c.remedy()), Some(said))
    });
    let policy = PolicyCode::ALL
        .iter()
        .map(|c| (c.as_str(), (c.fault(), c.remedy()), policy_faults::policy_code(*c)));
    let jwk =
        JwkCode::ALL.iter().map(|c| (c.as_str(), (c.fault(), c.remedy()), keys::jwk_code(*c)));
    let key_set = KeySetCode::ALL
        .iter()
        .map(|c| (c.as_str(), (c.fault(), c.remedy()), keys::key_set_code(*c)));
    let discovery = DiscoveryCode::ALL
        .iter()
        .map(|c| (c.as_str(), (c.fault(), c.remedy()), keys::discovery_code(*c)));
    let mut count = 0;
    for (code, english, japanese) in codes.chain(policy).chain(jwk).chain(key_set).chain(discovery)
    {
        let (fault, remedy) = japanese.unwrap_or_else(|| panic!("{code} has no Japanese"));
        for (english, japanese) in [(english.0, fault), (english.1, remedy)] {
            assert!(is_japanese(japanese), "{code}: {japanese}");
            assert!(japanese.ends_with('。'), "{code}: {japanese}");
            for name in names_in(english) {
                assert!(japanese.contains(name), "{code}: {name} is lost in {japanese}");
            }
        }
        count += 1;
    }
    assert!(count > 100, "only {count}");
    assert_eq!(code_fault(Code::TokenEmpty, EN), Code::TokenEmpty.fault());
    assert_eq!(code_remedy(Code::TokenEmpty, EN), Code::TokenEmpty.remedy());
}

/// What stands in backticks, and words that are names of a claim, a call or a setting.
fn names_in(english: &str) -> Vec<&str> {
    let quoted = english.split('`').skip(1).step_by(2);
    let is_name = |word: &&str| {
        let inner = word.get(1..).unwrap_or_default();
        inner.contains(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    };
    let words = english.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(is_name);
    // Written out in Japanese, or with another word that is as exact.
    let translated = ["AWS's", "HTTP"];
    quoted.chain(words).filter(|name| !translated.contains(name)).collect()
}

#[test]
fn every_check_is_said_in_japanese() {
    for check in Check::ALL.iter().copied() {
        let (question, name) = (check_question(check, JA), check_name(check, JA));
        assert!(is_japanese(question) && question.ends_with("こと。"), "{check:?}: {question}");
        assert!(is_japanese(name) && name != check_name(check, EN), "{check:?}: {name}");
        assert!(!check_name(check, EN).contains('_'), "{check:?}");
        assert_eq!(check_question(check, EN), check.question());
        assert_eq!(expected(check, check.question(), JA), question);
    }
}

#[test]
fn every_claim_is_said_in_japanese() {
    for claim in CATALOGUE {
        let meaning = claim_meaning(claim, JA);
        assert!(is_japanese(meaning) && meaning.ends_with('。'), "{}: {meaning}", claim.name);
        assert_eq!(claim_meaning(claim, EN), claim.meaning);
    }
    for whose in [Asserter::Aws, Asserter::Tagger, Asserter::Caller] {
        assert!(is_japanese(asserter(whose, JA)), "{whose:?}");
        assert!(!is_japanese(asserter(whose, EN)), "{whose:?}");
    }
    for kind in [PrincipalKind::Role, PrincipalKind::User] {
        assert!(is_japanese(principal_kind(kind, JA)), "{kind:?}");
        assert!(!is_japanese(principal_kind(kind, EN)), "{kind:?}");
    }
}

#[test]
fn every_header_member_is_said_in_japanese() {
    let header = base64url::encode(br#"{"alg":"ES384","kid":"k","typ":"JWT","x":1}"#);
    let shown = inspect(&format!("{header}.e30.AA"));
    assert_eq!(shown.header.len(), 4);
    for member in &shown.header {
        assert_eq!(header_meaning(member, EN), member.meaning);
        let meaning = header_meaning(member, JA);
        assert_eq!(meaning.is_some(), member.name != "x", "{}", member.name);
        assert!(meaning.is_none_or(is_japanese), "{}: {meaning:?}", member.name);
    }
}

#[test]
fn the_notice_and_failures_to_fetch_are_said_in_japanese() {
    assert_eq!(notice(EN), NOTICE);
    assert!(is_japanese(notice(JA)));
    for failure in [
        FetchFailure::Cancelled,
        FetchFailure::Insecure,
        FetchFailure::Network,
        FetchFailure::Redirect,
        FetchFailure::Timeout,
        FetchFailure::TooLarge,
    ] {
        assert_eq!(fetch_failure(failure, EN), failure.to_string());
        assert!(is_japanese(&fetch_failure(failure, JA)), "{failure:?}");
    }
}

#[test]
fn every_layer_is_said_in_japanese() {
    for layer in Layer::ALL.map(Layer::as_str) {
        let japanese = peeled_layer(layer, JA);
        assert!(is_japanese(japanese) || layer.starts_with('`'), "{layer}: {japanese}");
        assert_eq!(peeled_layer(layer, EN), layer);
    }
}

#[test]
fn every_finding_of_inspection_is_said_in_japanese() {
    const SESSION: &str = r#"{"original_session_exp":"2000-01-01T00:00:00Z","x":1}"#;
    let part = |json: &str| base64url::encode(json.as_bytes());
    let payload = format!(r#"{{"exp":4102444800,"https://sts.amazonaws.com/":{SESSION}}}"#);
    let without_signature = format!("{}.{}.", part(r#"{"jku":1,"x":1}"#), part(&payload));
    let members: Vec<String> = (0..200).map(|number| format!(r#""x{number}":1"#)).collect();
    let full = format!("{}.{}.AA", part("{}"), part(&format!("{{{}}}", members.join(","))));
    let mut reached: Vec<&str> = Vec::new();
    for text in [&without_signature, &full, &"a".repeat(300_000)] {
        for finding in &inspect(text).findings {
            let japanese = finding_message(finding, JA);
            assert!(is_japanese(&japanese) && japanese.ends_with('。'), "{japanese}");
            assert_eq!(finding_message(finding, EN), finding.message);
            reached.push(finding.code.as_str());
        }
    }
    for code in FindingCode::OWN {
        assert!(reached.contains(&code.as_str()), "{code:?} is not reached");
    }
}

#[test]
fn no_phrase_stands_in_the_way_of_another() {
    for (english, japanese) in PHRASES {
        let filled = translate(PHRASES, &filled(english, "an object"));
        assert_eq!(filled.as_deref(), Some(&*self::filled(japanese, "オブジェクト")), "{english}");
    }
}

/// A phrase with its holes filled: each with a value of its own kind.
fn filled(phrase: &str, inner: &str) -> String {
    let (start, rest) = phrase.split_once('{').unwrap_or((phrase, ""));
    let Some((hole, rest)) = rest.split_once('}') else { return start.to_owned() };
    let value = match hole.as_bytes() {
        [b'0'..=b'9'] => format!("10{hole}"),
        [b'A'..=b'Z'] => inner.to_owned(),
        _ => format!("\"{hole}\""),
    };
    format!("{start}{value}{}", filled(rest, inner))
}
