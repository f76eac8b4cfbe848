//! A policy and a key store together: what a host drives.

use std::sync::{Arc, RwLock};

use crate::error::Code;
use crate::evaluate::{Detail, Evaluation, Judgement, KeyOutcome};
use crate::keys::{
    Fetch, FetchOutcome, HostCryptography, KeySet, KeyStore, KeyStoreSettings, Lookup, Preparation,
    Refusal, Renewing, Restored, SettingsFault, Snapshot, Supplied,
};
use crate::policy::Policy;
use crate::replay::WhenUnavailable;
use crate::token_cache::{Standing, TokenCache, TokenCacheCounters, TokenCacheFault};

/// Verifies tokens under one policy, sans IO: it says what to fetch, and the host fetches.
///
/// ```
/// use countersign::{Detail, KeyStoreSettings, Policy, Step, Verifier};
///
/// let policy = Policy::from_json(
///     r#"{ "audience": "https://api.example.com",
///          "trust": [{ "issuer": "https://abc.tokens.sts.global.api.aws" }] }"#,
/// )?;
/// let mut verifier = Verifier::new(policy, KeyStoreSettings::default())?;
/// match verifier.step("not a token", 1_700_000_000, Detail::Verdict) {
///     Step::Judged { judgement, .. } => {
///         assert_eq!(judgement.verdict().unwrap_err().code.as_str(), "token.segments");
///     }
///     Step::Fetch(fetch) => unreachable!("fetch {}, supply it, and step again", fetch.url),
///     Step::Wait { until, .. } => unreachable!("another call fetches; step again by {until}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Verifier {
    policy: Policy,
    keys: KeyStore,
    replay: Option<WhenUnavailable>,
    tokens: Option<RwLock<TokenCache>>,
}

/// What a host does next.
#[derive(Debug)]
pub enum Step {
    /// Fetch this, [`Verifier::supply`] what came back, and step again.
    Fetch(Fetch),
    /// The token is judged.
    Judged {
        /// What it came to.
        judgement: Box<Judgement>,
        /// Fetch this as well, without anyone waiting for it, and [`Verifier::supply`] what came back:
        /// the keys are renewed before their time is over.
        refresh: Option<Fetch>,
    },
    /// What is needed is being fetched on behalf of another token: step again once it was supplied, or
    /// at `until` (seconds since the epoch) at the latest.
    Wait {
        /// The issuer whose keys are being fetched.
        issuer: String,
        /// When to step again at the latest.
        until: u64,
    },
}

impl Verifier {
    /// A verifier that knows no keys yet.
    ///
    /// # Errors
    /// A setting that cannot be right.
    pub fn new(policy: Policy, settings: KeyStoreSettings) -> Result<Self, SettingsFault> {
        settings.check()?;
        let mut keys = KeyStore::new(settings);
        for issuer in policy.pinned_issuers() {
            keys.pin(issuer);
        }
        Ok(Self { policy, keys, replay: None, tokens: None })
    }

    /// Has this verifier renew keys and try again at other moments than those with another seed do: hosts
    /// that start together would otherwise ask issuers together. Any random number serves.
    #[must_use]
    pub fn with_jitter(self, seed: u64) -> Self {
        Self { keys: self.keys.with_jitter(seed), ..self }
    }

    /// Has keys verify by the host's cryptography where it has a form of them.
    #[must_use]
    pub fn with_host_cryptography(self, host: Arc<dyn HostCryptography>) -> Self {
        Self { keys: self.keys.with_host_cryptography(host), ..self }
    }

    /// Has each token accepted once: a judgement refuses what it would accept until it was told what a store
    /// of used tokens answered. Ask that store for what [`Judgement::once`] names, and hand its answer to
    /// [`Judgement::with_replay`]; [`ReplayMemory`] is a store for a single process.
    ///
    /// [`ReplayMemory`]: crate::replay::ReplayMemory
    #[must_use]
    pub fn with_replay_protection(self, when_unavailable: WhenUnavailable) -> Self {
        Self { replay: Some(when_unavailable), ..self }
    }

    /// Keeps up to so many tokens that were accepted, and does not verify them again while nothing has changed:
    /// neither the issuer's keys nor what the time has to do with the verdict. The verdict, the fetches and
    /// the protection against replay are the same as without. Reports are made anew each time.
    ///
    /// # Errors
    /// When that is no token, or more than [`MAX_KEPT_TOKENS`].
    ///
    /// [`MAX_KEPT_TOKENS`]: crate::token_cache::MAX_KEPT_TOKENS
    pub fn with_token_cache(self, max_tokens: usize) -> Result<Self, TokenCacheFault> {
        Ok(Self { tokens: Some(RwLock::new(TokenCache::new(max_tokens)?)), ..self })
    }

