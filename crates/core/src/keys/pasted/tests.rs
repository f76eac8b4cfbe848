use p256::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _, LineEnding};
use p384::ecdsa::signature::Signer as _;
use pkcs1::EncodeRsaPublicKey as _;
use rsa::BoxedUint;
use serde_json::{Value, json};

use super::{KeySet, KeySetLimits};
use crate::base64url;
use crate::keys::{Algorithm, KeyLookup};

const AWS: &str = include_str!("../../../../../tests/vectors/aws/jwks.json");

fn read(text: &str) -> KeySet {
    KeySet::read_pasted(text, Some("k"), KeySetLimits::default()).unwrap()
}

fn fault(text: &str) -> &'static str {
    KeySet::read_pasted(text, Some("k"), KeySetLimits::default()).unwrap_err().code.as_str()
}

fn skipped(text: &str) -> &'static str {
    let set = read(text);
    assert!(set.keys().is_empty());
    set.skipped()[0].reason.code.as_str()
}

/// AWS's keys: RSA, and P-384.
fn aws() -> [Value; 2] {
    let set: Value = serde_json::from_str(AWS).unwrap();
    [set["keys"][0].clone(), set["keys"][1].clone()]
}

fn p256_secret() -> p256::SecretKey {
    p256::SecretKey::from_slice(&[7; 32]).unwrap()
}

fn p384_secret() -> p384::SecretKey {
    p384::SecretKey::from_slice(&[7; 48]).unwrap()
}

fn p384_pem() -> String {
    p384_secret().public_key().to_public_key_pem(LineEnding::LF).unwrap()
}

/// An RSA key with this modulus and exponent, whether fit for use or not.
fn rsa_key(modulus: &[u8], exponent: u64) -> rsa::RsaPublicKey {
    let bits = u32::try_from(modulus.len() * 8).unwrap();
    let modulus = BoxedUint::from_be_slice(modulus, bits).unwrap();
    rsa::RsaPublicKey::new_unchecked(modulus, exponent.into())
}

fn aws_rsa_pems() -> [String; 2] {
    let modulus = base64url::decode(aws()[0]["n"].as_str().unwrap()).unwrap();
    let key = rsa_key(&modulus, 65_537);
    [key.to_public_key_pem(LineEnding::CRLF).unwrap(), key.to_pkcs1_pem(LineEnding::LF).unwrap()]
}

