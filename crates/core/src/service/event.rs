//! What a verifier tells of its work, for logs, metrics and traces. No event holds any part of a token.

use std::time::Duration;

use crate::error::Code;
use crate::evaluate::Check;
use crate::keys::{Effect, Fetch, FetchFailure};
use crate::replay::Replay;

/// Something that a verifier did.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A document of an issuer was fetched, or could not be.
    #[non_exhaustive]
    Fetched {
        /// What was asked for.
        request: &'a Fetch,
        /// Whether no token waited for it: keys are renewed before their time is over.
        background: bool,
        /// The HTTP status, or why there was no whole answer within the limits.
        answer: Result<u16, FetchFailure>,
        /// How long it took.
        took: Duration,
    },
    /// What became of an issuer's keys with what was fetched.
    Keys(&'a Effect),
    /// A token was refused. What it said is not told: it is a stranger's word.
    #[non_exhaustive]
    Refused {
        /// Why.
        code: Code,
        /// The check that failed.
        check: Check,
        /// Whether the key was past its lifetime.
        stale: bool,
        /// How often the call waited for keys to be fetched.
        waits: u32,
        /// How long the verdict took.
        took: Duration,
    },
    /// The store of used tokens was asked.
    Replay(Replay),
    /// A token was accepted.
    #[non_exhaustive]
    Verified {
        /// The issuer, which the policy trusts.
        issuer: &'a str,
        /// Whether the key was past its lifetime, and served on because the issuer cannot be reached.
        stale: bool,
        /// How often the call waited for keys to be fetched: 0 when they were there.
        waits: u32,
        /// How long the verdict took.
        took: Duration,
    },
}
