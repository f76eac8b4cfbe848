//! RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).

/// An RSA public key, made ready for verifying.
#[derive(Clone)]
pub struct RsaKey;
