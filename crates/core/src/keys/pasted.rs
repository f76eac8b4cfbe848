//! Keys as people paste them: a key set, one key of it, or PEM.

use super::code::KeySetCode;
use super::fault::KeySetFault;
use super::jwk;
use super::key_set::{KeySet, KeySetLimits, document};
use super::pem;
use crate::json::Value;

impl KeySet {
    /// Reads what a person pasted or keeps in a file: a key set (RFC 7517, section 5), one JWK, or one
    /// public key in PEM (RFC 7468), as `PUBLIC KEY` (RFC 5280) or `RSA PUBLIC KEY` (RFC 8017).
    ///
    /// PEM has no key ids, and a single JWK may lack one. Such a key is taken to be the one that a token
    /// names: `key_id`. White space and a byte order mark around the text are ignored. Every limit of
    /// [`KeySet::parse`] holds here too, and a key that is not fit for use is told by
    /// [`KeySet::skipped`].
    ///
    /// # Errors
    /// A [`KeySetFault`] when the text holds no key, a private key, a certificate, several PEM keys, or
    /// a key without an id while `key_id` is no usable one. It never holds any part of a key.
    pub fn read_pasted(
        text: impl AsRef<[u8]>,
        key_id: Option<&str>,
        limits: KeySetLimits,
    ) -> Result<Self, KeySetFault> {
        let bytes = trimmed(text.as_ref());
        let key_id = key_id.filter(|key_id| jwk::is_key_id(key_id));
        // Also within JSON, as some cloud providers hand out private keys.
        if let Some(label) = pem::private_label(bytes) {
            return Err(private(label));
        }
        if !bytes.starts_with(b"{") && pem::is_pem(bytes) && bytes.len() <= limits.max_bytes {
            let key = pem::public_key(bytes)?;
            let key_id = key_id.ok_or_else(|| nameless("a PEM key"))?;
            return Ok(Self::of_one(key_id, key.read(key_id)));
        }
        let document = document(bytes, limits)?;
        let root = document.root();
        if let Some(member) = entries(root).find_map(jwk::private_member) {
            return Err(private(&format!("the member {member}")));
        }
        if !is_jwk(root) {
            return Self::from_value(root, limits, key_id);
        }
        if key_id.is_none() && !jwk::has_key_id(root) {
            return Err(nameless("a JWK without `kid`"));
        }
        Ok(Self::from_entries(std::iter::once(root), key_id))
    }
}

/// The text without a byte order mark and white space around it.
fn trimmed(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii_start();
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text).trim_ascii()
}

/// The keys of a document: one, or those of a set.
fn entries(root: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let keys = root.as_object().and_then(|object| object.member("keys")?.as_array());
    keys.into_iter().flatten().chain(is_jwk(root).then_some(root))
}

fn is_jwk(root: Value<'_>) -> bool {
    root.as_object()
        .is_some_and(|object| object.member("keys").is_none() && object.member("kty").is_some())
}

fn private(found: &str) -> KeySetFault {
    KeySetFault::new(KeySetCode::PrivateKey, "public keys only", found)
}

fn nameless(found: &str) -> KeySetFault {
    KeySetFault::new(KeySetCode::NoKeyId, "a key with an id", found)
}

#[cfg(test)]
mod tests;
