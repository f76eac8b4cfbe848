//! Keys that expire, are withdrawn, or are rotated in.

use super::*;

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