#[test]
fn key_sets_and_single_keys_read_as_they_are() {
    assert_eq!(read(AWS).key_ids(), ["EC384_0", "RSA_0"]);
    for text in [aws()[0].to_string(), format!("\u{feff}\r\n {} \n", aws()[0])] {
        assert_eq!(read(&text).key_ids(), ["RSA_0"]);
    }
    assert_eq!(skipped(r#"{"kty":"OKP","kid":"a"}"#), "jwk.key_type");
}

#[test]
fn a_key_without_an_id_is_taken_for_the_one_that_the_token_names() {
    let mut nameless = aws()[1].clone();
    nameless.as_object_mut().unwrap().remove("kid");
    let alone = json!({ "keys": [nameless] });
    for text in [nameless.to_string(), alone.to_string(), p384_pem()] {
        let set = read(&text);
        assert!(matches!(set.key("k", Algorithm::Es384), KeyLookup::Found(_)), "{text}");
    }
    for key_id in [None, Some(""), Some("a\nb")] {
        for text in [nameless.to_string(), p384_pem()] {
            let fault = KeySet::read_pasted(&text, key_id, KeySetLimits::default()).unwrap_err();
            assert_eq!(fault.code.as_str(), "key_set.no_key_id");
        }
    }
    let beside = json!({ "keys": [nameless, aws()[0]] });
    assert_eq!(read(&beside.to_string()).skipped()[0].reason.code.as_str(), "jwk.key_id");
    let bad = json!({ "kty": "EC", "kid": 7 });
    assert_eq!(skipped(&bad.to_string()), "jwk.key_id");
}

/// Against the PEM that the cryptography crates write.
#[test]
fn pem_verifies_what_its_private_half_signed() {
    let p256: p256::ecdsa::Signature =
        p256::ecdsa::SigningKey::from(&p256_secret()).sign(b"message");
    let p384: p384::ecdsa::Signature =
        p384::ecdsa::SigningKey::from(&p384_secret()).sign(b"message");
    for (pem, signature, algorithm) in [
        (
            p256_secret().public_key().to_public_key_pem(LineEnding::CRLF).unwrap(),
            p256.to_bytes().to_vec(),
            Algorithm::Es256,
        ),
        (p384_pem(), p384.to_bytes().to_vec(), Algorithm::Es384),
    ] {
        let set = read(&pem);
        assert_eq!(set.keys()[0].algorithm(), algorithm);
        assert_eq!(set.keys()[0].verify(b"message", &signature), Ok(()));
        assert!(set.keys()[0].verify(b"other", &signature).is_err());
    }
}

#[test]
fn rsa_pem_verifies_as_the_same_key_in_a_jwk() {
    let text = include_str!("../../../../../tests/vectors/signatures/rsa-sizes.json");
    let vectors: Value = serde_json::from_str(text).unwrap();
    let message = vectors["message"].as_str().unwrap().as_bytes();
    for vector in vectors["keys"].as_array().unwrap() {
        let modulus = base64url::decode(vector["jwk"]["n"].as_str().unwrap()).unwrap();
        let key = rsa_key(&modulus, 65_537);
        let signature = base64url::decode(vector["signature"].as_str().unwrap()).unwrap();
        for pem in [
            key.to_public_key_pem(LineEnding::LF).unwrap(),
            key.to_pkcs1_pem(LineEnding::LF).unwrap(),
        ] {
            let set = read(&pem);
            assert_eq!(set.keys()[0].verify(message, &signature), Ok(()), "{}", vector["bits"]);
        }
    }
}

#[test]
fn how_pem_is_wrapped_does_not_matter() {
    let [spki, pkcs1] = aws_rsa_pems();
    let indented = format!("Here it is:\n{}\nRegards", spki.replace("\r\n", "\r\n\t  "));
    let escaped = format!("\"{}\"", pkcs1.replace('\n', "\\n"));
    for pem in [&spki, &pkcs1, &indented, &escaped] {
        assert_eq!(read(pem).keys()[0].algorithm(), Algorithm::Rs256, "{pem}");
    }
}

#[test]
fn a_compressed_point_is_a_key_too() {
    let spki = p384_secret().public_key().to_public_key_der().unwrap();
    let point = p384_secret().public_key();
    let compressed = p384::Sec1Point::from(point).compress();
    // The same structure with the shorter point: both lengths change, and both fit in one byte.
    let mut der = spki.as_bytes()[..spki.as_bytes().len() - 97].to_vec();
    let bits = der.len() - 2;
    der[1] -= 48;
    der[bits] -= 48;
    der.extend_from_slice(compressed.as_bytes());
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----",
        base64::Engine::encode(&base64::engine::general_purpose::STANDARD, der)
    );
    let signature: p384::ecdsa::Signature =
        p384::ecdsa::SigningKey::from(&p384_secret()).sign(b"message");
    assert_eq!(read(&pem).keys()[0].verify(b"message", &signature.to_bytes()), Ok(()));
}

#[test]
fn every_limit_holds_for_pem() {
    let modulus = |bits: usize| vec![0xff; bits / 8];
    for (key, code) in [
        (rsa_key(&modulus(1024), 65_537), "jwk.modulus"),
        (rsa_key(&modulus(4104), 65_537), "jwk.modulus"),
        (rsa_key(&modulus(2048), 1), "jwk.exponent"),
        (rsa_key(&modulus(2048), 4), "jwk.exponent"),
        (rsa_key(&modulus(2048), (1 << 40) + 1), "jwk.exponent"),
    ] {
        assert_eq!(skipped(&key.to_public_key_pem(LineEnding::LF).unwrap()), code);
        assert_eq!(skipped(&key.to_pkcs1_pem(LineEnding::LF).unwrap()), code);
    }
    assert_eq!(
        read(&rsa_key(&modulus(4096), 3).to_pkcs1_pem(LineEnding::LF).unwrap()).keys().len(),
        1
    );
}

#[test]
fn other_keys_in_pem_say_what_they_are() {
    // RFC 8410, section 10.1: Ed25519. Generated by OpenSSL: secp256k1.
    for (body, code) in [
        ("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=", "jwk.key_type"),
        (
            "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEbnbTukgG7pjylJPCuEHaOBnb2dZT7KSpYEIVrhF96lRa1RUL4dex3VzyVX7PGsLF0iYWWEP+be80l/J8Ui9BKQ==",
            "jwk.curve",
        ),
        ("AAAA", "jwk.encoding"),
    ] {
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----");
        assert_eq!(skipped(&pem), code);
    }
}

#[test]
fn what_is_no_public_key_is_refused_by_name() {
    let pem = p384_pem();
    let [rsa, _] = aws_rsa_pems();
    let cut = pem.replace("-----END PUBLIC KEY-----", "");
    for (text, code) in [
        ("", "key_set.json"),
        ("{}", "key_set.keys"),
        ("ssh-rsa AAAA", "key_set.json"),
        (&*format!("{pem}{rsa}"), "key_set.several_pem"),
        (&cut, "key_set.pem"),
        (&pem.replace("END PUBLIC", "END RSA PUBLIC"), "key_set.pem"),
        (&pem.replace("PUBLIC KEY", "PGP PUBLIC KEY BLOCK"), "key_set.pem"),
        (&pem.replace("-\nM", "-\n*"), "key_set.pem"),
        ("-----BEGIN ", "key_set.pem"),
        (&pem.replace("PUBLIC KEY", "CERTIFICATE"), "key_set.certificate"),
        (&"-".repeat(70_000), "key_set.too_large"),
        (&format!("{pem}{}", " x".repeat(40_000)), "key_set.too_large"),
    ] {
        assert_eq!(fault(text), code, "{text:.40}");
    }
}

#[test]
fn a_private_key_is_told_and_never_echoed() {
    let pkcs8 = p384_secret().to_pkcs8_pem(LineEnding::LF).unwrap();
    let sec1 = pkcs8.replace("PRIVATE KEY", "EC PRIVATE KEY");
    let mut jwk = aws()[1].clone();
    jwk["d"] = json!("c2VjcmV0");
    for text in [
        pkcs8.as_str(),
        &sec1,
        &pkcs8.replace("-----END", ""),
        &format!("{}{}", p384_pem(), *pkcs8),
        &json!({ "type": "service_account", "private_key": *pkcs8 }).to_string(),
        &jwk.to_string(),
        &json!({ "keys": [aws()[0], jwk] }).to_string(),
        r#"{"kty":"oct","k":"c2VjcmV0"}"#,
    ] {
        let fault = KeySet::read_pasted(text, Some("k"), KeySetLimits::default()).unwrap_err();
        assert_eq!(fault.code.as_str(), "key_set.private_key");
        let said = serde_json::to_string(&fault).unwrap() + &fault.to_string();
        let secret = pkcs8.lines().nth(1).unwrap();
        assert!(!said.contains(secret) && !said.contains("c2VjcmV0"), "{said}");
    }
}
