//! Whom this service trusts: the billing roles of our organization, in any account.

use countersign::Policy;
use serde_json::json;
use worker::{Env, Error, Result};

/// The policy, with what `wrangler.toml` sets.
pub fn of(env: &Env) -> Result<Policy> {
    let mut policy = json!({
        "audience": env.var("AUDIENCE")?.to_string(),
        "trust": [{
            "name": "billing roles of our organization",
            "organization": env.var("ORGANIZATION")?.to_string(),
            "principals": ["arn:aws:iam::*:role/billing/*"],
        }],
    });
    // For development alone: a local issuer (`countersign issuer`), which stands in for AWS.
    if let Ok(issuers) = env.var("DANGER_LOOPBACK_ISSUERS") {
        policy["dangerLoopbackIssuers"] = issuers.to_string().split(',').collect();
    }
    Policy::from_json(&policy.to_string()).map_err(|faults| Error::RustError(faults.to_string()))
}
