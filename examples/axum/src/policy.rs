//! Whom this service trusts: the billing roles of all accounts below one organizational unit, in production or staging.

use std::env;
use std::error::Error;

use countersign::Policy;
use serde_json::json;

/// The policy, with what the environment says of this deployment.
pub fn from_environment() -> Result<Policy, Box<dyn Error>> {
    let audience = env::var("AUDIENCE").unwrap_or_else(|_| "https://api.example.com".to_owned());
    let organization = env::var("ORGANIZATION").map_err(
        |_| "Set ORGANIZATION: the AWS organization whose accounts may call, such as o-abc1234567.",
    )?;
    let mut policy = json!({
        "audience": audience,
        "trust": [{
            "name": "billing of our organization",
            "organization": organization,
            "organizationalUnits": [format!("{organization}/r-ab12/ou-ab12-11111111/**")],
            "principals": ["arn:aws:iam::*:role/billing/*"],
            "principalTags": { "environment": ["production", "staging"] },
        }],
    });
    // For development alone: a local issuer (`countersign issuer`), which stands in for AWS.
    if let Ok(issuers) = env::var("DANGER_LOOPBACK_ISSUERS") {
        policy["dangerLoopbackIssuers"] = issuers.split(',').collect();
    }
    Ok(Policy::from_json(&policy.to_string())?)
}
