//! Keys that are renewed, withdrawn, or replaced.

use super::*;

#[test]
fn keys_are_fetched_again_when_their_time_is_over() {
    for (cache_control, lifetime) in [
        (None, 3600),
        (Some("public"), 3600),
        (Some("max-age=120"), 120),
        (Some("max-age=1"), 60),
        (Some("no-store"), 60),
        (Some("no-cache, max-age=600"), 60),
        (Some("max-age=9999999"), 86_400),
    ] {
        for (issuer, purpose) in [(A, FetchPurpose::KeySet), (OTHER, FetchPurpose::Discovery)] {
            let mut world = World::new();
            world.load(issuer, aws_keys(), cache_control);
            world.now += lifetime - 1;
            let lookup = world.store.peek(issuer, "RSA_0", RSA, world.now);
            assert!(matches!(lookup, Lookup::Ready { stale: false, .. }), "{cache_control:?}");
            world.now += 1;
            assert_eq!(world.fetch(issuer, "RSA_0").purpose, purpose, "{cache_control:?}");
            assert!(world.is_waiting(issuer, "EC384_0"));
        }
    }
}

#[test]
fn age_counts_towards_the_lifetime() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    let freshness = FreshnessHeaders {
        cache_control: Some("max-age=600".to_owned()),
        age: Some("500".to_owned()),
        ..FreshnessHeaders::default()
    };
    let body = aws_keys().into();
    world.supply(&fetch, FetchOutcome::Response { status: 200, freshness, body });
    world.now += 99;
    world.refresh(A, "RSA_0");
    world.now += 1;
    assert!(world.is_waiting(A, "RSA_0"), "the refresh is under way, and the keys are over");
}

#[test]
fn the_lifetime_counts_from_when_the_keys_were_asked_for() {
    let mut world = World::new();
    let fetch = world.fetch(A, "RSA_0");
    world.now += 4;
    world.supply(&fetch, response(200, Some("max-age=100"), aws_keys()));
    world.now = START + 99;
    world.refresh(A, "RSA_0");
    world.now += 1;
    assert!(!world.is_ready(A, "RSA_0"));
}

#[test]
fn keys_are_renewed_in_the_background_before_their_time_is_over() {
    let mut world = World::new();
    world.load(A, aws_keys(), Some("max-age=1000"));
    world.now += 749;
    assert_eq!(world.refresh(A, "RSA_0"), None);
    world.now = START + 900;
    let fetch = world.refresh(A, "RSA_0").unwrap();
    assert_eq!(fetch.purpose, FetchPurpose::KeySet);
    for _ in 0..20 {
        assert_eq!(
            world.refresh(A, "RSA_0"),
            None,
            "one refresh is enough, and nobody waits for it"
        );
    }
    world.supply(&fetch, response(200, Some("max-age=1000"), aws_keys()));
    world.now = START + 1600;
    assert_eq!(world.refresh(A, "RSA_0"), None);
    // A refresh that fails is tried again, while the keys serve.
    world.now = START + 1800;
    let fetch = world.refresh(A, "RSA_0").unwrap();
    world.fail(&fetch);
    assert_eq!(world.refresh(A, "RSA_0"), None);
    world.now += 8;
    assert!(world.refresh(A, "RSA_0").is_some());
}

#[test]
fn a_refresh_of_another_issuer_asks_where_its_keys_are_now() {
    let mut world = World::new();
    world.load(OTHER, aws_keys(), Some("max-age=1000"));
    world.now += 900;
    let fetch = world.refresh(OTHER, "RSA_0").unwrap();
    let moved = discovery(OTHER).replace("jwks.json", "moved.json");
    let next = world.answer(&fetch, moved).next.unwrap();
    assert_eq!(next.url, format!("{OTHER}/.well-known/moved.json"));
    world.answer(&next, keys("RSA_1"));
    assert!(world.is_ready(OTHER, "RSA_1"));
}

