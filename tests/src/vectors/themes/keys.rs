use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::{Mint, es256, rs256, token};
use crate::vectors::shared::{ES256, ES384, RS256, only, published, with};
use crate::vectors::signer::{RsaKey, Signer, encode};

const UNUSABLE: (&str, &str) = ("key.unusable", "key");

pub(super) fn cases() -> Vec<Case> {
    let rsa_1024 = Signer::Rsa(RsaKey::Bits1024);
    let rsa_4096 = Signer::Rsa(RsaKey::Bits4096);
    let sized = |signer: Signer| rs256().signed_by(signer);
    let leading_zero = [&[0][..], &RsaKey::Bits2048.modulus()].concat();
    let coordinates = ES384.jwk("");
    let (x, y) = (coordinates.get("x"), coordinates.get("y"));
    vec![
        Case::rejected(
            "RSA of 1024 bits",
            "peers.md, row RSA-1024 key; RFC 7518, section 3.3: 2048 or more.",
            sized(rsa_1024),
            UNUSABLE,
        )
        .keys(only(vec![published(rsa_1024, "RSA_0", "RS256")]))
        .found("1024"),
        Case::accepted("RSA of 4096 bits", "Larger keys are fine.", sized(rsa_4096))
            .keys(only(vec![published(rsa_4096, "RSA_0", "RS256")])),
        rsa("RSA without alg is RS256", "AWS publishes RSA_0 so.", json!({ "alg": null }), None),
        rsa(
            "RSA with alg RS512",
            "The key is for another algorithm.",
            json!({ "alg": "RS512" }),
            Some("RS512"),
        ),
        rsa(
            "RSA with alg PS256",
            "The key is for another algorithm.",
            json!({ "alg": "PS256" }),
            Some("PS256"),
        ),
        rsa(
            "RSA with alg ES384",
            "The key contradicts itself.",
            json!({ "alg": "ES384" }),
            Some("ES384"),
        ),
        rsa("RSA with alg none", "The key is for nothing.", json!({ "alg": "none" }), Some("none")),
        rsa(
            "RSA with use enc",
            "peers.md, row use=enc; RFC 7517, section 4.2.",
            json!({ "use": "enc" }),
            Some("enc"),
        ),
        rsa(
            "RSA without use",
            "RFC 7517, section 4.2: it is optional.",
            json!({ "use": null }),
            None,
        ),
        rsa(
            "key_ops with verify",
            "RFC 7517, section 4.3.",
            json!({ "use": null, "key_ops": ["verify"] }),
            None,
        ),
        rsa(
            "key_ops without verify",
            "peers.md, row key_ops; RFC 7517, section 4.3.",
            json!({ "use": null, "key_ops": ["encrypt", "wrapKey"] }),
            Some("key_ops"),
        ),
        rsa(
            "empty key_ops",
            "RFC 7517, section 4.3: it allows nothing.",
            json!({ "use": null, "key_ops": [] }),
            Some("key_ops"),
        ),
        rsa(
            "key_ops that is a string",
            "Type confusion: includes() would look for a part of the text.",
            json!({ "key_ops": "verify" }),
            Some("key_ops"),
        ),
        rsa(
            "private members",
            "A key set with a private key has given it away.",
            json!({ "d": "AQAB" }),
            Some("private"),
        ),
        rsa(
            "modulus with a leading zero octet",
            "RFC 7518, section 6.3.1.1: one spelling.",
            json!({ "n": encode(leading_zero) }),
            Some("zero"),
        ),
        rsa(
            "modulus with padding",
            "RFC 7518, section 2: base64url has none.",
            json!({ "n": format!("{}==", encode(RsaKey::Bits2048.modulus())) }),
            Some("padding"),
        ),
        rsa("modulus missing", "RFC 7518, section 6.3.1.", json!({ "n": null }), Some("n")),
        rsa("modulus zero", "Nothing and no number.", json!({ "n": "" }), Some("modulus")),
        rsa(
            "exponent one",
            "Every message is its own signature.",
            json!({ "e": "AQ" }),
            Some("exponent"),
        ),
        rsa("exponent even", "It has no inverse.", json!({ "e": "Ag" }), Some("exponent")),
        rsa(
            "exponent of 9 bytes",
            "It only costs time.",
            json!({ "e": encode([1; 9]) }),
            Some("exponent"),
        ),
        rsa(
            "certificates ignored",
            "x5c and x5u are never used.",
            json!({ "x5c": ["AAAA"], "x5u": "https://evil.example/" }),
            None,
        ),
        ec("P-384 without alg is ES384", "The curve decides.", json!({ "alg": null }), None),
        ec(
            "P-384 with alg ES256",
            "The key contradicts itself.",
            json!({ "alg": "ES256" }),
            Some("ES256"),
        ),
        ec(
            "P-384 called P-256",
            "The coordinates are too long for it.",
            json!({ "crv": "P-256", "alg": null }),
            Some("32"),
        ),
        ec(
            "P-384 called secp256k1",
            "The curve is not one that is used.",
            json!({ "crv": "secp256k1", "alg": null }),
            Some("curve"),
        ),
        ec(
            "P-384 called P-521",
            "The curve is not one that is used.",
            json!({ "crv": "P-521", "alg": null }),
            Some("curve"),
        ),
        ec(
            "a point off the curve",
            "Invalid-curve attack: y is x.",
            json!({ "y": x }),
            Some("point"),
        ),
        ec(
            "the point at infinity",
            "Zero coordinates.",
            json!({ "x": encode([0; 48]), "y": encode([0; 48]) }),
            Some("point"),
        ),
        ec(
            "a coordinate not below the prime",
            "SEC 1, section 2.3.5: out of range.",
            json!({ "x": encode([0xff; 48]) }),
            Some("point"),
        ),
        ec(
            "a coordinate cut short",
            "RFC 7518, section 6.2.1.2: the full length.",
            json!({ "y": cut(y) }),
            Some("48"),
        ),
        ec("a coordinate missing", "RFC 7518, section 6.2.1.", json!({ "y": null }), Some("y")),
        ec(
            "private scalar",
            "A key set with a private key has given it away.",
            json!({ "d": "AQAB" }),
            Some("private"),
        ),
        ec(
            "a symmetric key",
            "kty oct: an HMAC secret has no place in a key set.",
            json!({ "kty": "oct", "k": "c2VjcmV0" }),
            Some(""),
        ),
        ec(
            "an Edwards curve",
            "kty OKP: not used here.",
            json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA" }),
            Some("OKP"),
        ),
        ec("kty missing", "RFC 7517, section 4.1.", json!({ "kty": null }), Some("kty")),
        ec(
            "kty in small letters",
            "RFC 7517, section 4.1: it has case.",
            json!({ "kty": "ec" }),
            Some("ec"),
        ),
        Case::rejected(
            "a key without kid",
            "It can never be meant.",
            token(),
            ("key.unknown", "key"),
        )
        .keys(only(vec![with(published(ES384, "x", "ES384"), json!({ "kid": null }))])),
        Case::rejected(
            "a key with a number as kid",
            "It can never be meant.",
            token().header("kid", json!("0")),
            ("key.unknown", "key"),
        )
        .keys(only(vec![with(published(ES384, "x", "ES384"), json!({ "kid": 0 }))])),
        Case::accepted("P-256 when allowed", "Other AWS issuers use it.", es256())
            .by("es256")
            .keys(only(vec![published(ES256, "EC256_0", "ES256")])),
    ]
}

fn rsa(name: &str, why: &str, changes: Value, unusable: Option<&str>) -> Case {
    judged(name, why, rs256(), with(published(RS256, "RSA_0", "RS256"), changes), unusable)
}

fn ec(name: &str, why: &str, changes: Value, unusable: Option<&str>) -> Case {
    judged(name, why, token(), with(published(ES384, "EC384_0", "ES384"), changes), unusable)
}

/// A sound token by this key: accepted, or the key is refused with a reason that contains a text.
fn judged(name: &str, why: &str, token: Mint, jwk: Value, unusable: Option<&str>) -> Case {
    let case = match unusable {
        None => Case::accepted(name, why, token),
        Some(reason) => Case::rejected(name, why, token, UNUSABLE).found(reason),
    };
    case.keys(only(vec![jwk]))
}

/// A coordinate without its last three octets.
fn cut(coordinate: Option<&Value>) -> String {
    coordinate
        .and_then(Value::as_str)
        .map(|text| text.chars().take(60).collect())
        .unwrap_or_default()
}
