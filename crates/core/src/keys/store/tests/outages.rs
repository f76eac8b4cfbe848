//! Issuers that cannot be reached.

use super::*;

#[test]
fn keys_serve_on_during_an_outage_and_are_tried_again_in_the_background() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now += 3600;
    let fetch = world.fetch(A, "RSA_0");
    assert!(world.is_waiting(A, "RSA_0"), "whether it is down is not known yet");
    world.fail(&fetch);
    assert_eq!(world.stale(A, "RSA_0"), None, "not tried again at once");
    world.now += 8;
    let fetch = world.stale(A, "RSA_0").unwrap();
    assert_eq!(world.stale(A, "RSA_0"), None, "nobody waits for the repeated attempt");
    let Effect::Failed { failures, .. } = world.fail(&fetch) else { panic!("it is down") };
    assert_eq!(failures, 2);
    world.now += 30;
    let fetch = world.stale(A, "RSA_0").unwrap();
    world.answer(&fetch, aws_keys());
    assert!(world.is_ready(A, "RSA_0"), "back, and fresh");
    assert_eq!(world.store.counters().stale_hits, 4);
}

#[test]
fn an_outage_that_began_before_the_end_of_the_lifetime_is_not_waited_for() {
    let mut world = World::new();
    world.load(A, aws_keys(), Some("max-age=1000"));
    world.now += 995;
    let fetch = world.refresh(A, "RSA_0").unwrap();
    world.fail(&fetch);
    world.now += 5;
    world.stale(A, "RSA_0");
}

#[test]
fn keys_serve_on_for_a_bounded_time_only() {
    for stale_if_error_seconds in [0, 600] {
        let settings = KeyStoreSettings { stale_if_error_seconds, ..Default::default() };
        let mut world = World::with(settings);
        world.load(A, aws_keys(), None);
        let mut fetch = world.refresh_at(START + 3599);
        for now in (START + 3600..START + 3600 + stale_if_error_seconds).step_by(10) {
            if let Some(fetch) = fetch.take() {
                world.fail(&fetch);
            }
            world.now = now;
            fetch = world.stale(A, "RSA_0");
        }
        if let Some(fetch) = fetch {
            world.fail(&fetch);
        }
        world.now = START + 3600 + stale_if_error_seconds;
        match world.ask(A, "RSA_0", RSA) {
            Lookup::Fetch(fetch) => {
                world.fail(&fetch);
                world.unavailable(A, "RSA_0");
            }
            Lookup::Refused(Refusal::Unavailable { .. }) => {}
            other => panic!("refused, not {other:?}"),
        }
    }
}

#[test]
fn where_nobody_tried_for_long_the_issuer_is_asked_first() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now += 3600;
    let fetch = world.fetch(A, "RSA_0");
    world.fail(&fetch);
    world.now += 3600;
    // A key that was withdrawn an hour ago must not pass because nobody used the issuer meanwhile.
    let fetch = world.fetch(A, "RSA_0");
    world.answer(&fetch, keys("RSA_1"));
    assert!(!world.is_ready(A, "RSA_0"));
}

#[test]
fn what_was_withdrawn_never_comes_back_by_an_outage() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now += 3300;
    let fetch = world.refresh(A, "RSA_0").unwrap();
    world.answer(&fetch, keys("RSA_1"));
    for seconds in [1, 100, 3600, 7200] {
        world.now += seconds;
        match world.ask(A, "RSA_0", RSA) {
            Lookup::Fetch(fetch) => drop(world.fail(&fetch)),
            Lookup::Refused(_) | Lookup::Wait { .. } => {}
            other => panic!("it was withdrawn: {other:?}"),
        }
    }
}

#[test]
fn attempts_become_rarer() {
    let mut world = World::new();
    let mut attempts = Vec::new();
    for _ in 0..7200 {
        if let Lookup::Fetch(fetch) = world.ask(A, "RSA_0", RSA) {
            attempts.push(world.now - START);
            world.fail(&fetch);
        }
        world.now += 1;
    }
    let pauses: Vec<u64> = attempts.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for (pause, least) in pauses.iter().zip([5, 10, 20, 40, 80, 160, 300]) {
        assert!((least..=least * 3 / 2).contains(pause), "{pauses:?}");
    }
    assert!(attempts.len() < 32, "{attempts:?}");
}

#[test]
fn a_clock_that_leaps_ahead_and_back_neither_accepts_nor_wedges() {
    let mut world = World::new();
    world.load(A, aws_keys(), None);
    world.now += 10 * 365 * 86_400;
    let fetch = world.fetch(A, "RSA_0");
    world.fail(&fetch);
    world.unavailable(A, "RSA_0");
    world.now = START + 60;
    assert!(world.is_ready(A, "RSA_0"), "the keys are a minute old after all");
}

impl World {
    fn refresh_at(&mut self, now: u64) -> Option<Fetch> {
        self.now = now;
        self.refresh(A, "RSA_0")
    }
}
