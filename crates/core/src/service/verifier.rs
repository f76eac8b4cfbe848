//! The verifier that fetches.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::builder::AsyncVerifierBuilder;
use super::event::Event;
use super::flight::Flight;
use super::host::{Host, Work};
use super::metrics::Metrics;
use super::shared::Shared;
use super::within::{all, within};
use crate::error::Rejection;
use crate::evaluate::{Detail, Judgement, Report};
use crate::keys::{Counters, Fetch, Preparation, Readiness, Restored, Snapshot};
use crate::policy::Policy;
use crate::token_cache::TokenCacheCounters;
use crate::verified::Verified;
use crate::verifier::{Step, Verifier};

/// Verifies tokens, and fetches their issuers' keys when they are needed.
///
/// Make one when the service starts, and keep it: it keeps the keys. Clones are cheap, and share them. However many
/// calls need the same keys at once, they are fetched once. Keys are renewed in the background before their time
/// is over, and serve on, within a limit, while their issuer cannot be reached. Calls can be dropped at any time.
///
/// Verdicts by keys that are at hand are made side by side on all threads.
#[derive(Clone)]
pub struct AsyncVerifier {
    shared: Arc<Shared>,
    background: Option<Background>,
}

type Background = Arc<dyn Fn(Work<'static, ()>) + Send + Sync>;

/// How often one call fetches or waits: for keys that are missing, for a key id that is not among them, and for a
/// key that may have been replaced. A clock that leaps ahead at every reading would need it without end.
const MAX_WAITS: u32 = 8;

/// A judgement, and how often keys were waited for on the way to it.
struct Judged {
    judgement: Judgement,
    waits: u32,
}

impl AsyncVerifier {
    /// Has a verifier driven by this host.
    pub fn new(verifier: Verifier, host: impl Host) -> Self {
        Self::builder(verifier, host).build()
    }

    /// Has a verifier driven by this host, with more to be said about how.
    pub fn builder(verifier: Verifier, host: impl Host) -> AsyncVerifierBuilder {
        AsyncVerifierBuilder::new(verifier, Box::new(host))
    }

    pub(super) fn over(shared: Shared) -> Self {
        Self { shared: Arc::new(shared), background: None }
    }

    /// A clone that has keys renewed ahead of time by this function instead of its host, such as the `wait_until` of
    /// a request to an edge worker.
    #[must_use]
    pub fn with_background(
        &self,
        spawn: impl Fn(Work<'static, ()>) + Send + Sync + 'static,
    ) -> Self {
        Self { shared: Arc::clone(&self.shared), background: Some(Arc::new(spawn)) }
    }

    /// Whether this is a clone of the other one, or it of this one.
    #[cfg(feature = "axum")]
    pub(crate) fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// Verifies a token. With protection against replay, a call that is dropped may have used its token up.
    ///
    /// # Errors
    /// Why it is refused.
    pub async fn verify(&self, token: &str) -> Result<Verified, Rejection> {
        let start = self.shared.host.uptime();
        let Judged { judgement, waits } = self.judge(token, Detail::Verdict).await;
        let took = self.shared.host.uptime().saturating_sub(start);
        let stale = judgement.has_stale_key();
        let verdict = judgement.into_verdict();
        self.shared.tell(&match &verdict {
            Ok(verified) => Event::Verified { issuer: verified.issuer(), stale, waits, took },
            Err(Rejection { code, check, .. }) => {
                Event::Refused { code: *code, check: *check, stale, waits, took }
            }
        });
        verdict
    }

    /// Tells of every check, in order, whether it passed, failed or was skipped. It agrees with
    /// [`AsyncVerifier::verify`], and never uses a token up.
    pub async fn explain(&self, token: &str) -> Report {
        self.judge(token, Detail::Report).await.judgement.report()
    }

    /// Has the keys of every issuer that the policy names at hand, and renews those whose time is nearly over. The
    /// answer says which could not be had. Keys of issuers that the policy trusts by organization only are not known
    /// ahead of their first token.
    pub async fn ready(&self) -> Vec<Readiness> {
        let pinned: Vec<String> =
            self.policy(|policy| policy.pinned_issuers().map(str::to_owned).collect());
        let prepare = |issuer| -> Work<'_, Readiness> { Box::pin(self.prepare(issuer)) };
        all(pinned.into_iter().map(prepare).collect()).await
    }

    /// All keys that were fetched, for [`AsyncVerifier::restore`]. Whoever can change it decides which tokens are
    /// accepted.
    pub fn snapshot(&self) -> Snapshot {
        self.shared.read().verifier.keys().snapshot()
    }

    /// Takes keys from a snapshot: of issuers that the policy trusts, newer than what is here, and for no longer than
    /// they would have served where the snapshot was made.
    pub fn restore(&self, snapshot: &Snapshot) -> Restored {
        let now = self.shared.host.now();
        self.shared.write().verifier.restore(snapshot, now)
    }

    /// Reads the policy. Keys cannot come or be renewed meanwhile, so `read` should be quick, and ask nothing else of
    /// this verifier.
    pub fn policy<T>(&self, read: impl FnOnce(&Policy) -> T) -> T {
        read(self.shared.read().verifier.policy())
    }

    /// What this verifier and its clones have done so far.
    pub fn metrics(&self) -> Metrics {
        self.shared.meter.read()
    }

    /// What its key store has done so far.
    pub fn key_counters(&self) -> Counters {
        self.shared.read().verifier.keys().counters()
    }

    /// What keeping tokens has been good for so far.
    pub fn token_cache_counters(&self) -> TokenCacheCounters {
        self.shared.read().verifier.token_cache_counters()
    }

    async fn judge(&self, token: &str, detail: Detail) -> Judged {
        let host = &*self.shared.host;
        for waits in 0..MAX_WAITS {
            let now = host.now();
            let at_once = self.shared.read().verifier.judge_at_once(token, now, detail);
            if let Some(judgement) = at_once {
                return Judged { judgement: self.settle(judgement, detail, now).await, waits };
            }
            // A statement of its own: the lock is not held while anything is awaited.
            let next = self.step(token, now, detail);
            match next {
                Next::Judged { judgement, refresh } => {
                    if let Some(flight) = refresh {
                        self.renew(flight).await;
                    }
                    return Judged { judgement: self.settle(*judgement, detail, now).await, waits };
                }
                Next::Fetch(flight) => self.bring(flight).await,
                Next::Wait { issuer, until } => self.wait(&issuer, until).await,
            }
        }
        let now = host.now();
        let judgement = self.shared.read().verifier.judge(token, now, detail);
        Judged { judgement: self.settle(judgement, detail, now).await, waits: MAX_WAITS }
    }

    async fn settle(&self, judgement: Judgement, detail: Detail, now: u64) -> Judgement {
        let Shared { used_tokens: Some(used_tokens), host, .. } = &*self.shared else {
            return judgement;
        };
        let (judgement, answer) = used_tokens.settle(judgement, detail, now, &**host).await;
        if let Some(answer) = answer {
            self.shared.tell(&Event::Replay(answer));
        }
        judgement
    }

    async fn prepare(&self, issuer: String) -> Readiness {
        for _ in 0..MAX_WAITS {
            let now = self.shared.host.now();
            let next = self.step_to_prepare(&issuer, now);
            match next {
                Ok(readiness) => return readiness,
                Err(Next::Fetch(flight)) => self.bring(flight).await,
                Err(Next::Wait { issuer, until }) => self.wait(&issuer, until).await,
                Err(Next::Judged { .. }) => {}
            }
        }
        let reason = "the clock leaps ahead faster than keys can be fetched".to_owned();
        Readiness { issuer, ready: false, reason: Some(reason) }
    }

    fn step(&self, token: &str, now: u64, detail: Detail) -> Next {
        let mut state = self.shared.write();
        match state.verifier.step(token, now, detail) {
            Step::Fetch(fetch) => {
                let flight = self.flight(fetch, false);
                state.took_off(flight.issuer(), flight.landing().clone());
                Next::Fetch(flight)
            }
            Step::Wait { issuer, until } => Next::Wait { issuer, until },
            Step::Judged { judgement, refresh } => {
                let refresh = refresh.map(|fetch| self.flight(fetch, true));
                if let Some(flight) = &refresh {
                    state.took_off(flight.issuer(), flight.landing().clone());
                }
                Next::Judged { judgement, refresh }
            }
        }
    }

    fn step_to_prepare(&self, issuer: &str, now: u64) -> Result<Readiness, Next> {
        let mut state = self.shared.write();
        match state.verifier.prepare(issuer, now) {
            Preparation::Done(readiness) => Ok(readiness),
            Preparation::Fetch(fetch) => {
                let flight = self.flight(fetch, false);
                state.took_off(issuer, flight.landing().clone());
                Err(Next::Fetch(flight))
            }
            Preparation::Wait { until } => Err(Next::Wait { issuer: issuer.to_owned(), until }),
        }
    }

    fn flight(&self, first: Fetch, background: bool) -> Box<Flight> {
        Box::new(Flight::new(Arc::clone(&self.shared), first, background))
    }

    /// Has keys fetched, and waits for them. Where the host can have work go on by itself, the fetch does not end
    /// with this call: others wait for it too, and a stranger who goes away has it begun once and not again.
    async fn bring(&self, flight: Box<Flight>) {
        let landing = flight.landing().clone();
        match self.shared.host.spawn(Box::pin(flight.carry_out())) {
            Ok(()) => landing.ended().await,
            Err(work) => work.await,
        }
    }

    /// Has keys renewed that serve meanwhile.
    async fn renew(&self, flight: Box<Flight>) {
        let work: Work<'static, ()> = Box::pin(flight.carry_out());
        match &self.background {
            Some(spawn) => spawn(work),
            None => {
                if let Err(work) = self.shared.host.spawn(work) {
                    work.await;
                }
            }
        }
    }

    /// Waits for the fetch that is under way for an issuer, or until this time at the latest.
    async fn wait(&self, issuer: &str, until: u64) {
        let host = &*self.shared.host;
        let left = Duration::from_secs(until.saturating_sub(host.now()));
        let landing = self.shared.read().awaited(issuer).cloned();
        let Some(landing) = landing else { return host.sleep(left).await };
        let Some(interval) = host.looks_every() else {
            within(landing.ended(), host.sleep(left)).await;
            return;
        };
        let is_awaited =
            || self.shared.read().awaited(issuer).is_some_and(|known| known.id == landing.id);
        while is_awaited() && host.now() < until {
            host.sleep(interval).await;
        }
    }
}

/// What a call does next.
enum Next {
    Fetch(Box<Flight>),
    Judged { judgement: Box<Judgement>, refresh: Option<Box<Flight>> },
    Wait { issuer: String, until: u64 },
}

impl fmt::Debug for AsyncVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncVerifier").field("metrics", &self.metrics()).finish_non_exhaustive()
    }
}
