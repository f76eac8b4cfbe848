use serde::Serialize;

use super::algorithm::Algorithm;
use super::code::{JwkCode, KeySetCode};
use super::equipment::Equipment;
use super::fault::{KeySetFault, SkipReason};
use super::jwk;
use super::key::Key;
use super::store::Refusal;
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
        Self::from_value(document(bytes, limits)?.root(), limits, None)
    }

    /// Reads a document. `nameless` is the key id of a key that has none, if it is the only one.
    pub(super) fn from_value(
        root: Value<'_>,
        limits: KeySetLimits,
        nameless: Option<&str>,
    ) -> Result<Self, KeySetFault> {
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
        Ok(Self::from_entries(entries, nameless.filter(|_| count == 1)))
    }

    pub(super) fn from_entries<'a>(
        entries: impl Iterator<Item = Value<'a>>,
        nameless: Option<&str>,
    ) -> Self {
        let mut skipped = Vec::new();
        let mut sound: Vec<(usize, Key)> = Vec::new();
        for (position, entry) in entries.enumerate() {
            match jwk::read(entry, nameless) {
                Ok(key) => sound.push((position, key)),
                Err(reason) => {
                    skipped.push(SkippedKey { position, key_id: jwk::key_id(entry), reason });
                }
            }
        }
        let mut keys = Vec::new();
        for (position, key) in &sound {
            let same = |(_, other): &&(usize, Key)| {
                other.key_id() == key.key_id() && other.algorithm() == key.algorithm()
            };
            if sound.iter().filter(same).count() == 1 {
                keys.push(key.clone());
                continue;
            }
            skipped.push(SkippedKey {
                position: *position,
                key_id: Some(key.key_id().to_owned()),
                reason: SkipReason::new(
                    JwkCode::Ambiguous,
                    format!("one {} key with this key id", key.algorithm()),
                    "several",
                ),
            });
        }
        skipped.sort_unstable_by_key(|skipped| skipped.position);
        Self { keys, skipped }
    }

    /// A set of one key, or of the reason why it is not used.
    pub(super) fn of_one(key_id: &str, key: Result<Key, SkipReason>) -> Self {
        match key {
            Ok(key) => Self { keys: vec![key], skipped: Vec::new() },
            Err(reason) => {
                let key_id = Some(key_id.to_owned());
                Self { keys: Vec::new(), skipped: vec![SkippedKey { position: 0, key_id, reason }] }
            }
        }
    }

    /// Gives all keys what they may verify with.
    pub(super) fn equip(&self, equipment: &Equipment) {
        self.keys.iter().for_each(|key| key.equip(equipment));
    }

    /// Keeps the keys that were there before, with what they were prepared with, if they are in use.
    pub(super) fn succeed(&mut self, before: &Self) {
        for key in &mut self.keys {
            let same = before.keys.iter().find(|other| other.is_same(key));
            if let Some(before) = same.filter(|before| before.is_in_use()) {
                *key = before.clone();
            }
        }
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

    /// The key with this id for this algorithm.
    ///
    /// # Errors
    /// Why there is none.
    pub fn find(&self, key_id: &str, algorithm: Algorithm) -> Result<&Key, Refusal> {
        match self.key(key_id, algorithm) {
            KeyLookup::Found(key) => Ok(key),
            KeyLookup::OtherAlgorithm(key) => {
                Err(Refusal::OtherAlgorithm { published: key.algorithm() })
            }
            KeyLookup::Skipped(skipped) => {
                Err(Refusal::Unusable { reason: skipped.reason.clone() })
            }
            KeyLookup::Unknown => Err(Refusal::UnknownKey { published: self.key_ids() }),
        }
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
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl Default for KeySetLimits {
    fn default() -> Self {
        Self { max_bytes: 65_536, max_keys: 100 }
    }
}

/// Reads the text of a document.
pub(super) fn document(bytes: &[u8], limits: KeySetLimits) -> Result<Document, KeySetFault> {
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
mod tests;
