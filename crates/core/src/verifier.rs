//! A policy and a key store together: what a host drives.

use crate::evaluate::{Detail, Evaluation, Judgement, KeyOutcome};
use crate::keys::{
    Fetch, FetchOutcome, KeySet, KeyStore, KeyStoreSettings, Lookup, Refusal, SettingsFault,
};
use crate::policy::Policy;

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
///     Step::Judged(judgement) => {
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
}

/// What a host does next.
#[derive(Debug)]
pub enum Step {
    /// Fetch this, [`Verifier::supply`] what came back, and step again.
    Fetch(Fetch),
    /// The token is judged.
    Judged(Box<Judgement>),
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
        Ok(Self { policy, keys: KeyStore::new(settings) })
    }

    /// Gives an issuer's keys, once and for all: such an issuer is never fetched.
    pub fn add_static_keys(&mut self, issuer: &str, keys: KeySet) {
        self.keys.add_static(issuer, keys);
    }

    /// Judges a token at `now` (seconds since the epoch), or says what is missing for it.
    pub fn step(&mut self, token: &str, now: u64, detail: Detail) -> Step {
        let evaluation = Evaluation::begin(&self.policy, token, now, detail);
        let Some(need) = evaluation.key_need() else {
            return Step::Judged(Box::new(evaluation.finish(None)));
        };
        match self.keys.lookup(&need.issuer, &need.key_id, need.algorithm, now) {
            Lookup::Fetch(fetch) => Step::Fetch(fetch),
            Lookup::Wait { issuer, until } => Step::Wait { issuer, until },
            lookup => Step::Judged(Box::new(finish(evaluation, lookup))),
        }
    }

    /// Judges a token at `now` with the keys at hand; it never asks for a fetch.
    pub fn judge(&self, token: &str, now: u64, detail: Detail) -> Judgement {
        let evaluation = Evaluation::begin(&self.policy, token, now, detail);
        let Some(need) = evaluation.key_need() else { return evaluation.finish(None) };
        let lookup = self.keys.peek(&need.issuer, &need.key_id, need.algorithm, now);
        finish(evaluation, lookup)
    }

    /// Takes what came of a fetch, at `now` (seconds since the epoch).
    pub fn supply(&mut self, id: u64, outcome: FetchOutcome, now: u64) {
        self.keys.supply(id, outcome, now);
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
}

fn finish(evaluation: Evaluation<'_>, lookup: Lookup) -> Judgement {
    match lookup {
        Lookup::Ready(key) => evaluation.finish(Some(KeyOutcome::Ready(&key))),
        Lookup::Refused(refusal) => evaluation.finish(Some(KeyOutcome::Refused(&refusal))),
        Lookup::Fetch(_) | Lookup::Wait { .. } => {
            evaluation.finish(Some(KeyOutcome::Refused(&Refusal::NotLoaded)))
        }
    }
}
