//! The simulated fleet: that what is shipped keeps its promises, that what does not is caught, and how far
//! renewals are spread.

#[path = "simulation/mutants.rs"]
mod mutants;

use std::collections::BTreeMap;

use countersign::keys::{Algorithm, KeyStoreSettings, Lookup};
use countersign_tests::simulation::{MakeStore, Scale, key_store, real, simulate};

/// Within how many worlds a broken store has to be caught.
const WORLDS: u64 = 40;

#[test]
fn the_store_keeps_its_promises_in_small_worlds() {
    for seed in 1..=3 {
        if let Err(failure) = simulate(seed, Scale::SMALL, &real) {
            panic!("{failure}");
        }
    }
}

#[test]
fn a_world_comes_from_its_seed_alone() {
    let scale = Scale { issuers: Some(12), days: Some(1) };
    let [once, again, other] = [7, 7, 8].map(|seed| simulate(seed, scale, &real).unwrap());
    assert_eq!(once, again);
    assert_ne!(once, other);
}

#[test]
fn a_store_that_revives_withdrawn_keys_is_caught() {
    is_caught(&mutants::reviving, &["withdrawn keys stay withdrawn"]);
}

#[test]
fn a_store_that_believes_any_snapshot_is_caught() {
    is_caught(&mutants::credulous, &["withdrawn keys stay withdrawn"]);
}

#[test]
fn a_store_that_serves_stale_keys_for_too_long_is_caught() {
    is_caught(&mutants::stale_for_too_long, &["withdrawn keys stay withdrawn"]);
}

#[test]
fn a_store_without_budgets_is_caught() {
    is_caught(&mutants::without_budgets, &["budgets are kept"]);
}

#[test]
fn a_store_without_cooldowns_is_caught() {
    is_caught(&mutants::without_cooldowns, &["cool-downs are kept", "budgets are kept"]);
}

#[test]
fn a_store_with_one_cooldown_for_all_key_ids_is_caught() {
    is_caught(&mutants::one_cooldown, &["a rotation is picked up"]);
}

#[test]
fn a_store_that_gives_up_in_an_outage_is_caught() {
    is_caught(&mutants::never_stale, &["keys serve on through an outage"]);
}

#[test]
fn a_store_that_backs_off_for_too_long_is_caught() {
    is_caught(&mutants::backing_off_for_too_long, &["back-off is bounded"]);
}

#[test]
fn a_store_that_forgets_pinned_issuers_is_caught() {
    is_caught(&mutants::nothing_pinned, &["pinned issuers stay", "budgets are kept"]);
}

#[test]
fn a_store_that_forgets_nobody_is_caught() {
    is_caught(&mutants::forgetting_nobody, &["memory is bounded"]);
}

#[test]
fn a_store_that_has_callers_wait_is_caught() {
    is_caught(&mutants::waiting, &["no lookup waits forever"]);
}

/// Renewals of issuers that were all loaded in one second: how many begin in the worst second.
#[test]
fn renewals_are_spread_over_their_window() {
    const ISSUERS: usize = 10_000;
    let settings = KeyStoreSettings {
        max_issuers: ISSUERS,
        fetch_burst: 1_000_000,
        ..KeyStoreSettings::default()
    };
    let mut store = key_store(&settings, 7, &[]);
    let names: Vec<String> =
        (0..ISSUERS).map(|id| format!("https://i{id}.tokens.sts.global.api.aws")).collect();
    let snapshot = mutants::snapshot(&names, 1_000_000, settings.lifetime_seconds);
    assert_eq!(store.restore(&snapshot, |_| true, 1_000_000).loaded.len(), ISSUERS);
    let mut begun = BTreeMap::<u64, usize>::new();
    let mut waiting = names;
    for second in 2600..3600 {
        waiting.retain(|name| {
            match store.lookup(name, "RSA_0", Algorithm::Rs256, 1_000_000 + second) {
                Lookup::Ready { refresh: Some(_), .. } => {
                    *begun.entry(second).or_default() += 1;
                    false
                }
                Lookup::Ready { .. } => true,
                other => panic!("the keys are fresh, not {other:?}"),
            }
        });
    }
    assert!(waiting.is_empty(), "{} were not renewed in time", waiting.len());
    let most = begun.values().max().copied().unwrap_or(0);
    let average = ISSUERS / 541;
    println!(
        "{ISSUERS} renewals in {} seconds; at most {most} in one, {average} on average",
        begun.len()
    );
    assert!(begun.len() > 500, "{} seconds", begun.len());
    assert!(most < 3 * average, "{most} in one second");
}

fn is_caught(make: MakeStore<'_>, by: &[&str]) {
    let mut found = Vec::new();
    for seed in 1..=WORLDS {
        if let Err(failure) = simulate(seed, Scale::SMALL, make) {
            assert!(failure.to_string().contains(&format!("--seed {seed}")));
            if by.contains(&failure.invariant) {
                println!("caught by seed {seed}: {}", failure.invariant);
                return;
            }
            found.push(failure.invariant);
        }
    }
    unreachable!("in {WORLDS} worlds it broke nothing but {found:?}");
}
