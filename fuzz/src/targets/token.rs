//! A token, from its text to the verdict.
//!
//! An input that begins with `@` is three lines: header, payload, and what to sign with (`ES256`, `ES384`,
//! `RS256`, or the signature itself). Any other is a token as it stands.

use countersign::{Step, Unverified, base64url};

use crate::shared::{ISSUER, NOW, Signer, judged, keyless, text, verifier};

/// Runs the target.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (token, is_signed) = match text.strip_prefix('@') {
        Some(lines) => made(lines),
        None => (text.to_owned(), false),
    };
    if let Ok(unverified) = Unverified::parse(&token) {
        assert_canonical(&token, &unverified);
    }
    let judgement = judged(verifier(), &token, NOW);
    if let Ok(verified) = judgement.verdict() {
        assert!(is_signed, "accepted, and nobody signed it");
        assert_eq!(verified.issuer(), ISSUER);
        assert!(verified.expires_at() > verified.issued_at());
        assert!(serde_json::to_string(&verified.identity()).is_ok());
    }
    for now in [0, u64::MAX] {
        assert!(judged(verifier(), &token, now).verdict().is_err(), "accepted at {now}");
    }
    assert_fetch_is_meant(&token);
}

/// The token of an input's lines, and whether it was signed.
fn made(lines: &str) -> (String, bool) {
    let mut lines = lines.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (header, payload, signer) = (line(), line(), line());
    let encode = |part: &str| base64url::encode(part.as_bytes());
    let input = format!("{}.{}", encode(header), encode(payload));
    let signer_named = Signer::ALL.into_iter().find(|known| known.name() == signer);
    let signature = match signer_named {
        Some(signer) => signer.sign(input.as_bytes()),
        None => signer.as_bytes().to_vec(),
    };
    (format!("{input}.{}", base64url::encode(&signature)), signer_named.is_some())
}

/// What was read is the token again when it is written: there is one spelling of it only.
fn assert_canonical(token: &str, unverified: &Unverified) {
    let parts = [
        unverified.header().text().as_bytes(),
        unverified.payload().text().as_bytes(),
        unverified.signature(),
    ];
    assert_eq!(parts.map(base64url::encode).join("."), token);
    let (input, _) = token.rsplit_once('.').unwrap();
    assert_eq!(unverified.signing_input(), input.as_bytes());
}

/// A fetch goes to an issuer that the policy covers, and to no other place.
fn assert_fetch_is_meant(token: &str) {
    if let Step::Fetch(fetch) = keyless().step(token, NOW, countersign::Detail::Verdict) {
        let host = fetch.issuer.strip_prefix("https://").unwrap();
        let label = host.strip_suffix(".tokens.sts.global.api.aws").unwrap();
        assert!(label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        assert!(fetch.url.strip_prefix(&fetch.issuer).unwrap().starts_with("/.well-known/"));
    }
}
