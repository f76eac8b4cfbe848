use countersign::json::{Document, Limits};
use countersign::{Claims, Policy};
use countersign_tests::suite::Suite;
use proptest::prelude::*;
use serde_json::json;

use super::{Completions, ItemKind, Known, complete, fault_ranges, hover};
use crate::language::Language;

fn known() -> Known {
    let payload = json!({
        "iss": "https://a1b2.tokens.sts.global.api.aws",
        "aud": ["https://api.example.com", "\"quoted\" \u{202e}"],
        "sub": "arn:aws:iam::123456789012:role/billing/Nightly",
        "https://sts.amazonaws.com/": {
            "aws_account": "123456789012",
            "org_id": "o-abc1234567",
            "ou_path": ["o-abc1234567/r-ab12/"],
            "source_region": "eu-west-1",
            "principal_tags": { "environment": "production", "cost.center": "7" },
        },
    });
    let document = Document::parse(payload.to_string(), Limits::default()).unwrap();
    Known::of(Some(&Claims::read(document.root().as_object().unwrap())))
}

/// Completes at `|`, which is taken out of the text.
fn at(marked: &str) -> (String, Completions) {
    let cursor = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let completions = complete(&text, cursor, &known(), Language::English);
    (text, completions)
}

fn labels(marked: &str) -> Vec<String> {
    at(marked).1.items.into_iter().map(|item| item.label).collect()
}

/// The text after taking the item with this label.
fn taken(marked: &str, label: &str) -> String {
    let (mut text, completions) = at(marked);
    let item = completions.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("{label}: {:?}", completions.items));
    text.replace_range(completions.replace, &item.insert);
    text
}