    /// Gives an issuer's keys, once and for all: such an issuer is never fetched.
    pub fn add_static_keys(&mut self, issuer: &str, keys: KeySet) {
        self.keys.add_static(issuer, keys);
    }

    /// Judges a token at `now` (seconds since the epoch), or says what is missing for it.
    pub fn step(&mut self, token: &str, now: u64, detail: Detail) -> Step {
        if let Some(judgement) = self.recall(token, now, detail, Renewing::Yes) {
            return self.judged(judgement, None);
        }
        let evaluation = Evaluation::begin(&self.policy, token, now, detail);
        let Some(need) = evaluation.key_need() else {
            return self.judged(evaluation.finish(None), None);
        };
        let (judgement, refresh) =
            match self.keys.lookup(&need.issuer, &need.key_id, need.algorithm, now) {
                Lookup::Fetch(fetch) => return Step::Fetch(fetch),
                Lookup::Wait { issuer, until } => return Step::Wait { issuer, until },
                Lookup::Ready { key, stale, refresh } => {
                    (evaluation.finish(Some(KeyOutcome::of(&key, stale))), refresh)
                }
                Lookup::Refused(refusal) => {
                    (evaluation.finish(Some(KeyOutcome::Refused(&refusal))), None)
                }
            };
        if let Some(need) = judgement.key_need().filter(|_| is_doubtful(&judgement)) {
            // The key may have been replaced under its id: it is renewed first, where it is old enough.
            if let Some(fetch) = refresh {
                return Step::Fetch(fetch);
            }
            match self.keys.doubt(&need.issuer, &need.key_id, need.algorithm, now) {
                Some(Lookup::Fetch(fetch)) => return Step::Fetch(fetch),
                Some(Lookup::Wait { issuer, until }) => return Step::Wait { issuer, until },
                _ => {}
            }
        }
        let judgement = self.remember(token, judgement, detail);
        self.judged(judgement, refresh)
    }

    /// What [`Verifier::step`] would judge at `now`, where it would neither fetch nor wait, nor renew keys besides.
    /// Many threads can ask for it at once, which is for hosts that serve many: where the answer is `None`, one of
    /// them steps.
    pub fn judge_at_once(&self, token: &str, now: u64, detail: Detail) -> Option<Judgement> {
        if let Some(judgement) = self.recall(token, now, detail, Renewing::Yes) {
            return Some(self.protected(judgement));
        }
        let evaluation = Evaluation::begin(&self.policy, token, now, detail);
        let Some(need) = evaluation.key_need() else {
            return Some(self.protected(evaluation.finish(None)));
        };
        let judgement = match self.keys.at_hand(&need.issuer, &need.key_id, need.algorithm, now)? {
            Lookup::Ready { key, stale, .. } => {
                evaluation.finish(Some(KeyOutcome::of(&key, stale)))
            }
            Lookup::Refused(refusal) => evaluation.finish(Some(KeyOutcome::Refused(&refusal))),
            Lookup::Fetch(_) | Lookup::Wait { .. } => return None,
        };
        let doubtful = judgement.key_need().filter(|_| is_doubtful(&judgement));
        if doubtful.is_some_and(|need| {
            self.keys.may_doubt(&need.issuer, &need.key_id, need.algorithm, now)
        }) {
            return None;
        }
        Some(self.protected(self.remember(token, judgement, detail)))
    }

    /// Judges a token at `now` with the keys at hand; it never asks for a fetch.
    pub fn judge(&self, token: &str, now: u64, detail: Detail) -> Judgement {
        if let Some(judgement) = self.recall(token, now, detail, Renewing::No) {
            return self.protected(judgement);
        }
        let evaluation = Evaluation::begin(&self.policy, token, now, detail);
        let Some(need) = evaluation.key_need() else {
            return self.protected(evaluation.finish(None));
        };
        let judgement = match self.keys.peek(&need.issuer, &need.key_id, need.algorithm, now) {
            Lookup::Ready { key, stale, .. } => {
                evaluation.finish(Some(KeyOutcome::of(&key, stale)))
            }
            Lookup::Refused(refusal) => evaluation.finish(Some(KeyOutcome::Refused(&refusal))),
            Lookup::Fetch(_) | Lookup::Wait { .. } => {
                evaluation.finish(Some(KeyOutcome::Refused(&Refusal::NotLoaded)))
            }
        };
        self.protected(self.remember(token, judgement, detail))
    }

