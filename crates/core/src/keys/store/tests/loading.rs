//! From nothing known to keys that serve, or to a reason why not.

use super::*;

#[test]
fn a_cold_issuer_takes_discovery_then_keys_then_serves() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    assert_eq!(
        serde_json::to_value(&fetch).unwrap(),
        serde_json::json!({
            "id": fetch.id,
            "issuer": A,
            "url": format!("{A}/.well-known/openid-configuration"),
            "purpose": "discovery",
            "maxBytes": 65536,
            "timeoutSeconds": 5,
        })
    );
    world.answer(&fetch, discovery(A));
    let fetch = world.fetch(A, "RSA_0");
    assert_eq!(fetch.url, format!("{A}/.well-known/jwks.json"));
    assert_eq!(fetch.purpose, FetchPurpose::KeySet);
    world.answer(&fetch, aws_keys());
    assert!(world.is_ready(A, "RSA_0"));
    assert!(matches!(world.ask(A, "EC384_0", EC), Lookup::Ready(_)));
    assert_eq!(world.fetches, 2);
}

#[test]
fn one_fetch_per_issuer_is_under_way_and_others_wait() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    for _ in 0..20 {
        let Lookup::Wait { issuer, until } = world.ask(A, "RSA_0", RSA) else {
            panic!("others wait");
        };
        assert_eq!((issuer.as_str(), until), (A, START + 7));
    }
    world.fetch(B, "RSA_0");
    world.answer(&fetch, discovery(A));
    let fetch = world.fetch(A, "RSA_0");
    assert!(world.is_waiting(A, "EC384_0"));
    world.answer(&fetch, aws_keys());
    assert!(world.is_ready(A, "RSA_0"));
    assert!(world.is_waiting(B, "RSA_0"));
    assert_eq!(world.fetches, 3);
}

#[test]
fn a_fetch_that_never_reports_is_given_up_and_its_late_outcome_ignored() {
    let mut world = World::new();
    let lost = world.fetch(A, "RSA_0");
    world.now += 6;
    assert!(world.is_waiting(A, "RSA_0"));
    world.now += 1;
    world.answer(&lost, discovery(A));
    let again = world.fetch(A, "RSA_0");
    assert_ne!(again.id, lost.id);
    assert_eq!(again.purpose, FetchPurpose::Discovery);
    world.answer(&lost, "{}");
    assert!(world.is_waiting(A, "RSA_0"), "the late outcome changes nothing");
    world.answer(&again, discovery(A));
    let lost = world.fetch(A, "RSA_0");
    world.now += 7;
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::Discovery);
    world.answer(&lost, aws_keys());
    assert!(world.is_waiting(A, "RSA_0"));
}

#[test]
fn unknown_and_repeated_outcomes_are_ignored() {
    let mut world = World::new();
    world.store.supply(7, response(200, None, "x"), START);
    let fetch = world.fetch(A, "RSA_0");
    world.store.supply(fetch.id + 1, response(500, None, ""), START);
    world.answer(&fetch, discovery(A));
    world.supply(&fetch, failed(FetchFailure::Network));
    let keys = world.fetch(A, "RSA_0");
    world.answer(&keys, aws_keys());
    world.answer(&keys, r#"{"keys":[]}"#);
    assert!(world.is_ready(A, "RSA_0"));
}

#[test]
fn a_discovery_document_does_not_wait_for_ever() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    world.answer(&fetch, discovery(A));
    world.now += 60;
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::Discovery);
}

#[test]
fn a_failure_is_said_with_its_reason_until_its_cooldown_is_over() {
    let large = vec![b' '; 65_537];
    let outcomes: [(FetchOutcome, &str); 10] = [
        (response(404, None, ""), "HTTP status 404"),
        (response(204, None, ""), "HTTP status 204"),
        (response(302, None, "x"), "HTTP status 302; redirects are not followed"),
        (response(200, None, large), "the answer is larger than allowed (65536 bytes)"),
        (response(200, None, "<html>"), "[discovery.json]"),
        (response(200, None, discovery(B)), "[discovery.issuer]"),
        (failed(FetchFailure::Timeout), "no whole answer in time"),
        (failed(FetchFailure::Redirect), "redirects are not followed"),
        (failed(FetchFailure::Insecure), "the connection would not be secure"),
        (
            FetchOutcome::Failed { reason: FetchFailure::Network, detail: "ECONNREFUSED\n".into() },
            "the connection failed (\"ECONNREFUSED\\n\")",
        ),
    ];
    for (outcome, expected) in outcomes {
        let mut world = World::new();
        let fetch = world.fetch(A, "RSA_0");
        world.now += 1;
        world.supply(&fetch, outcome);
        let (reason, retry_at) = world.unavailable(A, "RSA_0");
        assert!(reason.starts_with(&format!("{A}/.well-known/openid-configuration: ")), "{reason}");
        assert!(reason.ends_with(expected), "{reason}");
        assert_eq!(retry_at, 6);
        world.now += 4;
        world.unavailable(A, "EC384_0");
        world.now += 1;
        assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::Discovery);
    }
}

#[test]
fn a_bad_key_set_is_a_failure_of_its_own_url() {
    for (body, code) in [("[]", "[key_set.keys]"), ("{", "[key_set.json]")] {
        let mut world = World::new();
        world.load(A, body, None);
        let (reason, _) = world.unavailable(A, "RSA_0");
        assert!(reason.starts_with(&format!("{A}/.well-known/jwks.json: ")), "{reason}");
        assert!(reason.ends_with(code), "{reason}");
    }
}

#[test]
fn a_cancelled_fetch_says_nothing_about_the_issuer() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    world.supply(&fetch, failed(FetchFailure::Cancelled));
    let fetch = world.fetch(A, "RSA_0");
    assert_eq!(fetch.purpose, FetchPurpose::Discovery);
    world.answer(&fetch, discovery(A));
    let fetch = world.fetch(A, "RSA_0");
    world.supply(&fetch, failed(FetchFailure::Cancelled));
    let fetch = world.fetch(A, "RSA_0");
    assert_eq!(fetch.purpose, FetchPurpose::KeySet);
    world.answer(&fetch, aws_keys());
    let fetch = world.fetch(A, "RSA_1");
    world.supply(&fetch, failed(FetchFailure::Cancelled));
    assert!(world.is_ready(A, "RSA_0"));
    assert_eq!(world.fetch(A, "RSA_1").purpose, FetchPurpose::KeySet);
}

#[test]
fn nothing_is_fetched_from_an_issuer_that_is_no_secure_url() {
    let mut world = World::new();
    for issuer in ["", "a", "http://a.example", "https://u@a", "https://a/?q", "file:///a"] {
        let (reason, retry_at) = world.unavailable(issuer, "RSA_0");
        assert!(reason.starts_with("the issuer is not a URL to fetch keys from: "), "{reason}");
        assert_eq!(retry_at, 5);
    }
    assert_eq!(world.fetch("http://127.0.0.1:8460", "RSA_0").purpose, FetchPurpose::Discovery);
    assert_eq!(world.fetches, 1);
}
