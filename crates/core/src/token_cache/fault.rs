use std::fmt;

use super::MAX_KEPT_TOKENS;

/// A number of tokens that cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenCacheFault {
    /// How many were asked for.
    pub found: usize,
}

impl fmt::Display for TokenCacheFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found;
        write!(f, "maxTokens is outside its range. Expected 1 to {MAX_KEPT_TOKENS}; found {found}.")
    }
}

impl std::error::Error for TokenCacheFault {}
