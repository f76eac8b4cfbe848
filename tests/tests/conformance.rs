//! Every vector through the core: verdict, code, evidence; `verify` and `explain` agree; nothing leaks.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use countersign::keys::KeySetLimits;
use countersign::{
    Basis, Check, Detail, Judgement, KeySet, KeyStoreSettings, OutcomeName, Policy, Report,
    SignatureState, Step, Verifier,
};
use countersign_tests::suite::{Suite, folder};
use countersign_tests::vectors::{Case, Expectation};
use serde_json::Value;

#[test]
fn every_vector_comes_out_as_it_must() {
    let suite = Suite::read().unwrap();
    let mut failures = Vec::new();
    let mut total = 0;
    for (name, file) in &suite.files {
        println!("{:4} cases in {name}: {}", file.cases.len(), file.about);
        total += file.cases.len();
        for case in &file.cases {
            if let Err(fault) = run(case, &suite) {
                failures.push(format!("{name}: {}: {fault}", case.name));
            }
        }
    }
    println!("{total:4} conformance cases");
    assert!(failures.is_empty(), "{} of {total} fail:\n{}", failures.len(), failures.join("\n"));
    assert!(total >= 150, "only {total} cases: are the files there?");
}

#[test]
fn names_are_unique_within_a_file() {
    for (file_name, file) in Suite::read().unwrap().files {
        let mut names: Vec<&str> = file.cases.iter().map(|case| case.name.as_str()).collect();
        names.sort_unstable();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1], "{file_name}");
        }
    }
}

#[test]
fn the_files_are_what_the_generator_makes() {
    let made = countersign_tests::vectors::files();
    for (name, text, _) in &made {
        let there = std::fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert!(
            there == *text,
            "{name} is not what `cargo run -p countersign-tests --bin make-vectors` writes"
        );
    }
    let mut expected: Vec<PathBuf> = made.iter().map(|(name, ..)| folder().join(name)).collect();
    let mut found = Suite::paths().unwrap();
    found.push(folder().join("shared.json"));
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "a file that nothing makes, or one that is missing");
}

#[test]
fn every_code_has_a_vector() {
    // What a vector cannot bring about: a fetch that fails (`local_issuer.rs` has that), and a token that
    // was used before (`tests/replay.rs` of the core).
    const NOT_BY_TOKEN: [&str; 4] =
        ["key.unavailable", "replay.full", "replay.unavailable", "token.replayed"];
    let mut codes: BTreeMap<&str, usize> =
        countersign::Code::ALL.iter().map(|code| (code.as_str(), 0)).collect();
    codes.extend(countersign::PolicyCode::ALL.iter().map(|code| (code.as_str(), 0)));
    for (_, case) in Suite::read().unwrap().cases() {
        let found: Vec<&str> = match &case.expect {
            Expectation::Rejected { code, .. } => vec![code],
            Expectation::PolicyRefused { faults } => faults.iter().map(|f| &*f.code).collect(),
            _ => Vec::new(),
        };
        for code in found {
            *codes.entry(countersign_code(code)).or_default() += 1;
        }
    }
    let without: Vec<&str> = codes
        .into_iter()
        .filter(|(code, count)| *count == 0 && !NOT_BY_TOKEN.contains(code))
        .map(|(code, _)| code)
        .collect();
    assert!(without.is_empty(), "no vector has {without:?}");
}

/// The code's own spelling; an unknown one is a slip in a vector.
fn countersign_code(text: &str) -> &'static str {
    let codes = countersign::Code::ALL.iter().map(|code| code.as_str());
    let policy_codes = countersign::PolicyCode::ALL.iter().map(|code| code.as_str());
    codes
        .chain(policy_codes)
        .find(|code| *code == text)
        .unwrap_or_else(|| panic!("there is no code {text}"))
}

