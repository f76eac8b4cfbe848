//! RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2.2).

mod key;
mod modulus;

pub use key::RsaKey;
