//! Time as an argument: seconds since the epoch, from clocks that may be set back.

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    since: u64,
    seconds: u64,
}

impl Span {
    /// How far a clock may be behind an earlier reading and still count as the same clock: threads read
    /// it in one order and arrive here in another.
    const JITTER_SECONDS: u64 = 5;
    /// How much longer than its timeout a fetch is waited for, so that the host's own timeout comes first.
    const FLIGHT_MARGIN_SECONDS: u64 = 2;

    pub(super) fn new(since: u64, seconds: u64) -> Self {
        Self { since, seconds }
    }

    /// The time that a fetch has.
    pub(super) fn flight(since: u64, timeout_seconds: u64) -> Self {
        Self::new(since, timeout_seconds.saturating_add(Self::FLIGHT_MARGIN_SECONDS))
    }

    /// The first second of the stretch.
    pub(super) fn start(self) -> u64 {
        self.since
    }

    /// How long it is.
    pub(super) fn seconds(self) -> u64 {
        self.seconds
    }

    /// The first second after the stretch.
    pub(super) fn end(self) -> u64 {
        self.since.saturating_add(self.seconds)
    }

    /// The same stretch with so many seconds more at its end.
    pub(super) fn extended(self, seconds: u64) -> Self {
        Self::new(self.since, self.seconds.saturating_add(seconds))
    }

    /// Whether the stretch is over. A clock that was set back ends it too, or else a clock that once
    /// was years ahead would hold on to keys and failures for years.
    pub(super) fn is_over(self, now: u64) -> bool {
        now >= self.end() || now.saturating_add(Self::JITTER_SECONDS) < self.since
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_ends_at_its_end_and_when_the_clock_is_set_back() {
        let span = Span::new(100, 10);
        for (now, over) in
            [(0, true), (94, true), (95, false), (100, false), (109, false), (110, true)]
        {
            assert_eq!(span.is_over(now), over, "{now}");
        }
        assert_eq!(span.end(), 110);
        assert!(!Span::new(u64::MAX - 1, 10).is_over(u64::MAX - 1));
        assert!(Span::new(u64::MAX, 10).is_over(u64::MAX));
        assert_eq!(Span::flight(100, 5).end(), 107);
        let extended = span.extended(5);
        assert_eq!((extended.start(), extended.end()), (100, 115));
    }
}