fn run(case: &Case, suite: &Suite) -> Result<(), String> {
    let policy = match (Policy::from_json(&suite.policy(case)), &case.expect) {
        (Err(faults), Expectation::PolicyRefused { faults: expected }) => {
            let found: Vec<(&str, &str)> =
                faults.as_slice().iter().map(|f| (f.code.as_str(), f.path.as_str())).collect();
            let expected: Vec<(&str, &str)> =
                expected.iter().map(|f| (f.code.as_str(), f.path.as_str())).collect();
            return equal("faults", &found, &expected);
        }
        (Err(faults), _) => return Err(format!("the policy is refused: {faults}")),
        (Ok(_), Expectation::PolicyRefused { .. }) => return Err("the policy is taken".to_owned()),
        (Ok(policy), _) => policy,
    };
    let mut verifier =
        Verifier::new(policy, KeyStoreSettings::default()).map_err(|fault| fault.to_string())?;
    for (issuer, text) in suite.key_sets(case) {
        match (KeySet::parse(text.as_bytes(), KeySetLimits::default()), &case.expect) {
            (Err(fault), Expectation::KeysRefused { code }) => {
                return equal("code", &fault.code.as_str(), &code.as_str());
            }
            (Err(fault), _) => return Err(format!("the key set is refused: {fault}")),
            (Ok(keys), _) => verifier.add_static_keys(&issuer, keys),
        }
    }
    let Some(token) = &case.token else { return Err("the key sets are taken".to_owned()) };
    let token = token.build();
    let verdict = step(&mut verifier, &token, case, Detail::Verdict)?;
    let report = step(&mut verifier, &token, case, Detail::Report)?;
    if verdict.report().checks.iter().len() != 0 {
        return Err("a verdict records checks".to_owned());
    }
    agree(&verdict, &report)?;
    check_expectation(&verdict, &report.report(), &case.expect)?;
    bases_are_true(&report.report())?;
    leaks_nothing(&token, &verdict, &report.report())
}

/// Judges with static keys: by `step`, which must not ask for a fetch, and by `judge`, alike.
fn step(
    verifier: &mut Verifier,
    token: &str,
    case: &Case,
    detail: Detail,
) -> Result<Judgement, String> {
    let judged = verifier.judge(token, case.now, detail);
    let not_loaded =
        matches!(&case.expect, Expectation::Rejected { code, .. } if code == "key.not_loaded");
    if not_loaded {
        return Ok(judged);
    }
    match verifier.step(token, case.now, detail) {
        Step::Judged { judgement: stepped, refresh: None } => {
            agree(&judged, &stepped).map(|()| *stepped)
        }
        other => Err(format!("asks for {other:?}")),
    }
}

fn agree(one: &Judgement, other: &Judgement) -> Result<(), String> {
    match (one.verdict(), other.verdict()) {
        (Ok(one), Ok(other)) => equal("identity", &json(&one.identity()), &json(&other.identity())),
        (Err(one), Err(other)) => equal("rejection", one, other),
        (one, other) => Err(format!("verdicts differ: {one:?}, {other:?}")),
    }
}

