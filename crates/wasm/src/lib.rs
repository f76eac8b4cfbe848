//! Countersign for JavaScript hosts: the core's verifier and inspector, renamed.
//!
//! Everything comes in as text, numbers and bytes, and goes out as JSON text, which the host parses.
//! Not as objects made here: setting a member that a token names, such as `__proto__`, would change the
//! object's prototype, where `JSON.parse` makes it a member like any other. It is also one crossing
//! instead of one for each member.

mod answer;
mod fault;

use countersign::keys::{FetchFailure, KeySetLimits};
use countersign::{Detail, FetchOutcome, KeySet, KeyStoreSettings, Policy};
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::Answer;
use crate::fault::Fault;

/// What can be read from a text, as JSON. See [`countersign::inspect`].
#[wasm_bindgen]
pub fn inspect(text: &str) -> String {
    answer::json(&countersign::inspect(text))
}

/// See [`countersign::Verifier`].
#[wasm_bindgen]
pub struct Verifier(countersign::Verifier);

#[wasm_bindgen]
impl Verifier {
    /// A verifier from a policy and key store settings, both as JSON.
    ///
    /// # Errors
    /// Every fault of the policy, or the first one of the settings.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &str, key_store: &str) -> Result<Self, Fault> {
        let policy = Policy::from_json(policy).map_err(|faults| Fault::of(&faults))?;
        let settings: KeyStoreSettings = serde_json::from_str(key_store).map_err(Fault::message)?;
        countersign::Verifier::new(policy, settings).map(Self).map_err(Fault::message)
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
        self.0.add_static_keys(issuer, keys);
        Ok(answer)
    }

    /// The next step towards a judgement, as JSON.
    pub fn step(&mut self, token: &str, now: f64, report: bool) -> String {
        let detail = detail(report);
        Answer::of_step(&self.0.step(token, seconds(now), detail), detail)
    }

    /// The judgement by the keys at hand, as JSON.
    pub fn judge(&mut self, token: &str, now: f64, report: bool) -> String {
        let detail = detail(report);
        Answer::of_judgement(&self.0.judge(token, seconds(now), detail), detail)
    }

    /// Hands over the response to a fetch.
    #[wasm_bindgen(js_name = supplyResponse)]
    pub fn supply_response(
        &mut self,
        id: f64,
        status: u16,
        cache_control: Option<String>,
        body: Vec<u8>,
        now: f64,
    ) {
        let outcome = FetchOutcome::Response { status, cache_control, body };
        self.0.supply(whole(id), outcome, seconds(now));
    }

    /// Says why there is no response to a fetch.
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
    ) -> Result<(), Fault> {
        let reason = FetchFailure::deserialize(StrDeserializer::<Error>::new(reason))
            .map_err(Fault::message)?;
        self.0.supply(whole(id), FetchOutcome::Failed { reason, detail }, seconds(now));
        Ok(())
    }
}

fn detail(report: bool) -> Detail {
    if report { Detail::Report } else { Detail::Verdict }
}

/// A time as JavaScript has it; the host has checked that it is one.
fn seconds(now: f64) -> u64 {
    whole(now)
}

/// `as` cuts off fractions and keeps within the range. Numbers, unlike BigInts, cost nothing to pass.
fn whole(number: f64) -> u64 {
    number as u64
}
