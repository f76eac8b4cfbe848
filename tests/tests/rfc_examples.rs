//! The examples of RFC 7515, RFC 7517 and RFC 7520 that use ES256, ES384 or RS256.
//!
//! The other signature examples of RFC 7520, section 4 use HS256, PS384 and ES512, which are never
//! accepted here; ES384 has no example there.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

use countersign::base64url;
use countersign::keys::{Algorithm, Key, KeyLookup, KeySet, KeySetLimits, SignatureFault};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Examples {
    key_sets: Vec<KeySetExample>,
    signatures: Vec<SignatureExample>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeySetExample {
    name: String,
    key_set: Value,
    /// Key id and algorithm of each key that is used.
    used: Vec<String>,
    /// Position and code of each key that is not.
    skipped: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignatureExample {
    name: String,
    algorithm: Algorithm,
    jwk: Value,
    signing_input: String,
    signature: String,
}

#[test]
fn signatures_verify_and_changed_ones_do_not() {
    let examples = examples().signatures;
    assert_eq!(examples.len(), 4);
    for example in examples {
        let key = key(&example);
        let mut message = example.signing_input.into_bytes();
        let mut signature = base64url::decode(&example.signature).unwrap();
        assert_eq!(key.verify(&message, &signature), Ok(()), "{}", example.name);

        for place in [0, signature.len() / 2, signature.len() - 1] {
            signature[place] ^= 1;
            assert_eq!(key.verify(&message, &signature), Err(SignatureFault::Invalid));
            signature[place] ^= 1;
        }
        let longer = [&signature[..], &[0]].concat();
        for other_length in [&signature[1..], &longer, &[]] {
            let fault = key.verify(&message, other_length).unwrap_err();
            let (expected_bytes, found_bytes) = (signature.len(), other_length.len());
            assert_eq!(fault, SignatureFault::Malformed { expected_bytes, found_bytes });
        }
        message[0] ^= 1;
        assert_eq!(key.verify(&message, &signature), Err(SignatureFault::Invalid));
    }
}

#[test]
fn no_key_verifies_the_signature_of_another() {
    let examples = examples().signatures;
    for key in examples.iter().map(key) {
        for example in &examples {
            let signature = base64url::decode(&example.signature).unwrap();
            let verified = key.verify(example.signing_input.as_bytes(), &signature).is_ok();
            assert_eq!(verified, example.jwk["kid"] == key.key_id(), "{}", example.name);
        }
    }
}

#[test]
fn key_sets_read_as_expected() {
    for example in examples().key_sets {
        let set = parse(&example.key_set);
        let used: Vec<String> =
            set.keys().iter().map(|key| format!("{} {}", key.key_id(), key.algorithm())).collect();
        let skipped: Vec<String> = set
            .skipped()
            .iter()
            .map(|key| format!("{} {}", key.position, key.reason.code))
            .collect();
        assert_eq!((used, skipped), (example.used, example.skipped), "{}", example.name);
    }
}

fn examples() -> Examples {
    serde_json::from_str(include_str!("../vectors/rfc/jose.json")).unwrap()
}

fn key(example: &SignatureExample) -> Key {
    let set = parse(&json!({ "keys": [example.jwk] }));
    match set.key(example.jwk["kid"].as_str().unwrap(), example.algorithm) {
        KeyLookup::Found(key) => key.clone(),
        other => panic!("{}: {other:?}", example.name),
    }
}

fn parse(key_set: &Value) -> KeySet {
    KeySet::parse(key_set.to_string().as_bytes(), KeySetLimits::default()).unwrap()
}
