//! What AWS never does: tokens with a fault, for tests of whoever has to refuse them.

use hmac::{Hmac, KeyInit, Mac};
use rand_core::CryptoRng;
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::account::{AWS_ISSUER_SUFFIX, random_uuid};
use crate::key_ring::KeyRing;
use crate::keys::{KeyFailure, PrivateKey, RsaKeySource, SigningKey};
use crate::sts::Grant;
use crate::token::{compact, header};

/// A fault that a token can be ordered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Flaw {
    /// Minted earlier, so that it expired an hour ago.
    Expired,
    /// Minted an hour from now.
    NotYetValid,
    /// Signed by a key that is not the one that is published under its key id.
    WrongSignature,
    /// A claim changed after the token was signed.
    TamperedPayload,
    /// Signed under a key id that was never published.
    UnknownKey,
    /// Signed by the key that was withdrawn last.
    WithdrawnKey,
    /// `alg` is `none`, and there is no signature (RFC 7519 §6).
    AlgNone,
    /// `alg` is `HS256`, and the secret is the public key in PEM (RFC 8725 §2.1).
    HmacConfusion,
    /// The issuer is a host that only looks like AWS's.
    WrongIssuer,
}

/// By how much times are moved.
const HOUR: i64 = 3600;
/// No account gets this far.
const UNKNOWN_NUMBER: u32 = 1_000_000;

/// Everything about a token that is not as STS would have it.
pub(crate) struct Forgery {
    pub(crate) flaw: Option<Flaw>,
    pub(crate) claims: Map<String, Value>,
    pub(crate) header: Map<String, Value>,
}

impl Forgery {
    /// The token. The key that signs is there already.
    pub(crate) fn token(
        self,
        grant: &Grant,
        ring: &mut KeyRing,
        rsa_keys: Option<RsaKeySource>,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<String, KeyFailure> {
        let algorithm = grant.algorithm;
        let genuine = ring.signing_key(algorithm).ok_or(KeyFailure)?;
        let payload = self.payload(&grant.payload)?;
        let mut stranger = |kid: String| {
            let private = PrivateKey::make(algorithm, rsa_keys, entropy)?;
            Ok::<_, KeyFailure>(SigningKey::new(kid, private, None))
        };
        let signed = |key: &SigningKey| {
            let header = self.header(key.kid(), algorithm.as_str())?;
            compact(&header, &payload, |message| key.sign(message))
        };
        match self.flaw {
            None | Some(Flaw::Expired | Flaw::NotYetValid | Flaw::WrongIssuer) => signed(genuine),
            Some(Flaw::WrongSignature) => signed(&stranger(genuine.kid().to_owned())?),
            Some(Flaw::UnknownKey) => signed(&stranger(algorithm.kid(UNKNOWN_NUMBER))?),
            Some(Flaw::WithdrawnKey) => signed(ring.withdrawn_key(algorithm, rsa_keys, entropy)?),
            Some(Flaw::TamperedPayload) => {
                let token = signed(genuine)?;
                let (_, signature) = token.rsplit_once('.').ok_or(KeyFailure)?;
                let mut claims = members(&payload)?;
                claims.insert("jti".into(), random_uuid(entropy).into());
                let header = self.header(genuine.kid(), algorithm.as_str())?;
                let unsigned = compact(&header, &written(&claims)?, |_| Ok(Vec::new()))?;
                Ok(unsigned + signature)
            }
            Some(Flaw::AlgNone) => {
                let header = self.header(genuine.kid(), "none")?;
                compact(&header, &payload, |_| Ok(Vec::new()))
            }
            Some(Flaw::HmacConfusion) => {
                let header = self.header(genuine.kid(), "HS256")?;
                let secret = genuine.public_key_pem()?;
                compact(&header, &payload, |message| {
                    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
                        .map_err(|_| KeyFailure)?;
                    mac.update(message);
                    Ok(mac.finalize().into_bytes().to_vec())
                })
            }
        }
    }

    /// The claims with the fault, then with the changes that were ordered.
    fn payload(&self, granted: &[u8]) -> Result<Vec<u8>, KeyFailure> {
        let mut claims = members(granted)?;
        match self.flaw {
            Some(Flaw::Expired) => {
                let lifetime = number(&claims, "exp")?.saturating_sub(number(&claims, "iat")?);
                delay(&mut claims, lifetime.saturating_add(HOUR).saturating_neg())?;
            }
            Some(Flaw::NotYetValid) => delay(&mut claims, HOUR)?,
            Some(Flaw::WrongIssuer) => {
                let issuer = claims.get("iss").and_then(Value::as_str).ok_or(KeyFailure)?;
                let label = issuer.strip_suffix(AWS_ISSUER_SUFFIX).unwrap_or(issuer);
                let label = label.rsplit('/').next().unwrap_or_default();
                let other = format!("https://{label}{AWS_ISSUER_SUFFIX}.example.com");
                claims.insert("iss".into(), other.into());
            }
            _ if self.claims.is_empty() => return Ok(granted.to_vec()),
            _ => {}
        }
        merge(&mut claims, &self.claims);
        written(&claims)
    }

    fn header(&self, kid: &str, alg: &str) -> Result<Vec<u8>, KeyFailure> {
        let plain = header(kid, alg)?;
        if self.header.is_empty() {
            return Ok(plain);
        }
        let mut header = members(&plain)?;
        merge(&mut header, &self.header);
        written(&header)
    }
}

fn members(json: &[u8]) -> Result<Map<String, Value>, KeyFailure> {
    serde_json::from_slice(json).map_err(|_| KeyFailure)
}

fn written(members: &Map<String, Value>) -> Result<Vec<u8>, KeyFailure> {
    serde_json::to_vec(members).map_err(|_| KeyFailure)
}

fn number(claims: &Map<String, Value>, name: &str) -> Result<i64, KeyFailure> {
    claims.get(name).and_then(Value::as_i64).ok_or(KeyFailure)
}

fn delay(claims: &mut Map<String, Value>, seconds: i64) -> Result<(), KeyFailure> {
    for name in ["iat", "exp"] {
        let moved = number(claims, name)?.saturating_add(seconds).max(0);
        claims.insert(name.into(), moved.into());
    }
    Ok(())
}

/// JSON Merge Patch (RFC 7396): `null` removes, objects are merged, everything else replaces.
fn merge(target: &mut Map<String, Value>, patch: &Map<String, Value>) {
    for (name, change) in patch {
        match change {
            Value::Null => {
                target.remove(name);
            }
            Value::Object(change) => {
                let entry = target.entry(name.as_str()).or_insert(Value::Null);
                if !entry.is_object() {
                    *entry = Map::new().into();
                }
                if let Some(inner) = entry.as_object_mut() {
                    merge(inner, change);
                }
            }
            other => {
                target.insert(name.clone(), other.clone());
            }
        }
    }
}
