//! What holds for every input: nothing panics, `verify` and `explain` agree, and what was changed after it
//! was signed is never accepted.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

mod support;

use countersign::json::{Document, Limits};
use countersign::{
    Check, CheckReport, Code, Detail, Judgement, KeySet, KeySetLimits, OutcomeName, PathPattern,
    Policy, Principal, PrincipalPattern, SignatureState, Unverified, Verifier, check_signature,
    inspect, peel,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{
    NOW, POLICY, Signer, claims, json_text, json_value, keyless, keys, p384_spki, plain_value,
    policy, token_of, verifier,
};

/// Signing takes milliseconds: fewer cases, and no files of past failures beside the sources.
fn signed() -> ProptestConfig {
    ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }
}

fn many() -> ProptestConfig {
    ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() }
}

/// Judges in both ways, which must agree, and says what came of it.
fn judged(verifier: &mut Verifier, token: &str, now: u64) -> Result<(), Code> {
    let verdict = verifier.judge(token, now, Detail::Verdict);
    let explained = verifier.judge(token, now, Detail::Report);
    let outcome = |judgement: &Judgement| judgement.verdict().map(|_| ()).map_err(Clone::clone);
    assert_eq!(outcome(&verdict), outcome(&explained), "verify and explain differ");
    let report = explained.report();
    assert_eq!(report.accepted, verdict.verdict().is_ok());
    let first = report.checks.iter().find(|check| check.outcome == OutcomeName::Failed);
    let code = verdict.verdict().err().map(|rejection| rejection.code);
    assert_eq!(first.and_then(|check| check.code), code, "the verdict is the first failed check");
    outcome(&verdict).map_err(|rejection| rejection.code)
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,300}", now in any::<u64>()) {
        let _ = Unverified::parse(&text);
        let _ = serde_json::to_string(&inspect(&text)).unwrap();
        prop_assert!(judged(&mut keyless(POLICY), &text, now).is_err());
    }

    /// What is refused has a finding with the same code, and every place can be shown.
    #[test]
    fn what_is_refused_is_found_at_a_place(
        header in prop_oneof![json_text(), ".{0,40}"],
        payload in prop_oneof![json_text(), Just(claims().to_string()), ".{0,40}"],
        changes in prop::collection::vec((any::<prop::sample::Index>(), "\\PC|[.=+ \n]"), 0..4),
    ) {
        let parts = [header.as_bytes(), payload.as_bytes(), b"signature"];
        let mut text = parts.map(countersign::base64url::encode).join(".");
        for (at, piece) in changes {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            text.insert_str(places[at.index(places.len())], &piece);
        }
        let token = peel(&text).token;
        let shown = inspect(&text);
        if let Err(rejection) = Unverified::parse(&token) {
            let found = shown.findings.iter().any(|f| f.code.as_str() == rejection.code.as_str());
            prop_assert!(found, "{rejection}");
        }
        let members = shown.header.iter().chain(&shown.payload);
        let places = shown.findings.iter().filter_map(|finding| finding.place);
        for place in places.chain(members.clone().map(|member| member.place)) {
            prop_assert!(token.get(place.start..place.end).is_some(), "{place:?}");
            if let Some(span) = place.decoded {
                let part = shown.parts.iter().find(|part| part.name == place.part).unwrap();
                prop_assert!(part.text.as_ref().unwrap().get(span.range()).is_some(), "{place:?}");
                prop_assert!(part.start <= place.start, "{place:?}");
                prop_assert!(place.end <= part.start + part.length, "{place:?}");
            }
        }
        for member in members {
            let part = shown.parts.iter().find(|part| part.name == member.place.part).unwrap();
            let text = part.text.as_ref().unwrap();
            prop_assert_eq!(text.get(member.value_span.range()), Some(member.value.as_str()));
        }
    }

    #[test]
    fn any_paste_is_keys_or_refused(
        text in prop_oneof![json_text(), ".{0,100}", "-----BEGIN [A-Z -]{0,20}\\PC{0,40}-----END [A-Z -]{0,20}"],
        key_id in prop::option::of(".{0,4}"),
    ) {
        let _ = KeySet::read_pasted(text, key_id.as_deref(), KeySetLimits::default());
    }

    /// DER of any kind, under the two labels that are read.
    #[test]
    fn any_der_is_a_key_or_refused(
        mut der in prop::collection::vec(any::<u8>(), 0..60),
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        is_random in any::<bool>(),
        label in prop::sample::select(vec!["PUBLIC KEY", "RSA PUBLIC KEY"]),
    ) {
        if !is_random {
            der = p384_spki();
            for (at, byte) in places {
                let at = at.index(der.len());
                der[at] = byte;
            }
        }
        let body: String = countersign::base64url::encode(&der).replace('-', "+").replace('_', "/");
        let padding = "=".repeat((4 - body.len() % 4) % 4);
        let pem = format!("-----BEGIN {label}-----\n{body}{padding}\n-----END {label}-----\n");
        let set = KeySet::read_pasted(pem, Some("k"), KeySetLimits::default()).unwrap();
        prop_assert_eq!(set.keys().len() + set.skipped().len(), 1);
    }

    #[test]
    fn any_three_parts_are_read_or_refused(
        header in prop_oneof![json_text(), ".{0,40}"],
        payload in prop_oneof![json_text(), ".{0,40}"],
        signature in prop::collection::vec(any::<u8>(), 0..100),
        now in any::<u64>(),
    ) {
        let parts = [header.as_bytes(), payload.as_bytes(), &signature];
        let token = parts.map(countersign::base64url::encode).join(".");
        let _ = serde_json::to_string(&inspect(&token)).unwrap();
        prop_assert!(judged(&mut keyless(POLICY), &token, now).is_err());
        if let Ok(unverified) = Unverified::parse(&token) {
            prop_assert_eq!(unverified.header().text(), header);
            prop_assert_eq!(unverified.payload().text(), payload);
            prop_assert_eq!(unverified.signature(), signature);
        }
    }

    #[test]
    fn any_json_is_a_policy_or_faults(text in json_text()) {
        if let Err(faults) = Policy::from_json(&text) {
            prop_assert!(!faults.as_slice().is_empty());
            prop_assert!(!faults.to_string().is_empty());
        }
    }

    #[test]
    fn any_member_makes_a_policy_or_faults(
        policy in policy(), at in any::<prop::sample::Index>(), value in json_value(),
    ) {
        let Value::Object(mut members) = policy else { unreachable!("policies are objects") };
        let names: Vec<String> = members.keys().cloned().collect();
        members.insert(at.get(&names).clone(), value);
        if let Err(faults) = Policy::from_json(&Value::Object(members).to_string()) {
            prop_assert!(!faults.as_slice().is_empty());
        }
    }

    #[test]
    fn a_policy_that_is_written_down_reads_the_same(policy in policy()) {
        let read = Policy::from_json(&policy.to_string()).unwrap();
        let written = serde_json::to_string(read.document()).unwrap();
        let again = Policy::from_json(&written).unwrap();
        prop_assert_eq!(read.document(), again.document());
        prop_assert_eq!(&written, &serde_json::to_string(again.document()).unwrap());
        let built = Policy::new(read.document().clone()).unwrap();
        prop_assert_eq!(read.document(), built.document());
    }

    #[test]
    fn json_that_is_written_down_reads_the_same(value in json_value()) {
        let text = value.to_string();
        let document = Document::parse(text.as_str(), Limits::default()).unwrap();
        // Its own reading of the text: it may differ from the value by a float's last digit.
        prop_assert_eq!(plain_value(document.root()), serde_json::from_str(&text).ok());
        prop_assert_eq!(document.text(), text);
    }

    /// Stricter in what is listed here, and in nothing else.
    #[test]
    fn json_is_accepted_as_by_serde_json(text in json_text()) {
        let limits = Limits { max_depth: 100, ..Limits::default() };
        let ours = Document::parse_noting_duplicates(text.as_str(), limits);
        match (ours, serde_json::from_str::<Value>(&text)) {
            (Ok((document, duplicates)), Ok(theirs)) if duplicates.is_empty() => {
                prop_assert_eq!(plain_value(document.root()), Some(theirs));
            }
            // Of a member that stands twice, the other takes the last in silence.
            (Ok(_), Ok(_)) => {
                prop_assert!(Document::parse(text.as_str(), limits).is_err());
            }
            // A number that no double holds is kept as it stands.
            (Ok(_), Err(fault)) => {
                prop_assert!(fault.to_string().contains("number out of range"), "{fault}");
            }
            (Err(fault), Ok(_)) => prop_assert!(false, "refused: {fault}"),
            (Err(_), Err(_)) => {}
        }
    }

    #[test]
    fn a_path_matches_as_the_obvious_matcher_says(
        pattern in "([ab*]{1,3}|\\*\\*)(/([ab*]{1,3}|\\*\\*)){0,4}",
        path in "[ab]{0,3}(/[ab]{0,3}){0,5}",
    ) {
        if let Ok(parsed) = PathPattern::parse(&pattern) {
            let pattern: Vec<&str> = pattern.split('/').collect();
            let segments: Vec<&str> = path.split('/').collect();
            let whole = segments.iter().all(|segment| !segment.is_empty());
            prop_assert_eq!(parsed.matches(&path), whole && path_matches(&pattern, &segments));
        }
    }

    #[test]
    fn a_pattern_of_principals_never_crosses_an_account(
        account in "[0-9]{12}", other in "[0-9]{12}",
        path in r"(\*|\*?[a-z]{1,2}(\*[a-z])?\*?)(/[a-z]{1,4}){0,2}",
    ) {
        prop_assume!(account != other);
        let pattern = format!("arn:aws:iam::{account}:role/{path}");
        let pattern = PrincipalPattern::parse(&pattern).unwrap();
        let name = path.replace('*', "x");
        let principal = |account: &str| {
            Principal::parse(&format!("arn:aws:iam::{account}:role/{name}")).unwrap()
        };
        prop_assert!(pattern.matches(&principal(&account)));
        prop_assert!(!pattern.matches(&principal(&other)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// A matcher that tries again further left would need more steps than there are atoms.
    #[test]
    fn a_hostile_pattern_is_matched_all_the_same(
        stars in 500_usize..2000, length in 20_000_usize..100_000,
    ) {
        let stem = "*a".repeat(stars);
        let path = "a".repeat(length);
        prop_assert!(PathPattern::parse(&stem).unwrap().matches(&path));
        for end in ["b", "*b*"] {
            let pattern = PathPattern::parse(&[&stem, end].concat()).unwrap();
            prop_assert!(!pattern.matches(&path));
        }
        let segments = "a/".repeat(length) + "a";
        let crossing = "*/".repeat(stars) + "**/b";
        prop_assert!(!PathPattern::parse(&crossing).unwrap().matches(&segments));
    }
}

proptest! {
    #![proptest_config(signed())]

    #[test]
    fn a_changed_character_is_never_accepted(
        signer in prop::sample::select(Signer::ALL.to_vec()),
        at in any::<prop::sample::Index>(),
        to in prop_oneof![4 => "[A-Za-z0-9_-]", 1 => "[.=+/ \n]", 1 => "."],
    ) {
        let token = token_of(signer, &claims());
        let mut verifier = verifier(POLICY);
        prop_assert_eq!(judged(&mut verifier, &token, NOW), Ok(()));
        let at = at.index(token.len());
        let changed = format!("{}{to}{}", &token[..at], &token[at + 1..]);
        prop_assume!(changed != token);
        prop_assert!(judged(&mut verifier, &changed, NOW).is_err());
    }

    #[test]
    fn a_changed_length_is_never_accepted(
        signer in prop::sample::select(Signer::ALL.to_vec()),
        at in any::<prop::sample::Index>(),
        inserted in "[A-Za-z0-9_.-]{1,4}",
        removed in 1_usize..5,
    ) {
        let token = token_of(signer, &claims());
        let at = at.index(token.len());
        let longer = format!("{}{inserted}{}", &token[..at], &token[at..]);
        let shorter = format!("{}{}", &token[..at], &token[(at + removed).min(token.len())..]);
        let mut verifier = verifier(POLICY);
        prop_assert!(judged(&mut verifier, &longer, NOW).is_err());
        prop_assert!(judged(&mut verifier, &shorter, NOW).is_err());
    }

    /// The parts of two genuine tokens do not make a third.
    #[test]
    fn a_payload_under_another_signature_is_never_accepted(
        id in "[a-z]{1,20}", name in "[A-Za-z]{1,20}",
    ) {
        let genuine = token_of(Signer::Es384, &claims());
        let mut others = claims();
        others["jti"] = json!(format!("other {id}"));
        others["sub"] = json!(format!("arn:aws:iam::123456789012:role/{name}"));
        let other = token_of(Signer::Es384, &others);
        let (input, _) = other.rsplit_once('.').unwrap();
        let (_, signature) = genuine.rsplit_once('.').unwrap();
        let outcome = judged(&mut verifier(POLICY), &format!("{input}.{signature}"), NOW);
        prop_assert_eq!(outcome, Err(Code::SignatureInvalid));
    }

    /// The signature on its own holds exactly when an evaluation says that it held, and fails alike.
    #[test]
    fn the_signature_on_its_own_is_the_evaluations(
        signer in prop::sample::select(Signer::ALL.to_vec()),
        at in any::<prop::sample::Index>(),
        to in "[A-Za-z0-9_-]",
    ) {
        let token = token_of(signer, &claims());
        let at = at.index(token.len());
        let changed = format!("{}{to}{}", &token[..at], &token[at + 1..]);
        for token in [token, changed] {
            let report = verifier(POLICY).judge(&token, NOW, Detail::Report).report();
            match check_signature(&token, &keys()) {
                Ok(_) => prop_assert_eq!(report.signature, SignatureState::Held),
                Err(rejection) => {
                    prop_assert_ne!(report.signature, SignatureState::Held);
                    let failed = |check: &&CheckReport| check.outcome == OutcomeName::Failed;
                    let codes: Vec<_> = report.checks.iter().filter(failed).collect();
                    // A changed issuer or account keeps an evaluation from asking for the key.
                    let asked = codes.iter().all(|check| check.check >= Check::Key);
                    let same = codes.iter().any(|check| check.code == Some(rejection.code));
                    prop_assert!(same || !asked, "{rejection}");
                }
            }
        }
    }

    /// Whatever a genuine issuer says in a claim, it is judged, and alike in both ways.
    #[test]
    fn any_claim_is_judged(
        at in any::<prop::sample::Index>(), value in json_value(), inner in any::<bool>(),
    ) {
        let mut changed = claims();
        let object = match inner {
            true => changed.get_mut("https://sts.amazonaws.com/"),
            false => Some(&mut changed),
        };
        let members = object.and_then(Value::as_object_mut).unwrap();
        let names: Vec<String> = members.keys().cloned().collect();
        members.insert(at.get(&names).clone(), value);
        let _ = judged(&mut verifier(POLICY), &token_of(Signer::Es384, &changed), NOW);
    }

    #[test]
    fn any_policy_is_applied_alike_in_both_ways(policy in policy()) {
        let token = token_of(Signer::Es384, &claims());
        let _ = judged(&mut verifier(&policy.to_string()), &token, NOW);
    }

    /// The times, as the policy's documentation says them, once more and independently.
    #[test]
    fn times_are_judged_to_the_second(
        age in -400_i64..400, lifetime in 1_i64..400, tolerance in 0_i64..60,
        max_lifetime in 60_i64..400, max_age in prop::option::of(1_i64..400),
    ) {
        let mut policy: Value = serde_json::from_str(POLICY).unwrap();
        policy["clockToleranceSeconds"] = json!(tolerance);
        policy["maxLifetimeSeconds"] = json!(max_lifetime);
        if let Some(max_age) = max_age {
            policy["maxAgeSeconds"] = json!(max_age);
        }
        let issued_at = NOW as i64 - age;
        let mut claims = claims();
        claims["iat"] = json!(issued_at);
        claims["exp"] = json!(issued_at + lifetime);
        let expected = age < lifetime + tolerance
            && age >= -tolerance
            && lifetime <= max_lifetime
            && max_age.is_none_or(|max_age| age <= max_age + tolerance);
        let token = token_of(Signer::Es384, &claims);
        let outcome = judged(&mut verifier(&policy.to_string()), &token, NOW);
        prop_assert_eq!(outcome.is_ok(), expected, "{:?}", outcome);
    }
}

/// The obvious exponential matcher of segments.
fn path_matches(pattern: &[&str], segments: &[&str]) -> bool {
    match pattern.split_first() {
        None => segments.is_empty(),
        Some((&"**", rest)) => {
            (0..=segments.len()).any(|skip| path_matches(rest, &segments[skip..]))
        }
        Some((first, rest)) => segments.split_first().is_some_and(|(segment, tail)| {
            segment_matches(first.as_bytes(), segment.as_bytes()) && path_matches(rest, tail)
        }),
    }
}

fn segment_matches(pattern: &[u8], text: &[u8]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((b'*', rest)) => (0..=text.len()).any(|skip| segment_matches(rest, &text[skip..])),
        Some((byte, rest)) => text
            .split_first()
            .is_some_and(|(first, tail)| first == byte && segment_matches(rest, tail)),
    }
}
