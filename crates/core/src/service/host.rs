//! What a verifier that fetches needs of where it runs.

use std::pin::Pin;
use std::time::Duration;

use crate::keys::{Fetch, FetchOutcome};

/// Work that is under way.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where a verifier runs: its clock, its timers, its network. With the feature `reqwest`, `HttpHost` is one
/// for Tokio.
pub trait Host: Send + Sync + 'static {
    /// The time, in seconds since the epoch.
    fn now(&self) -> u64;

    /// How long the host has been up, by a clock that never goes back: for durations.
    fn uptime(&self) -> Duration;

    /// Gets a document: over https, or over http from loopback, without credentials, and without following
    /// redirects. Reading ends at [`Fetch::max_bytes`]. Time is kept by the verifier.
    fn fetch<'a>(&'a self, request: &'a Fetch) -> Work<'a, FetchOutcome>;

    /// Ends after this time.
    fn sleep(&self, duration: Duration) -> Work<'static, ()>;

    /// Carries out what goes on when whoever began it is gone, or gives it back: then the call that began it
    /// carries it out. The default gives it back.
    ///
    /// # Errors
    /// The work, where there is nothing to carry it out.
    fn spawn(&self, work: Work<'static, ()>) -> Result<(), Work<'static, ()>> {
        Err(work)
    }

    /// How often a call looks whether keys have come that another one fetches. `None`, the default, has it woken
    /// when they have. Edge runtimes, where no request can wait for another one's work, need an interval.
    fn looks_every(&self) -> Option<Duration> {
        None
    }
}
