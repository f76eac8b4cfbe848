//! RSA signatures: what is accepted and refused, beside the `rsa` crate and Project Wycheproof.
//!
//! Every key here is one whose secret is no secret: a product of Mersenne primes. So any encoding can be
//! "signed", the wrong ones too, at any size, without searching for primes.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use countersign_signatures::RsaKey;
use rsa::{BoxedUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest as _, Sha256};
use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};

/// Exponents of two (less one) whose product has as many bits as they sum up to.
const KEYS: [&[u32]; 6] = [
    &[1279, 607, 107, 31, 19, 5],
    &[1279, 607, 127, 31, 5],
    &[1279, 607, 107, 31, 19, 13],
    &[2203],
    &[2281, 607, 127, 31, 19, 7],
    &[3217, 607, 127, 107, 31, 7],
];

const DIGEST_INFO: &[u8] =
    b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
const WITHOUT_NULL: &[u8] = b"\x30\x2f\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x04\x20";
const SHA384_INFO: &[u8] =
    b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x20";
const LONG_LENGTHS: &[u8] =
    b"\x30\x81\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";

#[test]
fn signatures_of_every_size_are_accepted() {
    for primes in KEYS {
        let signer = Signer::new(primes, 65537);
        let bits: u32 = primes.iter().sum();
        assert_eq!(signer.key.modulus().len(), bits.div_ceil(8) as usize);
        assert_eq!(signer.bits(), bits);
        for text in ["", "a", "another"] {
            let digest = digest(text);
            let signature = signer.sign(&signer.encode(DIGEST_INFO, &digest));
            assert!(signer.verify(&digest, &signature), "{bits}");
            assert!(!signer.verify(&self::digest("something else"), &signature), "{bits}");
        }
    }
}

#[test]
fn another_exponent_is_another_key() {
    let signer = Signer::new(KEYS[0], 17);
    let digest = digest("text");
    let signature = signer.sign(&signer.encode(DIGEST_INFO, &digest));
    assert!(signer.verify(&digest, &signature));
    let other = RsaKey::new(&signer.modulus, 65537).unwrap();
    assert!(!other.verify_sha256(&digest, &signature));
    assert!(other != signer.key);
    assert!(signer.key == RsaKey::new(&signer.modulus, 17).unwrap());
    assert!(Signer::new(KEYS[1], 17).key != signer.key);
}

#[test]
fn any_flipped_bit_is_refused() {
    let signer = Signer::new(KEYS[0], 65537);
    let digest = digest("text");
    let signature = signer.sign(&signer.encode(DIGEST_INFO, &digest));
    for bit in (0..8 * signature.len()).step_by(37) {
        let mut changed = signature.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!signer.verify(&digest, &changed), "{bit}");
    }
    for bit in 0..8 * digest.len() {
        let mut changed = digest;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!signer.verify(&changed, &signature), "{bit}");
    }
}

#[test]
fn only_the_one_encoding_is_accepted() {
    for primes in KEYS {
        let signer = Signer::new(primes, 65537);
        let digest = digest("text");
        let good = signer.encode(DIGEST_INFO, &digest);
        assert!(signer.verify(&digest, &signer.sign(&good)));

        let refuse = |form: &str, encoded: &[u8]| {
            assert_ne!(encoded, good, "{form}");
            let signature = signer.sign(encoded);
            assert!(!signer.verify(&digest, &signature), "{form}");
        };
        refuse("no NULL", &signer.encode(WITHOUT_NULL, &digest));
        refuse("another hash", &signer.encode(SHA384_INFO, &digest));
        refuse("BER lengths", &signer.encode(LONG_LENGTHS, &digest));
        refuse("no DigestInfo", &signer.encode(&[], &digest));
        refuse("a digest cut short", &signer.encode(DIGEST_INFO, &digest[..31]));
        refuse("a byte after", &signer.encode(DIGEST_INFO, &[&digest[..], &[0]].concat()));
        refuse("a zero in the padding", &changed(&good, 20, 0x00));
        refuse("padding not all ones", &changed(&good, 20, 0xfe));
        refuse("block type 0", &changed(&good, 1, 0));
        refuse("block type 2", &changed(&good, 1, 2));
        refuse("no separator", &changed(&good, good.len() - 52, 0xff));
        // Eight bytes of padding and then the digest's end moved up, with anything after
        let mut short = [&[0, 1][..], &[0xff; 8], &[0], DIGEST_INFO, &digest].concat();
        short.resize(good.len(), 0);
        refuse("short padding and zeros after", &short);
        short[70..].fill(0xa5);
        refuse("short padding and trailing bytes", &short);
        let mut shifted = [&good[1..], &[0]].concat();
        shifted[0] = 0;
        refuse("shifted by a byte", &shifted);
        refuse("zero", &vec![0; good.len()]);
    }
}

