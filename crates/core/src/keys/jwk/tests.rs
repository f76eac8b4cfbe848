use serde_json::{Value, json};

use super::{Algorithm, JwkCode, Key, SkipReason, read};
use crate::base64url;
use crate::json::{Document, Limits};

fn try_read(jwk: &Value) -> Result<Key, SkipReason> {
    read(Document::parse(jwk.to_string(), Limits::default()).unwrap().root(), None)
}

/// The key with members replaced, or removed where the replacement is null.
fn with(mut jwk: Value, changes: Value) -> Value {
    let (Some(members), Value::Object(changes)) = (jwk.as_object_mut(), changes) else {
        panic!("objects");
    };
    for (name, value) in changes {
        if value.is_null() {
            members.remove(&name);
        } else {
            members.insert(name, value);
        }
    }
    jwk
}

fn aws() -> [Value; 2] {
    let text = include_str!("../../../../../tests/vectors/aws/jwks.json");
    let set: Value = serde_json::from_str(text).unwrap();
    [set["keys"][0].clone(), set["keys"][1].clone()]
}

// RFC 7515, appendix A.3.
fn p256() -> Value {
    json!({
        "kty": "EC", "crv": "P-256", "kid": "p",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    })
}

fn modulus(bits: usize) -> String {
    let mut bytes = vec![0xff; bits.div_ceil(8)];
    bytes[0] = 0xff >> (bytes.len() * 8 - bits);
    base64url::encode(&bytes)
}

#[test]
fn the_kind_of_key_decides_the_algorithm() {
    let [rsa, p384] = aws();
    for (jwk, algorithm) in
        [(rsa, Algorithm::Rs256), (p384, Algorithm::Es384), (p256(), Algorithm::Es256)]
    {
        for alg in [json!(algorithm), Value::Null] {
            let key = try_read(&with(jwk.clone(), json!({ "alg": alg }))).unwrap();
            assert_eq!(key.algorithm(), algorithm);
            assert_eq!(key.key_id(), jwk["kid"]);
        }
        for other in ["RS512", "PS256", "ES512", "HS256", "none", "rs256", ""] {
            let reason = try_read(&with(jwk.clone(), json!({ "alg": other }))).unwrap_err();
            assert_eq!(reason.code, JwkCode::Algorithm, "{other}");
        }
    }
    let crossed = with(p256(), json!({ "alg": "ES384" }));
    assert_eq!(try_read(&crossed).unwrap_err().code, JwkCode::Algorithm);
}

#[test]
fn every_rule_has_its_own_reason() {
    let [rsa, p384] = aws();
    let long = "k".repeat(257);
    let padded = format!("{}=", rsa["n"].as_str().unwrap());
    let leading = {
        let mut bytes = base64url::decode(rsa["n"].as_str().unwrap()).unwrap();
        bytes.insert(0, 0);
        base64url::encode(&bytes)
    };
    let cases = [
        (&rsa, json!({ "alg": 1 }), "jwk.member"),
        (&rsa, json!({ "d": "AQAB" }), "jwk.private"),
        (&rsa, json!({ "qi": 1 }), "jwk.private"),
        (&p384, json!({ "d": "AQAB" }), "jwk.private"),
        (&rsa, json!({ "kty": "oct", "k": "AQAB" }), "jwk.private"),
        (&rsa, json!({ "kty": "oct" }), "jwk.key_type"),
        (&p384, json!({ "kty": "OKP", "crv": "Ed25519" }), "jwk.key_type"),
        (&rsa, json!({ "kty": "rsa" }), "jwk.key_type"),
        (&rsa, json!({ "kty": null }), "jwk.member"),
        (&rsa, json!({ "kid": null }), "jwk.key_id"),
        (&rsa, json!({ "kid": "" }), "jwk.key_id"),
        (&rsa, json!({ "kid": 7 }), "jwk.key_id"),
        (&rsa, json!({ "kid": "a\nb" }), "jwk.key_id"),
        (&rsa, json!({ "kid": long }), "jwk.key_id"),
        (&rsa, json!({ "use": "enc" }), "jwk.use"),
        (&rsa, json!({ "use": ["sig"] }), "jwk.member"),
        (&rsa, json!({ "key_ops": ["sign"] }), "jwk.key_operations"),
        (&rsa, json!({ "key_ops": [] }), "jwk.key_operations"),
        (&rsa, json!({ "key_ops": "verify" }), "jwk.member"),
        (&rsa, json!({ "key_ops": ["verify", 1] }), "jwk.member"),
        (&rsa, json!({ "n": null }), "jwk.member"),
        (&rsa, json!({ "n": 7 }), "jwk.member"),
        (&rsa, json!({ "n": "" }), "jwk.modulus"),
        (&rsa, json!({ "n": padded }), "jwk.encoding"),
        (&rsa, json!({ "n": leading }), "jwk.modulus"),
        (&rsa, json!({ "n": modulus(1024) }), "jwk.modulus"),
        (&rsa, json!({ "n": modulus(2047) }), "jwk.modulus"),
        (&rsa, json!({ "n": modulus(4097) }), "jwk.modulus"),
        (&rsa, json!({ "n": base64url::encode(&[0xfe; 256]) }), "jwk.modulus"),
        (&rsa, json!({ "e": null }), "jwk.member"),
        (&rsa, json!({ "e": "" }), "jwk.exponent"),
        (&rsa, json!({ "e": "AAEAAQ" }), "jwk.exponent"),
        (&rsa, json!({ "e": "AQ" }), "jwk.exponent"),
        (&rsa, json!({ "e": "BA" }), "jwk.exponent"),
        (&rsa, json!({ "e": base64url::encode(&[2, 0, 0, 0, 1]) }), "jwk.exponent"),
        (&rsa, json!({ "e": base64url::encode(&[1; 9]) }), "jwk.exponent"),
        (&p384, json!({ "crv": null }), "jwk.member"),
        (&p384, json!({ "crv": "P-521" }), "jwk.curve"),
        (&p384, json!({ "crv": "secp256k1" }), "jwk.curve"),
        (&p384, json!({ "crv": "P-256", "alg": null }), "jwk.coordinate"),
        (&p384, json!({ "x": "AA" }), "jwk.coordinate"),
        (&p384, json!({ "y": null }), "jwk.member"),
        (&p384, json!({ "y": p384["x"] }), "jwk.point"),
    ];
    for (jwk, changes, code) in cases {
        let changed = with(jwk.clone(), changes.clone());
        let reason = try_read(&changed).expect_err(&changes.to_string());
        assert_eq!(reason.code.as_str(), code, "{changes} {reason}");
    }
    for value in [json!(1), json!([]), json!("key"), json!(null)] {
        assert_eq!(try_read(&value).unwrap_err().code, JwkCode::Member);
    }
}

