//! Countersign for JavaScript hosts: the core's verifier and inspector, renamed.
//!
//! Everything comes in as text, numbers and bytes, and goes out as JSON text, which the host parses.
//! Not as objects made here: setting a member that a token names, such as `__proto__`, would change the
//! object's prototype, where `JSON.parse` makes it a member like any other. It is also one crossing
//! instead of one for each member.

mod answer;
mod fault;
mod host;
mod kept;
mod pending;

use std::sync::Arc;

use countersign::json::to_text;
use countersign::keys::{FetchFailure, KeySetLimits};
use countersign::token_cache::Ticket;
use countersign::{
    Detail, FetchOutcome, FreshnessHeaders, KeySet, KeyStoreSettings, Policy, Snapshot, Step,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::Answer;
use crate::fault::Fault;
use crate::host::Host;
use crate::kept::Kept;
use crate::pending::Pending;

/// What can be read from a text, as JSON. See [`countersign::inspect`].
#[wasm_bindgen]
pub fn inspect(text: &str) -> String {
    to_text(&countersign::inspect(text))
}

/// See [`countersign::Verifier`].
#[wasm_bindgen]
pub struct Verifier {
    verifier: countersign::Verifier,
    pending: Pending,
    kept: Kept,
}

#[wasm_bindgen]
impl Verifier {
    /// A verifier from a policy and key store settings, both as JSON, and any random number. With `replay`,
    /// `"accept"` or `"refuse"`, it protects against replay: that is what becomes of a token when the store
    /// of used tokens does not answer. `host` names the algorithms that the host's cryptography is to verify, with
    /// spaces between. With `max_tokens` it says of so many accepted tokens what they can be kept under, for
    /// `standsBy`.
    ///
    /// # Errors
    /// Every fault of the policy, or the first one of the settings.
    #[wasm_bindgen(constructor)]
    pub fn new(
        policy: &str,
        key_store: &str,
        seed: f64,
        host: &str,
        replay: Option<String>,
        max_tokens: Option<u32>,
    ) -> Result<Self, Fault> {
        let policy = Policy::from_json(policy).map_err(|faults| Fault::of(&faults))?;
        let settings = KeyStoreSettings::from_json(key_store).map_err(Fault::message)?;
        let verifier = countersign::Verifier::new(policy, settings).map_err(Fault::message)?;
        let verifier = verifier.with_jitter(seed.to_bits());
        let verifier = match Host::of(host) {
            Some(host) => verifier.with_host_cryptography(Arc::new(host)),
            None => verifier,
        };
        let verifier = match replay {
            None => verifier,
            Some(choice) => verifier.with_replay_protection(pending::when_unavailable(&choice)?),
        };
        Ok(Self { verifier, pending: Pending::default(), kept: Kept::new(max_tokens)? })
    }

    /// Gives an issuer's key set, as JSON. Returns, as JSON, how many keys are used and which are not.
    ///
    /// # Errors
    /// Why the document is no key set.
    #[wasm_bindgen(js_name = addStaticKeys)]
    pub fn add_static_keys(&mut self, issuer: &str, key_set: &str) -> Result<String, Fault> {
        let keys =
            KeySet::parse(key_set.as_bytes(), KeySetLimits::default()).map_err(Fault::message)?;
        let answer = answer::key_set(&keys);
        self.verifier.add_static_keys(issuer, keys);
        Ok(answer)
    }

    /// The next step towards a judgement, as JSON. The token is in UTF-8: the bindings' own way to pass text
    /// goes through it letter by letter, which for a token takes longer than reading it.
    pub fn step(&mut self, token: &[u8], now: f64, report: bool) -> String {
        let detail = detail(report);
        let token = utf8(token);
        match self.verifier.step(token, seconds(now), detail) {
            Step::Fetch(fetch) => Answer::of_fetch(&fetch),
            Step::Wait { issuer, until } => Answer::of_wait(&issuer, until),
            Step::Judged { judgement, refresh } => {
                let kept = self.kept.keep(token, &judgement, detail);
                self.pending.answer(*judgement, refresh.as_ref(), detail, kept)
            }
        }
    }

    /// The judgement by the keys at hand, as JSON.
    pub fn judge(&mut self, token: &[u8], now: f64, report: bool) -> String {
        let detail = detail(report);
        let token = utf8(token);
        let judgement = self.verifier.judge(token, seconds(now), detail);
        let kept = self.kept.keep(token, &judgement, detail);
        self.pending.answer(judgement, None, detail, kept)
    }

    /// Whether a token that is kept would be accepted again: by `step` with `fetching`, else by `judge`.
    #[wasm_bindgen(js_name = standsBy)]
    pub fn stands_by(&self, slot: u32, serial: f64, now: f64, fetching: bool) -> bool {
        self.kept.stands(ticket(slot, serial), &self.verifier, seconds(now), fetching)
    }

    /// Takes note that a token is kept no longer.
    #[wasm_bindgen(js_name = forgetToken)]
    pub fn forget_token(&mut self, slot: u32, serial: f64) {
        self.kept.forget(ticket(slot, serial));
    }

    /// The judgement that waits for word on replay, as JSON, given what the store answered.
    ///
    /// # Errors
    /// When there is no such judgement, or no such answer.
    #[wasm_bindgen(js_name = settleReplay)]
    pub fn settle_replay(&mut self, id: u32, answer: &str) -> Result<String, Fault> {
        self.pending.settle(id, answer)
    }

    /// Hands over the response to a fetch, with the headers that say how long it may be used. Returns, as
    /// JSON, what came of it.
    #[expect(clippy::too_many_arguments, reason = "each header crosses as it is")]
    #[wasm_bindgen(js_name = supplyResponse)]
    pub fn supply_response(
        &mut self,
        id: f64,
        status: u16,
        age: Option<String>,
        cache_control: Option<String>,
        date: Option<String>,
        expires: Option<String>,
        body: Vec<u8>,
        now: f64,
    ) -> String {
        let freshness = FreshnessHeaders { age, cache_control, date, expires };
        self.supply(id, FetchOutcome::Response { status, freshness, body }, now)
    }

    /// Says why there is no response to a fetch. Returns, as JSON, what came of it.
    ///
    /// # Errors
    /// When there is no such reason.
    #[wasm_bindgen(js_name = supplyFailure)]
    pub fn supply_failure(
        &mut self,
        id: f64,
        reason: &str,
        detail: String,
        now: f64,
    ) -> Result<String, Fault> {
        let reason =
            FetchFailure::parse(reason).ok_or_else(|| Fault::message("there is no such reason"))?;
        Ok(self.supply(id, FetchOutcome::Failed { reason, detail }, now))
    }

    /// The issuers that the policy names, as JSON.
    #[wasm_bindgen(js_name = pinnedIssuers)]
    pub fn pinned_issuers(&self) -> String {
        let pinned = self.verifier.policy().pinned_issuers();
        let mut issuers: Vec<String> = pinned.map(str::to_owned).collect();
        issuers.sort_unstable();
        issuers.dedup();
        to_text(&issuers)
    }

    /// The next step towards having an issuer's keys ready, as JSON.
    pub fn prepare(&mut self, issuer: &str, now: f64) -> String {
        answer::preparation(&self.verifier.prepare(issuer, seconds(now)))
    }

    /// All keys that were fetched, as text.
    pub fn snapshot(&self) -> String {
        self.verifier.keys().snapshot().to_json()
    }

    /// The keys of one issuer as a snapshot, if they were fetched.
    #[wasm_bindgen(js_name = snapshotOf)]
    pub fn snapshot_of(&self, issuer: &str) -> Option<String> {
        self.verifier.keys().snapshot_of(issuer).map(|snapshot| snapshot.to_json())
    }

    /// Takes keys from a snapshot. Returns, as JSON, whose were taken and whose were not.
    ///
    /// # Errors
    /// When the text is no snapshot.
    pub fn restore(&mut self, snapshot: &str, now: f64) -> Result<String, Fault> {
        let snapshot = Snapshot::from_json(snapshot).map_err(Fault::message)?;
        Ok(to_text(&self.verifier.restore(&snapshot, seconds(now))))
    }
}

impl Verifier {
    fn supply(&mut self, id: f64, outcome: FetchOutcome, now: f64) -> String {
        to_text(&self.verifier.supply(whole(id), outcome, seconds(now)))
    }
}

fn ticket(slot: u32, serial: f64) -> Ticket {
    Ticket { slot: slot as usize, serial: whole(serial) }
}

fn detail(report: bool) -> Detail {
    if report { Detail::Report } else { Detail::Verdict }
}

/// The host makes the octets of a text; others would be refused as no token.
fn utf8(token: &[u8]) -> &str {
    str::from_utf8(token).unwrap_or_default()
}

/// A time as JavaScript has it; the host has checked that it is one.
fn seconds(now: f64) -> u64 {
    whole(now)
}

/// `as` cuts off fractions and keeps within the range. Numbers, unlike BigInts, cost nothing to pass.
fn whole(number: f64) -> u64 {
    number as u64
}
