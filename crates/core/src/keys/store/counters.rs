use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

/// What a key store has done so far. Numbers only: they can be shown to anyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Counters {
    /// Fetches that were begun.
    pub fetches: u64,
    /// Fetches that brought nothing usable.
    pub failed_fetches: u64,
    /// Keys that were there when they were asked for.
    pub hits: u64,
    /// How many of these were past their lifetime.
    pub stale_hits: u64,
    /// Requests that were refused, for whatever reason.
    pub refusals: u64,
    /// Issuers that were forgotten to make room for others.
    pub evictions: u64,
}

/// Counters that a shared store can count with.
#[derive(Debug, Default)]
pub(super) struct Counting {
    pub(super) fetches: AtomicU64,
    pub(super) failed_fetches: AtomicU64,
    pub(super) hits: AtomicU64,
    pub(super) stale_hits: AtomicU64,
    pub(super) refusals: AtomicU64,
    pub(super) evictions: AtomicU64,
}

impl Counting {
    pub(super) fn read(&self) -> Counters {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counters {
            fetches: read(&self.fetches),
            failed_fetches: read(&self.failed_fetches),
            hits: read(&self.hits),
            stale_hits: read(&self.stale_hits),
            refusals: read(&self.refusals),
            evictions: read(&self.evictions),
        }
    }
}

pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
