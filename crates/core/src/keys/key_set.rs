use serde::Serialize;

use super::algorithm::Algorithm;
use super::code::{JwkCode, KeySetCode};
use super::fault::{KeySetFault, SkipReason};
use super::jwk;
use super::key::Key;
use crate::json::{self, Document, Value};

/// The keys that an issuer publishes (RFC 7517, section 5).
///
/// A bad key does not take the others with it: it is skipped, and the reason is kept.
#[derive(Clone, Debug, Default)]
pub struct KeySet {
    keys: Vec<Key>,
    skipped: Vec<SkippedKey>,
}

/// How large a key set may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeySetLimits {
    /// Longest document, in bytes; 64 KiB unless said otherwise.
    pub max_bytes: usize,
    /// Most keys, bad ones included; 100 unless said otherwise.
    pub max_keys: usize,
}

/// A key of a set that is not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SkippedKey {
    /// Where it stands in the set, from 0.
    pub position: usize,
    /// Its key id, if it has a usable one.
    pub key_id: Option<String>,
    /// Why it is not used.
    pub reason: SkipReason,
}

/// What a key set has for a key id and an algorithm.
#[derive(Clone, Copy, Debug)]
pub enum KeyLookup<'a> {
    /// The key.
    Found(&'a Key),
    /// A key with this id, for another algorithm only.
    OtherAlgorithm(&'a Key),
    /// A key with this id that is not fit for use.
    Skipped(&'a SkippedKey),
    /// No key with this id.
    Unknown,
}

impl KeySet {
    /// Deepest nesting: a key's own members need 4 levels, and members that are ignored may have more.
    const MAX_DEPTH: usize = 16;

    /// Reads a key set.
    ///
    /// # Errors
    /// A [`KeySetFault`] when the document as a whole is no key set. Bad keys are no error: see
    /// [`KeySet::skipped`].
    pub fn parse(bytes: &[u8], limits: KeySetLimits) -> Result<Self, KeySetFault> {
        Self::from_value(document(bytes, limits)?.root(), limits)
    }

    /// Reads a key set, or a single key as a set of one: for people, who paste either.
    ///
    /// # Errors
    /// As [`KeySet::parse`].
    pub fn parse_jwk_or_set(bytes: &[u8], limits: KeySetLimits) -> Result<Self, KeySetFault> {
        let document = document(bytes, limits)?;
        let root = document.root();
        match root.as_object() {
            Some(object) if object.member("keys").is_none() && object.member("kty").is_some() => {
                Ok(Self::from_entries(std::iter::once(root)))
            }
            _ => Self::from_value(root, limits),
        }
    }

    fn from_value(root: Value<'_>, limits: KeySetLimits) -> Result<Self, KeySetFault> {
        const EXPECTED: &str = "an object with an array `keys`";
        let fault = |found: &str| Err(KeySetFault::new(KeySetCode::Keys, EXPECTED, found));
        let Some(object) = root.as_object() else {
            return fault(root.kind_name());
        };
        let Some(keys) = object.member("keys") else {
            return fault("an object without `keys`");
        };
        let (Some(entries), Some(counted)) = (keys.as_array(), keys.as_array()) else {
            return fault(&format!("`keys` as {}", keys.kind_name()));
        };
        let count = counted.count();
        if count > limits.max_keys {
            let expected = format!("at most {} keys", limits.max_keys);
            return Err(KeySetFault::new(KeySetCode::TooManyKeys, expected, count.to_string()));
        }
        Ok(Self::from_entries(entries))
    }

    fn from_entries<'a>(entries: impl Iterator<Item = Value<'a>>) -> Self {
        let mut skipped = Vec::new();
        let mut sound: Vec<(usize, Key)> = Vec::new();
        for (position, entry) in entries.enumerate() {
            match jwk::read(entry) {
                Ok(key) => sound.push((position, key)),
                Err(reason) => {
                    skipped.push(SkippedKey { position, key_id: jwk::key_id(entry), reason });
                }
            }
        }
        let (keys, ambiguous): (Vec<_>, Vec<_>) = sound.iter().partition(|(_, key)| {
            let same = |(_, other): &&(usize, Key)| {
                other.key_id() == key.key_id() && other.algorithm() == key.algorithm()
            };
            sound.iter().filter(same).count() == 1
        });
        skipped.extend(ambiguous.into_iter().map(|(position, key)| SkippedKey {
            position: *position,
            key_id: Some(key.key_id().to_owned()),
            reason: SkipReason::new(
                JwkCode::Ambiguous,
                format!("one {} key with this key id", key.algorithm()),
                "several",
            ),
        }));
        skipped.sort_by_key(|skipped| skipped.position);
        Self { keys: keys.into_iter().map(|(_, key)| key.clone()).collect(), skipped }
    }

    /// The key with this id for this algorithm, or what there is instead.
    pub fn key(&self, key_id: &str, algorithm: Algorithm) -> KeyLookup<'_> {
        let mut other = None;
        for key in self.keys.iter().filter(|key| key.key_id() == key_id) {
            if key.algorithm() == algorithm {
                return KeyLookup::Found(key);
            }
            other = Some(key);
        }
        let mut skipped = self.skipped.iter();
        if let Some(skipped) = skipped.find(|key| key.key_id.as_deref() == Some(key_id)) {
            return KeyLookup::Skipped(skipped);
        }
        other.map_or(KeyLookup::Unknown, KeyLookup::OtherAlgorithm)
    }

    /// The keys that are used, in the order of the document.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The keys that are not used, in the order of the document, each with the reason.
    pub fn skipped(&self) -> &[SkippedKey] {
        &self.skipped
    }

    /// The ids of the keys that are used, each once.
    pub fn key_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.keys.iter().map(|key| key.key_id().to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

impl Default for KeySetLimits {
    fn default() -> Self {
        Self { max_bytes: 65_536, max_keys: 100 }
    }
}

fn document(bytes: &[u8], limits: KeySetLimits) -> Result<Document, KeySetFault> {
    if bytes.len() > limits.max_bytes {
        return Err(KeySetFault::new(
            KeySetCode::TooLarge,
            format!("at most {} bytes", limits.max_bytes),
            format!("{} bytes", bytes.len()),
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let found = format!("another byte at {}", error.valid_up_to());
        KeySetFault::new(KeySetCode::Utf8, "UTF-8 text", found)
    })?;
    let limits = json::Limits { max_bytes: limits.max_bytes, max_depth: KeySet::MAX_DEPTH };
    Document::parse(text, limits)
        .map_err(|fault| KeySetFault::new(KeySetCode::Json, "strict JSON", fault.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Algorithm, KeyLookup, KeySet, KeySetLimits};
    use crate::base64url;

    const AWS: &str = include_str!("../../../../tests/vectors/aws/jwks.json");

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
            [
                (0, Some("k"), "jwk.ambiguous"),
                (2, None, "jwk.member"),
                (3, Some("k"), "jwk.ambiguous")
            ]
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
        let text = include_str!("../../../../tests/vectors/signatures/rsa-sizes.json");
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

    #[test]
    fn a_single_key_reads_as_a_set_where_that_is_asked_for() {
        let limits = KeySetLimits::default();
        let [rsa, _] = aws();
        let single = KeySet::parse_jwk_or_set(rsa.to_string().as_bytes(), limits).unwrap();
        assert_eq!(single.key_ids(), ["RSA_0"]);
        assert_eq!(fault(rsa.to_string()), "key_set.keys");
        let set = KeySet::parse_jwk_or_set(AWS.as_bytes(), limits).unwrap();
        assert_eq!(set.keys().len(), 2);
        let bad = KeySet::parse_jwk_or_set(br#"{"kty":"oct"}"#, limits).unwrap();
        assert_eq!(bad.skipped().len(), 1);
        let neither = KeySet::parse_jwk_or_set(b"{}", limits).unwrap_err();
        assert_eq!(neither.code.as_str(), "key_set.keys");
    }
}