#[test]
fn limits_are_inclusive() {
    let [rsa, _] = aws();
    let largest_exponent = base64url::encode(&[1, 255, 255, 255, 255]);
    for changes in [
        json!({ "n": modulus(2048) }),
        json!({ "n": modulus(2049) }),
        json!({ "n": modulus(4096) }),
        json!({ "e": "Aw" }),
        json!({ "e": largest_exponent }),
        json!({ "kid": "é".repeat(256) }),
        json!({ "key_ops": ["sign", "verify"], "use": null }),
        json!({ "key_ops": ["verify", "sign"], "use": null }),
    ] {
        try_read(&with(rsa.clone(), changes)).unwrap();
    }
}

#[test]
fn certificates_and_unknown_members_are_ignored() {
    let [_, p384] = aws();
    let x5 = json!({ "x5c": 7, "x5u": "http://x", "x5t": null, "ext": true, "new": [1] });
    assert_eq!(try_read(&with(p384, x5)).unwrap().key_id(), "EC384_0");
}

#[test]
fn reasons_say_what_was_found() {
    let [rsa, p384] = aws();
    for (jwk, changes, found) in [
        (&rsa, json!({ "n": base64url::encode(&[0xfe; 256]) }), "an even number"),
        (&rsa, json!({ "n": modulus(2047) }), "2047 bits"),
        (&rsa, json!({ "e": "BA" }), "4"),
        (&rsa, json!({ "alg": "PS256" }), "\"PS256\""),
        (&p384, json!({ "x": "AA" }), "1 bytes"),
        (&p384, json!({ "x": "AB" }), "stray bits at character 1"),
        (&p384, json!({ "key_ops": ["sign"] }), "[\"sign\"]"),
    ] {
        assert_eq!(try_read(&with(jwk.clone(), changes)).unwrap_err().found, found);
    }
}

#[test]
fn reasons_hold_no_private_value() {
    let [rsa, _] = aws();
    let reason = try_read(&with(rsa, json!({ "d": "c2VjcmV0" }))).unwrap_err();
    assert!(!serde_json::to_string(&reason).unwrap().contains("c2VjcmV0"));
    assert_eq!(reason.found, "the member d");
}

/// Evidence that is shown as it stands in the document must not forge a line of a log.
#[test]
fn a_reason_can_be_logged() {
    let jwk = "{\"kty\":\"EC\",\"kid\":\"k\",\"key_ops\":[\n\"a\u{202e}\"\n]}";
    let document = Document::parse(jwk, Limits::default()).unwrap();
    let reason = read(document.root(), None).unwrap_err();
    assert_eq!(reason.code, JwkCode::KeyOperations);
    assert_eq!(reason.found, r#"[\n"a\u{202e}"\n]"#);
}
