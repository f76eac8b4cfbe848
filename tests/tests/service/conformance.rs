//! Every conformance vector through the verifier that fetches: the verdict is the core's.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use countersign::service::{AsyncVerifier, HttpHost};
use countersign::{KeySet, KeySetLimits, KeyStoreSettings, Policy, Verifier};
use countersign_tests::suite::Suite;
use countersign_tests::vectors::{Case, Expectation};

#[tokio::test]
async fn every_vector_has_the_cores_verdict() {
    let suite = Suite::read().unwrap();
    let mut judged = 0;
    for (file, case) in suite.cases() {
        let Some((verifier, token)) = set_up(&suite, case) else { continue };
        let clock = Arc::new(AtomicU64::new(case.now));
        let host = HttpHost::new().unwrap().with_clock(move || clock.load(Ordering::Relaxed));
        let expected = match &case.expect {
            Expectation::Accepted { rule, .. } => Ok(rule.clone()),
            Expectation::Rejected { code, .. } => Err(code.clone()),
            _ => continue,
        };
        // What is not there would be fetched, from hosts that are not.
        if expected == Err("key.not_loaded".to_owned()) {
            continue;
        }
        let verifier = AsyncVerifier::new(verifier, host);
        let found = verifier.verify(&token).await;
        let found = found.map(|verified| verified.rule().to_owned());
        let found = found.map_err(|rejection| rejection.code.to_string());
        assert_eq!(found, expected, "{file}: {}", case.name);
        assert_eq!(
            verifier.explain(&token).await.accepted,
            expected.is_ok(),
            "{file}: {}",
            case.name
        );
        assert_eq!(verifier.metrics().fetches, 0, "{file}: {}", case.name);
        judged += 1;
    }
    assert!(judged > 150, "only {judged} cases");
}

fn set_up(suite: &Suite, case: &Case) -> Option<(Verifier, String)> {
    let policy = Policy::from_json(&suite.policy(case)).ok()?;
    let mut verifier = Verifier::new(policy, KeyStoreSettings::default()).unwrap();
    for (issuer, text) in suite.key_sets(case) {
        let keys = KeySet::parse(text.as_bytes(), KeySetLimits::default()).ok()?;
        verifier.add_static_keys(&issuer, keys);
    }
    Some((verifier, case.token.as_ref()?.build()))
}
