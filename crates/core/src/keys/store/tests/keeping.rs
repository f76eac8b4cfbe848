//! Whose keys are kept apart, kept for good, and given up.

use super::*;

#[test]
fn two_issuers_with_the_same_key_ids_never_mix() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    let modulus = crate::base64url::encode(&[0xff; 384]);
    let set = format!(r#"{{"keys":[{{"kty":"RSA","kid":"RSA_0","e":"AQAB","n":"{modulus}"}}]}}"#);
    world.load(B, &set, None);
    for (issuer, signature_bytes) in [(A, 256), (B, 384), (A, 256)] {
        let Lookup::Ready { key, .. } = world.ask(issuer, "RSA_0", RSA) else {
            panic!("both are loaded");
        };
        assert_eq!(key.signature_bytes(), signature_bytes, "{issuer}");
    }
    // Nor does what one of them lacks become a fact about the other.
    assert!(matches!(world.ask(A, "EC384_0", EC), Lookup::Ready { .. }));
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
    assert_eq!(world.fetches, 1);
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
    let peek = |world: &World, key_id: &str| world.store.peek(OTHER, key_id, RSA, world.now);
    let not_loaded = |lookup| matches!(lookup, Lookup::Refused(Refusal::NotLoaded));
    assert!(not_loaded(peek(&world, "RSA_0")));
    let fetch = world.fetch(OTHER, "RSA_0");
    assert!(not_loaded(peek(&world, "RSA_0")));
    let fetch = world.discover(&fetch);
    assert!(not_loaded(peek(&world, "RSA_0")));
    world.answer(&fetch, aws_keys());
    assert!(matches!(peek(&world, "RSA_0"), Lookup::Ready { .. }));
    assert!(not_loaded(peek(&world, "RSA_1")), "it may have been rotated in");
    let fetch = world.fetch(OTHER, "RSA_1");
    world.answer(&fetch, aws_keys());
    let unknown = peek(&world, "RSA_1");
    assert!(matches!(unknown, Lookup::Refused(Refusal::UnknownKey { .. })));
    world.now += 3400;
    let Lookup::Ready { refresh: None, .. } = peek(&world, "RSA_0") else {
        panic!("nothing is begun, though it is time");
    };
    assert!(world.refresh(OTHER, "RSA_0").is_some());
    world.now += 200;
    assert!(not_loaded(peek(&world, "RSA_0")));
    let fetch = world.fetch(OTHER, "RSA_0");
    world.fail(&fetch);
    let Lookup::Ready { stale: true, refresh: None, .. } = peek(&world, "RSA_0") else {
        panic!("keys serve on during an outage");
    };
    assert!(matches!(peek(&world, "RSA_2"), Lookup::Refused(Refusal::Unavailable { .. })));
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
    world.fetch(A, "RSA_0");
    world.fetch(B, "RSA_0");
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
    assert!(matches!(peeked, Lookup::Ready { .. }), "peeking is a use");
    world.load("https://c", aws_keys(), None);
    assert!(world.is_ready("static", "RSA_0"), "static keys stay");
    assert!(world.is_ready(A, "RSA_0"));
    assert!(world.is_ready("https://c", "RSA_0"));
    world.load(B, aws_keys(), None);
    assert!(world.is_ready("https://c", "RSA_0"), "B made room, and then A did");
    world.load(A, aws_keys(), None);
    assert_eq!(world.store.counters().evictions, 3);
}

#[test]
fn issuers_do_not_displace_each_other_before_their_keys_arrive() {
    let mut world = World::with(KeyStoreSettings { max_issuers: 1, ..Default::default() });
    world.load(B, aws_keys(), None);
    world.store.prove(B);
    let fetch = world.fetch(A, "RSA_0");
    for index in 0..40 {
        world.fetch(&format!("https://made-up-{index}.tokens.sts.global.api.aws"), "RSA_0");
    }
    world.answer(&fetch, aws_keys());
    assert!(world.is_ready(A, "RSA_0"), "a flood does not keep a real one from arriving");
    world.store.prove(A);
    world.now += 10;
    world.fetch("https://c", "RSA_0");
    assert_eq!(world.store.size().issuers, 1, "what came of the flood is forgotten");
}

#[test]
fn strangers_displace_neither_pinned_issuers_nor_those_that_proved_to_be_real() {
    let mut world = World::with(KeyStoreSettings { max_issuers: 2, ..Default::default() });
    world.store.pin(A);
    world.load(A, aws_keys(), None);
    world.load(B, aws_keys(), None);
    world.store.prove(B);
    for index in 0..40 {
        world.now += 10;
        world.fetch(&format!("https://made-up-{index}.tokens.sts.global.api.aws"), "RSA_0");
    }
    assert!(world.is_ready(A, "RSA_0"));
    assert!(world.is_ready(B, "RSA_0"));
    assert_eq!(world.store.issuers.len(), 3, "a pinned one, a proven one, a stranger");
    assert_eq!(world.store.flights.len(), 1, "what was forgotten is not awaited");
    // Only where all are real does one of them make room.
    world.load("https://c", aws_keys(), None);
    world.store.prove("https://c");
    world.load("https://d", aws_keys(), None);
    world.store.prove("https://d");
    assert!(world.is_ready(A, "RSA_0"));
    world.fetch(B, "RSA_0");
}

#[test]
fn the_outcome_for_a_displaced_issuer_is_ignored() {
    let mut world = World::with(KeyStoreSettings { max_issuers: 1, ..Default::default() });
    world.load(A, aws_keys(), None);
    world.store.prove(A);
    let fetch = world.fetch(A, "RSA_1");
    world.load(B, aws_keys(), None);
    assert_eq!(world.answer(&fetch, aws_keys()).effect, Effect::Ignored);
    assert!(world.is_ready(B, "RSA_0"));
    world.fetch(A, "RSA_0");
}