#[test]
fn numbers_at_the_edges_are_refused() {
    for primes in KEYS {
        let signer = Signer::new(primes, 65537);
        let digest = digest("text");
        let n = &signer.modulus;
        let mut ones = vec![0xff; n.len()];
        assert!(!signer.verify(&digest, &ones));
        ones[0] = 0;
        assert!(!signer.verify(&digest, &ones));
        let number = |value: u8| [&vec![0; n.len() - 1][..], &[value]].concat();
        for signature in [number(0), number(1), number(2), n.clone()] {
            assert!(!signer.verify(&digest, &signature));
        }
        let last = n.len() - 1;
        assert!(!signer.verify(&digest, &changed(n, last, n[last] - 1)));
    }
}

#[test]
fn a_signature_has_one_length_and_one_number() {
    // These have room for a signature plus n below the next power of 256.
    for primes in [KEYS[1], KEYS[3]] {
        let signer = Signer::new(primes, 65537);
        let digest = digest("text");
        let signature = signer.sign(&signer.encode(DIGEST_INFO, &digest));
        let plus_n = number(&signature).wrapping_add(number(&signer.modulus));
        let plus_n = bytes(&plus_n, signature.len());
        assert!(!signer.verify(&digest, &plus_n));
        assert!(!signer.verify(&digest, &[&[0], &signature[..]].concat()));
        assert!(!signer.verify(&digest, &[&signature[..], &[0]].concat()));
        assert!(!signer.verify(&digest, &signature[1..]));
        assert!(!signer.verify(&digest, &signature[..signature.len() - 1]));
        assert!(!signer.verify(&digest, &[]));
    }
}

#[test]
fn keys_out_of_range_are_none() {
    let modulus = |bits: usize| {
        let mut modulus = vec![0xff; bits.div_ceil(8)];
        modulus[0] >>= modulus.len() * 8 - bits;
        modulus
    };
    for (bits, valid) in
        [(1, false), (1024, false), (2047, false), (2048, true), (4096, true), (4097, false)]
    {
        assert_eq!(RsaKey::new(&modulus(bits), 65537).is_some(), valid, "{bits}");
    }
    for (exponent, valid) in [
        (0, false),
        (1, false),
        (2, false),
        (3, true),
        (4, false),
        (65536, false),
        ((1 << 33) - 1, true),
        ((1 << 33) + 1, false),
        (u64::MAX, false),
    ] {
        assert_eq!(RsaKey::new(&modulus(2048), exponent).is_some(), valid, "{exponent}");
    }
    assert!(RsaKey::new(&[], 65537).is_none());
    assert!(RsaKey::new(&[0; 256], 65537).is_none());
    let mut even = modulus(2048);
    even[255] = 0xfe;
    assert!(RsaKey::new(&even, 65537).is_none());
    assert!(RsaKey::new(&[&[0; 300][..], &modulus(2047)].concat(), 65537).is_none());
    let padded = RsaKey::new(&[&[0; 3][..], &modulus(2048)].concat(), 65537).unwrap();
    assert_eq!(padded.modulus().len(), 256);
    assert!(padded == RsaKey::new(&modulus(2048), 65537).unwrap());
    let before = padded.bytes();
    assert!(!padded.verify_sha256(&[0; 32], &[1; 256]));
    // The modulus and the radix squared, in digits
    assert!((before + 512..before + 1024).contains(&padded.bytes()), "{}", padded.bytes());
}

