use std::num::NonZeroUsize;

use proptest::prelude::*;

use super::{Once, OnceKey, Replay, ReplayMemory};

fn memory(max_entries: usize) -> ReplayMemory {
    ReplayMemory::new(NonZeroUsize::new(max_entries).unwrap())
}

fn token(id: u8, until: u64) -> Once {
    Once { key: OnceKey::new("https://a.example", &id.to_string()), until }
}

#[test]
fn a_key_is_the_hash_of_issuer_and_id_with_their_lengths() {
    // printf '\0\0\0\0\0\0\0\021https://a.example\0\0\0\0\0\0\0\005an id' | sha256sum
    let key = OnceKey::new("https://a.example", "an id");
    assert_eq!(key.to_string(), "da1eab45d75b6a98aa39c64b8124f9331814cf5fc3ad486ba4a5dcc080bf43f7");
    assert_eq!(key.as_bytes()[0], 0xda);
    assert_ne!(OnceKey::new("https://a.examplea", "n id"), key);
    assert_ne!(OnceKey::new("https://b.example", "an id"), key);
}

#[test]
fn a_token_is_first_once() {
    let mut memory = memory(10);
    assert_eq!(memory.peek(&token(1, 100), 50), Replay::First);
    assert_eq!(memory.once(&token(1, 100), 50), Replay::First);
    assert_eq!(memory.peek(&token(1, 100), 50), Replay::Seen);
    assert_eq!(memory.once(&token(1, 100), 99), Replay::Seen);
    assert_eq!(
        memory.once(&token(1, 200), 99),
        Replay::Seen,
        "another expiry is not another token"
    );
    assert_eq!(memory.once(&token(2, 100), 99), Replay::First);
    assert_eq!(memory.once(&token(3, 100), 100), Replay::Seen, "it is over: nobody could tell");
}

#[test]
fn a_full_memory_refuses_until_a_token_expires() {
    let mut memory = memory(2);
    assert_eq!(memory.once(&token(1, 100), 50), Replay::First);
    assert_eq!(memory.once(&token(2, 200), 50), Replay::First);
    assert_eq!(memory.peek(&token(3, 300), 99), Replay::Full);
    assert_eq!(memory.once(&token(3, 300), 99), Replay::Full);
    assert_eq!(memory.once(&token(1, 100), 99), Replay::Seen, "no room was made at its cost");
    assert_eq!(memory.peek(&token(3, 300), 100), Replay::First);
    assert_eq!(memory.once(&token(3, 300), 100), Replay::First);
    assert_eq!(memory.once(&token(4, 300), 100), Replay::Full);
    assert_eq!(memory.len(), 2);
}

#[test]
fn a_clock_that_goes_back_revives_nothing() {
    let mut memory = memory(10);
    assert_eq!(memory.once(&token(1, 100), 50), Replay::First);
    assert_eq!(memory.once(&token(2, 200), 150), Replay::First);
    assert_eq!(memory.len(), 1, "the first is forgotten");
    assert_eq!(memory.once(&token(1, 100), 60), Replay::Seen);
    assert_eq!(memory.once(&token(3, 101), 60), Replay::First, "this one cannot be among them");
}

/// The definition, without an order to keep: all claims ever granted.
#[derive(Default)]
struct Naive {
    granted: Vec<(u8, u64)>,
}

impl Naive {
    fn once(&mut self, id: u8, until: u64, now: u64, max_entries: usize) -> Replay {
        let living = |(_, until): &&(u8, u64)| *until > now;
        if until <= now || self.granted.iter().filter(living).any(|(granted, _)| *granted == id) {
            return Replay::Seen;
        }
        if self.granted.iter().filter(living).count() >= max_entries {
            return Replay::Full;
        }
        self.granted.push((id, until));
        Replay::First
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_memory_is_the_naive_one_while_time_goes_on(
        max_entries in 1_usize..8,
        claims in prop::collection::vec((0_u8..12, 0_u64..20, 0_u64..4), 0..80),
    ) {
        let (mut memory, mut naive) = (memory(max_entries), Naive::default());
        let mut now = 1000;
        for (id, lifetime, passed) in claims {
            now += passed;
            let once = token(id, now + lifetime);
            let expected = naive.once(id, once.until, now, max_entries);
            prop_assert_eq!(memory.peek(&once, now), expected);
            prop_assert_eq!(memory.once(&once, now), expected);
            let living = naive.granted.iter().filter(|(_, until)| *until > now).count();
            prop_assert_eq!(memory.len(), living, "what has expired is forgotten");
        }
    }

    #[test]
    fn whatever_the_clock_does_no_token_is_first_twice(
        max_entries in 1_usize..8,
        claims in prop::collection::vec((0_u8..12, 0_u64..60), 0..80),
    ) {
        let mut memory = memory(max_entries);
        let mut firsts = Vec::new();
        for (id, now) in claims {
            // A token's expiry is its own, whenever it is shown.
            if memory.once(&token(id, 20 + u64::from(id) * 2), now) == Replay::First {
                prop_assert!(!firsts.contains(&id), "{} is first twice", id);
                firsts.push(id);
            }
        }
    }
}
