//! What is to be measured.

use serde::Deserialize;
use serde_json::Value;

/// Tokens of one issuer, all signed with one key.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Job {
    /// As JWS spells it.
    pub(crate) algorithm: String,
    pub(crate) issuer: String,
    pub(crate) audience: String,
    /// The public key.
    pub(crate) jwk: Value,
    pub(crate) tokens: Vec<String>,
    /// Seconds since the epoch.
    pub(crate) now: u64,
    /// How many verifications come before those that are timed, for each contender.
    pub(crate) warm_up: usize,
    pub(crate) rounds: usize,
    /// Numbers of threads.
    pub(crate) threads: Vec<usize>,
}
