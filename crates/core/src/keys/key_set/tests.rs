use serde_json::{Value, json};

use super::{Algorithm, KeyLookup, KeySet, KeySetLimits};
use crate::base64url;

const AWS: &str = include_str!("../../../../../tests/vectors/aws/jwks.json");

fn parse(text: impl AsRef<[u8]>) -> KeySet {
    KeySet::parse(text.as_ref(), KeySetLimits::default()).unwrap()
}

fn fault(text: impl AsRef<[u8]>) -> &'static str {
    KeySet::parse(text.as_ref(), KeySetLimits::default()).unwrap_err().code.as_str()
}

fn set(keys: &[Value]) -> KeySet {
    parse(json!({ "keys": keys }).to_string())
}

fn aws() -> [Value; 2] {
    let set: Value = serde_json::from_str(AWS).unwrap();
    [set["keys"][0].clone(), set["keys"][1].clone()]
}

fn renamed(mut jwk: Value, key_id: &str) -> Value {
    jwk["kid"] = json!(key_id);
    jwk
}

fn positions(set: &KeySet) -> Vec<(usize, Option<&str>, &str)> {
    let entries = set.skipped().iter();
    entries.map(|key| (key.position, key.key_id.as_deref(), key.reason.code.as_str())).collect()
}

#[test]
fn the_live_key_set_reads_as_it_is() {
    let set = parse(AWS);
    assert!(set.skipped().is_empty());
    assert_eq!(set.key_ids(), ["EC384_0", "RSA_0"]);
    assert!(matches!(set.key("RSA_0", Algorithm::Rs256), KeyLookup::Found(_)));
    assert!(matches!(set.key("EC384_0", Algorithm::Es384), KeyLookup::Found(_)));
    assert!(matches!(set.key("EC384_0", Algorithm::Es256), KeyLookup::OtherAlgorithm(_)));
    assert!(matches!(set.key("rsa_0", Algorithm::Rs256), KeyLookup::Unknown));
}

#[test]
fn a_bad_key_is_skipped_and_the_rest_still_serve() {
    let [rsa, ec] = aws();
    let mut bad = renamed(ec.clone(), "bad");
    bad["use"] = json!("enc");
    let set = set(&[bad, json!(7), rsa, json!({ "kty": "oct", "k": "AA" }), ec]);
    assert_eq!(
        positions(&set),
        [(0, Some("bad"), "jwk.use"), (1, None, "jwk.member"), (3, None, "jwk.private")]
    );
    assert_eq!(set.keys().len(), 2);
    let KeyLookup::Skipped(skipped) = set.key("bad", Algorithm::Es384) else {
        panic!("the reason is kept");
    };
    assert_eq!(
        serde_json::to_value(skipped).unwrap(),
        json!({ "position": 0, "keyId": "bad", "reason": {
            "code": "jwk.use",
            "message": "The key's `use` is not signatures.",
            "remedy": "Publish the key with use \"sig\", or without the member.",
            "expected": "\"sig\"",
            "found": "\"enc\"",
        }})
    );
}

#[test]
fn one_key_id_for_two_algorithms_is_fine_and_for_one_algorithm_is_ambiguous() {
    let [rsa, ec] = aws();
    let both = set(&[renamed(rsa.clone(), "k"), renamed(ec.clone(), "k")]);
    assert!(matches!(both.key("k", Algorithm::Rs256), KeyLookup::Found(_)));
    assert!(matches!(both.key("k", Algorithm::Es384), KeyLookup::Found(_)));
    assert_eq!(both.key_ids(), ["k"]);

    let rsa = renamed(rsa, "k");
    let twice = set(&[rsa.clone(), renamed(ec, "k"), json!(7), rsa]);
    assert_eq!(
        positions(&twice),
        [(0, Some("k"), "jwk.ambiguous"), (2, None, "jwk.member"), (3, Some("k"), "jwk.ambiguous")]
    );
    assert!(matches!(twice.key("k", Algorithm::Rs256), KeyLookup::Skipped(_)));
    assert!(matches!(twice.key("k", Algorithm::Es384), KeyLookup::Found(_)));
}

#[test]
fn a_sound_key_serves_beside_a_bad_one_of_the_same_id() {
    let [rsa, _] = aws();
    let mut bad = rsa.clone();
    bad["n"] = json!("AQAB");
    let set = set(&[bad, rsa]);
    assert!(matches!(set.key("RSA_0", Algorithm::Rs256), KeyLookup::Found(_)));
    assert_eq!(positions(&set), [(0, Some("RSA_0"), "jwk.modulus")]);
}

#[test]
fn a_modulus_need_not_fill_its_bytes() {
    let text = include_str!("../../../../../tests/vectors/signatures/rsa-sizes.json");
    let vectors: Value = serde_json::from_str(text).unwrap();
    let message = vectors["message"].as_str().unwrap().as_bytes();
    for vector in vectors["keys"].as_array().unwrap() {
        let set = set(&[vector["jwk"].clone()]);
        let signature = base64url::decode(vector["signature"].as_str().unwrap()).unwrap();
        assert_eq!(set.keys()[0].verify(message, &signature), Ok(()), "{}", vector["bits"]);
    }
}

#[test]
fn whole_documents_are_refused_by_name() {
    assert!(parse(r#"{"keys":[],"x":1}"#).keys().is_empty());
    for (text, code) in [
        ("", "key_set.json"),
        ("<html>", "key_set.json"),
        ("\u{feff}{\"keys\":[]}", "key_set.json"),
        (r#"{"keys":[],"keys":[]}"#, "key_set.json"),
        (r#"{"keys":[{"kid":"a","kid":"b"}]}"#, "key_set.json"),
        (r#"{"keys":[]} {}"#, "key_set.json"),
        ("[]", "key_set.keys"),
        ("null", "key_set.keys"),
        ("{}", "key_set.keys"),
        (r#"{"keys":{}}"#, "key_set.keys"),
        (r#"{"Keys":[]}"#, "key_set.keys"),
    ] {
        assert_eq!(fault(text), code, "{text}");
    }
    assert_eq!(fault(b"{\"keys\":[\"\xff\"]}"), "key_set.utf8");
    let deep = format!(r#"{{"keys":[{}1{}]}}"#, "[".repeat(40), "]".repeat(40));
    assert_eq!(fault(deep), "key_set.json");
}

#[test]
fn size_and_number_are_bounded_inclusively() {
    let padded = |bytes: usize| format!("{{\"keys\":[]{}}}", " ".repeat(bytes - 11));
    parse(padded(65_536));
    assert_eq!(fault(padded(65_537)), "key_set.too_large");
    let many = |count: usize| json!({ "keys": vec![1; count] }).to_string();
    assert_eq!(parse(many(100)).skipped().len(), 100);
    assert_eq!(fault(many(101)), "key_set.too_many_keys");
}
