//! Every transition of the store, in simulated time.

use super::{
    Fetch, FetchFailure, FetchOutcome, FetchPurpose, KeyStore, KeyStoreSettings, Lookup, Refusal,
};
use crate::keys::{Algorithm, KeySet, KeySetLimits};

const A: &str = "https://a.tokens.sts.global.api.aws";
const B: &str = "https://b.tokens.sts.global.api.aws";
const START: u64 = 1_700_000_000;
const RSA: Algorithm = Algorithm::Rs256;
const EC: Algorithm = Algorithm::Es384;

/// A store together with the time and the documents of its issuers.
struct World {
    store: KeyStore,
    now: u64,
    fetches: usize,
}

impl World {
    fn new() -> Self {
        Self::with(KeyStoreSettings::default())
    }

    fn with(settings: KeyStoreSettings) -> Self {
        Self { store: KeyStore::new(settings), now: START, fetches: 0 }
    }

    fn ask(&mut self, issuer: &str, key_id: &str, algorithm: Algorithm) -> Lookup {
        let lookup = self.store.lookup(issuer, key_id, algorithm, self.now);
        self.fetches += usize::from(matches!(lookup, Lookup::Fetch(_)));
        lookup
    }

    fn fetch(&mut self, issuer: &str, key_id: &str) -> Fetch {
        match self.ask(issuer, key_id, RSA) {
            Lookup::Fetch(fetch) => fetch,
            other => panic!("a fetch, not {other:?}"),
        }
    }

    fn refused(&mut self, issuer: &str, key_id: &str) -> Refusal {
        match self.ask(issuer, key_id, RSA) {
            Lookup::Refused(refusal) => refusal,
            other => panic!("a refusal, not {other:?}"),
        }
    }

    fn unavailable(&mut self, issuer: &str, key_id: &str) -> (String, u64) {
        match self.refused(issuer, key_id) {
            Refusal::Unavailable { reason, retry_at } => (reason, retry_at - START),
            other => panic!("unavailable, not {other:?}"),
        }
    }

    fn is_ready(&mut self, issuer: &str, key_id: &str) -> bool {
        matches!(self.ask(issuer, key_id, RSA), Lookup::Ready(key) if key.key_id() == key_id)
    }

    fn is_waiting(&mut self, issuer: &str, key_id: &str) -> bool {
        matches!(self.ask(issuer, key_id, RSA), Lookup::Wait { .. })
    }

    fn supply(&mut self, fetch: &Fetch, outcome: FetchOutcome) {
        self.store.supply(fetch.id, outcome, self.now);
    }

    fn answer(&mut self, fetch: &Fetch, body: impl Into<Vec<u8>>) {
        self.supply(fetch, response(200, None, body));
    }

    /// Fetches discovery document and key set of an issuer that is not known.
    fn load(&mut self, issuer: &str, keys: &str, cache_control: Option<&str>) {
        let fetch = self.fetch(issuer, "RSA_0");
        assert_eq!(fetch.purpose, FetchPurpose::Discovery);
        self.answer(&fetch, discovery(issuer));
        let fetch = self.fetch(issuer, "RSA_0");
        assert_eq!(fetch.purpose, FetchPurpose::KeySet);
        self.supply(&fetch, response(200, cache_control, keys));
    }
}

fn response(status: u16, cache_control: Option<&str>, body: impl Into<Vec<u8>>) -> FetchOutcome {
    let cache_control = cache_control.map(str::to_owned);
    FetchOutcome::Response { status, cache_control, body: body.into() }
}

fn failed(reason: FetchFailure) -> FetchOutcome {
    FetchOutcome::Failed { reason, detail: String::new() }
}

fn discovery(issuer: &str) -> String {
    format!(r#"{{"issuer":"{issuer}","jwks_uri":"{issuer}/.well-known/jwks.json"}}"#)
}

fn aws_keys() -> &'static str {
    include_str!("../../../../../tests/vectors/aws/jwks.json")
}

