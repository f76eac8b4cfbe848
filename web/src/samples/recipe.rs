use countersign::{Algorithm, Instant, base64url};
use serde_json::{Map, Value, json};

use super::kind::Sample;
use super::{payload, policy};

/// What is random about a sample.
#[derive(Clone, Debug)]
pub struct Ids {
    /// The issuer's label, of `[a-z0-9-]`: AWS's are UUIDs.
    pub label: String,
    /// The token's own id (`jti`).
    pub token: String,
}

impl Ids {
    /// The issuer.
    pub fn issuer(&self) -> String {
        format!("https://{}.tokens.sts.global.api.aws", self.label)
    }
}

/// A sample before it is signed, and all that goes with it.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// What it is signed with.
    pub algorithm: Algorithm,
    /// What is signed: header and payload, encoded, and the dot between.
    pub signing_input: String,
    /// The policy that goes with it, as JSON text.
    pub policy: String,
    sample: Sample,
    header: String,
    payload: String,
    expires_at: u64,
}

impl Recipe {
    /// The sample at `now`, in seconds since the epoch.
    pub fn of(sample: Sample, now: u64, ids: &Ids) -> Self {
        let algorithm = sample.algorithm();
        let name = algorithm.as_str();
        // As AWS writes it, in its order.
        let header = format!(r#"{{"kid":"{}","typ":"JWT","alg":"{name}"}}"#, key_id(algorithm));
        let header = base64url::encode(header.as_bytes());
        let payload = payload::payload(sample, now, ids);
        let signing_input = format!("{header}.{}", base64url::encode(payload.as_bytes()));
        let policy = policy::policy(sample, ids);
        let expires_at = payload::expires_at(sample, now);
        Self { algorithm, signing_input, policy, sample, header, payload, expires_at }
    }

    /// The key set with the one public key, given as JWK: only what a key set publishes is taken of it.
    pub fn key_set(&self, jwk: &Value) -> String {
        let published = ["kty", "crv", "x", "y", "n", "e"];
        let mut key: Map<String, Value> = published
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), jwk.get(name)?.clone())))
            .collect();
        key.insert("kid".to_owned(), key_id(self.algorithm).into());
        key.insert("use".to_owned(), "sig".into());
        key.insert("alg".to_owned(), self.algorithm.as_str().into());
        json!({ "keys": [key] }).to_string()
    }

    /// The text to be read, with the signature over [`Self::signing_input`].
    pub fn finished(&self, signature: &[u8]) -> String {
        let signature = base64url::encode(signature);
        let token = format!("{}.{signature}", self.signing_input);
        match self.sample {
            Sample::Forged => {
                let payload = payload::forged(&self.payload);
                format!("{}.{}.{signature}", self.header, base64url::encode(payload.as_bytes()))
            }
            Sample::StsAnswer => {
                let answer = json!({
                    "WebIdentityToken": token,
                    "Expiration": Instant(self.expires_at).to_string(),
                });
                format!("{answer:#}")
            }
            Sample::CutOff => {
                let end = self.header.len() + (token.len() - self.header.len()) / 2;
                token.get(..end).unwrap_or_default().to_owned()
            }
            _ => token,
        }
    }
}

/// The key ids that AWS uses in every account.
fn key_id(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Rs256 => "RSA_0",
        Algorithm::Es384 => "EC384_0",
        Algorithm::Es256 => "EC256_0",
    }
}
