//! RSA signatures, each judged here and by the crate rsa; `cargo xtask differential` has more of them drawn.
//!
//! Most keys are made after the signature: the power of any s, less an encoding, is a modulus for which s
//! signs that encoding. So each key is a new one, of any length, and signs also what no signer would.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

#[path = "support/draws.rs"]
mod draws;

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng as _;
use countersign_signatures::RsaKey;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::signature::SignatureEncoding as _;
use rsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{BoxedUint, RsaPrivateKey, RsaPublicKey};
use sha2::Sha256;

use draws::Draws;

/// How many, in a default run.
const VERIFICATIONS: u64 = 600;
/// How many are judged by one key.
const OF_A_KEY: u64 = 12;

/// DigestInfo of SHA-256, up to the digest (RFC 8017, section 9.2).
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

#[derive(Default)]
struct Tally {
    keys: u64,
    accepted: u64,
    refused: u64,
}

/// A key here and there.
struct Judges {
    modulus: Vec<u8>,
    ours: RsaKey,
    theirs: VerifyingKey<Sha256>,
}

impl Judges {
    fn new(key: &RsaPublicKey) -> Self {
        let modulus = key.n().to_be_bytes_trimmed_vartime().to_vec();
        let exponent = key.e().to_be_bytes();
        let exponent = exponent.iter().fold(0, |sum, octet| (sum << 8) | u64::from(*octet));
        let ours = RsaKey::new(&modulus, exponent).unwrap();
        Self { modulus, ours, theirs: VerifyingKey::new(key.clone()) }
    }

    #[track_caller]
    fn verdict(&self, digest: &[u8; 32], signature: &[u8], tally: &mut Tally) -> bool {
        let ours = self.ours.verify_sha256(digest, signature);
        let theirs = Signature::try_from(signature)
            .is_ok_and(|signature| self.theirs.verify_prehash(digest, &signature).is_ok());
        assert!(
            ours == theirs,
            "RSA: {ours} here, {theirs} elsewhere:\nmodulus {}\nexponent {}\ndigest {}\nsignature {}",
            hex(&self.modulus),
            self.ours.exponent(),
            hex(digest),
            hex(signature)
        );
        *(if ours { &mut tally.accepted } else { &mut tally.refused }) += 1;
        ours
    }
}

#[test]
fn rsa_verdicts_are_those_of_another_crate() {
    let verifications = draws::count("COUNTERSIGN_RSA_VERIFICATIONS", VERIFICATIONS);
    let mut draws = Draws::new(draws::seed());
    let mut tally = Tally::default();
    // A tenth with keys as issuers have them, of which making one takes time.
    while tally.accepted + tally.refused < verifications / 10 {
        of_a_generated_key(&mut draws, (verifications / 80).min(500), &mut tally);
    }
    while tally.accepted + tally.refused < verifications {
        of_a_key_made_after(&mut draws, &mut tally);
    }
    let Tally { keys, accepted, refused } = tally;
    println!(
        "RSA: {} signatures of {keys} keys, each judged here and by another crate: {accepted} accepted, \
         {refused} refused; 0 disagreements",
        accepted + refused
    );
    assert!(accepted > verifications / 8 && refused > verifications / 4, "{accepted} {refused}");
}

/// One with the exponent 65537, which signs several digests.
fn of_a_generated_key(draws: &mut Draws, count: u64, tally: &mut Tally) {
    let bits = draws.of(&[2048, 2048, 2049, 3072, 4096]);
    let mut seed = [0; 32];
    seed.fill_with(|| draws.number() as u8);
    let key = RsaPrivateKey::new(&mut ChaCha20Rng::from_seed(seed), bits).unwrap();
    let judges = Judges::new(&key.to_public_key());
    let signer = SigningKey::<Sha256>::new(key);
    tally.keys += 1;
    for _ in 0..count.div_ceil(4) {
        let digest = digest(draws);
        let signature: Signature = signer.sign_prehash(&digest).unwrap();
        let signature = signature.to_vec();
        assert!(judges.verdict(&digest, &signature, tally));
        for _ in 0..3 {
            changed(draws, &judges, &digest, &signature, tally);
        }
    }
}

/// One with a small exponent, for one encoding: the right one, or another.
fn of_a_key_made_after(draws: &mut Draws, tally: &mut Tally) {
    let any = 2048 + draws.below(2049);
    let bits = draws.of(&[2048, 2049, 2055, 2056, 3071, 3072, 3073, 4095, 4096, any]);
    let exponent = draws.of(&[3, 5, 7]);
    let digest = digest(draws);
    let right = encoded(&digest, bits.div_ceil(8));
    let is_right = draws.below(2) == 0;
    let encoding = if is_right { right.clone() } else { another(draws, &right) };
    let (key, signature) = key_for(draws, bits, exponent, &encoding);
    let judges = Judges::new(&key);
    tally.keys += 1;
    assert_eq!(judges.verdict(&digest, &signature, tally), encoding == right);
    for _ in 1..OF_A_KEY {
        if draws.below(4) == 0 {
            judges.verdict(&digest, &signature, tally);
        } else {
            changed(draws, &judges, &digest, &signature, tally);
        }
    }
}

