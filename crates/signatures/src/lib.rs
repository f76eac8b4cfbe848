//! Verifies signatures, quickly when keys recur: ECDSA over P-256 and P-384 (FIPS 186-5, section 6.4), and
//! RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2).
//!
//! **Everything here takes time that depends on its input.** That is right, because all of it is public:
//! keys, digests, signatures. Nothing in this crate takes a secret, makes one or signs, and no number or
//! point of its arithmetic can be had from outside, so that it cannot be used for one.

#[cfg(test)]
#[path = "../tests/support/draws.rs"]
mod draws;
mod ecdsa;
mod newton;
mod rsa;

pub use ecdsa::{P256Key, P384Key, PreparedKeys};
pub use rsa::RsaKey;
