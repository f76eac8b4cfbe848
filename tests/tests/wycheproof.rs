//! Wycheproof's signature vectors, each through a JWK, and by the crate of signatures itself, with and without
//! tables: what is valid is accepted, the rest refused.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

use countersign::base64url;
use countersign::keys::{Algorithm, Key, KeyLookup, KeySet, KeySetLimits};
use countersign_signatures::{P256Key, P384Key, PreparedKeys, RsaKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha384};
use wycheproof::TestResult;
use wycheproof::ecdsa::{self, TestName as Ecdsa};
use wycheproof::rsa_pkcs1_verify::{self, TestName as Rsa};

#[test]
fn es256_agrees_with_wycheproof() {
    let direct = |point: &[u8]| {
        let key = P256Key::from_sec1(point).unwrap();
        move |message: &[u8], signature: &[u8], prepared: Option<&PreparedKeys>| {
            let digest = Sha256::digest(message).into();
            let verified = signature.try_into().is_ok_and(|rs| key.verify(&digest, rs, prepared));
            Direct { verified, is_prepared: key.is_prepared() }
        }
    };
    let tally = run_ecdsa(Ecdsa::EcdsaSecp256r1Sha256P1363, "P-256", Algorithm::Es256, 32, direct);
    assert_eq!(tally, Tally { valid: 173, invalid: 89, acceptable: 0 });
}

#[test]
fn es384_agrees_with_wycheproof() {
    let direct = |point: &[u8]| {
        let key = P384Key::from_sec1(point).unwrap();
        move |message: &[u8], signature: &[u8], prepared: Option<&PreparedKeys>| {
            let digest = Sha384::digest(message).into();
            let verified = signature.try_into().is_ok_and(|rs| key.verify(&digest, rs, prepared));
            Direct { verified, is_prepared: key.is_prepared() }
        }
    };
    let tally = run_ecdsa(Ecdsa::EcdsaSecp384r1Sha384P1363, "P-384", Algorithm::Es384, 48, direct);
    assert_eq!(tally, Tally { valid: 193, invalid: 87, acceptable: 0 });
}

#[test]
fn rs256_with_2048_bits_agrees_with_wycheproof() {
    let tally = run_rsa(Rsa::Rsa2048Sha256);
    assert_eq!(tally, Tally { valid: 9, invalid: 249, acceptable: 1 });
}

#[test]
fn rs256_with_3072_bits_agrees_with_wycheproof() {
    let tally = run_rsa(Rsa::Rsa3072Sha256);
    assert_eq!(tally, Tally { valid: 8, invalid: 250, acceptable: 1 });
}

#[test]
fn rs256_with_4096_bits_agrees_with_wycheproof() {
    let tally = run_rsa(Rsa::Rsa4096Sha256);
    assert_eq!(tally, Tally { valid: 7, invalid: 250, acceptable: 1 });
}

/// How many vectors of each kind were run. None is ever skipped: a key that cannot be read fails.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    valid: usize,
    invalid: usize,
    acceptable: usize,
}

impl Tally {
    /// Runs one vector. "Acceptable" are RSA signatures whose padding leaves out the NULL parameters
    /// of the hash; they are refused, since RFC 8017, section 9.2 makes exactly one encoding.
    ///
    /// `directly` are further verdicts on it.
    fn run(
        &mut self,
        key: &Key,
        message: &[u8],
        signature: &[u8],
        result: TestResult,
        name: &str,
        directly: &[bool],
    ) {
        let (counter, accepted) = match result {
            TestResult::Valid => (&mut self.valid, true),
            TestResult::Invalid => (&mut self.invalid, false),
            TestResult::Acceptable => (&mut self.acceptable, false),
        };
        *counter += 1;
        let verified = key.verify(message, signature);
        assert_eq!(verified.is_ok(), accepted, "{name}: {verified:?}");
        assert!(directly.iter().all(|verified| *verified == accepted), "{name}: {directly:?}");
    }

