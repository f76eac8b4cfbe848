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
///
/// `nameless` is the key id of a key that has none of its own.
pub(super) fn read(entry: Value<'_>, nameless: Option<&str>) -> Result<Key, SkipReason> {
    let Some(object) = entry.as_object() else {
        return Err(SkipReason::new(JwkCode::Member, "an object", entry.kind_name()));
    };
    let jwk = Jwk(object);
    jwk.check_public()?;
    let kind = jwk.required("kty")?;
    if !matches!(&*kind, "EC" | "RSA") {
        return Err(SkipReason::new(JwkCode::KeyType, "kty RSA or EC", quoted(&kind)));
    }
    let key_id = match nameless {
        Some(key_id) if !has_key_id(entry) => key_id.to_owned(),
        _ => jwk.key_id()?,
    };
    jwk.check_use()?;
    jwk.check_operations()?;
    if kind == "RSA" { jwk.rsa(key_id) } else { jwk.ec(key_id) }
}

/// The key id of an entry that may be bad in every other way.
pub(super) fn key_id(entry: Value<'_>) -> Option<String> {
    Jwk(entry.as_object()?).key_id().ok()
}

/// Whether an entry has a key id, usable or not.
pub(super) fn has_key_id(entry: Value<'_>) -> bool {
    entry.as_object().is_some_and(|object| object.member("kid").is_some())
}

/// The member of an entry that only a private or a shared key has, if there is one.
pub(super) fn private_member(entry: Value<'_>) -> Option<&'static str> {
    let object = entry.as_object()?;
    PRIVATE.into_iter().find(|name| object.member(name).is_some())
}

/// An RSA key of an odd modulus (big-endian, without leading zero octets) and exponent, both within
/// their limits.
pub(super) fn rsa(key_id: String, modulus: &[u8], exponent: &[u8]) -> Result<Key, SkipReason> {
    check_modulus(modulus)?;
    let exponent = check_exponent(exponent)?;
    // Both were checked; this holds even if the limits of the two places ever drift apart.
    Key::rsa(key_id, modulus, exponent)
        .ok_or_else(|| SkipReason::new(JwkCode::Modulus, "a sound RSA key", "another"))
}

/// Whether a text can be a key id: 1 to 256 characters, none of them a control character.
pub(super) fn is_key_id(text: &str) -> bool {
    (1..=256).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

#[derive(Clone, Copy)]
struct Jwk<'a>(Object<'a>);

impl<'a> Jwk<'a> {
    fn check_public(self) -> Result<(), SkipReason> {
        match private_member(self.0.as_value()) {
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
        let modulus = self.bytes("n")?;
        check_modulus(&modulus)?;
        rsa(key_id, &modulus, &self.bytes("e")?)
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

fn check_modulus(modulus: &[u8]) -> Result<(), SkipReason> {
    let fault = |found: String| {
        let expected =
            format!("an odd number of {} to {} bits", Key::MIN_MODULUS_BITS, Key::MAX_MODULUS_BITS);
        Err(SkipReason::new(JwkCode::Modulus, expected, found))
    };
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
    Ok(())
}

fn check_exponent(exponent: &[u8]) -> Result<u64, SkipReason> {
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

fn type_fault(name: &str, expected: &str, found: Value<'_>) -> SkipReason {
    SkipReason::new(JwkCode::Member, format!("{expected} in {name}"), found.kind_name())
}

#[cfg(test)]
mod tests;
