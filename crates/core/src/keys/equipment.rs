//! What keys may verify with besides their own arithmetic.

use std::fmt;
use std::sync::Arc;

use countersign_signatures::PreparedKeys;

use super::key::Key;

/// What the keys of a store share.
#[derive(Clone, Debug)]
pub(super) struct Equipment {
    /// Room for the tables of keys that recur.
    pub(super) prepared: PreparedKeys,
    pub(super) host: Option<Arc<dyn HostCryptography>>,
}

/// Cryptography that the host has, and that is faster than this crate's for some keys.
///
/// What it says is believed: it must accept exactly the signatures that RFC 7518, sections 3.3 and 3.4,
/// describe. A signature has the length that the key's algorithm requires before it is asked.
pub trait HostCryptography: fmt::Debug + Send + Sync {
    /// The host's form of a key; nothing to have this crate verify with it. It is asked once for each key, at
    /// its first signature.
    fn key(&self, key: &Key) -> Option<Box<dyn HostKey>>;
}

/// A public key in the form that the host verifies with.
pub trait HostKey: Send + Sync {
    /// Whether this is the key's signature over the message.
    fn verify(&self, message: &[u8], signature: &[u8]) -> bool;
}
