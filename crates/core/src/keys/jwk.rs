//! Reading one JSON Web Key (RFC 7517, section 4; RFC 7518, section 6).

use std::borrow::Cow;

use super::algorithm::Algorithm;
use super::code::JwkCode;
use super::fault::{SkipReason, quoted};
use super::key::Key;
use crate::base64url;
use crate::json::{Object, Value};

/// Members that only a private or a shared key has.
const PRIVATE: [&str; 8] = ["d", "dp", "dq", "k", "oth", "p", "q", "qi"];

/// Reads a key that is fit for verifying. Members that are not known (`x5c` and `x5u` among them) are
/// ignored: a key set is trusted for where it came from, not for certificates within it.
pub(super) fn read(entry: Value<'_>) -> Result<Key, SkipReason> {
    let Some(object) = entry.as_object() else {
        return Err(SkipReason::new(JwkCode::Member, "an object", entry.kind_name()));
    };
    let jwk = Jwk(object);
    jwk.check_public()?;
    let kind = jwk.required("kty")?;
    if !matches!(&*kind, "EC" | "RSA") {
        return Err(SkipReason::new(JwkCode::KeyType, "kty RSA or EC", quoted(&kind)));
    }
    let key_id = jwk.key_id()?;
    jwk.check_use()?;
    jwk.check_operations()?;
    if kind == "RSA" { jwk.rsa(key_id) } else { jwk.ec(key_id) }
}

/// The key id of an entry that may be bad in every other way.
pub(super) fn key_id(entry: Value<'_>) -> Option<String> {
    Jwk(entry.as_object()?).key_id().ok()
}

/// Whether a text can be a key id: 1 to 256 characters, none of them a control character.
fn is_key_id(text: &str) -> bool {
    (1..=256).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

#[derive(Clone, Copy)]
struct Jwk<'a>(Object<'a>);

impl<'a> Jwk<'a> {
    fn check_public(self) -> Result<(), SkipReason> {
        match PRIVATE.into_iter().find(|name| self.0.member(name).is_some()) {
            None => Ok(()),
            Some(name) => Err(SkipReason::new(
                JwkCode::Private,
                "public members only",
                format!("the member {name}"),
            )),
        }
    }

    fn key_id(self) -> Result<String, SkipReason> {
        const EXPECTED: &str = "a kid of 1 to 256 printable characters";
        let Some(value) = self.0.member("kid") else {
            return Err(SkipReason::new(JwkCode::KeyId, EXPECTED, "none"));
        };
        match value.as_str() {
            None => Err(SkipReason::new(JwkCode::KeyId, EXPECTED, value.kind_name())),
            Some(text) if is_key_id(&text) => Ok(text.into_owned()),
            Some(text) => Err(SkipReason::new(JwkCode::KeyId, EXPECTED, quoted(&text))),
        }
    }

    fn check_use(self) -> Result<(), SkipReason> {
        match self.optional("use")? {
            Some(found) if found != "sig" => {
                Err(SkipReason::new(JwkCode::Use, quoted("sig"), quoted(&found)))
            }
            _ => Ok(()),
        }
    }

    fn check_operations(self) -> Result<(), SkipReason> {
        let Some(value) = self.0.member("key_ops") else {
            return Ok(());
        };
        let Some(operations) = value.as_array() else {
            return Err(type_fault("key_ops", "an array of strings", value));
        };
        let mut verifies = false;
        for operation in operations {
            match operation.as_str() {
                None => return Err(type_fault("key_ops", "an array of strings", operation)),
                Some(name) => verifies |= name == "verify",
            }
        }
        if verifies {
            return Ok(());
        }
        let found = if value.raw().len() <= 100 { value.raw() } else { "others" };
        Err(SkipReason::new(JwkCode::KeyOperations, "an array with \"verify\"", found))
    }

    fn check_algorithm(self, algorithm: Algorithm) -> Result<(), SkipReason> {
        match self.optional("alg")? {
            Some(found) if found != algorithm.as_str() => Err(SkipReason::new(
                JwkCode::Algorithm,
                format!("{algorithm} for this kind of key"),
                quoted(&found),
            )),
            _ => Ok(()),
        }
    }

    fn rsa(self, key_id: String) -> Result<Key, SkipReason> {
        self.check_algorithm(Algorithm::Rs256)?;
        let modulus = self.modulus()?;
        let exponent = self.exponent()?;
        // Both were checked; this holds even if the limits of the two places ever drift apart.
        Key::rsa(key_id, &modulus, exponent)
            .ok_or_else(|| SkipReason::new(JwkCode::Modulus, "a sound RSA key", "another"))
    }

