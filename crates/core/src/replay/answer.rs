use std::fmt;

/// What a store of used tokens answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Replay {
    /// The token was not used before. If it was claimed, it is now.
    First,
    /// There is no room for another token. It is refused, whatever was chosen for a store that does not
    /// answer: whoever has enough tokens could otherwise switch the protection off.
    Full,
    /// The token was used before, or is so old that its use may have been forgotten.
    Seen,
    /// The store did not answer.
    Unavailable(NoAnswer),
}

/// Why a store did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoAnswer {
    /// It could not be reached, or it reported a failure.
    Failed,
    /// It was not asked. The token is refused, whatever was chosen: that is no outage.
    NotAsked,
    /// It took too long.
    Timeout,
    /// It answered something else. The token is refused, whatever was chosen: the store is not what it was
    /// taken for, and would leave the protection out for good.
    Unclear,
}

impl NoAnswer {
    /// Whether [`WhenUnavailable`] decides.
    pub(crate) fn is_outage(self) -> bool {
        matches!(self, Self::Failed | Self::Timeout)
    }
}

/// What becomes of a token when the store cannot say whether it was used before. There is no default:
/// refusing makes the store's outage one's own, and accepting leaves the protection out meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhenUnavailable {
    /// It is accepted: fail open.
    Accept,
    /// It is refused with `replay.unavailable`: fail closed.
    Refuse,
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Failed => "the store of used tokens failed",
            Self::NotAsked => "the store of used tokens was not asked",
            Self::Timeout => "the store of used tokens did not answer in time",
            Self::Unclear => "the store of used tokens answered something else",
        })
    }
}
