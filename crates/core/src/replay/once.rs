use std::fmt;

use sha2::{Digest, Sha256};

/// What a store must claim, in one atomic step, before a token is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Once {
    /// Stands for the token: for its issuer and its id (`jti`).
    pub key: OnceKey,
    /// From when on the token is refused as expired, in seconds since the epoch: its `exp` and the policy's
    /// clock tolerance. Until then the key must be remembered.
    pub until: u64,
}

/// A token's issuer and id, as a hash: of one length, and without a stranger's characters in it. It is
/// shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OnceKey([u8; 32]);

impl OnceKey {
    /// The key of the token that this issuer gave this id.
    pub fn new(issuer: &str, token_id: &str) -> Self {
        let mut hash = Sha256::new();
        // With their lengths, so that no two pairs are one text.
        for part in [issuer, token_id] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The hash itself.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for OnceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