#[test]
fn hosts_renew_at_different_moments() {
    let moments = |seed| {
        let mut store = KeyStore::new(KeyStoreSettings::default()).with_jitter(seed);
        let Lookup::Fetch(fetch) = store.lookup(A, "RSA_0", RSA, START) else {
            panic!("nothing is there");
        };
        store.supply(fetch.id, response(200, Some("max-age=1000"), aws_keys()), START);
        (START..START + 1000).find(|now| {
            matches!(store.lookup(A, "RSA_0", RSA, *now), Lookup::Ready { refresh: Some(_), .. })
        })
    };
    let mut seen: Vec<_> = (0..20).map(moments).collect();
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() > 5, "{seen:?}");
}

#[test]
fn a_withdrawn_key_is_refused_once_the_keys_are_fetched_again() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    assert!(world.is_ready(A, "RSA_0"));
    world.now += 3300;
    let fetch = world.refresh(A, "RSA_0").unwrap();
    let effect = world.answer(&fetch, keys("RSA_1")).effect;
    let Effect::Loaded { added, replaced, withdrawn, .. } = effect else {
        panic!("they were fetched");
    };
    assert_eq!((added, replaced, withdrawn), (vec!["RSA_1".into()], vec![], vec!["RSA_0".into()]));
    // It may have been put back: that is asked once.
    let fetch = world.fetch(A, "RSA_0");
    world.answer(&fetch, keys("RSA_1"));
    assert_eq!(
        world.refused(A, "RSA_0"),
        Refusal::UnknownKey { published: vec!["EC384_0".into(), "RSA_1".into()] }
    );
}

#[test]
fn an_empty_key_set_withdraws_all_keys_at_once() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now += 3300;
    let fetch = world.refresh(A, "RSA_0").unwrap();
    world.answer(&fetch, r#"{"keys":[]}"#);
    let fetch = world.fetch(A, "RSA_0");
    world.fail(&fetch);
    world.unavailable(A, "RSA_0");
    world.now += 86_400;
    let fetch = world.fetch(A, "RSA_0");
    world.fail(&fetch);
    world.unavailable(A, "RSA_0");
}

#[test]
fn a_key_that_was_replaced_under_its_id_is_noticed_by_a_signature_once_a_minute() {
    let mut world = World::new();
    let doubt = |world: &mut World| world.store.doubt(A, "RSA_0", RSA, world.now);
    assert!(doubt(&mut world).is_none(), "there is nothing to doubt");
    world.load(A, aws_keys(), None);
    world.now += 59;
    assert!(doubt(&mut world).is_none());
    world.now += 1;
    let Some(Lookup::Fetch(fetch)) = doubt(&mut world) else { panic!("it is old enough") };
    assert!(matches!(doubt(&mut world), Some(Lookup::Wait { .. })), "others wait for it");
    let replaced = aws_keys().replace("\"RSA_0\"", "\"R\"").replace("\"EC384_0\"", "\"RSA_0\"");
    let Effect::Loaded { added, replaced, withdrawn, .. } = world.answer(&fetch, replaced).effect
    else {
        panic!("they were fetched");
    };
    assert_eq!(added, ["R"]);
    assert_eq!(replaced, ["RSA_0"]);
    assert_eq!(withdrawn, ["EC384_0"]);
    assert!(doubt(&mut world).is_none());
    // An issuer that is down is not asked more often for it.
    world.now += 60;
    let Some(Lookup::Fetch(fetch)) = doubt(&mut world) else { panic!("it is old enough") };
    world.fail(&fetch);
    assert!(doubt(&mut world).is_none());
}

#[test]
fn a_refetch_renews_the_lifetime() {
    let mut world = World::new();
    world.load(A, aws_keys(), Some("max-age=100"));
    world.now += 70;
    let fetch = world.fetch(A, "RSA_1");
    world.supply(&fetch, response(200, Some("max-age=100"), aws_keys()));
    world.now += 74;
    assert_eq!(world.refresh(A, "RSA_0"), None);
    world.now += 26;
    world.fetch(A, "RSA_0");
}
