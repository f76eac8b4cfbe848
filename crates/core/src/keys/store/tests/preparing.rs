//! Having keys ready before the first token.

use super::*;

fn fetch(world: &mut World, issuer: &str) -> Fetch {
    match world.store.prepare(issuer, world.now) {
        Preparation::Fetch(fetch) => fetch,
        other => panic!("a fetch, not {other:?}"),
    }
}

fn done(world: &mut World, issuer: &str) -> (bool, Option<String>) {
    match world.store.prepare(issuer, world.now) {
        Preparation::Done(readiness) => {
            assert_eq!(readiness.issuer, issuer);
            (readiness.ready, readiness.reason)
        }
        other => panic!("nothing to do, not {other:?}"),
    }
}

#[test]
fn keys_are_fetched_ahead_and_renewed_when_it_is_time() {
    let mut world = World::new();
    let first = fetch(&mut world, OTHER);
    assert!(
        matches!(world.store.prepare(OTHER, world.now), Preparation::Wait { until } if until == START + 7)
    );
    let next = world.discover(&first);
    world.answer(&next, aws_keys());
    assert_eq!(done(&mut world, OTHER), (true, None));
    assert!(world.is_ready(OTHER, "RSA_0"));
    world.now += 3300;
    let renewal = fetch(&mut world, OTHER);
    assert_eq!(done(&mut world, OTHER), (true, None), "nobody waits for a renewal");
    world.fail(&renewal);
    assert_eq!(done(&mut world, OTHER), (true, None), "the keys are fresh still");
    world.now += 300;
    let renewal = fetch(&mut world, OTHER);
    world.fail(&renewal);
    let (ready, reason) = done(&mut world, OTHER);
    assert!(ready && reason.unwrap().contains("no whole answer in time"), "they serve on");
}

#[test]
fn an_issuer_that_is_down_is_told_with_its_reason() {
    let mut world = World::new();
    let first = fetch(&mut world, A);
    world.fail(&first);
    let (ready, reason) = done(&mut world, A);
    assert!(!ready && reason.unwrap().contains("no whole answer in time"));
    let (ready, reason) = done(&mut world, "no url");
    assert!(!ready && reason.unwrap().contains("not a URL"));
}

#[test]
fn static_keys_are_ready() {
    let mut world = World::new();
    let set = KeySet::parse(aws_keys().as_bytes(), KeySetLimits::default()).unwrap();
    world.store.add_static(A, set);
    assert_eq!(done(&mut world, A), (true, None));
}
