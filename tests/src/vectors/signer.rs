#![expect(
    clippy::expect_used,
    reason = "the keys are fixed: they are sound or the build is broken"
)]

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePublicKey as _, LineEnding};
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// A private key of the vectors. Each is public on purpose and protects nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signer {
    /// P-256, from a seed.
    P256(&'static str),
    /// P-384, from a seed.
    P384(&'static str),
    /// RSA, from `tests/vectors/keys`.
    Rsa(RsaKey),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RsaKey {
    Bits1024,
    Bits2048,
    Bits2048Other,
    Bits4096,
}

pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Signer {
    /// The signature of the key's own algorithm (RFC 7518, sections 3.3 and 3.4): always the same for
    /// the same message, since ECDSA's nonces are made as RFC 6979 says.
    pub(super) fn sign(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::P256(seed) => {
                let signature: p256::ecdsa::Signature = p256_key(seed).sign(message);
                signature.to_bytes().to_vec()
            }
            Self::P384(seed) => {
                let signature: p384::ecdsa::Signature = p384_key(seed).sign(message);
                signature.to_bytes().to_vec()
            }
            Self::Rsa(key) => {
                pkcs1(&rsa::pkcs1v15::SigningKey::<Sha256>::new(key.private().clone()), message)
            }
        }
    }

    /// The public key (RFC 7517), without `alg`, `use` and `key_ops`.
    pub(super) fn jwk(self, kid: &str) -> Value {
        match self {
            Self::P256(seed) => {
                let point = p256_key(seed).verifying_key().to_sec1_point(false);
                ec("P-256", kid, point.x().expect("not infinity"), point.y().expect("uncompressed"))
            }
            Self::P384(seed) => {
                let point = p384_key(seed).verifying_key().to_sec1_point(false);
                ec("P-384", kid, point.x().expect("not infinity"), point.y().expect("uncompressed"))
            }
            Self::Rsa(key) => {
                let public = key.private().to_public_key();
                let (n, e) = (public.n_bytes(), public.e_bytes());
                json!({ "kty": "RSA", "kid": kid, "n": encode(n), "e": encode(e) })
            }
        }
    }
}

fn ec(curve: &str, kid: &str, x: &[u8], y: &[u8]) -> Value {
    json!({ "kty": "EC", "crv": curve, "kid": kid, "x": encode(x), "y": encode(y) })
}

impl RsaKey {
    fn private(self) -> &'static rsa::RsaPrivateKey {
        // Reading a key checks its primes, which takes longer than signing with it.
        static KEYS: [OnceLock<rsa::RsaPrivateKey>; 4] = [const { OnceLock::new() }; 4];
        let (slot, pem) = match self {
            Self::Bits1024 => (&KEYS[0], include_str!("../../vectors/keys/rsa-1024.pem")),
            Self::Bits2048 => (&KEYS[1], include_str!("../../vectors/keys/rsa-2048.pem")),
            Self::Bits2048Other => {
                (&KEYS[2], include_str!("../../vectors/keys/rsa-2048-other.pem"))
            }
            Self::Bits4096 => (&KEYS[3], include_str!("../../vectors/keys/rsa-4096.pem")),
        };
        slot.get_or_init(|| {
            let start = pem.find("-----BEGIN").expect("a PEM block");
            rsa::RsaPrivateKey::from_pkcs8_pem(&pem[start..]).expect("a sound key")
        })
    }

    /// RS512's signature, which nothing here must accept.
    pub(super) fn sign_rs512(self, message: &[u8]) -> Vec<u8> {
        pkcs1(&rsa::pkcs1v15::SigningKey::<Sha512>::new(self.private().clone()), message)
    }

    /// A PKCS #1 v1.5 signature of the right digest, without the DigestInfo that names it.
    pub(super) fn sign_without_digest_info(self, message: &[u8]) -> Vec<u8> {
        pkcs1(&rsa::pkcs1v15::SigningKey::<Sha256>::new_unprefixed(self.private().clone()), message)
    }

    /// The public key as the PEM text that confused libraries took for an HMAC secret.
    pub(super) fn public_pem(self) -> String {
        self.private().to_public_key().to_public_key_pem(LineEnding::LF).expect("a sound key")
    }

    pub(super) fn modulus(self) -> Vec<u8> {
        self.private().to_public_key().n_bytes().to_vec()
    }
}

fn pkcs1<D>(key: &rsa::pkcs1v15::SigningKey<D>, message: &[u8]) -> Vec<u8>
where
    D: sha2::Digest,
    rsa::pkcs1v15::SigningKey<D>: rsa::signature::Signer<rsa::pkcs1v15::Signature>,
{
    let signature = rsa::signature::Signer::sign(key, message);
    Box::<[u8]>::from(signature).into_vec()
}

/// What ES384 by a P-256 key would be: a pair that RFC 7518, section 3.4 does not have.
pub(super) fn p256_sha384(seed: &str, message: &[u8]) -> Vec<u8> {
    let digest = Sha384::digest(message);
    let signature: p256::ecdsa::Signature =
        p256_key(seed).sign_prehash(&digest).expect("a digest of sufficient length");
    signature.to_bytes().to_vec()
}

pub(super) fn hs256(secret: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

fn p256_key(seed: &str) -> p256::ecdsa::SigningKey {
    let scalar = Sha256::digest(format!("Countersign test key, P-256, {seed}"));
    p256::ecdsa::SigningKey::from_slice(&scalar).expect("a scalar below the order")
}

fn p384_key(seed: &str) -> p384::ecdsa::SigningKey {
    let scalar = Sha384::digest(format!("Countersign test key, P-384, {seed}"));
    p384::ecdsa::SigningKey::from_slice(&scalar).expect("a scalar below the order")
}
