//! A budget as its documentation states it, kept apart from the store's own book-keeping.

use std::collections::VecDeque;

/// What was taken out of a budget and has not come back: a leaky bucket, where the store has one that fills.
///
/// Not being above the burst at any time is the same as not exceeding burst and rate over any window.
#[derive(Clone, Debug)]
pub(super) struct Meter {
    burst: u64,
    per_minute: u64,
    /// In sixtieths of a fetch.
    taken: u64,
    since: u64,
    last_minute: VecDeque<u64>,
}

const ONE: u64 = 60;

impl Meter {
    pub(super) fn new(burst: u64, per_minute: u64, now: u64) -> Self {
        Self { burst, per_minute, taken: 0, since: now, last_minute: VecDeque::new() }
    }

    /// Whether one more fetch keeps within the budget, less the half that is reserved if it is.
    pub(super) fn allows(&self, is_reserved: bool, now: u64) -> bool {
        let reserve = if is_reserved { self.burst / 2 } else { 0 };
        self.taken_at(now) + ONE <= (self.burst - reserve) * ONE
    }

    pub(super) fn take(&mut self, now: u64) {
        self.taken = self.taken_at(now) + ONE;
        self.since = now;
        self.last_minute.push_back(now);
        while self.last_minute.front().is_some_and(|first| first + 60 <= now) {
            self.last_minute.pop_front();
        }
    }

    /// How many fetches began in the minute up to the last one.
    pub(super) fn in_last_minute(&self) -> u64 {
        self.last_minute.len() as u64
    }

    /// By how many fetches the burst is exceeded.
    pub(super) fn excess(&self) -> u64 {
        self.taken.saturating_sub(self.burst * ONE).div_ceil(ONE)
    }

    fn taken_at(&self, now: u64) -> u64 {
        self.taken.saturating_sub((now - self.since) * self.per_minute)
    }
}
