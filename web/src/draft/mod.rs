//! Starting a policy from a token.
//!
//! The token need not be verified: what comes of it is a policy to be read and completed, not a verdict.

mod missing;
mod start;
#[cfg(test)]
mod tests;
mod written;

pub use missing::Missing;
pub use start::{Draft, Start, available, start};
