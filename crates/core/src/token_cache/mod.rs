//! Tokens that were accepted, kept so that they need not be verified again.
//!
//! What is kept is a verdict and its [`Standing`]: the circumstances under which it would be given again.
//! A clock outside of the times in which it was, or a key that is no longer the issuer's, and the token is
//! verified as if it were new. Only accepted tokens are kept, so that others displace none.
//!
//! A [`Verifier`] does all of this itself where it was made [`with_token_cache`]. A host that would rather
//! keep texts and identities in its own language needs only the standings, in [`Slots`].
//!
//! [`Verifier`]: crate::Verifier
//! [`with_token_cache`]: crate::Verifier::with_token_cache

mod cache;
mod fault;
mod slots;
mod standing;
#[cfg(test)]
mod tests;

pub(crate) use cache::TokenCache;
pub use cache::TokenCacheCounters;
pub use fault::TokenCacheFault;
pub use slots::{Slots, Ticket};
pub use standing::Standing;

/// The longest token that is kept, in bytes: few are longer, and those would take much of the room.
pub const MAX_KEPT_BYTES: usize = 8 * 1024;

/// The most tokens that can be kept.
pub const MAX_KEPT_TOKENS: usize = 100_000;