    fn modulus(self) -> Result<Vec<u8>, SkipReason> {
        let modulus = self.bytes("n")?;
        let expected =
            format!("an odd number of {} to {} bits", Key::MIN_MODULUS_BITS, Key::MAX_MODULUS_BITS);
        let fault = |found: String| Err(SkipReason::new(JwkCode::Modulus, expected, found));
        let Some((&first, &last)) = modulus.first().zip(modulus.last()) else {
            return fault("nothing".into());
        };
        if first == 0 {
            return fault("a leading zero octet".into());
        }
        let bits = modulus.len() * 8 - first.leading_zeros() as usize;
        if !(Key::MIN_MODULUS_BITS..=Key::MAX_MODULUS_BITS).contains(&bits) {
            return fault(format!("{bits} bits"));
        }
        if last & 1 == 0 {
            return fault("an even number".into());
        }
        Ok(modulus)
    }

    fn exponent(self) -> Result<u64, SkipReason> {
        let exponent = self.bytes("e")?;
        let (least, most) = (Key::MIN_EXPONENT, Key::MAX_EXPONENT);
        let fault = |found: String| {
            let expected = format!("an odd number from {least} to {most}");
            Err(SkipReason::new(JwkCode::Exponent, expected, found))
        };
        match exponent.first() {
            None => return fault("nothing".into()),
            Some(0) => return fault("a leading zero octet".into()),
            Some(_) if exponent.len() > 8 => return fault(format!("{} bytes", exponent.len())),
            Some(_) => {}
        }
        let value = exponent.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        if value % 2 == 0 || !(least..=most).contains(&value) {
            return fault(value.to_string());
        }
        Ok(value)
    }

    fn ec(self, key_id: String) -> Result<Key, SkipReason> {
        let curve = self.required("crv")?;
        let key = match &*curve {
            "P-256" => {
                self.check_algorithm(Algorithm::Es256)?;
                Key::p256(key_id, &self.coordinate("x")?, &self.coordinate("y")?)
            }
            "P-384" => {
                self.check_algorithm(Algorithm::Es384)?;
                Key::p384(key_id, &self.coordinate("x")?, &self.coordinate("y")?)
            }
            _ => return Err(SkipReason::new(JwkCode::Curve, "P-384 or P-256", quoted(&curve))),
        };
        key.ok_or_else(|| {
            SkipReason::new(JwkCode::Point, format!("a point on {curve}"), "another pair")
        })
    }

    fn coordinate<const BYTES: usize>(self, name: &str) -> Result<[u8; BYTES], SkipReason> {
        self.bytes(name)?.try_into().map_err(|bytes: Vec<u8>| {
            SkipReason::new(
                JwkCode::Coordinate,
                format!("{BYTES} bytes in {name}"),
                format!("{} bytes", bytes.len()),
            )
        })
    }

    fn bytes(self, name: &str) -> Result<Vec<u8>, SkipReason> {
        base64url::decode(&self.required(name)?).map_err(|fault| {
            let expected = format!("canonical base64url in {name}");
            SkipReason::new(JwkCode::Encoding, expected, fault.to_string())
        })
    }

    fn required(self, name: &str) -> Result<Cow<'a, str>, SkipReason> {
        self.optional(name)?.ok_or_else(|| {
            SkipReason::new(JwkCode::Member, format!("a string in {name}"), "no such member")
        })
    }

    fn optional(self, name: &str) -> Result<Option<Cow<'a, str>>, SkipReason> {
        match self.0.member(name) {
            None => Ok(None),
            Some(value) => match value.as_str() {
                None => Err(type_fault(name, "a string", value)),
                text => Ok(text),
            },
        }
    }
}

fn type_fault(name: &str, expected: &str, found: Value<'_>) -> SkipReason {
    SkipReason::new(JwkCode::Member, format!("{expected} in {name}"), found.kind_name())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Algorithm, JwkCode, Key, SkipReason, read};
    use crate::base64url;
    use crate::json::{Document, Limits};

    fn try_read(jwk: &Value) -> Result<Key, SkipReason> {
        read(Document::parse(jwk.to_string(), Limits::default()).unwrap().root())
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
        let text = include_str!("../../../../tests/vectors/aws/jwks.json");
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
}
