//! What one host may know of one issuer, by what was sent to it.

use std::collections::VecDeque;

use super::meter::Meter;
use crate::simulation::documents::KeyNumber;
use crate::simulation::key_id::KeyId;

/// How many key ids that were published once, and how many that were asked for, a store remembers.
const REMEMBERED: usize = 16;
/// How many key ids one fetch is documented to be remembered for.
const ASKED_WITH_ONE_FETCH: usize = 16;

#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) set: Option<KnownSet>,
    former: VecDeque<KeyId>,
    /// Fetched for, and not there; until when that may be believed.
    asked: Vec<(KeyId, u64)>,
    /// When the last of so many failures in a row came.
    pub(super) failure: Option<(u64, u32)>,
    pub(super) flight: Option<Flight>,
    pub(super) meter: Meter,
    pub(super) is_proven: bool,
    /// How many issuers had been forgotten when this one was certainly not.
    pub(super) evictions: u64,
    /// The issuer may have been forgotten since the host started, and all but its keys with it.
    pub(super) is_uncertain: bool,
    /// It was forgotten, and its budget begun anew, at a time that is not known.
    pub(super) budget_is_uncertain: bool,
}

/// The newest key set that a host has.
#[derive(Clone, Debug)]
pub(super) struct KnownSet {
    pub(super) keys: Vec<(KeyId, KeyNumber)>,
    pub(super) asked_at: u64,
    pub(super) fresh_until: u64,
    pub(super) arrived_at: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Flight {
    pub(super) id: u64,
    pub(super) started: u64,
    /// The key ids that somebody asked for when it began.
    pub(super) key_ids: Vec<KeyId>,
}

/// How much reason there is to fetch for a key id that a set does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Alike,
    Expected,
    Other,
}

impl KnownSet {
    pub(super) fn has_id(&self, key_id: KeyId) -> bool {
        self.keys.iter().any(|(known, _)| *known == key_id)
    }

    pub(super) fn has(&self, key_id: KeyId, key: KeyNumber) -> bool {
        self.keys.contains(&(key_id, key))
    }

    pub(super) fn is_fresh(&self, now: u64) -> bool {
        now < self.fresh_until
    }
}

impl View {
    pub(super) fn new(meter: Meter) -> Self {
        Self {
            set: None,
            former: VecDeque::new(),
            asked: Vec::new(),
            failure: None,
            flight: None,
            meter,
            is_proven: false,
            evictions: 0,
            is_uncertain: false,
            budget_is_uncertain: false,
        }
    }

    pub(super) fn fresh_set(&self, now: u64) -> Option<&KnownSet> {
        self.set.as_ref().filter(|set| set.is_fresh(now))
    }

    /// Takes note that somebody waits for the fetch that is under way.
    pub(super) fn waits(&mut self, key_id: KeyId, now: u64) {
        if let Some(flight) = &mut self.flight
            && flight.started == now
            && flight.key_ids.len() < ASKED_WITH_ONE_FETCH
            && !flight.key_ids.contains(&key_id)
        {
            flight.key_ids.push(key_id);
        }
    }

    /// Whether the issuer was just asked for this key id and did not have it.
    pub(super) fn was_asked(&self, key_id: KeyId, now: u64) -> bool {
        self.asked.iter().any(|(known, until)| *known == key_id && now < *until)
    }

    pub(super) fn asked_count(&self, now: u64) -> usize {
        self.asked.iter().filter(|(_, until)| now < *until).count()
    }

    /// How much a key id looks like one that the issuer would publish next, as the documentation says.
    pub(super) fn likeness(&self, key_id: KeyId) -> Likeness {
        let published = self.set.iter().flat_map(|set| set.keys.iter().map(|(id, _)| *id));
        let first = KeyId::Numbered(0);
        let known = || published.clone().chain(self.former.iter().copied());
        let is_next = |known: KeyId| match (known, key_id) {
            (KeyId::Numbered(known), KeyId::Numbered(number)) => known.abs_diff(number) <= 2,
            _ => false,
        };
        let is_random = |id: KeyId| matches!(id, KeyId::Random(_));
        if self.former.contains(&key_id) || is_next(first) || known().any(is_next) {
            Likeness::Expected
        } else if is_random(key_id) && known().any(is_random) {
            Likeness::Alike
        } else {
            Likeness::Other
        }
    }

    /// Takes a key set that was asked for by this flight.
    pub(super) fn load(&mut self, set: KnownSet, flight: &Flight, now: u64, cooldown: u64) {
        self.asked.retain(|(id, until)| now < *until && !set.has_id(*id));
        for key_id in flight.key_ids.iter().filter(|id| !set.has_id(**id)) {
            self.asked.retain(|(id, _)| id != key_id);
            if self.asked.len() >= REMEMBERED {
                self.asked.remove(0);
            }
            self.asked.push((*key_id, now + cooldown));
        }
        self.former.retain(|id| !set.has_id(*id));
        for (key_id, _) in self.set.iter().flat_map(|before| &before.keys) {
            if !set.has_id(*key_id) && !self.former.contains(key_id) {
                self.former.push_back(*key_id);
            }
        }
        while self.former.len() > REMEMBERED {
            self.former.pop_front();
        }
        self.failure = None;
        self.set = Some(set);
    }
}
