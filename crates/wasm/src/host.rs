//! The host's own cryptography.

use std::fmt;

use countersign::Algorithm;
use countersign::keys::{HostCryptography, HostKey, Key};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(raw_module = "countersign-cryptography")]
extern "C" {
    /// The number of the host's form of a key, given as JWK; 0 if it has none.
    #[wasm_bindgen(js_name = hostKey)]
    fn host_key(algorithm: &str, jwk: &str) -> u32;
    #[wasm_bindgen(js_name = hostVerify)]
    fn host_verify(key: u32, message: &[u8], signature: &[u8]) -> bool;
    #[wasm_bindgen(js_name = forgetHostKey)]
    fn forget_host_key(key: u32);
}

/// The algorithms that the host is the one to verify.
pub(crate) struct Host(Vec<Algorithm>);

impl Host {
    /// Of algorithms with spaces between; nothing if there are none.
    pub(crate) fn of(algorithms: &str) -> Option<Self> {
        let named = |algorithm: &Algorithm| algorithms.split(' ').any(|a| a == algorithm.as_str());
        let algorithms: Vec<_> = Algorithm::ALL.into_iter().filter(named).collect();
        (!algorithms.is_empty()).then_some(Self(algorithms))
    }
}

impl fmt::Debug for Host {
    /// In little code: nobody looks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host")
    }
}

impl HostCryptography for Host {
    fn key(&self, key: &Key) -> Option<Box<dyn HostKey>> {
        let algorithm = key.algorithm();
        if !self.0.contains(&algorithm) {
            return None;
        }
        match host_key(algorithm.as_str(), &key.to_jwk()) {
            0 => None,
            number => Some(Box::new(Numbered(number))),
        }
    }
}

/// A key that the host has under a number.
struct Numbered(u32);

impl HostKey for Numbered {
    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        host_verify(self.0, message, signature)
    }
}

impl Drop for Numbered {
    fn drop(&mut self) {
        forget_host_key(self.0);
    }
}
