//! Counting what a verifier does.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::event::Event;
use crate::error::Code;
use crate::keys::Effect;

/// What a verifier has done since it was made. Counts only grow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metrics {
    /// Tokens that were accepted.
    pub verified: u64,
    /// Tokens that were refused, by code.
    pub refused: BTreeMap<Code, u64>,
    /// Accepted tokens whose key was at hand, without any wait.
    pub hits: u64,
    /// Verdicts by keys past their lifetime, whose issuer cannot be reached.
    pub stale_serves: u64,
    /// Documents that were fetched, or could not be.
    pub fetches: u64,
    /// Fetches that brought nothing usable.
    pub failed_fetches: u64,
}

#[derive(Debug, Default)]
pub(super) struct Meter {
    verified: AtomicU64,
    refused: Mutex<BTreeMap<Code, u64>>,
    hits: AtomicU64,
    stale_serves: AtomicU64,
    fetches: AtomicU64,
    failed_fetches: AtomicU64,
}

impl Meter {
    pub(super) fn count(&self, event: &Event<'_>) {
        let count = |counter: &AtomicU64, is_one: bool| {
            counter.fetch_add(u64::from(is_one), Ordering::Relaxed);
        };
        match event {
            Event::Verified { stale, waits, .. } => {
                count(&self.verified, true);
                count(&self.hits, *waits == 0);
                count(&self.stale_serves, *stale);
            }
            Event::Refused { code, stale, .. } => {
                let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
                *refused.entry(*code).or_default() += 1;
                count(&self.stale_serves, *stale);
            }
            Event::Fetched { .. } => count(&self.fetches, true),
            Event::Keys(effect) => {
                count(&self.failed_fetches, matches!(effect, Effect::Failed { .. }));
            }
            Event::Replay(_) => {}
        }
    }

    pub(super) fn read(&self) -> Metrics {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Metrics {
            verified: read(&self.verified),
            refused: self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            hits: read(&self.hits),
            stale_serves: read(&self.stale_serves),
            fetches: read(&self.fetches),
            failed_fetches: read(&self.failed_fetches),
        }
    }
}
