//! Keys that outlive the process.

use super::*;

fn everyone(_: &str) -> bool {
    true
}

/// A store with A's keys, fetched at `START` for 3600 seconds, as text.
fn taken() -> Snapshot {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    let text = world.store.snapshot().to_json();
    Snapshot::from_json(&text).unwrap()
}

fn skipped(world: &mut World, snapshot: &Snapshot) -> String {
    let restored = world.store.restore(snapshot, everyone, world.now);
    assert_eq!(restored.loaded, Vec::<String>::new());
    restored.skipped.into_iter().next().expect("one").reason
}

#[test]
fn keys_are_there_again_with_the_time_that_is_left() {
    let mut world = World::new();
    world.now += 1000;
    let restored = world.store.restore(&taken(), everyone, world.now);
    assert_eq!((restored.loaded, restored.skipped), (vec![A.to_owned()], vec![]));
    assert!(world.is_ready(A, "RSA_0"));
    assert_eq!(world.fetches, 0);
    world.now = START + 3599;
    assert!(world.is_ready(A, "RSA_0"));
    let mut later = World::new();
    later.now += 3600;
    later.store.restore(&taken(), everyone, later.now);
    let fetch = later.fetch(A, "RSA_0");
    later.fail(&fetch);
    assert_eq!(later.stale(A, "RSA_0"), None, "expired keys still help in an outage");
}

#[test]
fn a_snapshot_never_brings_back_what_was_withdrawn() {
    let mut world = World::new();
    world.now += 3300;
    world.load(A, &keys("RSA_1"), None);
    assert_eq!(skipped(&mut world, &taken()), "keys that are as new or newer are there");
    assert!(!world.is_ready(A, "RSA_0"));
}

/// A host whose clock is ahead has not fetched later than this one for that.
#[test]
fn a_snapshot_from_a_clock_ahead_is_not_newer() {
    let mut snapshot = taken();
    let mut world = World::new();
    world.load(A, &keys("RSA_1"), None);
    snapshot.issuers[0].fetched_at = world.now + 50;
    assert_eq!(skipped(&mut world, &snapshot), "keys that are as new or newer are there");
    assert!(!world.is_ready(A, "RSA_0"));
}

#[test]
fn an_answer_that_was_on_its_way_does_not_take_the_place_of_newer_keys_from_a_snapshot() {
    let mut other = World::new();
    other.now += 2;
    other.load(A, &keys("RSA_1"), None);
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    world.now += 3;
    world.store.restore(&other.store.snapshot(), everyone, world.now);
    // It was sent before RSA_0 was withdrawn.
    assert_eq!(world.answer(&fetch, aws_keys()).effect, Effect::Ignored);
    assert!(world.is_ready(A, "RSA_1"));
    assert!(!world.is_ready(A, "RSA_0"));
}

#[test]
fn what_is_wrong_with_an_issuer_is_named_and_takes_no_other_with_it() {
    type Change = fn(&mut Snapshot);
    let cases: [(Change, u64, &str); 7] = [
        (|s| s.issuers[0].jwks_uri = "https://evil.example/k".into(), 0, "another origin"),
        (|s| s.issuers[0].jwks_uri = "http://a.tokens.sts.global.api.aws/k".into(), 0, "origin"),
        (|s| s.issuers[0].issuer = "https://u@a".into(), 0, "another origin"),
        (|s| s.issuers[0].key_set = "{".into(), 0, "[key_set.json]"),
        (|s| s.issuers[0].key_set = " ".repeat(65_537), 0, "[key_set.too_large]"),
        (|s| s.issuers[0].fetched_at += 61, 0, "in the future"),
        (|_| (), 3600 + 86_400, "too old"),
    ];
    for (change, seconds, expected) in cases {
        let mut snapshot = taken();
        change(&mut snapshot);
        let mut world = World::new();
        world.now += seconds;
        let reason = skipped(&mut world, &snapshot);
        assert!(reason.contains(expected), "{reason}");
        assert!(!matches!(world.ask(A, "RSA_0", RSA), Lookup::Ready { .. }));
    }
    let mut snapshot = taken();
    let mut broken = snapshot.issuers[0].clone();
    broken.issuer = B.to_owned();
    snapshot.issuers.insert(0, broken);
    let restored = World::new().store.restore(&snapshot, everyone, START);
    assert_eq!((restored.loaded.len(), restored.skipped.len()), (1, 1));
}

