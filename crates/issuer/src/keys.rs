//! A signing key: making it, signing with it, publishing it.
//!
//! Tokens are signed with the `p384` and `rsa` crates themselves, not through a JWT library: those draw
//! randomness from the operating system, which the core must not have. ES384 nonces are deterministic
//! (RFC 6979), so that signing needs no randomness at all.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p384::ecdsa::signature::Signer;
use p384::elliptic_curve::Generate;
use p384::elliptic_curve::sec1::ToSec1Point;
use p384::pkcs8::{DecodePrivateKey, EncodePublicKey, LineEnding};
use rand_core::CryptoRng;
use rsa::RsaPrivateKey;
use rsa::traits::PublicKeyParts;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::time::Timestamp;

const RSA_BITS: usize = 2048;

/// A signature algorithm that STS offers (RFC 7518 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Algorithm {
    /// ECDSA on P-384 with SHA-384.
    #[serde(rename = "ES384")]
    Es384,
    /// RSASSA-PKCS1-v1_5 with SHA-256, on 2048-bit keys.
    #[serde(rename = "RS256")]
    Rs256,
}

impl Algorithm {
    /// In the order in which AWS publishes them.
    pub(crate) const ALL: [Self; 2] = [Self::Rs256, Self::Es384];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == text)
    }

    /// The name used in `alg`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Es384 => "ES384",
            Self::Rs256 => "RS256",
        }
    }

    pub(crate) fn kid(self, number: u32) -> String {
        match self {
            Self::Es384 => format!("EC384_{number}"),
            Self::Rs256 => format!("RSA_{number}"),
        }
    }
}

/// Making a key or a signature failed, which no request can cause.
#[derive(Debug)]
pub(crate) struct KeyFailure;

/// One key pair and the name under which it is published.
pub(crate) struct SigningKey {
    kid: String,
    private: PrivateKey,
    /// From this moment on the key is no longer published. `None` while it is the one that signs.
    withdrawn_at: Option<Timestamp>,
}

pub(crate) enum PrivateKey {
    Es384(p384::ecdsa::SigningKey),
    Rs256(Box<rsa::pkcs1v15::SigningKey<Sha256>>),
}

/// A host's own way to make an RSA key, where it has a faster one: 2048 bits as PKCS#8 (RFC 5958) in DER. Without an
/// answer the key is made of the entropy.
pub type RsaKeySource = fn() -> Option<Vec<u8>>;

impl PrivateKey {
    pub(crate) fn make(
        algorithm: Algorithm,
        rsa_keys: Option<RsaKeySource>,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, KeyFailure> {
        match algorithm {
            Algorithm::Es384 => {
                Ok(Self::Es384(p384::ecdsa::SigningKey::generate_from_rng(entropy)))
            }
            Algorithm::Rs256 => {
                let key = match rsa_keys.and_then(|make| make()) {
                    Some(der) => RsaPrivateKey::from_pkcs8_der(&der).map_err(|_| KeyFailure)?,
                    None => RsaPrivateKey::new(entropy, RSA_BITS).map_err(|_| KeyFailure)?,
                };
                Ok(Self::rs256(key))
            }
        }
    }

    pub(crate) fn rs256(key: RsaPrivateKey) -> Self {
        Self::Rs256(Box::new(rsa::pkcs1v15::SigningKey::new(key)))
    }
}

impl SigningKey {
    pub(crate) fn new(kid: String, private: PrivateKey, withdrawn_at: Option<Timestamp>) -> Self {
        Self { kid, private, withdrawn_at }
    }

    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    pub(crate) fn private(&self) -> &PrivateKey {
        &self.private
    }

    pub(crate) fn withdrawn_at(&self) -> Option<Timestamp> {
        self.withdrawn_at
    }

    pub(crate) fn is_published(&self, now: Timestamp) -> bool {
        self.withdrawn_at.is_none_or(|end| now < end)
    }

    pub(crate) fn withdraw_at(&mut self, end: Timestamp) {
        self.withdrawn_at = Some(end);
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        match self.private {
            PrivateKey::Es384(_) => Algorithm::Es384,
            PrivateKey::Rs256(_) => Algorithm::Rs256,
        }
    }

    /// The JWS signature over `message` (RFC 7518 §3.3, §3.4).
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFailure> {
        match &self.private {
            PrivateKey::Es384(key) => {
                let signature: p384::ecdsa::Signature =
                    key.try_sign(message).map_err(|_| KeyFailure)?;
                Ok(signature.to_bytes().to_vec())
            }
            PrivateKey::Rs256(key) => {
                // Unblinded, hence open to timing: acceptable for keys that protect nothing.
                let signature = key.try_sign(message).map_err(|_| KeyFailure)?;
                Ok(Box::<[u8]>::from(signature).into_vec())
            }
        }
    }

    /// The public key in PEM (RFC 7468).
    pub(crate) fn public_key_pem(&self) -> Result<String, KeyFailure> {
        let pem = match &self.private {
            PrivateKey::Es384(key) => {
                p384::PublicKey::from(key.verifying_key()).to_public_key_pem(LineEnding::LF)
            }
            PrivateKey::Rs256(key) => {
                let key: &RsaPrivateKey = (**key).as_ref();
                key.to_public_key().to_public_key_pem(LineEnding::LF)
            }
        };
        pem.map_err(|_| KeyFailure)
    }

    /// The public key as a JWK (RFC 7517), members in the order AWS publishes them.
    ///
    /// `states_alg` tells whether an RSA key carries `alg`: AWS has published both forms.
    pub(crate) fn jwk(&self, states_alg: bool) -> Jwk<'_> {
        let encode = |bytes: &[u8]| Some(URL_SAFE_NO_PAD.encode(bytes));
        let empty = Jwk { kid: &self.kid, r#use: "sig", ..Jwk::default() };
        match &self.private {
            PrivateKey::Es384(key) => {
                let point = key.verifying_key().as_affine().to_sec1_point(false);
                Jwk {
                    alg: Some("ES384"),
                    crv: Some("P-384"),
                    kty: "EC",
                    x: point.x().and_then(|x| encode(x)),
                    y: point.y().and_then(|y| encode(y)),
                    ..empty
                }
            }
            PrivateKey::Rs256(key) => {
                let key: &RsaPrivateKey = (**key).as_ref();
                Jwk {
                    alg: states_alg.then_some("RS256"),
                    e: encode(&key.e_bytes()),
                    kty: "RSA",
                    n: encode(&key.n_bytes()),
                    ..empty
                }
            }
        }
    }
}

/// A public key as published.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Jwk<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    alg: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crv: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<String>,
    kid: &'a str,
    kty: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    r#use: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<String>,
}