#[test]
fn names_that_are_not_there_yet() {
    let all = labels("{|}");
    assert_eq!(all.first().unwrap(), "audience");
    assert_eq!(all.len(), 9);
    let rest = labels(r#"{ "audience": "a", |, "trust": [] }"#);
    assert_eq!(rest.len(), 7, "{rest:?}");
    assert!(!rest.contains(&"trust".to_owned()), "also what comes later");
    assert_eq!(labels(r#"{"dangerA|"#), ["dangerAcceptAnyAudience", "dangerAcceptAnyLifetime"]);
    assert_eq!(labels(r#"{ "trust": [ { iss| } ] }"#), ["issuer", "permissionSets"]);
    assert_eq!(
        labels(r#"{ "trust": [ { "issuer": "x" }, { "or|" } ] }"#),
        ["organization", "organizationalUnits"]
    );
    assert_eq!(labels(r#"{ "nonsense": { | } }"#), [""; 0]);
}

#[test]
fn names_bring_what_belongs_around_them() {
    assert_eq!(taken("{|}", "audience"), r#"{"audience": }"#);
    assert_eq!(taken("{ aud|", "audience"), r#"{ "audience": "#);
    assert_eq!(taken(r#"{ "aud|": "x" }"#, "audience"), r#"{ "audience": "x" }"#);
    assert_eq!(taken(r#"{ "tr|" }"#, "trust"), r#"{ "trust":  }"#);
    let line = "{\n  \"audience\": \"x\"\n  \"tr|\n}";
    assert_eq!(taken(line, "trust"), "{\n  \"audience\": \"x\",\n  \"trust\": \n}");
    assert_eq!(taken(r#"{"audience": "x" |}"#, "trust"), r#"{"audience": "x", "trust": }"#);
    assert!(labels(r#"{"audience": "x"|}"#).is_empty(), "the value is not at its end yet");
}

#[test]
fn values_of_the_schema() {
    assert_eq!(labels(r#"{ "algorithms": ["ES384", |] }"#), ["ES256", "RS256"]);
    assert_eq!(taken(r#"{ "algorithms": | }"#, "ES384"), r#"{ "algorithms": ["ES384"] }"#);
    assert_eq!(taken(r#"{ "algorithms": ["R|"] }"#, "RS256"), r#"{ "algorithms": ["RS256"] }"#);
    assert_eq!(taken(r#"{ "algorithms": ["R|] }"#, "RS256"), r#"{ "algorithms": ["RS256"] }"#);
    assert_eq!(
        taken(r#"{ "algorithms": ["ES384" |] }"#, "RS256"),
        r#"{ "algorithms": ["ES384", "RS256"] }"#
    );
    assert_eq!(
        taken(r#"{ "algorithms": [| "ES384"] }"#, "RS256"),
        r#"{ "algorithms": ["RS256", "ES384"] }"#
    );
    assert_eq!(labels(r#"{ "dangerAcceptAnyAudience": t| }"#), ["true"]);
    assert_eq!(labels(r#"{ "dangerAcceptAnyAudience": | "trust": [] }"#), ["true", "false"]);
    let text = taken(r#"{ "dangerAcceptAnyAudience": | "trust": [] }"#, "false");
    assert_eq!(text, r#"{ "dangerAcceptAnyAudience": false, "trust": [] }"#);
    assert!(labels(r#"{ "maxAgeSeconds": | }"#).is_empty());
}

#[test]
fn values_of_the_token_in_hand() {
    assert_eq!(labels(r#"{ "audience": | }"#), ["https://api.example.com", "\"quoted\" \\u{202e}"]);
    let quoted = taken(r#"{ "audience": "q| }"#, "\"quoted\" \\u{202e}");
    assert_eq!(quoted, r#"{ "audience": "\"quoted\" \u202e" }"#);
    let rule = |inner: &str| format!(r#"{{ "audience": "a", "trust": [ {{ {inner} }} ] }}"#);
    for (member, value) in [
        ("issuer", "https://a1b2.tokens.sts.global.api.aws"),
        ("account", "123456789012"),
        ("principals", "arn:aws:iam::123456789012:role/billing/Nightly"),
        ("organization", "o-abc1234567"),
        ("organizationalUnits", "o-abc1234567/r-ab12/**"),
        ("sourceRegions", "eu-west-1"),
    ] {
        let expected = rule(&format!(r#""{member}": "{value}""#));
        assert_eq!(taken(&rule(&format!(r#""{member}": |"#)), value), expected);
        assert_eq!(taken(&rule(&format!(r#""{member}": "|""#)), value), expected);
        assert_eq!(
            taken(&rule(&format!(r#""{member}":"{}|"#, &value[..3])), value),
            rule(&format!(r#""{member}":"{value}""#))
        );
    }
    let tags = |inner: &str| rule(&format!(r#""principalTags": {{ {inner} }}"#));
    assert_eq!(labels(&tags("|")), ["cost.center", "environment"]);
    assert_eq!(taken(&tags(r#""cost.center": |"#), "7"), tags(r#""cost.center": "7""#));
    assert_eq!(labels(&tags(r#""environment": ["|"]"#)), ["production"]);
    assert!(labels(&rule(r#""requestTags": { | }"#)).is_empty());
}

#[test]
fn beginnings_of_policies_and_rules() {
    let policy = taken("|", "A new policy");
    assert!(serde_json::from_str::<serde_json::Value>(&policy).is_ok(), "{policy}");
    for label in [
        "A rule that trusts principals of one account, by its issuer",
        "A rule that trusts the accounts of an organization",
    ] {
        let policy = taken(r#"{ "audience": "a", "trust": [|] }"#, label);
        Policy::from_json(&policy).unwrap();
        let policy = taken(r#"{ "audience": "a", "trust": | }"#, label);
        Policy::from_json(&policy).unwrap();
        let policy =
            taken(r#"{ "audience": "a", "trust": [{"issuer": "https://x.example"}|] }"#, label);
        Policy::from_json(&policy).unwrap();
    }
    let none = complete("", 0, &Known::default(), Language::Japanese);
    assert_eq!(none.items.len(), 1);
    assert_eq!(none.items[0].kind, ItemKind::Skeleton);
}

#[test]
fn nothing_where_nothing_belongs() {
    for marked in [
        r#"{ "audience" | }"#,
        r#"{ "audience": "x" }|"#,
        r#"|{ "audience": "x" }"#,
        r#"{ "audience": | "x" }"#,
        r#"{ "unknown": | }"#,
        "[|]",
    ] {
        assert!(labels(marked).is_empty() || marked == "[|]", "{marked}: {:?}", labels(marked));
    }
}

#[test]
fn what_an_item_means_is_said_in_both_languages() {
    let text = "{}";
    let [en, ja] = Language::ALL.map(|language| complete(text, 1, &known(), language));
    for (en, ja) in en.items.iter().zip(&ja.items) {
        assert_eq!(en.insert, ja.insert);
        assert_ne!(en.detail, ja.detail);
    }
}

fn marked(text: &str) -> Vec<(String, String)> {
    let faults = Policy::from_json(text).unwrap_err();
    fault_ranges(text, &faults)
        .into_iter()
        .map(|(range, number)| (faults.as_slice()[number].path.clone(), text[range].to_owned()))
        .collect()
}

fn pair(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

#[test]
fn faults_have_their_places() {
    let text = r#"{
  "audience": "*",
  "trust": [
    { "issuer": ["https://sts.amazonaws.com"], "acount": "1", "account": "12" },
    { "principals": ["x"], "requestTags": { "a.b": [] }, "name": "trust[0]" },
    { "organization": 7 }
  ],
  "maxAgeSeconds": 0,
  "clockToleranceSeconds": []
}"#;
    let found = marked(text);
    for expected in [
        pair("audience[0]", "\"*\""),
        pair("trust[0].issuer[0]", "\"https://sts.amazonaws.com\""),
        pair("trust[0].acount", "\"acount\""),
        pair("trust[0].account[0]", "\"12\""),
        pair("trust[1]", "{"),
        pair("trust[1].principals[0]", "\"x\""),
        pair("trust[1].requestTags.a.b", "\"a.b\""),
        pair("trust[1].name", "\"trust[0]\""),
        pair("trust[2].organization", "7"),
        pair("maxAgeSeconds", "0"),
        pair("clockToleranceSeconds", "\"clockToleranceSeconds\""),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:#?}");
    }
    assert_eq!(marked("{}"), [pair("audience", "{"), pair("trust", "{")]);
    assert_eq!(marked("[]"), [pair("", "[")]);
}

#[test]
fn broken_json_is_marked_where_it_breaks() {
    assert_eq!(marked(r#"{ "audience": é }"#), [pair("", "é")]);
    assert_eq!(marked("{ \"audience\": \"a\"\n"), [pair("", "\"")]);
    assert_eq!(marked(r#"{ "trust": [], "trust": [] }"#).len(), 1);
    assert_eq!(marked("{\"a\": 1}}"), [pair("", "}")]);
}

#[test]
fn every_fault_of_every_vector_has_a_place() {
    let suite = Suite::read().unwrap();
    let mut placed = 0;
    for (_, case) in suite.cases() {
        let text = suite.policy(case);
        let Err(faults) = Policy::from_json(&text) else { continue };
        if text.len() > 100_000 || text.is_empty() {
            continue;
        }
        let ranges = fault_ranges(&text, &faults);
        assert_eq!(ranges.len(), faults.as_slice().len(), "{text}\n{faults}\n{ranges:?}");
        for (range, _) in ranges {
            assert!(text.get(range).is_some_and(|marked| !marked.is_empty()), "{text}");
            placed += 1;
        }
    }
    assert!(placed > 100, "only {placed} faults");
}

#[test]
fn a_member_says_what_it_means() {
    let text = r#"{ "audience": ["x"], "trust": [ { "issuer": "https://y" } ], "no": 1 }"#;
    let said = |needle: &str| {
        let offset = text.find(needle).unwrap() + 1;
        hover(text, offset, Language::English).map(|hover| text[hover.range].to_owned())
    };
    assert_eq!(said("\"audience\"").unwrap(), "\"audience\"");
    assert_eq!(said("\"x\"").unwrap(), "\"audience\"");
    assert_eq!(said("\"issuer\"").unwrap(), "\"issuer\"");
    assert_eq!(said("\"https").unwrap(), "\"issuer\"");
    assert_eq!(said("[ {").unwrap(), "\"trust\"");
    assert_eq!(said("\"no\""), None);
    let [en, ja] = Language::ALL.map(|language| hover(text, 4, language).unwrap().text);
    assert!(en.starts_with("The audiences") && ja.contains("オーディエンス"));
}

fn policy_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "\"audience\"", "\"trust\"",
            "\"issuer\"", "\"algorithms\"", "\"principalTags\"", "\"a\"", "tr", "true", "1", "é",
            "\u{202e}", "\"dangerAcceptAnyLifetime\"",
        ]).prop_map(str::to_owned),
        1 => ".{0,3}",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_and_place_is_borne(text in policy_like(), offset in 0_usize..120) {
        let completions = complete(&text, offset, &known(), Language::English);
        let Completions { replace, begun, items } = completions;
        prop_assert!(text.get(replace.clone()).is_some() && text.get(begun.clone()).is_some());
        prop_assert!(replace.start <= begun.start && replace.end == begun.end);
        for item in items {
            prop_assert!(!item.label.chars().any(countersign::is_deceptive));
            let mut after = text.clone();
            after.replace_range(replace.clone(), &item.insert);
            // What was taken is not suggested for change into something broken: its text is there whole.
            prop_assert!(after.get(replace.start..replace.start + item.insert.len()).is_some());
        }
        if let Some(hover) = hover(&text, offset, Language::Japanese) {
            prop_assert!(text.get(hover.range).is_some());
        }
        if let Err(faults) = Policy::from_json(&text) {
            for (range, number) in fault_ranges(&text, &faults) {
                prop_assert!(number < faults.as_slice().len());
                prop_assert!(text.get(range).is_some_and(|marked| !marked.is_empty()));
            }
        }
    }

    /// Cutting a sound policy anywhere and taking any item leaves the text before it as sound as it was.
    #[test]
    fn an_item_fits_what_comes_before_it(cut in 0_usize..400, choice in any::<prop::sample::Index>()) {
        let policy = r#"{
  "audience": ["https://api.example.com"],
  "trust": [
    { "name": "a", "issuer": "https://x.example", "principals": ["arn:aws:iam::123456789012:role/a"] },
    { "organization": "o-abc1234567", "principalTags": { "environment": ["production"] } }
  ],
  "algorithms": ["ES384"],
  "dangerAcceptAnyLifetime": true
}"#;
        let mut text = policy[..cut.min(policy.len())].to_owned();
        let completions = complete(&text, text.len(), &known(), Language::English);
        if !completions.items.is_empty() {
            let item = choice.get(&completions.items);
            text.replace_range(completions.replace, &item.insert);
            // Nothing but the end is missing now.
            let fault = Document::parse(text.as_str(), Limits::default()).map(|_| ()).err();
            let end = text.trim_end().len();
            prop_assert!(fault.as_ref().is_none_or(|f| f.offset >= end || is_duplicate(f)), "{text} {fault:?}");
        }
    }

    #[test]
    fn deep_text_is_borne(depth in 0_usize..500) {
        let text = "[{\"trust\":".repeat(depth);
        complete(&text, text.len(), &Known::default(), Language::English);
        hover(&text, text.len() / 2, Language::English);
    }
}

fn is_duplicate(fault: &countersign::json::Fault) -> bool {
    matches!(fault.kind, countersign::json::FaultKind::DuplicateMember(_))
}
