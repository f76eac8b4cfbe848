use serde::Serialize;

use super::check::Check;
use super::evaluation::KeyNeed;
use super::evidence::Evidence;
use super::replay::Claim;
use super::window::Window;
use crate::claims::Instant;
use crate::error::{Code, Rejection};
use crate::keys::Generation;
use crate::token_cache::Standing;
use crate::verified::Verified;

/// What became of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds.
    Passed(Evidence),
    /// It does not hold.
    Failed(Rejection),
    /// It was not made, for this reason.
    Skipped(&'static str),
}

/// What an evaluation came to: the verdict, and the checks if they were recorded.
#[derive(Clone, Debug)]
pub struct Judgement {
    pub(super) verdict: Result<Verified, Rejection>,
    pub(super) signature: SignatureState,
    pub(super) stale_key: bool,
    /// The key that was asked for, if one was.
    pub(super) need: Option<KeyNeed>,
    /// The token that waits for word on replay.
    pub(super) claim: Option<Box<Claim>>,
    /// When the checks of time pass that passed.
    pub(super) window: Window,
    /// Of the keys, where they are within their lifetime, and the verdict needs no word from outside.
    pub(super) generation: Option<Generation>,
    /// The policy's clock tolerance, in seconds.
    pub(super) tolerance: u64,
    pub(super) entries: Vec<(Check, Outcome)>,
    pub(super) now: u64,
}

impl Judgement {
    /// The verified token, or the most telling reason to refuse it.
    ///
    /// # Errors
    /// The rejection.
    pub fn verdict(&self) -> Result<&Verified, &Rejection> {
        self.verdict.as_ref()
    }

    /// The verified token, or the most telling reason to refuse it.
    ///
    /// # Errors
    /// The rejection.
    pub fn into_verdict(self) -> Result<Verified, Rejection> {
        self.verdict
    }

    /// Whether the key is past its lifetime, and serves on because its issuer cannot be reached.
    pub fn has_stale_key(&self) -> bool {
        self.stale_key
    }

    /// Under which circumstances a [`Verifier`] would accept the token again. `None` where it was refused,
    /// where its key is past its lifetime, where it is accepted once only, and where no verifier judged it.
    ///
    /// [`Verifier`]: crate::Verifier
    pub fn standing(&self) -> Option<Standing> {
        let verified = self.verdict.as_ref().ok()?;
        let generation = self.generation?;
        Some(Standing { issuer: verified.issuer().into(), generation, window: self.window })
    }

    /// The key that was asked for; `None` if the verdict was known without one.
    pub(crate) fn key_need(&self) -> Option<&KeyNeed> {
        self.need.as_ref()
    }

    /// Takes note of which keys it was judged by.
    pub(crate) fn by_keys(self, generation: Option<Generation>) -> Self {
        Self { generation: generation.filter(|_| !self.stale_key), ..self }
    }

    /// The judgement at `now` of a token that was accepted before, and would be again.
    pub(crate) fn again(verified: Verified, standing: &Standing, tolerance: u64, now: u64) -> Self {
        Self {
            verdict: Ok(verified),
            signature: SignatureState::Held,
            stale_key: false,
            need: None,
            claim: None,
            window: standing.window,
            generation: Some(standing.generation),
            tolerance,
            entries: Vec::new(),
            now,
        }
    }

    /// Every check in order; empty unless the evaluation was made with [`Detail::Report`].
    ///
    /// [`Detail::Report`]: super::Detail::Report
    pub fn report(&self) -> Report {
        let held = self.signature == SignatureState::Held;
        Report {
            accepted: self.verdict.is_ok(),
            signature: self.signature,
            rule: self.verdict.as_ref().ok().map(|verified| verified.rule().to_owned()),
            rejection: self.verdict.as_ref().err().cloned(),
            evaluated_at: self.now,
            evaluated_at_text: Instant(self.now).to_string(),
            checks: self
                .entries
                .iter()
                .map(|(c, outcome)| CheckReport::of(*c, outcome, held))
                .collect(),
        }
    }
}

/// The result of `explain`: every check, in order, with what was expected and what was found.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Report {
    /// Whether the token is accepted: exactly when `verify` accepts it.
    pub accepted: bool,
    /// What became of the signature. Unless it held, nothing the token says is more than a claim.
    pub signature: SignatureState,
    /// The name of the trust rule that is met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Why the token is refused: exactly what `verify` throws.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection: Option<Rejection>,
    /// The time for which the checks were made, in seconds since the epoch.
    pub evaluated_at: u64,
    /// The same as RFC 3339 text.
    pub evaluated_at_text: String,
    /// The checks, in order.
    pub checks: Vec<CheckReport>,
}

/// What became of a token's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SignatureState {
    /// It does not match content and key.
    Failed,
    /// It matches content and key.
    Held,
    /// It was not looked at.
    NotChecked,
}

/// One check of a report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckReport {
    /// The check.
    pub check: Check,
    /// What is checked, in one sentence.
    pub question: &'static str,
    /// `passed`, `failed` or `skipped`.
    pub outcome: OutcomeName,
    /// What the check could rely on.
    pub basis: Basis,
    /// What passes, unless the check was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was there, unless the check was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Why it was skipped, or what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The code of a failed check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// What to do about a failed check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<&'static str>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum OutcomeName {
    /// It does not hold.
    Failed,
    /// It holds.
    Passed,
    /// It was not made.
    Skipped,
}

/// What a check could rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Basis {
    /// Claims that nobody has vouched for: the signature has not held.
    Claimed,
    /// The form of the token's text, which needs no voucher.
    Form,
    /// Claims that the issuer has signed.
    Signed,
}

impl CheckReport {
    fn of(check: Check, outcome: &Outcome, held: bool) -> Self {
        let report = Self {
            check,
            question: check.question(),
            outcome: OutcomeName::Skipped,
            basis: if check <= Check::Header {
                Basis::Form
            } else if held {
                Basis::Signed
            } else {
                Basis::Claimed
            },
            expected: None,
            found: None,
            reason: None,
            code: None,
            remedy: None,
        };
        match outcome {
            Outcome::Passed(evidence) => Self {
                outcome: OutcomeName::Passed,
                expected: Some(evidence.expected.clone()),
                found: Some(evidence.found.clone()),
                ..report
            },
            Outcome::Failed(rejection) => Self {
                outcome: OutcomeName::Failed,
                expected: Some(rejection.expected.clone()),
                found: Some(rejection.found.clone()),
                reason: Some(rejection.message()),
                code: Some(rejection.code),
                remedy: Some(rejection.remedy()),
                ..report
            },
            Outcome::Skipped(reason) => Self { reason: Some(reason), ..report },
        }
    }
}
