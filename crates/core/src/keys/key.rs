use std::fmt;
use std::sync::Arc;

use p256::ecdsa::signature::Verifier as _;
use rsa::{BoxedUint, RsaPublicKey};
use sha2::Sha256;

use super::algorithm::Algorithm;

/// A public key that is ready to verify, for exactly one algorithm.
///
/// Its kind decides the algorithm, never a token's header. Cloning is cheap: clones share one key.
#[derive(Clone)]
pub struct Key(Arc<Inner>);

struct Inner {
    key_id: String,
    material: Material,
}

enum Material {
    Es256(p256::ecdsa::VerifyingKey),
    Es384(p384::ecdsa::VerifyingKey),
    Rs256 { key: rsa::pkcs1v15::VerifyingKey<Sha256>, modulus_bytes: usize },
}

impl Key {
    /// Smallest RSA modulus, in bits: below, factoring is within reach of the well-funded.
    pub(super) const MIN_MODULUS_BITS: usize = 2048;
    /// Largest RSA modulus, in bits: above, one verification costs more than it is worth.
    pub(super) const MAX_MODULUS_BITS: usize = 4096;
    /// Smallest RSA exponent.
    pub(super) const MIN_EXPONENT: u64 = 3;
    /// Largest RSA exponent; larger ones only cost time, and RSA implementations differ beyond.
    pub(super) const MAX_EXPONENT: u64 = RsaPublicKey::MAX_PUB_EXPONENT;

    /// A P-256 key, if the coordinates are those of a point on the curve.
    pub(super) fn p256(key_id: String, x: &[u8; 32], y: &[u8; 32]) -> Option<Self> {
        Self::p256_point(key_id, &uncompressed(x, y))
    }

    /// A P-256 key, if the octets are those of a point on the curve (SEC 1, section 2.3.3).
    pub(super) fn p256_point(key_id: String, point: &[u8]) -> Option<Self> {
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
        Some(Self::new(key_id, Material::Es256(key)))
    }

    /// A P-384 key, if the coordinates are those of a point on the curve.
    pub(super) fn p384(key_id: String, x: &[u8; 48], y: &[u8; 48]) -> Option<Self> {
        Self::p384_point(key_id, &uncompressed(x, y))
    }

    /// A P-384 key, if the octets are those of a point on the curve (SEC 1, section 2.3.3).
    pub(super) fn p384_point(key_id: String, point: &[u8]) -> Option<Self> {
        let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
        Some(Self::new(key_id, Material::Es384(key)))
    }

    /// An RSA key, if modulus (big-endian) and exponent are odd and within their limits.
    pub(super) fn rsa(key_id: String, modulus: &[u8], exponent: u64) -> Option<Self> {
        if !(Self::MIN_EXPONENT..=Self::MAX_EXPONENT).contains(&exponent) {
            return None;
        }
        let precision = u32::try_from(modulus.len().checked_mul(8)?).ok()?;
        let modulus = BoxedUint::from_be_slice(modulus, precision).ok()?;
        let modulus_bytes = modulus.bits_vartime().div_ceil(8) as usize;
        let sizes = Self::MIN_MODULUS_BITS..=Self::MAX_MODULUS_BITS;
        let key = RsaPublicKey::new_with_size_limits(modulus, exponent.into(), sizes).ok()?;
        let key = rsa::pkcs1v15::VerifyingKey::new(key);
        Some(Self::new(key_id, Material::Rs256 { key, modulus_bytes }))
    }

    fn new(key_id: String, material: Material) -> Self {
        Self(Arc::new(Inner { key_id, material }))
    }

    /// The one algorithm that the key verifies.
    pub fn algorithm(&self) -> Algorithm {
        match self.0.material {
            Material::Es256(_) => Algorithm::Es256,
            Material::Es384(_) => Algorithm::Es384,
            Material::Rs256 { .. } => Algorithm::Rs256,
        }
    }

    /// The key id, which identifies the key only together with its issuer.
    pub fn key_id(&self) -> &str {
        &self.0.key_id
    }

    /// Whether two keys have the same id and the same key material.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let same = match (&self.0.material, &other.0.material) {
            (Material::Es256(key), Material::Es256(other)) => key == other,
            (Material::Es384(key), Material::Es384(other)) => key == other,
            (Material::Rs256 { key, .. }, Material::Rs256 { key: other, .. }) => {
                key.as_ref() == other.as_ref()
            }
            _ => false,
        };
        same && self.key_id() == other.key_id()
    }

    /// How long a signature by this key is, in bytes.
    pub fn signature_bytes(&self) -> usize {
        match self.0.material {
            Material::Es256(_) => 64,
            Material::Es384(_) => 96,
            Material::Rs256 { modulus_bytes, .. } => modulus_bytes,
        }
    }

    /// Verifies a signature over a message: for a token, over its first two parts and the dot between.
    ///
    /// All that goes in is public, so the time taken may depend on it.
    ///
    /// # Errors
    /// [`SignatureFault::Malformed`] when the signature cannot be one by its length (RFC 7518, sections
    /// 3.3 and 3.4), [`SignatureFault::Invalid`] when it is not the key's signature over the message.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureFault> {
        let expected_bytes = self.signature_bytes();
        if signature.len() != expected_bytes {
            let found_bytes = signature.len();
            return Err(SignatureFault::Malformed { expected_bytes, found_bytes });
        }
        let verified = match &self.0.material {
            // Reading the signature refuses r and s that are zero or not below the group's order.
            Material::Es256(key) => p256::ecdsa::Signature::from_slice(signature)
                .and_then(|signature| key.verify(message, &signature)),
            Material::Es384(key) => p384::ecdsa::Signature::from_slice(signature)
                .and_then(|signature| key.verify(message, &signature)),
            Material::Rs256 { key, .. } => rsa::pkcs1v15::Signature::try_from(signature)
                .and_then(|signature| key.verify(message, &signature)),
        };
        verified.map_err(|_| SignatureFault::Invalid)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("key_id", &self.key_id())
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}

