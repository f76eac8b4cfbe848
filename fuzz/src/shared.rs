//! What several targets share: a policy, an issuer with its keys, and what holds for any text.

use std::sync::OnceLock;

use countersign::json::{Document, Limits};
use countersign::{
    Check, Detail, Judgement, KeySet, KeySetLimits, KeyStoreSettings, OutcomeName, Policy,
    Rejection, Verifier, base64url, is_deceptive,
};
use p256::ecdsa::signature::Signer as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};

use crate::reasons::JsonReason;

pub(crate) const NOW: u64 = 1_766_915_300;
pub(crate) const ISSUER: &str = "https://abc123.tokens.sts.global.api.aws";
pub(crate) const POLICY: &str = r#"{
    "audience": "https://api.example.com",
    "algorithms": ["ES384", "ES256", "RS256"],
    "trust": [
        { "name": "batch", "issuer": "https://abc123.tokens.sts.global.api.aws",
          "principals": "arn:aws:iam::123456789012:role/**" },
        { "name": "organization", "organization": "o-abc1234567",
          "organizationalUnits": "o-abc1234567/**", "principalTags": { "team": "billing" } }
    ]
}"#;

/// Who signs: a key of each kind, always the same. They protect nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    Es256,
    Es384,
    Rs256,
}

impl Signer {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Rs256 => "RS256",
        }
    }

    pub(crate) fn key_id(self) -> &'static str {
        match self {
            Self::Es256 => "EC256_0",
            Self::Es384 => "EC384_0",
            Self::Rs256 => "RSA_0",
        }
    }

    pub(crate) fn sign(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Es256 => {
                let signature: p256::ecdsa::Signature = p256_key().sign(message);
                signature.to_bytes().to_vec()
            }
            Self::Es384 => {
                let signature: p384::ecdsa::Signature = p384_key().sign(message);
                signature.to_bytes().to_vec()
            }
            Self::Rs256 => {
                let key = rsa::pkcs1v15::SigningKey::<sha2::Sha256>::new(rsa_key().clone());
                let signature: rsa::pkcs1v15::Signature = key.sign(message);
                Box::<[u8]>::from(signature).into_vec()
            }
        }
    }
}

fn p256_key() -> &'static p256::ecdsa::SigningKey {
    static KEY: OnceLock<p256::ecdsa::SigningKey> = OnceLock::new();
    KEY.get_or_init(|| p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap())
}

fn p384_key() -> &'static p384::ecdsa::SigningKey {
    static KEY: OnceLock<p384::ecdsa::SigningKey> = OnceLock::new();
    KEY.get_or_init(|| p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap())
}

fn rsa_key() -> &'static rsa::RsaPrivateKey {
    static KEY: OnceLock<rsa::RsaPrivateKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let pem = include_str!("../../tests/vectors/keys/rsa-2048.pem");
        let start = pem.find("-----BEGIN").unwrap();
        rsa::RsaPrivateKey::from_pkcs8_pem(&pem[start..]).unwrap()
    })
}

/// The keys that [`ISSUER`] publishes.
pub(crate) fn jwks() -> &'static Value {
    static KEYS: OnceLock<Value> = OnceLock::new();
    KEYS.get_or_init(|| {
        let p256 = p256_key().verifying_key().to_sec1_point(false);
        let p384 = p384_key().verifying_key().to_sec1_point(false);
        let rsa = rsa_key().to_public_key();
        let ec = |curve: &str, kid: &str, x: &[u8], y: &[u8]| {
            let (x, y) = (base64url::encode(x), base64url::encode(y));
            json!({ "kty": "EC", "crv": curve, "kid": kid, "x": x, "y": y })
        };
        json!({ "keys": [
            ec("P-256", "EC256_0", p256.x().unwrap(), p256.y().unwrap()),
            ec("P-384", "EC384_0", p384.x().unwrap(), p384.y().unwrap()),
            { "kty": "RSA", "kid": "RSA_0", "n": base64url::encode(&rsa.n_bytes()),
              "e": base64url::encode(&rsa.e_bytes()) },
        ]})
    })
}

