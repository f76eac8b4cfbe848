//! Who is measured. Each checks the same things: signature, issuer, audience, times, algorithm.

use anyhow::{Context, Result, bail, ensure};
use countersign::{Detail, KeySet, KeySetLimits, KeyStoreSettings, Policy, Verifier};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use crate::job::Job;

/// This crate.
pub(crate) struct Countersign {
    verifier: Verifier,
    now: u64,
}

impl Countersign {
    pub(crate) fn new(job: &Job) -> Result<Self> {
        let policy = json!({
            "audience": job.audience,
            "trust": [{ "issuer": job.issuer }],
            "algorithms": [job.algorithm],
        });
        let policy = Policy::from_json(&policy.to_string())?;
        let mut verifier = Verifier::new(policy, KeyStoreSettings::default())
            .map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
        let key_set = json!({ "keys": [job.jwk] }).to_string();
        let key_set = KeySet::parse(key_set.as_bytes(), KeySetLimits::default())
            .map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
        verifier.add_static_keys(&job.issuer, key_set);
        Ok(Self { verifier, now: job.now })
    }

    pub(crate) fn verify(&self, token: &str) -> Result<()> {
        let judgement = self.verifier.judge(token, self.now, Detail::Verdict);
        match judgement.into_verdict() {
            Ok(verified) => {
                std::hint::black_box(verified);
                Ok(())
            }
            Err(rejection) => bail!("{}", rejection.code.as_str()),
        }
    }
}

/// The crate jsonwebtoken, with the provider that the process has installed.
pub(crate) struct JsonWebToken {
    key: DecodingKey,
    validation: Validation,
}

impl JsonWebToken {
    pub(crate) fn new(job: &Job) -> Result<Self> {
        let jwk: Jwk = serde_json::from_value(job.jwk.clone()).context("reading the key")?;
        let algorithm: Algorithm = job.algorithm.parse()?;
        let mut validation = Validation::new(algorithm);
        validation.set_audience(&[&job.audience]);
        validation.set_issuer(&[&job.issuer]);
        Ok(Self { key: DecodingKey::from_jwk(&jwk)?, validation })
    }

    pub(crate) fn verify(&self, token: &str) -> Result<()> {
        let decoded = jsonwebtoken::decode::<Value>(token, &self.key, &self.validation)?;
        std::hint::black_box(decoded);
        Ok(())
    }
}

/// A contender that accepts anything, or nothing, would be quick indeed.
pub(crate) fn must_work(job: &Job, verify: impl Fn(&str) -> Result<()>) -> Result<()> {
    let [first, second, ..] = job.tokens.as_slice() else { bail!("two tokens at least") };
    verify(first)?;
    verify(second)?;
    let (content, _) = first.rsplit_once('.').context("a token")?;
    let (_, signature) = second.rsplit_once('.').context("a token")?;
    ensure!(verify(&format!("{content}.{signature}")).is_err(), "a bad token was accepted");
    Ok(())
}