#[test]
fn wycheproof_agrees() {
    let mut tally = [0; 2];
    for name in [TestName::Rsa2048Sha256, TestName::Rsa3072Sha256, TestName::Rsa4096Sha256] {
        let set = TestSet::load(name).unwrap();
        for group in &set.test_groups {
            let exponent = group.key.e.iter().fold(0, |e, &byte| e << 8 | u64::from(byte));
            let key = RsaKey::new(&group.key.n, exponent).unwrap();
            for test in &group.tests {
                // "Acceptable" are encodings without NULL, which are not the one encoding.
                let valid = matches!(test.result, TestResult::Valid);
                let digest = Sha256::digest(&test.msg).into();
                let verified = key.verify_sha256(&digest, &test.sig);
                assert_eq!(verified, valid, "{name:?} {}: {}", test.tc_id, test.comment);
                tally[usize::from(valid)] += 1;
            }
        }
    }
    assert_eq!(tally, [752, 24], "refused and accepted");
}

/// A key and both verifiers of it
struct Signer {
    modulus: Vec<u8>,
    secret: BoxedUint,
    key: RsaKey,
    peer: RsaPublicKey,
}

impl Signer {
    fn new(primes: &[u32], exponent: u64) -> Self {
        let ones = |bits: u32, low: u64| {
            let one = BoxedUint::one_with_precision(bits.next_multiple_of(64));
            let power = one.shl_vartime(bits - 1).unwrap();
            power.wrapping_sub(BoxedUint::from(low)).wrapping_add(power)
        };
        let length = primes.iter().sum::<u32>().div_ceil(8) as usize;
        let product = |low: u64| {
            let one = number(&[&vec![0; length - 1][..], &[1]].concat());
            primes.iter().fold(one, |product, &bits| product.wrapping_mul(ones(bits, low)))
        };
        let modulus = bytes(&product(1), length);
        // Euler's function of the modulus, as all its primes are different
        let phi = number(&bytes(&product(2), length));
        let secret =
            number(&bytes(&BoxedUint::from(exponent), length)).invert_mod(&phi.to_nz().unwrap());
        let peer = RsaPublicKey::new(number(&modulus), BoxedUint::from(exponent)).unwrap();
        let key = RsaKey::new(&modulus, exponent).unwrap();
        Self { modulus, secret: secret.unwrap(), key, peer }
    }

    fn bits(&self) -> u32 {
        number(&self.modulus).bits_vartime()
    }

    fn encode(&self, info: &[u8], digest: &[u8]) -> Vec<u8> {
        let padding = vec![0xff; self.modulus.len() - 3 - info.len() - digest.len()];
        [&[0, 1], &padding[..], &[0], info, digest].concat()
    }

    /// The root of anything below the modulus
    fn sign(&self, encoded: &[u8]) -> Vec<u8> {
        let n = number(&self.modulus);
        let root = number(encoded).pow_mod(&self.secret, &n.to_odd().unwrap());
        bytes(&root, self.modulus.len())
    }

    /// As both say, which must be the same.
    fn verify(&self, digest: &[u8; 32], signature: &[u8]) -> bool {
        let verified = self.key.verify_sha256(digest, signature);
        let peers = self.peer.verify(Pkcs1v15Sign::new::<Sha256>(), digest, signature).is_ok();
        assert_eq!(verified, peers, "{:x?} {digest:x?} {signature:x?}", self.modulus);
        verified
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn changed(bytes: &[u8], place: usize, value: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[place] = value;
    bytes
}

/// Of as many words as the bytes need
fn number(bytes: &[u8]) -> BoxedUint {
    BoxedUint::from_be_slice(bytes, bytes.len().div_ceil(8) as u32 * 64).unwrap()
}

fn bytes(number: &BoxedUint, length: usize) -> Vec<u8> {
    let all = number.to_be_bytes();
    let mut bytes = vec![0; length.saturating_sub(all.len())];
    let (zeros, rest) = all.split_at(all.len().saturating_sub(length));
    assert!(zeros.iter().all(|&byte| byte == 0));
    bytes.extend(rest);
    bytes
}