    /// Whether [`Verifier::step`] would accept a token of this standing at `now` (seconds since the epoch)
    /// without anything to fetch, not even to renew keys ahead of time. For hosts that keep tokens themselves,
    /// see [`token_cache`](crate::token_cache).
    pub fn stands_by(&self, standing: &Standing, now: u64) -> bool {
        self.stands(standing, now, Renewing::Yes)
    }

    /// Whether [`Verifier::judge`] would accept a token of this standing at `now`.
    pub fn stands_by_without_fetching(&self, standing: &Standing, now: u64) -> bool {
        self.stands(standing, now, Renewing::No)
    }

    /// What keeping tokens has been good for so far.
    pub fn token_cache_counters(&self) -> TokenCacheCounters {
        let tokens = self.tokens.as_ref().and_then(|tokens| tokens.read().ok());
        tokens.map_or_else(TokenCacheCounters::default, |tokens| tokens.counters())
    }

    /// Takes what came of a fetch, at `now` (seconds since the epoch). The answer may hold a fetch that
    /// follows from it, to be carried out at once.
    pub fn supply(&mut self, id: u64, outcome: FetchOutcome, now: u64) -> Supplied {
        self.keys.supply(id, outcome, now)
    }

    /// Has the keys of a pinned issuer ready before the first token, or renews them when it is time.
    pub fn prepare(&mut self, issuer: &str, now: u64) -> Preparation {
        self.keys.prepare(issuer, now)
    }

    /// Takes keys from a snapshot, of issuers that the policy's rules cover only. See
    /// [`KeyStore::restore`].
    pub fn restore(&mut self, snapshot: &Snapshot, now: u64) -> Restored {
        let rules = self.policy.rules();
        self.keys.restore(snapshot, |issuer| rules.cover(issuer), now)
    }

    /// The keys.
    pub fn keys(&self) -> &KeyStore {
        &self.keys
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    fn stands(&self, standing: &Standing, now: u64, renewing: Renewing) -> bool {
        let Standing { issuer, generation, window } = standing;
        window.contains(now) && self.keys.serves(issuer, *generation, now, renewing)
    }

    fn recall(
        &self,
        token: &str,
        now: u64,
        detail: Detail,
        renewing: Renewing,
    ) -> Option<Judgement> {
        let tokens = self.tokens.as_ref().filter(|_| detail == Detail::Verdict)?.read().ok()?;
        let (verified, standing) =
            tokens.recall(token, |standing| self.stands(standing, now, renewing))?;
        let tolerance = self.policy.document().clock_tolerance_seconds;
        Some(Judgement::again(verified, &standing, tolerance, now))
    }

    /// Takes note of a token that was accepted: of its issuer, of the keys it was verified by, and of itself.
    fn remember(&self, token: &str, judgement: Judgement, detail: Detail) -> Judgement {
        let Ok(verified) = judgement.verdict() else { return judgement };
        let generation = self.keys.accept(verified.issuer());
        let judgement = judgement.by_keys(generation);
        self.keep(token, &judgement, detail);
        judgement
    }

    /// Keeps a token that was accepted. Where another thread is at it, that one has precedence: nobody waits.
    fn keep(&self, token: &str, judgement: &Judgement, detail: Detail) {
        let Some(tokens) = self.tokens.as_ref().filter(|_| detail == Detail::Verdict) else {
            return;
        };
        if let (Ok(verified), Some(standing), Ok(mut tokens)) =
            (judgement.verdict(), judgement.standing(), tokens.try_write())
        {
            tokens.keep(token, verified, standing);
        }
    }

    fn judged(&self, judgement: Judgement, refresh: Option<Fetch>) -> Step {
        Step::Judged { judgement: Box::new(self.protected(judgement)), refresh }
    }

    fn protected(&self, judgement: Judgement) -> Judgement {
        match self.replay {
            Some(when_unavailable) => judgement.protected(when_unavailable),
            None => judgement,
        }
    }
}

/// Whether a token was refused for what a newer key set could mend.
fn is_doubtful(judgement: &Judgement) -> bool {
    judgement.verdict().is_err_and(|rejection| {
        matches!(rejection.code, Code::KeyAlgorithm | Code::KeyUnusable | Code::SignatureInvalid)
    })
}
