//! From nothing known to keys that serve, or to a reason why not.

use super::*;

#[test]
fn an_issuer_of_awss_form_takes_one_fetch_and_then_serves() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    assert_eq!(
        serde_json::to_value(&fetch).unwrap(),
        serde_json::json!({
            "id": fetch.id,
            "issuer": A,
            "url": format!("{A}/.well-known/jwks.json"),
            "purpose": "keySet",
            "maxBytes": 65536,
            "timeoutSeconds": 5,
        })
    );
    let supplied = world.answer(&fetch, aws_keys());
    assert_eq!(
        serde_json::to_value(&supplied).unwrap(),
        serde_json::json!({
            "effect": {
                "kind": "loaded",
                "issuer": A,
                "added": ["EC384_0", "RSA_0"],
                "replaced": [],
                "withdrawn": [],
                "freshUntil": START + 3600,
            }
        })
    );
    assert!(world.is_ready(A, "RSA_0"));
    assert!(matches!(world.ask(A, "EC384_0", EC), Lookup::Ready { .. }));
    assert_eq!(world.fetches, 1);
}

#[test]
fn another_issuer_takes_discovery_then_keys_then_serves() {
    let mut world = World::new();
    let fetch = world.fetch(OTHER, "RSA_0");
    assert_eq!(fetch.url, format!("{OTHER}/.well-known/openid-configuration"));
    let fetch = world.discover(&fetch);
    assert_eq!(fetch.url, format!("{OTHER}/.well-known/jwks.json"));
    assert_eq!(fetch.purpose, FetchPurpose::KeySet);
    assert!(world.is_waiting(OTHER, "RSA_0"), "the second fetch is under way at once");
    world.answer(&fetch, aws_keys());
    assert!(world.is_ready(OTHER, "RSA_0"));
    assert_eq!(world.fetches, 2);
}

#[test]
fn where_awss_form_has_no_key_set_discovery_is_asked() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    let supplied = world.supply(&fetch, response(404, None, ""));
    let fetch = world.discover(&supplied.next.unwrap());
    world.answer(&fetch, aws_keys());
    assert!(world.is_ready(A, "RSA_0"));

    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    let supplied = world.supply(&fetch, response(410, None, ""));
    world.supply(&supplied.next.unwrap(), response(404, None, ""));
    let (reason, _) = world.unavailable(A, "RSA_0");
    assert_eq!(reason, format!("{A}/.well-known/openid-configuration: HTTP status 404"));
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
    world.answer(&fetch, aws_keys());
    assert!(world.is_ready(A, "RSA_0"));
    assert!(world.is_waiting(B, "RSA_0"));
    assert_eq!(world.fetches, 2);
}

#[test]
fn a_fetch_that_never_reports_is_given_up_and_its_late_outcome_ignored() {
    let mut world = World::new();
    let lost = world.fetch(OTHER, "RSA_0");
    world.now += 6;
    assert!(world.is_waiting(OTHER, "RSA_0"));
    world.now += 1;
    assert_eq!(world.answer(&lost, discovery(OTHER)).effect, Effect::Ignored);
    let again = world.fetch(OTHER, "RSA_0");
    assert_ne!(again.id, lost.id);
    world.answer(&lost, "{}");
    assert!(world.is_waiting(OTHER, "RSA_0"), "the late outcome changes nothing");
    let lost = world.discover(&again);
    world.now += 7;
    let again = world.fetch(OTHER, "RSA_0");
    assert_eq!(again.purpose, FetchPurpose::KeySet, "where it is, is still known");
    world.answer(&lost, aws_keys());
    assert!(world.is_waiting(OTHER, "RSA_0"));
}

