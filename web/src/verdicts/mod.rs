//! Three verdicts on a token, never one: its signature, its times, and the policy.

mod policy;
mod signature;
#[cfg(test)]
mod tests;
mod time;

pub use policy::PolicyVerdict;
pub use signature::SignatureVerdict;
pub use time::TimeVerdict;

use countersign::{Detail, KeyStoreSettings, Policy, PolicyDocument, Report, TrustRule, Verifier};

use crate::state::State;

/// What can be said of the token in hand.
#[derive(Clone, Debug)]
pub struct Verdicts {
    /// Whether the signature holds.
    pub signature: SignatureVerdict,
    /// Whether the token is valid at the time for which it is judged.
    pub time: TimeVerdict,
    /// Whether the policy takes it.
    pub policy: PolicyVerdict,
    /// Every check of the policy; `None` while there is no policy.
    pub report: Option<Report>,
}

impl Verdicts {
    /// Judges the token in hand at `now` (seconds since the epoch). Its signature, which costs the most and
    /// does not depend on the time, is judged before.
    pub fn of(state: &State, signature: SignatureVerdict, now: u64) -> Self {
        let report =
            state.policy.policy().and_then(|policy| explain(state, Policy::clone(policy), now));
        let time = match &report {
            Some(report) => TimeVerdict::of(state, Some(report)),
            None => {
                TimeVerdict::of(state, undemanding().and_then(|p| explain(state, p, now)).as_ref())
            }
        };
        let policy = PolicyVerdict::of(state, report.as_ref());
        Self { signature, time, policy, report }
    }
}

/// Every check under a policy, with the keys at hand.
fn explain(state: &State, policy: Policy, now: u64) -> Option<Report> {
    let mut verifier = Verifier::new(policy, KeyStoreSettings::default()).ok()?;
    if let (Some(issuer), Some(keys)) = (state.token.issuer(), state.token_keys().known()) {
        verifier.add_static_keys(issuer, (**keys).clone());
    }
    Some(verifier.judge(state.token.text(), now, Detail::Report).report())
}

/// A policy that stands in while there is none: only what it says about times is looked at.
fn undemanding() -> Option<Policy> {
    Policy::new(PolicyDocument {
        danger_accept_any_audience: true,
        // How long a token may live is for a policy to say.
        danger_accept_any_lifetime: true,
        trust: vec![TrustRule {
            issuer: vec!["https://none.tokens.sts.global.api.aws".to_owned()],
            ..TrustRule::default()
        }],
        ..PolicyDocument::default()
    })
    .ok()
}
