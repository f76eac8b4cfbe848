//! A fetch that is under way, with all that follows from it, and who waits for it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::event::Event;
use super::shared::Shared;
use super::within::within;
use crate::keys::{Effect, Fetch, FetchFailure, FetchOutcome};

/// Ends when the fetch does, however it ends.
#[derive(Clone, Debug)]
pub(super) struct Landing {
    /// Of the fetch that began it.
    pub(super) id: u64,
    ended: watch::Receiver<()>,
}

impl Landing {
    pub(super) async fn ended(mut self) {
        // Nothing is ever sent: the other end goes away.
        while self.ended.changed().await.is_ok() {}
    }
}

/// The fetch. Where it is dropped before its end, the keys are told that it was cancelled, and whoever waited for
/// it fetches instead.
pub(super) struct Flight {
    shared: Arc<Shared>,
    landing: Landing,
    issuer: String,
    background: bool,
    /// What is to be fetched, and has not been supplied.
    under_way: Option<Fetch>,
    // Dropped last: who is woken by that finds the keys as they are then.
    _end: watch::Sender<()>,
}

impl Flight {
    pub(super) fn new(shared: Arc<Shared>, first: Fetch, background: bool) -> Self {
        let (end, ended) = watch::channel(());
        let landing = Landing { id: first.id, ended };
        let issuer = first.issuer.clone();
        Self { shared, landing, issuer, background, under_way: Some(first), _end: end }
    }

    pub(super) fn landing(&self) -> &Landing {
        &self.landing
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(super) async fn carry_out(mut self) {
        while let Some(request) = self.under_way.clone() {
            let outcome = self.fetch(&request).await;
            let effect = self.supply(request.id, outcome);
            self.shared.tell(&Event::Keys(&effect));
        }
    }

    async fn fetch(&self, request: &Fetch) -> FetchOutcome {
        let host = &*self.shared.host;
        let start = host.uptime();
        let timeout = Duration::from_secs(request.timeout_seconds);
        let outcome = within(host.fetch(request), host.sleep(timeout)).await;
        let outcome = outcome.unwrap_or_else(|| FetchOutcome::Failed {
            reason: FetchFailure::Timeout,
            detail: format!("no whole answer within {} s", request.timeout_seconds),
        });
        let answer = match &outcome {
            FetchOutcome::Failed { reason, .. } => Err(*reason),
            FetchOutcome::Response { status, .. } => Ok(*status),
        };
        let took = host.uptime().saturating_sub(start);
        self.shared.tell(&Event::Fetched { request, background: self.background, answer, took });
        outcome
    }

    fn supply(&mut self, id: u64, outcome: FetchOutcome) -> Effect {
        let now = self.shared.host.now();
        let mut state = self.shared.write();
        let supplied = state.verifier.supply(id, outcome, now);
        self.under_way = supplied.next;
        if self.under_way.is_none() {
            state.landed(&self.issuer, &self.landing);
        }
        supplied.effect
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        if let Some(Fetch { id, .. }) = self.under_way.take() {
            let reason = FetchFailure::Cancelled;
            self.supply(id, FetchOutcome::Failed { reason, detail: String::new() });
            // What would follow from a cancelled fetch is nothing.
            self.under_way = None;
        }
    }
}
