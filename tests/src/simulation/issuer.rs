//! An issuer: what it publishes, what happens to it, and how it answers.

use countersign::keys::{FetchFailure, FetchOutcome, FetchPurpose, FreshnessHeaders};

use super::agenda::{Millis, SECOND};
use super::documents::{Documents, KEYS, KeyNumber};
use super::key_id::{KeyId, Naming};
use super::random::Random;

/// Which issuer: those of the plan come first, and then the ones that strangers make up.
pub(super) type IssuerId = u32;

pub(super) struct Issuer {
    pub(super) name: String,
    pub(super) naming: Naming,
    pub(super) has_discovery: bool,
    pub(super) is_pinned: bool,
    /// `max-age` and `Age` of its answers, in seconds.
    pub(super) max_age: Option<u64>,
    pub(super) age: u64,
    /// How long it takes from one of its tokens to the next, on average.
    pub(super) between_tokens: Millis,
    pub(super) published: Vec<Published>,
    pub(super) withdrawn: Vec<Withdrawn>,
    pub(super) condition: Condition,
    /// When it last began to answer well.
    pub(super) well_since: Millis,
    pub(super) keys_made: u32,
}

/// A key that tokens may be signed with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Published {
    pub(super) key_id: KeyId,
    pub(super) key: KeyNumber,
    pub(super) since: Millis,
}

/// A key that no token may be signed with any more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Withdrawn {
    pub(super) key_id: KeyId,
    pub(super) key: KeyNumber,
    pub(super) at: Millis,
}

/// How an issuer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Well,
    /// Well, and in seconds rather than milliseconds.
    Slow,
    /// No connection.
    Down,
    /// Every other answer is an error.
    Flapping,
    /// Something that is no key set.
    Garbled,
    /// Nothing there.
    NotFound,
    /// A connection, and no answer.
    Silent,
    /// An error.
    Status(u16),
}

/// What happens to an issuer's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// A new key, which signs from now on; the one before is withdrawn later.
    Rotate,
    /// A new key in the place of all others, at once.
    ReplaceAll,
    /// Another key under the newest key's id.
    SameId,
    /// The key that was withdrawn last is back.
    Return,
}

/// What an issuer sends, and how long it takes from the request.
pub(super) struct Answer {
    pub(super) after: Millis,
    pub(super) outcome: FetchOutcome,
    /// The keys in it, if it is a key set that is to be believed.
    pub(super) listed: Option<Vec<(KeyId, KeyNumber)>>,
}

impl Condition {
    pub(super) fn is_well(self) -> bool {
        matches!(self, Self::Well | Self::Slow)
    }
}

impl Issuer {
    /// The key that new tokens are signed with.
    pub(super) fn newest(&self) -> Published {
        self.published[self.published.len() - 1]
    }

    pub(super) fn publication(&self, key_id: KeyId, key: KeyNumber) -> Option<Published> {
        self.published.iter().copied().find(|known| known.key_id == key_id && known.key == key)
    }

    pub(super) fn withdrawal(&self, key_id: KeyId, key: KeyNumber) -> Option<Withdrawn> {
        self.withdrawn.iter().rev().copied().find(|old| old.key_id == key_id && old.key == key)
    }

    pub(super) fn publish_new(&mut self, now: Millis, random: &mut Random) {
        let key_id = self.naming.name(self.keys_made, random);
        let key = self.make_key();
        self.published.push(Published { key_id, key, since: now });
    }

    /// Changes what is published. Answers which key is to be withdrawn later.
    pub(super) fn change(
        &mut self,
        change: Change,
        now: Millis,
        random: &mut Random,
    ) -> Option<Published> {
        let newest = self.newest();
        match change {
            Change::Rotate => {
                self.publish_new(now, random);
                return Some(newest);
            }
            Change::ReplaceAll => {
                for old in std::mem::take(&mut self.published) {
                    self.note_withdrawn(old, now);
                }
                self.publish_new(now, random);
            }
            Change::SameId => {
                let key = self.make_key();
                self.withdraw(newest, now);
                self.published.push(Published { key, since: now, ..newest });
            }
            Change::Return => {
                let last = self.withdrawn.last().copied();
                if let Some(Withdrawn { key_id, key, .. }) = last
                    && !self.published.iter().any(|known| known.key_id == key_id)
                {
                    self.withdrawn.retain(|old| (old.key_id, old.key) != (key_id, key));
                    self.published.push(Published { key_id, key, since: now });
                    return Some(newest);
                }
            }
        }
        None
    }

    /// Withdraws a key, unless it was withdrawn before.
    pub(super) fn withdraw(&mut self, key: Published, now: Millis) {
        let known = self.published.len();
        self.published.retain(|other| (other.key_id, other.key) != (key.key_id, key.key));
        if self.published.len() < known {
            self.note_withdrawn(key, now);
        }
    }

    /// How a request that arrives now is answered. `timeout` is the host's.
    pub(super) fn answer(
        &self,
        purpose: FetchPurpose,
        documents: &Documents,
        timeout: Millis,
        random: &mut Random,
    ) -> Answer {
        let failed = |after, reason| Answer {
            after,
            outcome: FetchOutcome::Failed { reason, detail: String::new() },
            listed: None,
        };
        let soon = random.between(5, 200);
        let status = |status, body: &[u8]| Answer {
            after: soon,
            outcome: FetchOutcome::Response {
                status,
                freshness: FreshnessHeaders::default(),
                body: body.to_vec(),
            },
            listed: None,
        };
        match self.condition {
            Condition::Well => self.document(soon, purpose, documents),
            Condition::Slow => {
                let after = random.between(SECOND, timeout - SECOND / 2);
                self.document(after, purpose, documents)
            }
            Condition::Flapping if random.chance(500) => self.document(soon, purpose, documents),
            Condition::Down => failed(soon, FetchFailure::Network),
            Condition::Garbled => status(200, b"<html>It works!</html>"),
            Condition::NotFound => status(404, b""),
            Condition::Silent => failed(timeout, FetchFailure::Timeout),
            Condition::Flapping => status(503, b""),
            Condition::Status(code) => status(code, b"{}"),
        }
    }

    fn document(&self, after: Millis, purpose: FetchPurpose, documents: &Documents) -> Answer {
        let (status, body, listed) = match purpose {
            FetchPurpose::Discovery if self.has_discovery => {
                (200, documents.discovery(&self.name), None)
            }
            FetchPurpose::Discovery => (404, Vec::new(), None),
            FetchPurpose::KeySet => {
                let listed: Vec<_> =
                    self.published.iter().map(|known| (known.key_id, known.key)).collect();
                (200, documents.key_set(listed.iter().copied()), Some(listed))
            }
        };
        let freshness = FreshnessHeaders {
            cache_control: self.max_age.map(|seconds| format!("max-age={seconds}")),
            age: (self.age > 0).then(|| self.age.to_string()),
            ..FreshnessHeaders::default()
        };
        Answer { after, outcome: FetchOutcome::Response { status, freshness, body }, listed }
    }

    fn make_key(&mut self) -> KeyNumber {
        self.keys_made += 1;
        (self.keys_made % u32::from(KEYS)) as KeyNumber
    }

    fn note_withdrawn(&mut self, key: Published, now: Millis) {
        const REMEMBERED: usize = 8;
        if self.withdrawn.len() >= REMEMBERED {
            self.withdrawn.remove(0);
        }
        self.withdrawn.push(Withdrawn { key_id: key.key_id, key: key.key, at: now });
    }
}
