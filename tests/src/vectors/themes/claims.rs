use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::token;
use crate::vectors::shared::{EXPIRES_AT, ISSUER, ROLE};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    // Each claim, the check that looks at it, and a text that it could hold.
    for (claim, check, text) in
        [("iss", "issuer", ISSUER), ("sub", "subject", ROLE), ("jti", "token_id", "an id")]
    {
        cases.push(missing(claim, check));
        for (name, value) in [
            ("an array", json!([text])),
            ("a number", json!(7)),
            ("null", Value::Null),
            ("an object", json!({ text: true })),
            ("true", json!(true)),
            ("an empty text", json!("")),
        ] {
            cases.push(wrong(claim, check, name, value));
        }
    }
    let seconds = EXPIRES_AT;
    for (claim, check) in [("exp", "expiry"), ("iat", "issued_at")] {
        cases.push(missing(claim, check));
        for (name, value) in times(seconds) {
            cases.push(wrong_text(claim, check, name, &value));
        }
    }
    for (name, value) in times(1) {
        cases.push(wrong_text("nbf", "not_before", name, &value));
    }
    cases
}

/// What a time must not be, as JSON text: some of it no number of a reader holds.
fn times(seconds: u64) -> Vec<(&'static str, String)> {
    vec![
        ("a string", format!("\"{seconds}\"")),
        ("a fraction", format!("{seconds}.5")),
        ("a fraction of zero", format!("{seconds}.0")),
        ("with an exponent", format!("{seconds}e0")),
        ("1e300", "1e300".to_owned()),
        ("1e400, which is infinite to many", "1e400".to_owned()),
        ("negative", format!("-{seconds}")),
        ("minus zero", "-0".to_owned()),
        ("2 to the 64th and more", (u128::from(u64::MAX) + 1 + u128::from(seconds)).to_string()),
        ("null", "null".to_owned()),
        ("true", "true".to_owned()),
        ("an array", format!("[{seconds}]")),
        ("an object", format!("{{\"seconds\":{seconds}}}")),
    ]
}

fn missing(claim: &str, check: &str) -> Case {
    Case::rejected(
        &format!("{claim}: missing"),
        "AWS always sets it, and the policy requires it (peers.md, row no exp).",
        token().without(claim),
        ("claim.missing", check),
    )
    .found(claim)
}

fn wrong(claim: &str, check: &str, name: &str, value: Value) -> Case {
    Case::rejected(
        &format!("{claim}: {name}"),
        "Claim type confusion (RFC 7519, section 4.1).",
        token().claim(claim, value),
        ("claim.type", check),
    )
    .expecting(claim)
}

fn wrong_text(claim: &str, check: &str, name: &str, value: &str) -> Case {
    let marked = token().claim(claim, json!("MARK")).payload_text();
    let payload = marked.replace("\"MARK\"", value);
    Case::rejected(
        &format!("{claim}: {name}"),
        "RFC 7519, section 2, NumericDate, narrowed to what AWS issues: whole seconds.",
        token().payload(payload),
        ("claim.type", check),
    )
    .expecting(claim)
}
