//! The forms that key ids have.

use std::fmt;

use super::random::Random;

/// A key id, as what it is: its text follows from that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyId {
    /// As AWS numbers its keys: `RSA_0`, `RSA_1`.
    Numbered(u32),
    /// A UUID.
    Random(u64),
    /// Words, of which the next cannot be told from the one before: too short to be random.
    Words(u32),
    /// Whatever a stranger types.
    Junk(u32),
}

const WORDS: [&str; 16] = [
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "inlet", "jetty",
    "knoll", "larch", "maple", "north", "ocean", "prism",
];

/// How an issuer names its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    Numbered,
    Random,
    Words,
}

impl Naming {
    /// The name of a key, of which the issuer had so many before.
    pub(super) fn name(self, count: u32, random: &mut Random) -> KeyId {
        match self {
            Self::Numbered => KeyId::Numbered(count),
            Self::Random => KeyId::Random(random.number()),
            Self::Words => KeyId::Words(count),
        }
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Numbered(number) => write!(f, "RSA_{number}"),
            Self::Random(number) => {
                let (high, low) = (number >> 32, number & 0xffff_ffff);
                write!(f, "{high:08x}-{:04x}-4d0c-8a77-0d3b{low:08x}", low >> 16)
            }
            Self::Words(number) => {
                let word = |shift: u32| WORDS[(number >> shift) as usize % WORDS.len()];
                write!(f, "{}-{}", word(0), word(4))
            }
            Self::Junk(number) => write!(f, "junk {number}"),
        }
    }
}
