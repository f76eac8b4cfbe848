//! Having each token accepted once, by a store of used tokens that may be elsewhere.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::host::{Host, Work};
use super::within::within;
use crate::evaluate::{Detail, Judgement};
use crate::replay::{NoAnswer, Once, Replay, ReplayMemory};

/// A store of used tokens.
///
/// `Mutex<ReplayMemory>` is one for a single process.
pub trait ReplayStore: Send + Sync + 'static {
    /// Claims a token, in one atomic step: of all who claim it until `once.until`, one is told
    /// [`Replay::First`]. `now` is in seconds since the epoch.
    fn once<'a>(&'a self, once: &'a Once, now: u64) -> Work<'a, Replay>;

    /// What [`ReplayStore::once`] would answer. Nothing is claimed.
    fn peek<'a>(&'a self, once: &'a Once, now: u64) -> Work<'a, Replay>;
}

impl ReplayStore for Mutex<ReplayMemory> {
    fn once<'a>(&'a self, once: &'a Once, now: u64) -> Work<'a, Replay> {
        Box::pin(async move { self.lock().unwrap_or_else(PoisonError::into_inner).once(once, now) })
    }

    fn peek<'a>(&'a self, once: &'a Once, now: u64) -> Work<'a, Replay> {
        Box::pin(async move { self.lock().unwrap_or_else(PoisonError::into_inner).peek(once, now) })
    }
}

/// The store, and how long it may take.
pub(super) struct UsedTokens {
    store: Box<dyn ReplayStore>,
    timeout: Duration,
}

impl UsedTokens {
    pub(super) fn new(store: impl ReplayStore, timeout: Duration) -> Self {
        Self { store: Box::new(store), timeout }
    }

    /// Asks the store, if the verdict waits for its word: to claim the token for a verdict, only to look for a
    /// report.
    pub(super) async fn settle(
        &self,
        judgement: Judgement,
        detail: Detail,
        now: u64,
        host: &dyn Host,
    ) -> (Judgement, Option<Replay>) {
        let Some(once) = judgement.once() else { return (judgement, None) };
        let asked = match detail {
            Detail::Verdict => self.store.once(&once, now),
            Detail::Report => self.store.peek(&once, now),
        };
        let answer = within(asked, host.sleep(self.timeout)).await;
        let answer = answer.unwrap_or(Replay::Unavailable(NoAnswer::Timeout));
        (judgement.with_replay(answer), Some(answer))
    }
}
