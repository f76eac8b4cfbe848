//! The signature on its own, and what an evaluation shares with that.

use super::check::Check;
use super::evidence::Evidence;
use crate::error::{Code, Rejection};
use crate::header;
use crate::json::Object;
use crate::keys::{Algorithm, Key, KeySet, Refusal, SignatureFault};
use crate::shown::{Quoted, shortened};
use crate::token::Unverified;

/// What a signature is expected to be.
pub(super) const SIGNATURE: &str = "the signature of the issuer's key over header and payload";

/// Whose signature a token has: that key's, and nobody else's. It says nothing about who holds the key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedBy {
    /// The key's id, which is unique only within its issuer.
    pub key_id: String,
    /// The algorithm that the key is for.
    pub algorithm: Algorithm,
}

/// Checks only whether one of these keys signed a token.
///
/// **This is not verification, and a token that passes may still have to be refused.** Not checked are
/// the claims, all of them: not the issuer, not the audience, not the times, not the account, not the
/// subject. Nor is it known whose keys these are: that is up to whoever gave them. To accept a token,
/// use a [`Verifier`](crate::Verifier) with a policy.
///
/// Every algorithm of [`Algorithm::ALL`] is taken, since no policy narrows them.
///
/// # Errors
/// The first of these that fails, with the code that an evaluation gives it: the token's form, its
/// algorithm, its header, the key, the signature.
pub fn check_signature(token: &str, keys: &KeySet) -> Result<SignedBy, Rejection> {
    let token = Unverified::parse(token)?;
    let Some(header) = token.header().root().as_object() else {
        // A token of sound form has an object as its header; this says so instead of panicking.
        let evidence = Evidence::new("an object as the header", token.header().root().kind_name());
        return Err(rejection(Check::Json, (Code::TokenNotAnObject, evidence)));
    };
    let (key_id, algorithm) = named_key(header)?;
    let key = keys.find(&key_id, algorithm).map_err(|refusal| {
        rejection(Check::Key, refused_key(wanted_key(&key_id, None, algorithm), &refusal))
    })?;
    verify(key, &token).map_err(|fault| rejection(Check::Signature, fault))?;
    Ok(SignedBy { key_id, algorithm })
}

/// The key that a header names, by its id and its algorithm.
fn named_key(header: Object<'_>) -> Result<(String, Algorithm), Rejection> {
    let algorithm = header::algorithm(header, &Algorithm::ALL)
        .map_err(|fault| rejection(Check::Algorithm, fault))?;
    let header = header::read(header).map_err(|fault| rejection(Check::Header, fault))?;
    Ok((header.key_id, algorithm))
}

/// The key that is needed, as text for people.
pub(super) fn wanted_key(key_id: &str, issuer: Option<&str>, algorithm: Algorithm) -> String {
    match issuer {
        Some(issuer) => format!("the key {} of {issuer} for {algorithm}", Quoted(key_id)),
        None => format!("the key {} for {algorithm}", Quoted(key_id)),
    }
}

/// Why the wanted key is not there.
pub(super) fn refused_key(wanted: String, refusal: &Refusal) -> (Code, Evidence) {
    let code = match refusal {
        Refusal::NotLoaded => Code::KeyNotLoaded,
        Refusal::OtherAlgorithm { .. } => Code::KeyAlgorithm,
        Refusal::Unavailable { .. } => Code::KeyUnavailable,
        Refusal::UnknownKey { .. } => Code::KeyUnknown,
        Refusal::Unusable { .. } => Code::KeyUnusable,
    };
    (code, Evidence::new(wanted, shortened(&refusal.to_string())))
}

/// Verifies a token's signature with a key.
pub(super) fn verify(key: &Key, token: &Unverified) -> Result<(), (Code, Evidence)> {
    key.verify(token.signing_input(), token.signature()).map_err(|fault| match fault {
        SignatureFault::Invalid => {
            (Code::SignatureInvalid, Evidence::new(SIGNATURE, "a signature that does not match"))
        }
        SignatureFault::Malformed { expected_bytes, found_bytes } => {
            let expected = format!("{expected_bytes} bytes");
            (Code::SignatureMalformed, Evidence::new(expected, format!("{found_bytes} bytes")))
        }
    })
}

fn rejection(check: Check, (code, evidence): (Code, Evidence)) -> Rejection {
    Rejection::new(code, check, evidence.expected, evidence.found)
}

#[cfg(test)]
mod tests {
    use p384::ecdsa::signature::Signer as _;
    use serde_json::{Value, json};

    use super::{Algorithm, KeySet, check_signature};
    use crate::base64url;
    use crate::keys::KeySetLimits;

    fn signed(header: &Value, payload: &str) -> String {
        let key = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
        let encode = |text: &str| base64url::encode(text.as_bytes());
        let input = format!("{}.{}", encode(&header.to_string()), encode(payload));
        let signature: p384::ecdsa::Signature = key.sign(input.as_bytes());
        format!("{input}.{}", base64url::encode(&signature.to_bytes()))
    }

    fn keys(changes: &Value) -> KeySet {
        let key = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
        let point = key.verifying_key().to_sec1_point(false);
        let [x, y] = [point.x().unwrap(), point.y().unwrap()].map(|c| base64url::encode(c));
        let mut jwk = json!({ "kty": "EC", "crv": "P-384", "kid": "k", "x": x, "y": y });
        for (name, value) in changes.as_object().unwrap() {
            jwk[name] = value.clone();
        }
        let set = json!({ "keys": [jwk] }).to_string();
        KeySet::parse(set.as_bytes(), KeySetLimits::default()).unwrap()
    }

    #[test]
    fn nothing_but_the_signature_is_checked() {
        let token = signed(&json!({ "alg": "ES384", "typ": "JWT", "kid": "k" }), r#"{"exp":"?"}"#);
        let signed_by = check_signature(&token, &keys(&json!({}))).unwrap();
        assert_eq!((&*signed_by.key_id, signed_by.algorithm), ("k", Algorithm::Es384));
    }

    #[test]
    fn what_fails_has_the_code_of_an_evaluation() {
        let header = json!({ "alg": "ES384", "typ": "JWT", "kid": "k" });
        let token = signed(&header, "{}");
        let with = |name: &str, value: &str| {
            let mut header = header.clone();
            header[name] = json!(value);
            signed(&header, "{}")
        };
        let (input, signature) = token.rsplit_once('.').unwrap();
        let (head, _) = input.split_once('.').unwrap();
        let changed = format!("{head}.{}.{signature}", base64url::encode(br#"{"a":1}"#));
        for (token, changes, code, check) in [
            ("", json!({}), "token.empty", "size"),
            (&*format!("{input}."), json!({}), "signature.malformed", "signature"),
            (&changed, json!({}), "signature.invalid", "signature"),
            (&with("alg", "none"), json!({}), "algorithm.none", "algorithm"),
            (&with("alg", "ES256"), json!({}), "key.algorithm", "key"),
            (&with("kid", "other"), json!({}), "key.unknown", "key"),
            (&with("typ", "at+jwt"), json!({}), "header.type", "header"),
            (&token, json!({ "use": "enc" }), "key.unusable", "key"),
        ] {
            let rejection = check_signature(token, &keys(&changes)).unwrap_err();
            assert_eq!((rejection.code.as_str(), rejection.check.as_str()), (code, check));
        }
    }
}
