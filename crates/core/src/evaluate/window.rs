/// The times at which something holds: from the first second to before the last, if there are such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    from: u64,
    /// `None`: without end.
    until: Option<u64>,
}

impl Window {
    pub(crate) const ALWAYS: Self = Self { from: 0, until: None };

    pub(super) fn from(from: u64) -> Self {
        Self { from, until: None }
    }

    pub(super) fn before(until: u64) -> Self {
        Self { from: 0, until: Some(until) }
    }

    pub(super) fn up_to(last: u64) -> Self {
        Self { from: 0, until: last.checked_add(1) }
    }

    pub(crate) fn contains(self, now: u64) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    /// The times at which both hold.
    pub(super) fn and(self, other: Self) -> Self {
        let until = match (self.until, other.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { from: self.from.max(other.from), until }
    }
}
