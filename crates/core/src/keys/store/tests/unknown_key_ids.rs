//! Key ids that the key set does not have: rotations, and inventions.

use super::*;

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
    assert!(
        matches!(world.refused(A, "RSA_2"), Refusal::UnknownKey { .. }),
        "it was asked for too"
    );
    assert_eq!(world.fetches, 2);
}

#[test]
fn a_flood_of_inventions_causes_nothing_and_hides_no_rotation() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    for index in 0..50 {
        for key_id in [format!("junk{index}"), format!("RSA_{}", 1000 + index), uuid(index)] {
            let published = vec!["EC384_0".into(), "RSA_0".into()];
            assert_eq!(world.refused(A, &key_id), Refusal::UnknownKey { published });
        }
    }
    assert_eq!(world.fetches, 1);
    let fetch = world.fetch(A, "RSA_1");
    world.answer(&fetch, keys("RSA_1"));
    assert!(world.is_ready(A, "RSA_1"), "the first token with it");
}

#[test]
fn an_invention_that_is_worth_no_fetch_waits_for_none() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    // One fetch after the other, each for a key id that may be the next.
    for key_id in ["RSA_1", "RSA_2", "EC384_1", "EC384_2"] {
        let fetch = world.fetch(A, key_id);
        assert!(matches!(world.refused(A, "junk"), Refusal::UnknownKey { .. }), "{key_id}");
        world.answer(&fetch, aws_keys());
    }
}

#[test]
fn inventions_share_one_fetch_per_cooldown() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    for round in 1..=6 {
        world.now += 10;
        let fetch = world.fetch(A, "junk");
        world.answer(&fetch, aws_keys());
        for index in 0..50 {
            assert!(matches!(
                world.refused(A, &format!("junk{index}")),
                Refusal::UnknownKey { .. }
            ));
        }
        assert_eq!(world.fetches, 1 + round);
    }
}

#[test]
fn one_invention_again_and_again_is_one_fetch_per_cooldown() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now += 3;
    let fetch = world.fetch(A, "RSA_1");
    world.answer(&fetch, aws_keys());
    for _ in 0..9 {
        assert!(matches!(world.refused(A, "RSA_1"), Refusal::UnknownKey { .. }));
        world.now += 1;
    }
    world.now += 1;
    assert_eq!(world.fetch(A, "RSA_1").purpose, FetchPurpose::KeySet);
}

#[test]
fn random_key_ids_are_found_after_a_flood_too() {
    let mut world = World::new();
    world.load(A, &keys(&uuid(7)), None);
    assert_eq!(world.refresh(A, &uuid(7)), None);
    for index in 0..50 {
        assert!(matches!(world.refused(A, &format!("junk{index}")), Refusal::UnknownKey { .. }));
    }
    let fetch = world.fetch(A, &uuid(8));
    world.answer(&fetch, keys(&uuid(8)));
    assert!(world.is_ready(A, &uuid(8)));
}

#[test]
fn keys_that_were_just_fetched_for_a_key_id_are_not_fetched_again_for_it() {
    let mut world = World::new();
    world.load(A, &keys("RSA_9"), None);
    assert!(matches!(world.refused(A, "RSA_0"), Refusal::UnknownKey { .. }));
    assert_eq!(world.fetch(A, "RSA_10").purpose, FetchPurpose::KeySet, "the next one is news");

    let mut world = World::new();
    world.load(A, &keys("RSA_9"), None);
    world.now += 10;
    assert_eq!(world.fetch(A, "RSA_0").purpose, FetchPurpose::KeySet);
}

#[test]
fn a_failed_refetch_leaves_the_known_keys_serving() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    let fetch = world.fetch(A, "RSA_1");
    world.supply(&fetch, response(503, None, ""));
    let (reason, retry_at) = world.unavailable(A, "RSA_1");
    assert_eq!(reason, format!("{A}/.well-known/jwks.json: HTTP status 503"));
    assert!(world.is_ready(A, "RSA_0"));
    world.now = START + retry_at;
    assert_eq!(world.fetch(A, "RSA_1").purpose, FetchPurpose::KeySet);
}

#[test]
fn a_refetch_that_never_reports_is_given_up() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    let lost = world.fetch(A, "RSA_1");
    world.now += 7;
    let again = world.fetch(A, "RSA_1");
    world.answer(&lost, r#"{"keys":[]}"#);
    assert!(world.is_ready(A, "RSA_0"));
    world.answer(&again, keys("RSA_1"));
    assert!(world.is_ready(A, "RSA_1"));
}

#[test]
fn a_key_that_is_published_while_an_older_answer_is_on_its_way_is_fetched_at_once() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now += 10;
    let slow = world.fetch(A, "junk");
    world.now += 3;
    // The issuer has answered, and then published.
    assert!(world.is_waiting(A, "RSA_1"));
    world.answer(&slow, aws_keys());
    let fetch = world.fetch(A, "RSA_1");
    world.answer(&fetch, keys("RSA_1"));
    assert!(world.is_ready(A, "RSA_1"));
}

#[test]
fn a_crowd_that_waited_for_a_slow_answer_is_answered_by_it() {
    let settings = KeyStoreSettings { unknown_key_cooldown_seconds: 3, ..Default::default() };
    let mut world = World::with(settings);
    world.load(A, aws_keys(), None);
    world.now += 3;
    let slow = world.fetch(A, "junk");
    assert!((0..50).all(|index| world.is_waiting(A, &format!("junk {index}"))));
    world.now += 4;
    world.answer(&slow, aws_keys());
    for index in 0..50 {
        assert!(matches!(world.refused(A, &format!("junk {index}")), Refusal::UnknownKey { .. }));
    }
}

fn uuid(index: u32) -> String {
    format!("{index:08x}-6b1e-4d0c-8a77-0d3b6a2e9c11")
}