#[test]
fn unknown_and_repeated_outcomes_are_ignored() {
    let mut world = World::new();
    world.store.supply(7, response(200, None, "x"), START);
    let fetch = world.fetch(A, "RSA_0");
    world.store.supply(fetch.id + 1, response(500, None, ""), START);
    world.answer(&fetch, aws_keys());
    world.answer(&fetch, r#"{"keys":[]}"#);
    world.supply(&fetch, failed(FetchFailure::Network));
    assert!(world.is_ready(A, "RSA_0"));
}

#[test]
fn a_discovery_document_does_not_wait_for_ever() {
    let mut world = World::new();
    let fetch = world.fetch(OTHER, "RSA_0");
    let fetch = world.discover(&fetch);
    world.supply(&fetch, failed(FetchFailure::Cancelled));
    world.now += 60;
    assert_eq!(world.fetch(OTHER, "RSA_0").purpose, FetchPurpose::Discovery);
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
        let fetch = world.fetch(OTHER, "RSA_0");
        world.now += 1;
        world.supply(&fetch, outcome);
        let (reason, retry_at) = world.unavailable(OTHER, "RSA_0");
        let url = format!("{OTHER}/.well-known/openid-configuration: ");
        assert!(reason.starts_with(&url), "{reason}");
        assert!(reason.ends_with(expected), "{reason}");
        assert!((6..=8).contains(&retry_at), "five seconds, and at most half as long again");
        world.now = START + retry_at - 1;
        world.unavailable(OTHER, "EC384_0");
        world.now += 1;
        assert_eq!(world.fetch(OTHER, "RSA_0").purpose, FetchPurpose::Discovery);
    }
}

#[test]
fn a_bad_key_set_is_a_failure_of_its_own_url() {
    let many = format!(r#"{{"keys":[{}{{}}]}}"#, "{},".repeat(100));
    for (body, code) in
        [("[]", "[key_set.keys]"), ("{", "[key_set.json]"), (&many, "[key_set.too_many_keys]")]
    {
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
    let fetch = world.fetch(OTHER, "RSA_0");
    world.supply(&fetch, failed(FetchFailure::Cancelled));
    let fetch = world.fetch(OTHER, "RSA_0");
    let fetch = world.discover(&fetch);
    world.supply(&fetch, failed(FetchFailure::Cancelled));
    let fetch = world.fetch(OTHER, "RSA_0");
    assert_eq!(fetch.purpose, FetchPurpose::KeySet);
    world.answer(&fetch, aws_keys());
    let fetch = world.fetch(OTHER, "RSA_1");
    world.supply(&fetch, failed(FetchFailure::Cancelled));
    assert!(world.is_ready(OTHER, "RSA_0"));
    assert_eq!(world.fetch(OTHER, "RSA_1").purpose, FetchPurpose::KeySet);
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

#[test]
fn an_issuer_of_awss_form_that_was_away_is_found_again_without_discovery() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    let supplied = world.supply(&fetch, response(404, None, ""));
    world.supply(&supplied.next.unwrap(), response(404, None, ""));
    let (_, retry_at) = world.unavailable(A, "RSA_0");
    world.now = START + retry_at;
    let fetch = world.fetch(A, "RSA_0");
    assert_eq!(
        fetch.purpose,
        FetchPurpose::KeySet,
        "its form tells the place, and it is back there"
    );
    world.answer(&fetch, aws_keys());
    assert!(world.is_ready(A, "RSA_0"));
}

#[test]
fn keys_that_were_longer_on_their_way_than_they_live_serve_those_who_waited() {
    let settings = KeyStoreSettings { min_lifetime_seconds: 1, ..Default::default() };
    let mut world = World::with(settings);
    let fetch = world.fetch(A, "RSA_0");
    world.now += 4;
    world.supply(&fetch, response(200, Some("max-age=1"), aws_keys()));
    let Lookup::Ready { refresh: None, .. } = world.ask(A, "RSA_0", RSA) else {
        panic!("and are not fetched again for them");
    };
    assert!(world.store.doubt(A, "RSA_0", RSA, world.now).is_none());
    world.now += 1;
    world.fetch(A, "RSA_0");
}

/// The answer to the discovery that followed was lost, so nobody said that there is no such document.
#[test]
fn a_key_set_that_was_only_away_is_found_where_it_was() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    let next = world.supply(&fetch, response(404, None, "")).next.unwrap();
    assert_eq!(next.purpose, FetchPurpose::Discovery);
    world.now += 60;
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::KeySet);
}