fn check_expectation(
    judgement: &Judgement,
    report: &Report,
    expect: &Expectation,
) -> Result<(), String> {
    let failed = |check: &countersign::CheckReport| check.outcome == OutcomeName::Failed;
    let first = report.checks.iter().find(|check| failed(check));
    match (judgement.verdict(), expect) {
        (Ok(verified), Expectation::Accepted { rule, identity }) => {
            equal("rule", &verified.rule(), &rule.as_str())?;
            equal("report.accepted", &report.accepted, &true)?;
            equal("report.rule", &report.rule.as_deref(), &Some(rule.as_str()))?;
            equal("first failed check", &first.map(|check| check.check), &None)?;
            let found = json(&verified.identity());
            for (pointer, expected) in identity {
                let found = found.pointer(pointer).unwrap_or(&Value::Null);
                equal(pointer, found, &expected.0)?;
            }
            Ok(())
        }
        (
            Err(rejection),
            Expectation::Rejected { code, check, found_contains, expected_contains, also },
        ) => {
            equal("code", &rejection.code.as_str(), &code.as_str())?;
            equal("check", &rejection.check.as_str(), &check.as_str())?;
            equal("report.accepted", &report.accepted, &false)?;
            equal("report.rejection", &report.rejection.as_ref(), &Some(rejection))?;
            equal("first failed check", &first.and_then(|c| c.code), &Some(rejection.code))?;
            contains("found", &rejection.found, found_contains.as_deref())?;
            contains("expected", &rejection.expected, expected_contains.as_deref())?;
            for code in also {
                let mut codes = report.checks.iter().filter_map(|check| check.code);
                if !codes.any(|found| found.as_str() == code) {
                    return Err(format!("explain does not show {code}"));
                }
            }
            let texts =
                report.checks.iter().flat_map(|c| [c.expected.as_deref(), c.found.as_deref()]);
            can_be_shown(&texts.flatten().collect::<Vec<_>>())?;
            can_be_shown(&[rejection.message(), rejection.remedy()])
        }
        (Ok(_), _) => Err(format!("accepted, and must be {expect:?}")),
        (Err(rejection), _) => Err(format!("{rejection} and must be {expect:?}")),
    }
}

/// Every text can be shown and logged: not empty, not long, and with no character that forges lines, drives
/// terminals or turns text around.
fn can_be_shown(texts: &[&str]) -> Result<(), String> {
    let harmful = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for text in texts {
        if text.trim().is_empty() || text.contains(harmful) || text.chars().count() > 1000 {
            let start: String = text.chars().take(200).collect();
            return Err(format!("cannot be shown ({} bytes): {start:?}", text.len()));
        }
    }
    Ok(())
}

/// What nobody vouched for is never called signed, and an accepted token's claims always are.
fn bases_are_true(report: &Report) -> Result<(), String> {
    let held = report.signature == SignatureState::Held;
    for check in &report.checks {
        let expected = match check.basis {
            Basis::Form => check.check <= Check::Header,
            Basis::Signed => held,
            Basis::Claimed => !held && check.check > Check::Header,
            _ => false,
        };
        equal("basis", &(check.check, expected), &(check.check, true))?;
    }
    equal("an accepted token's signature", &(report.accepted && !held), &false)
}

/// Neither the error nor the report may hold eight characters in a row of the token's signature.
fn leaks_nothing(token: &str, verdict: &Judgement, report: &Report) -> Result<(), String> {
    let mut said = json(report).to_string();
    if let Err(rejection) = verdict.verdict() {
        said += &json(rejection).to_string();
        said += &rejection.to_string();
        said += &format!("{rejection:?}");
    }
    // The third part, or what of it could be a signature.
    let third = token.split('.').nth(2).filter(|_| token.len() < 100_000).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let signature = third.split(|c| !plain(c)).max_by_key(|run| run.len()).unwrap_or_default();
    let mut windows = (8..=signature.len()).map(|end| &signature[end - 8..end]);
    let leaked = windows.find(|window| said.contains(window));
    match leaked {
        None => Ok(()),
        Some(window) => Err(format!("shows {:?} of the signature", window)),
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(
    what: &str,
    found: &T,
    expected: &T,
) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what}: found {found:?}, expected {expected:?}")),
    }
}

fn contains(what: &str, text: &str, part: Option<&str>) -> Result<(), String> {
    match part {
        Some(part) if !text.contains(part) => Err(format!("{what} {text:?} does not say {part:?}")),
        _ => Ok(()),
    }
}

/// A value as other languages receive it; numbers beyond them are read as text readers do.
fn json(value: &impl serde::Serialize) -> Value {
    let text = serde_json::to_string(value).unwrap();
    serde_json::from_str(&text).unwrap()
}