/// Why a signature does not hold. It never holds any part of the signature itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureFault {
    /// The signature is not the key's over this message.
    Invalid,
    /// The signature does not have the length that the key's algorithm requires.
    Malformed {
        /// The required length.
        expected_bytes: usize,
        /// The length that was found.
        found_bytes: usize,
    },
}

impl fmt::Display for SignatureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid => f.write_str("the signature does not match the message and the key"),
            Self::Malformed { expected_bytes, found_bytes } => {
                write!(f, "the signature has {found_bytes} bytes, not {expected_bytes}")
            }
        }
    }
}

impl std::error::Error for SignatureFault {}

/// A point in uncompressed form (SEC 1, section 2.3.3); the point at infinity has no such form.
fn uncompressed(x: &[u8], y: &[u8]) -> Vec<u8> {
    [&[4], x, y].concat()
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Key, SignatureFault};

    // RFC 7515, appendix A.3.
    const X: [u8; 32] = [
        127, 205, 206, 39, 112, 246, 196, 93, 65, 131, 203, 238, 111, 219, 75, 123, 88, 7, 51, 53,
        123, 233, 239, 19, 186, 207, 110, 60, 123, 209, 84, 69,
    ];
    const Y: [u8; 32] = [
        199, 241, 68, 205, 27, 189, 155, 126, 135, 44, 223, 237, 185, 238, 185, 244, 179, 105, 93,
        110, 169, 11, 36, 173, 138, 70, 35, 40, 133, 136, 229, 173,
    ];

    fn key() -> Key {
        Key::p256("1".into(), &X, &Y).unwrap()
    }

    #[test]
    fn keys_may_be_shared_between_threads() {
        fn shared<T: Send + Sync + Clone + 'static>() {}
        shared::<Key>();
    }

    #[test]
    fn a_signature_of_another_length_is_malformed_not_invalid() {
        let fault = key().verify(b"", &[1; 63]).unwrap_err();
        assert_eq!(fault, SignatureFault::Malformed { expected_bytes: 64, found_bytes: 63 });
        assert_eq!(fault.to_string(), "the signature has 63 bytes, not 64");
        assert_eq!(key().verify(b"", &[1; 64]), Err(SignatureFault::Invalid));
    }

    #[test]
    fn zero_and_overlarge_scalars_are_refused() {
        let order = p256_order();
        for (r, s) in [([0; 32], [1; 32]), ([1; 32], [0; 32]), (order, [1; 32]), ([1; 32], order)] {
            assert_eq!(key().verify(b"", &[r, s].concat()), Err(SignatureFault::Invalid));
        }
    }

    #[test]
    fn points_off_the_curve_and_unreduced_coordinates_are_refused() {
        assert!(Key::p256("1".into(), &Y, &X).is_none(), "off the curve");
        assert!(Key::p256("1".into(), &[0; 32], &[0; 32]).is_none(), "no point");
        assert!(Key::p256("1".into(), &[0xff; 32], &Y).is_none(), "not below the prime");
        assert!(Key::p384("1".into(), &[0; 48], &[0; 48]).is_none(), "no point");
    }

    #[test]
    fn rsa_limits_hold_here_too() {
        let modulus = |bytes: usize| {
            let mut modulus = vec![0xff; bytes];
            modulus[0] = 0x80;
            modulus
        };
        let key = Key::rsa("1".into(), &modulus(256), 65537).unwrap();
        assert_eq!((key.algorithm(), key.signature_bytes()), (Algorithm::Rs256, 256));
        assert!(Key::rsa("1".into(), &modulus(512), 3).is_some());
        for (bytes, exponent) in [(255, 65537), (513, 65537), (256, 1), (256, 4), (256, 1 << 33)] {
            assert!(
                Key::rsa("1".into(), &modulus(bytes), exponent).is_none(),
                "{bytes} {exponent}"
            );
        }
        let mut even = modulus(256);
        even[255] = 0xfe;
        assert!(Key::rsa("1".into(), &even, 65537).is_none());
    }

    #[test]
    fn debug_shows_no_key_material() {
        assert_eq!(format!("{:?}", key()), "Key { key_id: \"1\", algorithm: Es256, .. }");
    }

    fn p256_order() -> [u8; 32] {
        let mut order = [0xff; 32];
        order[4..8].fill(0);
        order[16..].copy_from_slice(&[
            0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63,
            0x25, 0x51,
        ]);
        order
    }
}
