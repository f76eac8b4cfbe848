//! The crate jsonwebtoken as an independent oracle: it accepts the tokens that the core accepts, and no
//! signature that the core refuses.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

use std::collections::HashMap;
use std::str::FromStr as _;
use std::time::{SystemTime, UNIX_EPOCH};

use countersign::PolicyDocument;
use countersign_tests::suite::Suite;
use countersign_tests::vectors::{Case, Expectation};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::Value;

/// What jsonwebtoken refuses and the core means to accept, each with its reason.
const STRICTER: &[(&str, &str)] = &[];

#[test]
fn jsonwebtoken_accepts_every_token_that_the_core_accepts() {
    let suite = Suite::read().unwrap();
    let mut accepted = 0;
    let mut failures = Vec::new();
    for (file, case) in suite.cases() {
        if !matches!(case.expect, Expectation::Accepted { .. }) {
            continue;
        }
        let name = format!("{file}: {}", case.name);
        let reason = STRICTER.iter().find(|(stricter, _)| *stricter == name);
        match (verify(&suite, case), reason) {
            (Ok(_), None) => accepted += 1,
            (Ok(_), Some(_)) => failures.push(format!("{name}: accepted by now: take it off")),
            (Err(fault), None) => failures.push(format!("{name}: {fault}")),
            (Err(fault), Some((_, reason))) => println!("{name}: refused ({fault}): {reason}"),
        }
    }
    println!("{accepted} tokens accepted by jsonwebtoken too");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(accepted >= 100, "only {accepted}: are the vectors there?");
}

#[test]
fn jsonwebtoken_refuses_every_signature_that_the_core_refuses() {
    let suite = Suite::read().unwrap();
    let mut refused = 0;
    for (file, case) in suite.cases() {
        let Expectation::Rejected { code, .. } = &case.expect else { continue };
        if !code.starts_with("signature.") {
            continue;
        }
        assert!(verify(&suite, case).is_err(), "{file}: {} is accepted by jsonwebtoken", case.name);
        refused += 1;
    }
    println!("{refused} signatures refused by jsonwebtoken too");
    assert!(refused >= 30, "only {refused}: are the vectors there?");
}

/// Verifies signature, issuer, audience and expiry at the case's own time.
fn verify(suite: &Suite, case: &Case) -> Result<HashMap<String, Value>, String> {
    let token = case.token.as_ref().expect("a token").build();
    let policy: Value = serde_json::from_str(&suite.policy(case)).unwrap();
    let header = decode_header(&token).map_err(|fault| fault.to_string())?;
    let payload = token.split('.').nth(1).expect("three parts");
    let payload = countersign::base64url::decode(payload).map_err(|fault| fault.to_string())?;
    let claims: Value = serde_json::from_slice(&payload).map_err(|fault| fault.to_string())?;
    let issuer = claims.get("iss").and_then(Value::as_str).ok_or("no issuer")?;
    let (_, key_set) = suite
        .key_sets(case)
        .into_iter()
        .find(|(known, _)| known == issuer)
        .ok_or("no keys of this issuer")?;
    // Only the key that is meant is read: a set may hold others that jsonwebtoken does not know.
    let key_set: Value = serde_json::from_str(&key_set).unwrap();
    let meant = |key: &&Value| {
        let kind = if header.alg == Algorithm::RS256 { "RSA" } else { "EC" };
        key.get("kid").and_then(Value::as_str) == header.kid.as_deref()
            && key.get("kty").and_then(Value::as_str) == Some(kind)
    };
    let keys = key_set.get("keys").and_then(Value::as_array).expect("an array of keys");
    let key = keys.iter().find(meant).ok_or("no such key")?;
    let set: JwkSet = serde_json::from_value(serde_json::json!({ "keys": [key] }))
        .map_err(|fault| fault.to_string())?;
    let jwk = set.keys.first().expect("one key");
    let key = DecodingKey::from_jwk(jwk).map_err(|fault| fault.to_string())?;
    let validation = validation(case, &policy, issuer, allowed(&policy, header.alg)?);
    decode(&token, &key, &validation).map(|data| data.claims).map_err(|fault| fault.to_string())
}

/// The header's algorithm, if the policy allows it: the library takes one family of algorithms at a time.
fn allowed(policy: &Value, algorithm: Algorithm) -> Result<Algorithm, String> {
    let named = match policy.get("algorithms").and_then(Value::as_array) {
        None => vec![Algorithm::ES384, Algorithm::RS256],
        Some(names) => names
            .iter()
            .filter_map(Value::as_str)
            .map(|name| Algorithm::from_str(name).unwrap())
            .collect(),
    };
    let is_named = named.contains(&algorithm);
    is_named.then_some(algorithm).ok_or_else(|| "an algorithm that is not allowed".to_owned())
}

fn validation(case: &Case, policy: &Value, issuer: &str, algorithm: Algorithm) -> Validation {
    let defaults = PolicyDocument::default();
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[issuer]);
    match policy.get("audience") {
        Some(Value::Array(audiences)) => {
            validation
                .set_audience(&audiences.iter().filter_map(Value::as_str).collect::<Vec<_>>());
        }
        Some(Value::String(audience)) => validation.set_audience(&[audience]),
        _ => validation.validate_aud = false,
    }
    // It knows only the system's clock: a leeway that reaches back to the case's time moves it there.
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let tolerance = policy
        .get("clockToleranceSeconds")
        .and_then(Value::as_u64)
        .unwrap_or(defaults.clock_tolerance_seconds);
    validation.leeway = clock.checked_sub(case.now).expect("a case of the past") + tolerance;
    validation
}
