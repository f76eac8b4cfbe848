//! By the same seed the bindings give what the issuer gives natively: `tests/testing/seeded.json`, which the tests of
//! the npm package hold against the module.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use chacha20::ChaCha20Rng;
use countersign_issuer::{Config, DEFAULT_CONFIG, IssuerForm, Peer, Request, Timestamp};
use countersign_wasm_issuer::Issuer;
use rand_core::SeedableRng;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const NOWHERE: &str = "http://127.0.0.1:0";

fn expected() -> Value {
    serde_json::from_str(include_str!("../../../tests/testing/seeded.json")).unwrap()
}

/// Asks for all that the file has, and puts it in the file's shape.
fn asked(mut ask: impl FnMut(&str, &str, &str, Vec<u8>) -> String, issuer: &str) -> Value {
    let expected = expected();
    let host = issuer.strip_prefix("https://").unwrap();
    let mut tokens = Vec::new();
    for token in expected["tokens"].as_array().unwrap() {
        let order = token["order"].clone();
        let answer =
            ask("POST", "localhost", "/_countersign/tokens", order.to_string().into_bytes());
        let answer: Value = serde_json::from_str(&answer).unwrap();
        tokens.push(json!({ "order": order, "token": answer["token"] }));
    }
    let keys = ask("GET", host, "/.well-known/jwks.json", Vec::new());
    let keys: Value = serde_json::from_str(&keys).unwrap();
    let (seed, now) = (&expected["seed"], &expected["now"]);
    json!({ "seed": seed, "now": now, "issuer": issuer, "tokens": tokens, "keys": keys })
}

fn seed() -> String {
    expected()["seed"].as_str().unwrap().to_owned()
}

fn now() -> i64 {
    expected()["now"].as_i64().unwrap()
}

#[test]
fn natively() {
    let mut entropy = ChaCha20Rng::from_seed(Sha256::digest(seed()).into());
    let config = Config::built_in().unwrap().with_issuer_form(IssuerForm::Aws);
    let mut issuer = countersign_issuer::Issuer::new(config, NOWHERE, &mut entropy);
    let (_, url) = issuer.issuers().next().unwrap();
    let ask = |method: &str, host: &str, path: &str, body: Vec<u8>| {
        let request = Request {
            method: method.into(),
            path: path.into(),
            headers: vec![("host".into(), host.into())],
            body,
            peer: Peer::Loopback,
            ..Request::default()
        };
        let response = issuer.respond(&request, Timestamp::from_unix_seconds(now()), &mut entropy);
        String::from_utf8(response.body).unwrap()
    };
    assert_eq!(asked(ask, &url), expected());
}

#[test]
fn by_the_bindings() {
    let config = DEFAULT_CONFIG.replace("form = \"loopback\"", "form = \"aws\"");
    let mut issuer = Issuer::new(&config, NOWHERE, None, seed().as_bytes(), false).unwrap();
    let issuers: Vec<(String, String)> = serde_json::from_str(&issuer.issuers()).unwrap();
    let url = issuers[0].1.clone();
    let ask = |method: &str, host: &str, path: &str, body: Vec<u8>| {
        let headers = json!([["host", host]]).to_string();
        let milliseconds = (now() * 1000) as f64;
        let (method, path) = (method.to_owned(), path.to_owned());
        let answer =
            issuer.respond(method, path, String::new(), &headers, body, true, milliseconds);
        let answer: Value = serde_json::from_str(&answer.unwrap()).unwrap();
        assert_eq!(answer["status"], 200, "{answer}");
        answer["body"].as_str().unwrap().to_owned()
    };
    assert_eq!(asked(ask, &url), expected());
}
