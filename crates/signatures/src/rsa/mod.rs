//! RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2.2).

mod arithmetic;
mod key;
#[cfg(any(test, target_arch = "wasm32", not(target_pointer_width = "64")))]
mod quads;
#[cfg(test)]
mod tests;
#[cfg(any(test, not(any(target_arch = "wasm32", not(target_pointer_width = "64")))))]
mod words;

#[cfg(any(target_arch = "wasm32", not(target_pointer_width = "64")))]
use quads::Quads as Native;
#[cfg(not(any(target_arch = "wasm32", not(target_pointer_width = "64"))))]
use words::Words as Native;

pub use key::RsaKey;
