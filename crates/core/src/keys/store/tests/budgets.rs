//! How much strangers can have this host fetch.

use super::*;

fn made_up(index: u64) -> String {
    format!("https://made-up-{index}.tokens.sts.global.api.aws")
}

#[test]
fn made_up_issuers_use_up_their_part_of_the_budget_and_no_more() {
    let mut world = World::new();
    world.store.pin(A);
    let mut begun = 0;
    for index in 0..1000 {
        match world.ask(&made_up(index), "RSA_0", RSA) {
            Lookup::Fetch(fetch) => {
                begun += 1;
                world.fail(&fetch);
            }
            Lookup::Refused(Refusal::Unavailable { reason, retry_at }) => {
                assert!(reason.contains("budget"), "{reason}");
                assert_eq!(retry_at, world.now + 1);
            }
            other => panic!("a fetch or a refusal, not {other:?}"),
        }
    }
    assert_eq!(begun, 50, "half of the burst");
    assert_eq!(world.store.issuers.len(), 50, "and nothing is kept of the others");
    world.load(A, aws_keys(), None);
    assert!(world.is_ready(A, "RSA_0"), "a pinned issuer has its own part");
    world.now += 60;
    let more = (1000..3000)
        .filter(|index| matches!(world.ask(&made_up(*index), "RSA_0", RSA), Lookup::Fetch(_)))
        .count();
    assert_eq!(more, 50, "the bucket holds no more than its burst");
}

#[test]
fn what_follows_from_a_fetch_is_within_the_strangers_part_too() {
    let mut world = World::new();
    world.store.pin(A);
    let begun: Vec<_> = (0..50).map(|index| world.fetch(&made_up(index), "RSA_0")).collect();
    for fetch in &begun {
        // Nothing is where AWS has key sets, so discovery would be asked next.
        assert_eq!(world.supply(fetch, response(404, None, "")).next, None);
    }
    let (reason, _) = world.unavailable(&made_up(0), "RSA_0");
    assert!(reason.contains("budget"), "{reason}");
    assert!(world.store.shared.allows(world.store.settings.rate(), 49, world.now).is_ok());
    // As time fills the bucket, it is looked where AWS has key sets again, and then what follows.
    world.now += 1;
    let fetch = world.fetch(&made_up(0), "RSA_0");
    assert_eq!(fetch.purpose, FetchPurpose::KeySet);
    let next = world.supply(&fetch, response(404, None, "")).next.unwrap();
    assert_eq!(next.purpose, FetchPurpose::Discovery);
}

#[test]
fn an_issuer_that_proved_to_be_real_has_the_pinned_ones_part() {
    let mut world = World::new();
    world.load(A, aws_keys(), Some("max-age=60"));
    world.load(B, aws_keys(), Some("max-age=60"));
    world.store.prove(A);
    world.now += 59;
    for index in 0..1000 {
        world.ask(&made_up(index), "RSA_0", RSA);
    }
    world.now += 1;
    while let Lookup::Fetch(_) = world.ask(&made_up(world.fetches as u64 + 5000), "RSA_0", RSA) {}
    world.fetch(A, "RSA_0");
    // The other one's keys serve on rather than that its tokens are refused.
    assert_eq!(world.stale(B, "RSA_0"), None);
}

#[test]
fn one_issuers_tokens_use_up_half_of_its_budget_and_renewal_goes_on() {
    let mut world = World::new();
    world.store.pin(A);
    world.load(A, aws_keys(), None);
    let mut refetched = 0;
    // Whoever knows the rules invents ids that could be the next ones, as often as they are believed.
    for _ in 0..600 {
        for key_id in ["RSA_1", "RSA_2", "EC384_1", "EC384_2"] {
            if let Lookup::Fetch(fetch) = world.ask(A, key_id, RSA) {
                world.answer(&fetch, aws_keys());
                refetched += 1;
            }
        }
        world.now += 1;
    }
    assert!(refetched <= 10 + 60, "a burst, and six a minute in the long run: {refetched}");
    let fetch = match world.store.prepare(A, world.now + 3500) {
        Preparation::Fetch(fetch) => fetch,
        other => panic!("renewal has a part of its own, and not {other:?}"),
    };
    world.now += 3500;
    world.answer(&fetch, aws_keys());
}

#[test]
fn a_failing_issuer_is_asked_less_often_than_its_budget_allows() {
    let mut world = World::new();
    for _ in 0..86_400 {
        if let Lookup::Fetch(fetch) = world.ask(A, "RSA_0", RSA) {
            world.fail(&fetch);
        }
        world.now += 1;
    }
    assert!(world.fetches < 300, "{} in a day", world.fetches);
    assert_eq!(world.store.counters().failed_fetches, world.fetches as u64);
}

#[test]
fn what_follows_a_discovery_document_is_paid_for() {
    let settings = KeyStoreSettings { min_lifetime_seconds: 1, ..Default::default() };
    let mut world = World::with(settings);
    let short = |body: String| response(200, Some("max-age=1"), body);
    for _ in 0..3600 {
        if let Lookup::Fetch(fetch) = world.ask(OTHER, "RSA_0", RSA) {
            let supplied = world.supply(&fetch, short(discovery(OTHER)));
            if let Some(fetch) = supplied.next {
                world.fetches += 1;
                world.supply(&fetch, short(aws_keys().to_owned()));
            }
        }
        world.now += 1;
    }
    assert!(world.fetches <= 20 + 6 * 60 + 1, "{} in an hour", world.fetches);
}