/// The AWS key set with its RSA key renamed.
fn keys(key_id: &str) -> String {
    aws_keys().replace("RSA_0", key_id)
}

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
fn keys_expire_and_are_fetched_from_the_beginning() {
    for (cache_control, lifetime) in [
        (None, 3600),
        (Some("public"), 3600),
        (Some("max-age=120"), 120),
        (Some("max-age=1"), 60),
        (Some("no-store"), 60),
        (Some("no-cache, max-age=600"), 60),
        (Some("max-age=9999999"), 86_400),
    ] {
        let mut world = World::new();
        world.load(A, aws_keys(), cache_control);
        world.now += lifetime - 1;
        assert!(world.is_ready(A, "RSA_0"), "{cache_control:?}");
        world.now += 1;
        let fetch = world.fetch(A, "RSA_0");
        assert_eq!(fetch.purpose, FetchPurpose::Discovery, "{cache_control:?}");
        assert!(world.is_waiting(A, "EC384_0"));
    }
}

#[test]
fn a_withdrawn_key_is_refused_once_the_keys_are_fetched_again() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    assert!(world.is_ready(A, "RSA_0"));
    world.now += 3600;
    world.load(A, &keys("RSA_1"), None);
    assert_eq!(
        world.refused(A, "RSA_0"),
        Refusal::UnknownKey { published: vec!["EC384_0".into(), "RSA_1".into()] }
    );
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
fn a_rotated_key_is_fetched_once_for_everyone() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now += 1;
    let fetch = world.fetch(A, "RSA_1");
    assert_eq!(fetch.purpose, FetchPurpose::KeySet);
    assert!(world.is_waiting(A, "RSA_1"));
    assert!(world.is_waiting(A, "RSA_2"));
    assert!(world.is_ready(A, "RSA_0"), "known keys serve meanwhile");
    world.answer(&fetch, keys("RSA_1"));
    assert!(world.is_ready(A, "RSA_1"));
    assert!(matches!(world.refused(A, "RSA_2"), Refusal::UnknownKey { .. }));
    assert_eq!(world.fetches, 3);
}

#[test]
fn made_up_key_ids_cause_one_fetch_until_the_cooldown_is_over() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    let fetch = world.fetch(A, "junk");
    world.answer(&fetch, aws_keys());
    for index in 0..50 {
        let published = vec!["EC384_0".into(), "RSA_0".into()];
        let refusal = world.refused(A, &format!("junk{index}"));
        assert_eq!(refusal, Refusal::UnknownKey { published });
    }
    world.now += 9;
    assert!(matches!(world.refused(A, "junk"), Refusal::UnknownKey { .. }));
    world.now += 1;
    assert_eq!(world.fetch(A, "RSA_1").purpose, FetchPurpose::KeySet);
    assert_eq!(world.fetches, 4);
}

#[test]
fn keys_that_were_just_fetched_for_a_key_id_are_not_fetched_again_for_it() {
    let mut world = World::new();
    world.load(A, &keys("RSA_9"), None);
    assert!(matches!(world.refused(A, "RSA_0"), Refusal::UnknownKey { .. }));
    assert_eq!(world.fetch(A, "RSA_1").purpose, FetchPurpose::KeySet, "another key id is news");

    let mut world = World::new();
    world.load(A, &keys("RSA_9"), None);
    world.now += 10;
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::KeySet);
}

#[test]
fn a_refetch_renews_the_lifetime() {
    let mut world = World::new();
    world.load(A, aws_keys(), Some("max-age=100"));
    world.now += 90;
    let fetch = world.fetch(A, "RSA_1");
    world.supply(&fetch, response(200, Some("max-age=100"), aws_keys()));
    world.now += 99;
    assert!(world.is_ready(A, "RSA_0"));
    world.now += 1;
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::Discovery);
}

#[test]
fn a_failed_refetch_leaves_the_known_keys_serving() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    let fetch = world.fetch(A, "RSA_1");
    world.supply(&fetch, response(503, None, ""));
    let (reason, retry_at) = world.unavailable(A, "RSA_1");
    assert_eq!(reason, format!("{A}/.well-known/jwks.json: HTTP status 503"));
    assert_eq!(retry_at, 5);
    assert!(world.is_ready(A, "RSA_0"));
    world.now += 5;
    assert_eq!(world.fetch(A, "RSA_1").purpose, FetchPurpose::KeySet);
}

