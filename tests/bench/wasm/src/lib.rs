//! What others' code costs in WebAssembly, compiled as the package's module is: for measuring only.

use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use rsa::{BoxedUint, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384};
use wasm_bindgen::prelude::wasm_bindgen;

/// A public key of the crate rsa, that verifies RS256 (RFC 7518, section 3.3).
#[wasm_bindgen]
#[derive(Debug)]
pub struct RsaCrateKey(VerifyingKey<Sha256>);

#[wasm_bindgen]
impl RsaCrateKey {
    /// A key from modulus and exponent, both big-endian.
    ///
    /// # Errors
    /// Why they make no key, as text.
    #[wasm_bindgen(constructor)]
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, String> {
        let key = RsaPublicKey::new(integer(modulus), integer(exponent));
        Ok(Self(VerifyingKey::new(key.map_err(|fault| fault.to_string())?)))
    }

    /// Whether the signature is the key's over the message.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::try_from(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}

/// The first byte of the message's SHA-256: that is enough to have it computed.
#[wasm_bindgen]
pub fn sha256(message: &[u8]) -> u8 {
    first(&Sha256::digest(message))
}

/// The first byte of the message's SHA-384.
#[wasm_bindgen]
pub fn sha384(message: &[u8]) -> u8 {
    first(&Sha384::digest(message))
}

/// The last byte of the message: what crossing costs, for taking off the two above.
#[wasm_bindgen]
pub fn cross(message: &[u8]) -> u8 {
    message.last().copied().unwrap_or_default()
}

fn first(digest: &[u8]) -> u8 {
    digest.first().copied().unwrap_or_default()
}

fn integer(big_endian: &[u8]) -> BoxedUint {
    BoxedUint::from_be_slice_vartime(big_endian)
}
