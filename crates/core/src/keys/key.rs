use std::fmt;
use std::sync::{Arc, OnceLock};

use countersign_signatures::{P256Key, P384Key, RsaKey};
use sha2::{Digest as _, Sha256, Sha384};

use super::algorithm::Algorithm;
use super::equipment::{Equipment, HostKey};
use crate::base64url;

/// A public key that is ready to verify, for exactly one algorithm.
///
/// Its kind decides the algorithm, never a token's header. Cloning is cheap: clones share one key.
#[derive(Clone)]
pub struct Key(Arc<Inner>);

struct Inner {
    key_id: String,
    material: Material,
    equipment: OnceLock<Equipment>,
    /// The host's form of the key, once it was asked for one.
    host: OnceLock<Option<Box<dyn HostKey>>>,
}

enum Material {
    Es256(P256Key),
    Es384(P384Key),
    Rs256(RsaKey),
}

impl Key {
    /// Smallest RSA modulus, in bits: below, factoring is within reach of the well-funded.
    pub(super) const MIN_MODULUS_BITS: usize = *RsaKey::MODULUS_BITS.start();
    /// Largest RSA modulus, in bits: above, one verification costs more than it is worth.
    pub(super) const MAX_MODULUS_BITS: usize = *RsaKey::MODULUS_BITS.end();
    /// Smallest RSA exponent.
    pub(super) const MIN_EXPONENT: u64 = *RsaKey::EXPONENTS.start();
    /// Largest RSA exponent; larger ones only cost time, and RSA implementations differ beyond.
    pub(super) const MAX_EXPONENT: u64 = *RsaKey::EXPONENTS.end();

    /// A P-256 key, if the coordinates are those of a point on the curve.
    pub(super) fn p256(key_id: String, x: &[u8; 32], y: &[u8; 32]) -> Option<Self> {
        Some(Self::new(key_id, Material::Es256(P256Key::new(x, y)?)))
    }

    /// A P-256 key, if the octets are those of a point on the curve (SEC 1, section 2.3.3).
    pub(super) fn p256_point(key_id: String, point: &[u8]) -> Option<Self> {
        Some(Self::new(key_id, Material::Es256(P256Key::from_sec1(point)?)))
    }

    /// A P-384 key, if the coordinates are those of a point on the curve.
    pub(super) fn p384(key_id: String, x: &[u8; 48], y: &[u8; 48]) -> Option<Self> {
        Some(Self::new(key_id, Material::Es384(P384Key::new(x, y)?)))
    }

    /// A P-384 key, if the octets are those of a point on the curve (SEC 1, section 2.3.3).
    pub(super) fn p384_point(key_id: String, point: &[u8]) -> Option<Self> {
        Some(Self::new(key_id, Material::Es384(P384Key::from_sec1(point)?)))
    }

    /// An RSA key, if modulus (big-endian) and exponent are odd and within their limits.
    pub(super) fn rsa(key_id: String, modulus: &[u8], exponent: u64) -> Option<Self> {
        Some(Self::new(key_id, Material::Rs256(RsaKey::new(modulus, exponent)?)))
    }

    fn new(key_id: String, material: Material) -> Self {
        let (equipment, host) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inner { key_id, material, equipment, host }))
    }

    /// Gives the key what it may verify with besides its own arithmetic. The first is kept.
    pub(super) fn equip(&self, equipment: &Equipment) {
        self.0.equipment.get_or_init(|| equipment.clone());
    }

    /// Whether the key was used often enough, since it was last asked, to be worth what it was prepared with.
    pub(super) fn is_in_use(&self) -> bool {
        match &self.0.material {
            Material::Es256(key) => key.take_uses() >= P256Key::RECURS,
            Material::Es384(key) => key.take_uses() >= P384Key::RECURS,
            Material::Rs256(_) => true,
        }
    }

    /// The one algorithm that the key verifies.
    pub fn algorithm(&self) -> Algorithm {
        match self.0.material {
            Material::Es256(_) => Algorithm::Es256,
            Material::Es384(_) => Algorithm::Es384,
            Material::Rs256(_) => Algorithm::Rs256,
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
            (Material::Rs256(key), Material::Rs256(other)) => key == other,
            _ => false,
        };
        same && self.key_id() == other.key_id()
    }

    /// How long a signature by this key is, in bytes.
    pub fn signature_bytes(&self) -> usize {
        match &self.0.material {
            Material::Es256(_) => 64,
            Material::Es384(_) => 96,
            Material::Rs256(key) => key.modulus().len(),
        }
    }

    /// The key as a JSON Web Key (RFC 7517), with nothing in it but the key.
    pub fn to_jwk(&self) -> String {
        let ec = |curve: &str, [x, y]: [&[u8]; 2]| {
            let (x, y) = (base64url::encode(x), base64url::encode(y));
            format!(r#"{{"kty":"EC","crv":"{curve}","x":"{x}","y":"{y}"}}"#)
        };
        match &self.0.material {
            Material::Es256(key) => ec("P-256", key.coordinates().each_ref().map(|c| c.as_slice())),
            Material::Es384(key) => ec("P-384", key.coordinates().each_ref().map(|c| c.as_slice())),
            Material::Rs256(key) => {
                let exponent = key.exponent().to_be_bytes();
                let first = exponent.iter().position(|byte| *byte != 0).unwrap_or(0);
                let exponent = base64url::encode(exponent.get(first..).unwrap_or_default());
                let modulus = base64url::encode(key.modulus());
                format!(r#"{{"kty":"RSA","n":"{modulus}","e":"{exponent}"}}"#)
            }
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
        let malformed = SignatureFault::Malformed { expected_bytes, found_bytes: signature.len() };
        if signature.len() != expected_bytes {
            return Err(malformed);
        }
        let holds = match self.host() {
            Some(host) => host.verify(message, signature),
            None => self.verify_here(message, signature).ok_or(malformed)?,
        };
        if holds { Ok(()) } else { Err(SignatureFault::Invalid) }
    }

    /// The host's form of the key, where the host is the one to verify with it.
    fn host(&self) -> Option<&dyn HostKey> {
        let cryptography = self.0.equipment.get()?.host.as_ref()?;
        self.0.host.get_or_init(|| cryptography.key(self)).as_deref()
    }

    /// Whether the signature holds; nothing if it has another length.
    fn verify_here(&self, message: &[u8], signature: &[u8]) -> Option<bool> {
        let prepared = self.0.equipment.get().map(|equipment| &equipment.prepared);
        Some(match &self.0.material {
            Material::Es256(key) => {
                let digest = Sha256::digest(message).into();
                key.verify(&digest, signature.try_into().ok()?, prepared)
            }
            Material::Es384(key) => {
                let digest = Sha384::digest(message).into();
                key.verify(&digest, signature.try_into().ok()?, prepared)
            }
            Material::Rs256(key) => key.verify_sha256(&Sha256::digest(message).into(), signature),
        })
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