/// Something else about the signature, which makes it bad.
fn changed(
    draws: &mut Draws,
    judges: &Judges,
    digest: &[u8; 32],
    signature: &[u8],
    tally: &mut Tally,
) {
    let (mut digest, mut signature) = (*digest, signature.to_vec());
    let length = signature.len();
    match draws.below(10) {
        0 => digest[draws.below(32)] ^= 1 << draws.below(8),
        1 => signature.fill(0),
        2 => {
            signature.fill(0);
            signature[length - 1] = 1;
        }
        3 => signature.fill(0xff),
        4 => signature.clone_from(&judges.modulus),
        5 => {
            // One less than the modulus, or one more, which ends in an odd octet.
            signature.clone_from(&judges.modulus);
            let last = signature[length - 1];
            signature[length - 1] =
                if draws.below(2) == 0 { last - 1 } else { last.wrapping_add(2) };
        }
        // The same number in another length.
        6 => signature.insert(0, 0),
        7 => signature.truncate(draws.below(length)),
        8 => {
            // The same number modulo the modulus, if it fits.
            let mut carry = 0;
            for (octet, modulus) in signature.iter_mut().zip(&judges.modulus).rev() {
                let sum = u16::from(*octet) + u16::from(*modulus) + carry;
                *octet = sum as u8;
                carry = sum >> 8;
            }
        }
        _ => signature[draws.below(length)] ^= 1 << draws.below(8),
    }
    assert!(!judges.verdict(&digest, &signature, tally));
}

fn digest(draws: &mut Draws) -> [u8; 32] {
    let mut digest = [0; 32];
    digest.fill_with(|| draws.number() as u8);
    digest
}

fn encoded(digest: &[u8], length: usize) -> Vec<u8> {
    let padding = vec![0xff; length - 3 - DIGEST_INFO.len() - digest.len()];
    [&[0, 1], &padding[..], &[0], &DIGEST_INFO, digest].concat()
}

/// An encoding as forgers wrote it, or one with an octet changed; of the same digest.
fn another(draws: &mut Draws, right: &[u8]) -> Vec<u8> {
    let length = right.len();
    let digest = &right[length - 32..];
    let padded = |end: &[u8]| {
        let padding = vec![0xff; length - 3 - end.len()];
        [&[0, 1], &padding[..], &[0], end].concat()
    };
    match draws.below(6) {
        // Without the NULL of the hash's parameters.
        0 => {
            let mut info = DIGEST_INFO.to_vec();
            info.drain(15..17);
            info[1] -= 2;
            info[3] -= 2;
            padded(&[&info, digest].concat())
        }
        // Of another hash of the same length (SHA-512/256).
        1 => {
            let mut info = DIGEST_INFO;
            info[14] = 6;
            padded(&[&info, digest].concat())
        }
        // The digest alone.
        2 => padded(digest),
        // Short padding, and something after the digest (Bleichenbacher, 2006).
        3 => {
            let mut all = [&[0, 1], &[0xff; 8][..], &[0], &DIGEST_INFO, digest].concat();
            all.resize_with(length, || draws.number() as u8);
            all
        }
        // As for encryption.
        4 => {
            let mut all = right.to_vec();
            all[1] = 2;
            all
        }
        _ => {
            let mut all = right.to_vec();
            all[2 + draws.below(length - 2 - 32)] ^= 1 << draws.below(8);
            all
        }
    }
}

/// A key so long, and s: s to the exponent, less the encoding, is the modulus.
fn key_for(
    draws: &mut Draws,
    bits: usize,
    exponent: u32,
    encoding: &[u8],
) -> (RsaPublicKey, Vec<u8>) {
    let precision = 8 * 640;
    let number = |octets: &[u8]| BoxedUint::from_be_slice(octets, precision).unwrap();
    let subtrahend = number(encoding);
    let root_bits = bits.div_ceil(exponent as usize);
    loop {
        let mut root = any(draws, root_bits.div_ceil(8));
        root[0] = (root[0] | 0x80) >> (8 * root.len() - root_bits);
        // The modulus has to be odd.
        let last = root.len() - 1;
        root[last] = (root[last] & !1) | (!encoding[encoding.len() - 1] & 1);
        let root = number(&root);
        let power = (1..exponent).fold(root.clone(), |power, _| power.wrapping_mul(&root));
        let modulus = power.wrapping_sub(&subtrahend);
        if modulus.bits_vartime() as usize != bits {
            continue;
        }
        let length = bits.div_ceil(8);
        let precise = |number: &BoxedUint| {
            let octets = number.to_be_bytes();
            octets[octets.len() - length..].to_vec()
        };
        let modulus = BoxedUint::from_be_slice(&precise(&modulus), 8 * length as u32).unwrap();
        let key = RsaPublicKey::new(modulus, BoxedUint::from(u64::from(exponent))).unwrap();
        return (key, precise(&root));
    }
}

/// Runs of zeros, of ones, and of anything.
fn any(draws: &mut Draws, length: usize) -> Vec<u8> {
    let mut octets = Vec::with_capacity(length + 64);
    while octets.len() < length {
        let kind = draws.below(4);
        for _ in 0..=draws.below(64) {
            octets.push(match kind {
                0 => 0,
                1 => 0xff,
                _ => draws.number() as u8,
            });
        }
    }
    octets.truncate(length);
    octets
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
