use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use super::{Once, OnceKey, Replay};

/// Remembers used tokens in memory, for a service that is one process.
///
/// It is bounded. Tokens that have expired make room, living ones never do: when it is full of these,
/// further tokens are refused ([`Replay::Full`]) until one of them expires. Time is an argument, in seconds
/// since the epoch; when it goes backwards, tokens that may have been forgotten count as used.
///
/// ```
/// # use countersign::{Detail, Judgement, Verifier};
/// use countersign::replay::ReplayMemory;
///
/// /// `verifier` was made with [`Verifier::with_replay_protection`].
/// fn judge(verifier: &Verifier, used: &mut ReplayMemory, token: &str, now: u64) -> Judgement {
///     let judgement = verifier.judge(token, now, Detail::Verdict);
///     match judgement.once() {
///         Some(once) => judgement.with_replay(used.once(&once, now)),
///         None => judgement,
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct ReplayMemory {
    max_entries: NonZeroUsize,
    until: BTreeMap<OnceKey, u64>,
    /// The same, in the order in which they may be forgotten.
    order: BTreeSet<(u64, OnceKey)>,
    /// Up to which `until` tokens were forgotten.
    forgotten: u64,
}

impl ReplayMemory {
    /// An empty memory for this many tokens, of 100 to 150 bytes each.
    pub fn new(max_entries: NonZeroUsize) -> Self {
        let (until, order) = (BTreeMap::new(), BTreeSet::new());
        Self { max_entries, until, order, forgotten: 0 }
    }

    /// Claims a token: of all who claim it while it lives, one is the first.
    pub fn once(&mut self, once: &Once, now: u64) -> Replay {
        self.forget_expired(now);
        let answer = self.peek(once, now);
        if answer == Replay::First {
            self.until.insert(once.key, once.until);
            self.order.insert((once.until, once.key));
        }
        answer
    }

    /// What [`Self::once`] would answer. Nothing is claimed.
    pub fn peek(&self, once: &Once, now: u64) -> Replay {
        let may_be_forgotten = once.until <= self.forgotten || once.until <= now;
        if may_be_forgotten || self.until.get(&once.key).is_some_and(|until| *until > now) {
            return Replay::Seen;
        }
        let has_room = self.until.len() < self.max_entries.get()
            || self.order.first().is_some_and(|(until, _)| *until <= now);
        if has_room { Replay::First } else { Replay::Full }
    }

    /// How many tokens are remembered, expired ones included until there is a use for their room.
    pub fn len(&self) -> usize {
        self.until.len()
    }

    /// Whether no token is remembered.
    pub fn is_empty(&self) -> bool {
        self.until.is_empty()
    }

    fn forget_expired(&mut self, now: u64) {
        while let Some((until, key)) =
            self.order.first().copied().filter(|(until, _)| *until <= now)
        {
            self.order.pop_first();
            self.until.remove(&key);
            self.forgotten = self.forgotten.max(until);
        }
    }
}
