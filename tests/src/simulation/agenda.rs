//! Virtual time: what happens next, and nothing in between.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Milliseconds since the simulation began.
pub(super) type Millis = u64;

pub(super) const SECOND: Millis = 1000;
pub(super) const MINUTE: Millis = 60 * SECOND;
pub(super) const HOUR: Millis = 60 * MINUTE;
pub(super) const DAY: Millis = 24 * HOUR;

/// When a simulation begins, in seconds since the epoch: 2026-11-25.
pub(super) const EPOCH: u64 = 1_795_564_800;

/// The reading of a host's clock, in seconds since the epoch.
pub(super) fn seconds(time: Millis) -> u64 {
    EPOCH + time / SECOND
}

/// When a host's clock shows so many seconds since the epoch.
pub(super) fn at_second(seconds: u64) -> Millis {
    seconds.saturating_sub(EPOCH).saturating_mul(SECOND)
}

/// What is to happen, in the order of time, and of two things at one time the one that was noted first.
pub(super) struct Agenda<E> {
    entries: BinaryHeap<Reverse<Entry<E>>>,
    noted: u64,
}

struct Entry<E> {
    time: Millis,
    order: u64,
    event: E,
}

impl<E> Agenda<E> {
    pub(super) fn new() -> Self {
        Self { entries: BinaryHeap::new(), noted: 0 }
    }

    pub(super) fn note(&mut self, time: Millis, event: E) {
        self.noted += 1;
        self.entries.push(Reverse(Entry { time, order: self.noted, event }));
    }

    pub(super) fn next(&mut self) -> Option<(Millis, E)> {
        self.entries.pop().map(|Reverse(entry)| (entry.time, entry.event))
    }
}

impl<E> PartialEq for Entry<E> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<E> Eq for Entry<E> {}

impl<E> PartialOrd for Entry<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Entry<E> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.time, self.order).cmp(&(other.time, other.order))
    }
}
