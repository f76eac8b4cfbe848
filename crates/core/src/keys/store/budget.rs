//! How often something may be fetched: a token bucket.

/// How fast a bucket fills, and how much it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    /// Fetches that may be made at once.
    pub(super) burst: u64,
    /// Fetches that may be made in the long run.
    pub(super) per_minute: u64,
}

/// What is left of a budget. It fills as time passes; a clock that is set back neither fills nor empties it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    /// In sixtieths of a fetch, so that a second's share is a whole number. Below zero when fetches began
    /// that nothing was left for.
    level: i64,
    /// When the level was last changed.
    since: u64,
}

/// Sixtieths in one fetch.
const ONE: i64 = 60;

impl Rate {
    /// The half that is kept for those who come first: the others may use only what is above it.
    pub(super) fn reserve(self) -> u64 {
        self.burst / 2
    }

    fn most(self) -> i64 {
        sixtieths(self.burst)
    }
}

fn sixtieths(fetches: u64) -> i64 {
    i64::try_from(fetches).unwrap_or(i64::MAX).saturating_mul(ONE)
}

impl Bucket {
    pub(super) fn full(rate: Rate, now: u64) -> Self {
        Self { level: rate.most(), since: now }
    }

    /// Whether one fetch may be made that leaves `reserve` in the bucket.
    ///
    /// # Errors
    /// When it may, in seconds since the epoch.
    pub(super) fn allows(self, rate: Rate, reserve: u64, now: u64) -> Result<(), u64> {
        let needed = sixtieths(reserve.saturating_add(1));
        match u64::try_from(needed.saturating_sub(self.level_at(rate, now))) {
            Ok(missing @ 1..) => Err(now.saturating_add(missing.div_ceil(rate.per_minute.max(1)))),
            _ => Ok(()),
        }
    }

    /// Takes one fetch out. One that follows from the one before begins even where nothing is left, and
    /// is paid for by those that come later.
    pub(super) fn take(&mut self, rate: Rate, now: u64) {
        *self = Self { level: self.level_at(rate, now).saturating_sub(ONE), since: now };
    }

    fn level_at(self, rate: Rate, now: u64) -> i64 {
        let gained = now.saturating_sub(self.since).saturating_mul(rate.per_minute);
        let gained = i64::try_from(gained).unwrap_or(i64::MAX);
        self.level.saturating_add(gained).min(rate.most())
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, Rate};

    const RATE: Rate = Rate { burst: 4, per_minute: 6 };

    #[test]
    fn a_burst_then_one_every_ten_seconds() {
        let mut bucket = Bucket::full(RATE, 100);
        for _ in 0..4 {
            assert_eq!(bucket.allows(RATE, 0, 100), Ok(()));
            bucket.take(RATE, 100);
        }
        assert_eq!(bucket.allows(RATE, 0, 100), Err(110));
        assert_eq!(bucket.allows(RATE, 0, 105), Err(110));
        assert_eq!(bucket.allows(RATE, 0, 110), Ok(()));
        bucket.take(RATE, 110);
        assert_eq!(bucket.allows(RATE, 0, 110), Err(120));
        assert_eq!(bucket.allows(RATE, 3, u64::MAX), Ok(()), "it is full again");
        assert!(bucket.allows(RATE, 4, u64::MAX).is_err(), "and holds no more than that");
    }

    #[test]
    fn a_reserve_is_left_to_others() {
        let mut bucket = Bucket::full(RATE, 100);
        for _ in 0..2 {
            assert_eq!(bucket.allows(RATE, RATE.reserve(), 100), Ok(()));
            bucket.take(RATE, 100);
        }
        assert_eq!(bucket.allows(RATE, RATE.reserve(), 100), Err(110));
        assert_eq!(bucket.allows(RATE, 0, 100), Ok(()));
    }

    #[test]
    fn what_began_on_credit_is_paid_for() {
        let mut bucket = Bucket::full(RATE, 100);
        for _ in 0..6 {
            bucket.take(RATE, 100);
        }
        assert_eq!(bucket.allows(RATE, 0, 100), Err(130));
        assert_eq!(bucket.allows(RATE, 0, 129), Err(130));
        assert_eq!(bucket.allows(RATE, 0, 130), Ok(()));
    }

    #[test]
    fn a_clock_that_goes_back_fills_nothing() {
        let mut bucket = Bucket::full(RATE, 1000);
        for _ in 0..4 {
            bucket.take(RATE, 1000);
        }
        assert_eq!(bucket.allows(RATE, 0, 10), Err(20));
        bucket.take(RATE, 10);
        assert_eq!(bucket.allows(RATE, 0, 30), Ok(()), "it fills again by the clock as it is");
    }
}
