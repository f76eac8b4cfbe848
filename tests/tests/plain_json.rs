//! What the core says as JSON is the same text, whether `serde_json` or the core's own serializer writes it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers included")]

use countersign::json::to_text;
use countersign::keys::{FetchOutcome, KeySetLimits, Preparation};
use countersign::{
    Detail, FreshnessHeaders, KeySet, KeyStoreSettings, Policy, Snapshot, Step, Verifier, inspect,
};
use countersign_tests::suite::Suite;
use serde::Serialize;

#[test]
fn what_is_said_of_every_vector() {
    let suite = Suite::read().unwrap();
    let mut texts = Vec::new();
    for (_, case) in suite.cases() {
        let policy = match Policy::from_json(&suite.policy(case)) {
            Ok(policy) => policy,
            Err(faults) => {
                texts.push(same(&faults));
                continue;
            }
        };
        texts.push(same(policy.document()));
        let mut verifier = Verifier::new(policy, KeyStoreSettings::default()).unwrap();
        for (issuer, text) in suite.key_sets(case) {
            match KeySet::parse(text.as_bytes(), KeySetLimits::default()) {
                Err(fault) => texts.push(same(&fault)),
                Ok(keys) => {
                    texts.push(same(&keys.skipped()));
                    verifier.add_static_keys(&issuer, keys);
                }
            }
        }
        let Some(token) = &case.token else { continue };
        let token = token.build();
        texts.push(same(&inspect(&token)));
        match verifier.step(&token, case.now, Detail::Report) {
            Step::Fetch(fetch) => texts.push(same(&fetch)),
            Step::Judged { judgement, .. } => {
                texts.push(same(&judgement.report()));
                if let Err(rejection) = judgement.verdict() {
                    texts.push(same(rejection));
                }
            }
            Step::Wait { .. } => {}
        }
    }
    assert!(texts.len() >= 1000, "only {} texts", texts.len());
}

#[test]
fn what_is_said_of_fetches() {
    const ISSUER: &str = "https://a1.tokens.sts.global.api.aws";
    const NOW: u64 = 1_800_000_000;
    let policy = format!(
        r#"{{"audience":"https://service.example","trust":[{{"issuer":"{ISSUER}","account":"111122223333"}}]}}"#
    );
    let policy = Policy::from_json(&policy).unwrap();
    let mut verifier = Verifier::new(policy, KeyStoreSettings::default()).unwrap();
    let mut answer = |status, body: &str| {
        let now = NOW + 1000 * u64::from(status);
        let Preparation::Fetch(fetch) = verifier.prepare(ISSUER, now) else { return false };
        same(&fetch);
        let (freshness, body) = (FreshnessHeaders::default(), body.as_bytes().to_vec());
        let supplied =
            verifier.supply(fetch.id, FetchOutcome::Response { status, freshness, body }, now);
        same(&supplied);
        if let Preparation::Done(readiness) = verifier.prepare(ISSUER, now) {
            same(&readiness);
        }
        let snapshot = verifier.keys().snapshot();
        assert_eq!(snapshot.to_json(), serde_json::to_string(&snapshot).unwrap());
        same(&verifier.restore(&Snapshot::from_json(&snapshot.to_json()).unwrap(), now));
        same(&verifier.keys().counters());
        true
    };
    assert!(answer(500, "\u{1}\"\\\u{7f}\u{2028}"));
    assert!(answer(404, ""));
    assert!(answer(600, "{\"keys\":[{\"kid\":\"a\\u0001\",\"kty\":\"oct\"}]}"));
}

#[test]
fn every_kind_of_plain_data() {
    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Wrapped(i64);

    #[derive(Serialize)]
    struct Pair(bool, char);

    #[derive(Serialize)]
    enum Kind {
        Empty,
        One(Option<&'static str>),
        Two(u8, i8),
        Named { a: (), b: Unit },
    }

    #[derive(Serialize)]
    struct All {
        kinds: Vec<Kind>,
        numbers: (u16, i16, u32, i32, u64, Wrapped),
        pair: Pair,
        none: Option<u8>,
        empty: [Vec<u8>; 2],
        map: std::collections::BTreeMap<&'static str, [u8; 2]>,
        nothing: std::collections::BTreeMap<&'static str, u8>,
    }

    same(&All {
        kinds: vec![
            Kind::Empty,
            Kind::One(Some("[")),
            Kind::One(None),
            Kind::Two(7, -7),
            Kind::Named { a: (), b: Unit },
        ],
        numbers: (1, -1, 0, i32::MIN, u64::MAX, Wrapped(i64::MIN)),
        pair: Pair(true, '\u{1f600}'),
        none: None,
        empty: [vec![], vec![1, 2]],
        map: [("{", [1, 2]), ("\"", [3, 4])].into(),
        nothing: [].into(),
    });
}

fn same(value: &impl Serialize) -> String {
    let text = to_text(value);
    assert_eq!(text, serde_json::to_string(value).unwrap());
    text
}
