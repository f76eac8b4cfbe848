//! What issuers serve: key sets and discovery documents, byte for byte.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::key_id::KeyId;

/// Which key it is, whatever id it has.
///
/// Keys are told apart by the size of their modulus, which a key of the store tells without a signature
/// having to be verified.
pub(super) type KeyNumber = u16;

/// How many keys there are: a modulus has from 256 to 512 bytes.
pub(super) const KEYS: KeyNumber = 257;

const SMALLEST_MODULUS: usize = 256;

/// The number of a key with a modulus that long, in bytes.
pub(super) fn number(modulus_bytes: usize) -> KeyNumber {
    modulus_bytes.saturating_sub(SMALLEST_MODULUS) as KeyNumber
}

/// The documents' parts that take long to make.
pub(super) struct Documents {
    moduli: Vec<String>,
}

impl Documents {
    pub(super) fn new() -> Self {
        let modulus = |number| URL_SAFE_NO_PAD.encode(vec![0xff; SMALLEST_MODULUS + number]);
        Self { moduli: (0..usize::from(KEYS)).map(modulus).collect() }
    }

    /// A key set, with a key for elliptic curves beside the others as AWS's has it.
    pub(super) fn key_set(&self, keys: impl Iterator<Item = (KeyId, KeyNumber)>) -> Vec<u8> {
        let mut text = String::from(r#"{"keys":["#);
        for (key_id, key) in keys {
            let modulus = &self.moduli[usize::from(key)];
            let _ = write!(
                text,
                r#"{{"kty":"RSA","kid":"{key_id}","use":"sig","alg":"RS256","e":"AQAB","n":"{modulus}"}},"#
            );
        }
        text.push_str(
            r#"{"kty":"EC","kid":"EC384_0","use":"sig","alg":"ES384","crv":"P-384","x":""#,
        );
        text.push_str("qofKIr6LBTeOscce8yCtdG4dO2KLp5uYWfdB4IJUKjhVAvJdv1UpbDpUXjhydgq3");
        text.push_str(r#"","y":""#);
        text.push_str("NhfeSpYmLG9dnpi_kpLcKfj0Hb0omhR86doxE7XwuMAKYLHOHX6BnXpDHXyQ6g5f");
        text.push_str(r#""}]}"#);
        text.into_bytes()
    }

    pub(super) fn discovery(&self, issuer: &str) -> Vec<u8> {
        format!(r#"{{"issuer":"{issuer}","jwks_uri":"{issuer}/.well-known/jwks.json"}}"#)
            .into_bytes()
    }
}
