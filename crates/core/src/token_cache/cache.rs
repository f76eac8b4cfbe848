use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use super::slots::{Slots, Ticket};
use super::{MAX_KEPT_BYTES, Standing, TokenCacheFault};
use crate::verified::Verified;

/// How many bytes at the end of a token it is looked for by. They are of its signature, which nobody can
/// choose who does not hold the key: no two tokens that were accepted have the same.
const TAIL: usize = 32;

type Tail = [u8; TAIL];

/// Tokens that were accepted, by their whole text.
#[derive(Debug)]
pub(crate) struct TokenCache {
    slots: Slots<Entry>,
    by_tail: HashMap<Tail, Ticket>,
    hits: AtomicU64,
    misses: AtomicU64,
}

#[derive(Debug)]
struct Entry {
    token: Box<str>,
    verified: Verified,
    standing: Standing,
}

/// What keeping tokens has been good for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenCacheCounters {
    /// Tokens that did not have to be verified again.
    pub hits: u64,
    /// Tokens that had to be verified.
    pub misses: u64,
}

impl TokenCache {
    pub(crate) fn new(max_tokens: usize) -> Result<Self, TokenCacheFault> {
        Ok(Self {
            slots: Slots::new(max_tokens)?,
            by_tail: HashMap::new(),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        })
    }

    pub(crate) fn counters(&self) -> TokenCacheCounters {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        TokenCacheCounters { hits: read(&self.hits), misses: read(&self.misses) }
    }

    /// What this very text was accepted as, if `stands` says that it would be again.
    pub(crate) fn recall(
        &self,
        token: &str,
        stands: impl FnOnce(&Standing) -> bool,
    ) -> Option<(Verified, Standing)> {
        let is_of_use = |entry: &Entry| *entry.token == *token && stands(&entry.standing);
        let ticket = tail(token).and_then(|tail| self.by_tail.get(&tail));
        let entry = ticket.and_then(|ticket| self.slots.use_if(*ticket, is_of_use));
        let counter = if entry.is_some() { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
        entry.map(|entry| (entry.verified.clone(), entry.standing.clone()))
    }

    /// Keeps a token that was accepted, unless it is too long.
    pub(crate) fn keep(&mut self, token: &str, verified: &Verified, standing: Standing) {
        let Some(tail) = tail(token).filter(|_| token.len() <= MAX_KEPT_BYTES) else { return };
        if let Some(before) = self.by_tail.remove(&tail) {
            self.slots.remove(before);
        }
        let entry = Entry { token: token.into(), verified: verified.clone(), standing };
        let (ticket, displaced) = self.slots.insert(entry);
        if let Some(tail) = displaced.and_then(|entry| self::tail(&entry.token)) {
            self.by_tail.remove(&tail);
        }
        self.by_tail.insert(tail, ticket);
    }
}

fn tail(token: &str) -> Option<Tail> {
    token.as_bytes().last_chunk().copied()
}