#[test]
fn a_refetch_that_outlasts_the_keys_is_still_awaited() {
    let mut world = World::new();
    world.load(A, aws_keys(), Some("max-age=60"));
    world.now += 58;
    let fetch = world.fetch(A, "RSA_1");
    world.now += 4;
    assert!(world.is_waiting(A, "RSA_0"));
    world.answer(&fetch, keys("RSA_1"));
    assert!(world.is_ready(A, "RSA_1"));

    let mut world = World::new();
    world.load(A, aws_keys(), Some("max-age=60"));
    world.now += 58;
    let fetch = world.fetch(A, "RSA_1");
    world.now += 4;
    world.supply(&fetch, failed(FetchFailure::Timeout));
    let (reason, retry_at) = world.unavailable(A, "RSA_0");
    assert_eq!((reason.contains("no whole answer in time"), retry_at), (true, 67));
    world.now += 5;
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::Discovery);
}

#[test]
fn a_refetch_that_never_reports_is_given_up() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    let lost = world.fetch(A, "RSA_1");
    world.now += 7;
    let again = world.fetch(A, "RSA_1");
    assert_eq!(again.purpose, FetchPurpose::KeySet);
    world.answer(&lost, r#"{"keys":[]}"#);
    assert!(world.is_ready(A, "RSA_0"));
    world.answer(&again, keys("RSA_1"));
    assert!(world.is_ready(A, "RSA_1"));
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
fn two_issuers_with_the_same_key_ids_never_mix() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    let modulus = crate::base64url::encode(&[0xff; 384]);
    let set = format!(r#"{{"keys":[{{"kty":"RSA","kid":"RSA_0","e":"AQAB","n":"{modulus}"}}]}}"#);
    world.load(B, &set, None);
    for (issuer, signature_bytes) in [(A, 256), (B, 384), (A, 256)] {
        let Lookup::Ready(key) = world.ask(issuer, "RSA_0", RSA) else {
            panic!("both are loaded");
        };
        assert_eq!(key.signature_bytes(), signature_bytes, "{issuer}");
    }
    // Nor does what one of them lacks become a fact about the other.
    assert!(matches!(world.ask(A, "EC384_0", EC), Lookup::Ready(_)));
    let Lookup::Fetch(fetch) = world.ask(B, "EC384_0", EC) else {
        panic!("B has no such key");
    };
    assert_eq!(fetch.url, format!("{B}/.well-known/jwks.json"));
    for spelling in [format!("{A}/"), A.replace("//a", "//A")] {
        assert_eq!(world.fetch(&spelling, "RSA_0").purpose, FetchPurpose::Discovery);
    }
}

#[test]
fn keys_that_do_not_serve_are_refused_without_a_fetch() {
    let mut world = World::new();
    let set = aws_keys().replace(r#""use":"sig","x""#, r#""use":"enc","x""#);
    world.load(A, &set, None);
    let Lookup::Refused(Refusal::Unusable { reason }) = world.ask(A, "EC384_0", EC) else {
        panic!("a key for encryption does not verify");
    };
    assert_eq!(reason.code.as_str(), "jwk.use");
    let Lookup::Refused(refusal) = world.ask(A, "RSA_0", EC) else {
        panic!("an RSA key does not verify ES384");
    };
    assert_eq!(refusal, Refusal::OtherAlgorithm { published: RSA });
    assert_eq!(
        serde_json::to_value(&refusal).unwrap(),
        serde_json::json!({ "kind": "otherAlgorithm", "published": "RS256" })
    );
    assert_eq!(world.fetches, 2);
}

#[test]
fn static_keys_are_never_fetched_and_never_expire() {
    let mut world = World::new();
    let set = KeySet::parse(aws_keys().as_bytes(), KeySetLimits::default()).unwrap();
    world.store.add_static("anything at all", set);
    for now in [0, START, u64::MAX] {
        world.now = now;
        assert!(world.is_ready("anything at all", "RSA_0"));
        assert!(matches!(world.refused("anything at all", "RSA_1"), Refusal::UnknownKey { .. }));
    }
    assert_eq!(world.fetches, 0);
}

#[test]
fn static_keys_take_the_place_of_what_was_being_fetched() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    let set = KeySet::parse(aws_keys().as_bytes(), KeySetLimits::default()).unwrap();
    world.store.add_static(A, set);
    world.supply(&fetch, failed(FetchFailure::Network));
    assert!(world.is_ready(A, "RSA_0"));
}

#[test]
fn peeking_answers_as_asking_does_but_never_fetches() {
    let mut world = World::new();
    let peek = |world: &World, key_id: &str| world.store.peek(A, key_id, RSA, world.now);
    let not_loaded = |lookup| matches!(lookup, Lookup::Refused(Refusal::NotLoaded));
    assert!(not_loaded(peek(&world, "RSA_0")));
    let fetch = world.fetch(A, "RSA_0");
    assert!(not_loaded(peek(&world, "RSA_0")));
    world.answer(&fetch, discovery(A));
    assert!(not_loaded(peek(&world, "RSA_0")));
    let fetch = world.fetch(A, "RSA_0");
    world.answer(&fetch, aws_keys());
    assert!(matches!(peek(&world, "RSA_0"), Lookup::Ready(_)));
    assert!(not_loaded(peek(&world, "RSA_1")), "it may have been rotated in");
    let fetch = world.fetch(A, "RSA_1");
    world.answer(&fetch, aws_keys());
    let unknown = peek(&world, "RSA_1");
    assert!(matches!(unknown, Lookup::Refused(Refusal::UnknownKey { .. })));
    world.now += 3600;
    assert!(not_loaded(peek(&world, "RSA_0")));
    let fetch = world.fetch(A, "RSA_0");
    world.supply(&fetch, failed(FetchFailure::Network));
    assert!(matches!(peek(&world, "RSA_0"), Lookup::Refused(Refusal::Unavailable { .. })));
}

#[test]
fn a_clock_that_goes_back_wedges_nothing() {
    // A host that was years ahead loads keys, fails and waits; then its clock is set right.
    let ahead = START + 100_000_000;
    let mut world = World { now: ahead, ..World::new() };
    world.load(A, aws_keys(), None);
    let failing = world.fetch(B, "RSA_0");
    world.supply(&failing, failed(FetchFailure::Network));
    let waiting = world.fetch("https://c", "RSA_0");
    world.now = START;
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::Discovery);
    assert_eq!(world.fetch(B, "RSA_0").purpose, FetchPurpose::Discovery);
    assert_ne!(world.fetch("https://c", "RSA_0").id, waiting.id);

    // Readings that arrive out of order are no such thing.
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now -= 2;
    assert!(world.is_ready(A, "RSA_0"));
}

