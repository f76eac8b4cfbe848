//! Public keys.

use std::fmt;
use std::sync::OnceLock;

use super::Native;
use super::arithmetic::Modulus;

/// An RSA public key.
pub struct RsaKey {
    /// The highest octet first, and not zero.
    modulus: Vec<u8>,
    exponent: u64,
    /// Made at the first use.
    ready: OnceLock<Option<Modulus<Native>>>,
}

impl RsaKey {
    /// The lengths of a modulus that are taken, in bits. Shorter ones can be factored by the well-funded, and
    /// longer ones take more time than they are worth.
    pub const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;
    /// The exponents that are taken; they must be odd.
    pub const EXPONENTS: std::ops::RangeInclusive<u64> = 3..=(1 << 33) - 1;

    /// A key by its modulus, the highest octet first, and its exponent; `None` if they are not within the limits
    /// above, or even.
    pub fn new(modulus: &[u8], exponent: u64) -> Option<Self> {
        let zeros = modulus.iter().take_while(|octet| **octet == 0).count();
        let modulus = modulus.get(zeros..)?;
        let (first, last) = (modulus.first()?, modulus.last()?);
        let bits = modulus.len().checked_mul(8)? - first.leading_zeros() as usize;
        let is_sound = Self::MODULUS_BITS.contains(&bits)
            && Self::EXPONENTS.contains(&exponent)
            && last % 2 == 1
            && exponent % 2 == 1;
        let ready = OnceLock::new();
        is_sound.then(|| Self { modulus: modulus.to_vec(), exponent, ready })
    }

    /// The modulus, the highest octet first. A signature has as many octets.
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// The exponent.
    pub fn exponent(&self) -> u64 {
        self.exponent
    }

    /// Whether `signature` is one of a message with this SHA-256 digest (RFC 8017, section 8.2.2).
    pub fn verify_sha256(&self, digest: &[u8; 32], signature: &[u8]) -> bool {
        // Of the same length, octets compare as the numbers do.
        if signature.len() != self.modulus.len() || signature >= self.modulus.as_slice() {
            return false;
        }
        let Some(expected) = encoded(digest, self.modulus.len()) else { return false };
        self.ready
            .get_or_init(|| Modulus::new(&self.modulus))
            .as_ref()
            .is_some_and(|modulus| modulus.power_is(signature, self.exponent, &expected))
    }

    /// How many bytes the key takes, with what it is made ready with.
    pub fn bytes(&self) -> usize {
        let ready = self.ready.get().and_then(Option::as_ref).map_or(0, Modulus::memory_bytes);
        self.modulus.len() + ready
    }
}

impl PartialEq for RsaKey {
    fn eq(&self, other: &Self) -> bool {
        self.modulus == other.modulus && self.exponent == other.exponent
    }
}

impl Eq for RsaKey {}

impl fmt::Debug for RsaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RsaKey").finish_non_exhaustive()
    }
}

/// The one encoding of a SHA-256 digest in so many octets (RFC 8017, section 9.2): it is compared whole, so that
/// there is nothing in it to be read.
fn encoded(digest: &[u8; 32], length: usize) -> Option<Vec<u8>> {
    /// DigestInfo of SHA-256, up to the digest.
    const DIGEST_INFO: [u8; 19] = [
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x20,
    ];
    let padding = length.checked_sub(3 + DIGEST_INFO.len() + digest.len())?;
    Some([&[0, 1], &*vec![0xff; padding], &[0], &DIGEST_INFO, digest].concat())
}