    fn print(&self, name: &str, expected: usize) {
        let Self { valid, invalid, acceptable } = self;
        println!(
            "{name}: {valid} valid accepted, {invalid} invalid and {acceptable} acceptable refused, \
             0 skipped"
        );
        assert_eq!(valid + invalid + acceptable, expected, "{name}: every vector of the set");
    }
}

/// A verdict of the crate of signatures.
struct Direct {
    verified: bool,
    is_prepared: bool,
}

/// `direct` makes of a point what verifies a message and a signature by it.
fn run_ecdsa<V>(
    name: Ecdsa,
    curve: &str,
    algorithm: Algorithm,
    bytes: usize,
    direct: impl Fn(&[u8]) -> V,
) -> Tally
where
    V: Fn(&[u8], &[u8], Option<&PreparedKeys>) -> Direct,
{
    let set = ecdsa::TestSet::load(name).unwrap();
    let mut tally = Tally::default();
    for group in &set.test_groups {
        let (&form, point) = group.key.key.split_first().unwrap();
        assert_eq!((form, point.len()), (4, 2 * bytes), "an uncompressed point");
        let (x, y) = point.split_at(bytes);
        let (x, y) = (base64url::encode(x), base64url::encode(y));
        let jwk = json!({ "kty": "EC", "crv": curve, "kid": "k", "x": x, "y": y });
        let key = read(&jwk, algorithm);
        let (cold, warm) = (direct(&group.key.key), direct(&group.key.key));
        let prepared = PreparedKeys::new(1);
        let first = group.tests.first().unwrap();
        // Any signature of the right length makes a key ready, if it is used often enough.
        let used = [vec![1; bytes], vec![1; bytes]].concat();
        for _ in 0..P256Key::RECURS.max(P384Key::RECURS) {
            warm(&first.msg, &used, Some(&prepared));
        }
        for test in &group.tests {
            let vector = format!("{name:?} {}: {}", test.tc_id, test.comment);
            let (cold, warm) =
                (cold(&test.msg, &test.sig, None), warm(&test.msg, &test.sig, Some(&prepared)));
            assert_eq!((cold.is_prepared, warm.is_prepared), (false, true), "{vector}");
            let directly = [cold.verified, warm.verified];
            tally.run(&key, &test.msg, &test.sig, test.result, &vector, &directly);
        }
    }
    tally.print(&format!("{name:?}"), set.number_of_tests);
    tally
}

fn run_rsa(name: Rsa) -> Tally {
    let set = rsa_pkcs1_verify::TestSet::load(name).unwrap();
    let mut tally = Tally::default();
    for group in &set.test_groups {
        let (n, e) = (unsigned(&group.key.n), unsigned(&group.key.e));
        let exponent = e.iter().fold(0, |sum, octet| (sum << 8) | u64::from(*octet));
        let direct = RsaKey::new(n, exponent).unwrap();
        let (n, e) = (base64url::encode(n), base64url::encode(e));
        let key = read(&json!({ "kty": "RSA", "kid": "k", "n": n, "e": e }), Algorithm::Rs256);
        for test in &group.tests {
            let vector = format!("{name:?} {}: {}", test.tc_id, test.comment);
            let directly = [direct.verify_sha256(&Sha256::digest(&test.msg).into(), &test.sig)];
            tally.run(&key, &test.msg, &test.sig, test.result, &vector, &directly);
        }
    }
    tally.print(&format!("{name:?}"), set.number_of_tests);
    tally
}

fn read(jwk: &Value, algorithm: Algorithm) -> Key {
    let document = json!({ "keys": [jwk] }).to_string();
    let set = KeySet::parse(document.as_bytes(), KeySetLimits::default()).unwrap();
    match set.key("k", algorithm) {
        KeyLookup::Found(key) => key.clone(),
        other => panic!("{jwk}: {other:?}"),
    }
}

/// A number without the zero octet that Wycheproof writes before a high bit.
fn unsigned(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(&[0]).unwrap_or(bytes)
}