#[test]
fn the_issuer_that_was_not_used_for_longest_makes_room() {
    let mut world = World::with(KeyStoreSettings { max_issuers: 2, ..Default::default() });
    let set = KeySet::parse(aws_keys().as_bytes(), KeySetLimits::default()).unwrap();
    world.store.add_static("static", set);
    world.load(A, aws_keys(), None);
    world.load(B, aws_keys(), None);
    let peeked = world.store.peek(A, "RSA_0", RSA, world.now);
    assert!(matches!(peeked, Lookup::Ready(_)), "peeking is a use");
    world.load("https://c", aws_keys(), None);
    assert!(world.is_ready("static", "RSA_0"), "static keys stay");
    assert!(world.is_ready(A, "RSA_0"));
    assert!(world.is_ready("https://c", "RSA_0"));
    assert_eq!(world.fetch(B, "RSA_0").purpose, FetchPurpose::Discovery, "B made room");
    assert!(world.is_ready("https://c", "RSA_0"));
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::Discovery, "then A did");
}

#[test]
fn the_outcome_for_a_displaced_issuer_is_ignored() {
    let mut world = World::with(KeyStoreSettings { max_issuers: 1, ..Default::default() });
    let fetch = world.fetch(A, "RSA_0");
    world.load(B, aws_keys(), None);
    world.answer(&fetch, discovery(A));
    assert!(world.is_ready(B, "RSA_0"));
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::Discovery);
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