/// A verifier of [`POLICY`] without any keys.
pub(crate) fn keyless() -> Verifier {
    Verifier::new(Policy::from_json(POLICY).unwrap(), KeyStoreSettings::default()).unwrap()
}

/// A verifier of [`POLICY`] with the keys of [`ISSUER`].
pub(crate) fn verifier() -> &'static Verifier {
    static VERIFIER: OnceLock<Verifier> = OnceLock::new();
    VERIFIER.get_or_init(|| {
        let mut verifier = keyless();
        let text = jwks().to_string();
        let keys = KeySet::parse(text.as_bytes(), KeySetLimits::default()).unwrap();
        assert_eq!(keys.keys().len(), 3);
        verifier.add_static_keys(ISSUER, keys);
        verifier
    })
}

/// Judges in both ways, which must agree, and returns the verdict.
pub(crate) fn judged(verifier: &Verifier, token: &str, now: u64) -> Judgement {
    let verdict = verifier.judge(token, now, Detail::Verdict);
    let explained = verifier.judge(token, now, Detail::Report);
    let report = explained.report();
    assert_eq!(report.accepted, verdict.verdict().is_ok(), "verify and explain differ");
    assert_eq!(report.rejection.as_ref(), verdict.verdict().err(), "verify and explain differ");
    let made: Vec<Check> = report.checks.iter().map(|check| check.check).collect();
    // Nobody asks for protection against replay here.
    let all = Check::ALL.strip_suffix(&[Check::Replay]);
    assert_eq!(Some(made.as_slice()), all, "a report has every check, once and in order");
    let first = report.checks.iter().find(|check| check.outcome == OutcomeName::Failed);
    let code = verdict.verdict().err().map(|rejection| rejection.code);
    assert_eq!(first.and_then(|check| check.code), code, "the verdict is the first failed check");
    for check in &report.checks {
        let texts = [&check.expected, &check.found].into_iter().flatten();
        texts.for_each(|text| assert_printable(text));
    }
    if let Err(rejection) = verdict.verdict() {
        assert_discreet(rejection, token);
    }
    verdict
}

/// A rejection can be logged, and holds no part of the token's signature.
fn assert_discreet(rejection: &Rejection, token: &str) {
    let text = rejection.to_string();
    assert_printable(&text);
    let mut parts = token.splitn(4, '.').skip(2);
    if let (Some(signature), None) = (parts.next(), parts.next())
        && signature.len() > 40
        && !token.starts_with(['{', '['])
        && let Some(piece) = signature.get(..40)
        // Unless it stands in the token before the signature too.
        && token.matches(piece).count() == 1
    {
        assert!(!text.contains(piece), "the signature in: {text}");
    }
}

/// No text of ours can forge a line of a log, drive a terminal or turn around what is read.
#[track_caller]
pub(crate) fn assert_printable(text: &str) {
    assert!(!text.contains(is_deceptive), "{text:?}");
}

/// A text that we accept, as serde_json reads it; `None` where a reason on the list has it refuse.
pub(crate) fn theirs(accepted: &[u8]) -> Option<Value> {
    let refused = match serde_json::from_slice(accepted) {
        Ok(value) => return Some(value),
        Err(refused) => refused,
    };
    let ours = Document::parse(text(accepted), Limits::default()).expect("accepted");
    JsonReason::of_ours(&refused, &ours).unwrap_or_else(|| panic!("accepted: {refused}"));
    None
}

/// The input as text: the longest part of it that is, so that changed bytes do not waste a run.
pub(crate) fn text(data: &[u8]) -> &str {
    match std::str::from_utf8(data) {
        Ok(text) => text,
        Err(fault) => std::str::from_utf8(&data[..fault.valid_up_to()]).unwrap_or_default(),
    }
}