#[test]
fn a_lifetime_cannot_be_made_longer_on_the_way() {
    let mut snapshot = taken();
    snapshot.issuers[0].fresh_until = u64::MAX;
    let mut world = World::new();
    world.store.restore(&snapshot, everyone, world.now);
    world.now += 86_400;
    world.fetch(A, "RSA_0");
}

#[test]
fn only_trusted_issuers_are_taken() {
    let mut world = World::new();
    let restored = world.store.restore(&taken(), |issuer| issuer == B, world.now);
    assert_eq!(restored.skipped[0].reason, "no trust rule covers it");
}

#[test]
fn static_keys_stay() {
    let mut world = World::new();
    let set = KeySet::parse(keys("RSA_9").as_bytes(), KeySetLimits::default()).unwrap();
    world.store.add_static(A, set);
    assert_eq!(skipped(&mut world, &taken()), "its keys were given, and stay");
}

#[test]
fn texts_that_are_no_snapshot_are_refused() {
    let text = taken().to_json();
    for wrong in [
        String::new(),
        "{}".to_owned(),
        "null".to_owned(),
        text.replace("\"version\":1", "\"version\":2"),
        text.replace("\"version\":1", "\"version\":1,\"more\":1"),
        text.replace("\"version\":1", r#""version":1,"a\n\u001b[2J\u202e":1"#),
        text.replace("\"fetchedAt\":", "\"fetchedAt\":-"),
        text.chars().take(text.len() / 2).collect(),
    ] {
        let fault = Snapshot::from_json(&wrong).unwrap_err().to_string();
        assert!(fault.starts_with("The text is no snapshot of keys: "), "{fault}");
        assert!(!fault.contains(crate::is_deceptive), "{fault:?}");
    }
}

#[test]
fn what_is_taken_from_a_snapshot_is_bounded_too() {
    let mut snapshot = taken();
    let issuer = snapshot.issuers[0].clone();
    for index in 0..20 {
        let name = format!("https://i{index}.tokens.sts.global.api.aws");
        let jwks_uri = format!("{name}/.well-known/jwks.json");
        snapshot.issuers.push(super::super::IssuerSnapshot {
            issuer: name,
            jwks_uri,
            ..issuer.clone()
        });
    }
    let mut world = World::with(KeyStoreSettings { max_issuers: 5, ..Default::default() });
    world.store.restore(&snapshot, everyone, world.now);
    assert_eq!(world.store.issuers.len(), 5);
}

#[test]
fn a_snapshot_that_displaces_an_issuer_does_not_bring_back_its_older_keys() {
    let mut snapshot = taken();
    let mut other = snapshot.issuers[0].clone();
    other.issuer = "https://0.tokens.sts.global.api.aws".to_owned();
    other.jwks_uri = format!("{}/.well-known/jwks.json", other.issuer);
    snapshot.issuers.insert(0, other);
    let mut world = World::with(KeyStoreSettings { max_issuers: 1, ..Default::default() });
    world.now += 60;
    world.load(A, &keys("RSA_1"), None);
    let restored = world.store.restore(&snapshot, everyone, world.now);
    assert_eq!(restored.loaded, ["https://0.tokens.sts.global.api.aws"]);
    assert_eq!(restored.skipped[0].reason, "keys that are as new or newer are there");
    let lookup = world.store.peek(A, "RSA_0", RSA, world.now);
    assert!(!matches!(lookup, Lookup::Ready { .. }), "it was withdrawn");
}

#[test]
fn of_an_issuer_that_stands_twice_in_a_snapshot_the_newest_counts() {
    let mut newer = World::new();
    newer.now += 60;
    newer.load(A, &keys("RSA_1"), None);
    for is_newer_first in [true, false] {
        let mut snapshot = taken();
        let place = usize::from(!is_newer_first);
        snapshot.issuers.insert(place, newer.store.snapshot().issuers[0].clone());
        let mut world = World::new();
        world.now += 60;
        world.store.restore(&snapshot, everyone, world.now);
        assert!(world.is_ready(A, "RSA_1"));
        assert!(!world.is_ready(A, "RSA_0"), "it was withdrawn");
    }
}
