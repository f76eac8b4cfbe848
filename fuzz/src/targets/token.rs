//! A token, from its text to the verdict.
//!
//! An input that begins with `@` is three lines: header, payload, and the signature, where `ES256` stands for
//! one of the issuer's key. Any other is a token as it stands. (The other algorithms are slower by far, and
//! have the target `differential`.)

use countersign::{Detail, Step, Unverified, base64url};

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
    let never = if data.len().is_multiple_of(2) { 0 } else { u64::MAX };
    let judgement = verifier().judge(&token, never, Detail::Report);
    assert!(!judgement.report().accepted, "accepted at {never}");
    assert_fetch_is_meant(&token);
}

/// The token of an input's lines, and whether it was signed.
fn made(lines: &str) -> (String, bool) {
    let mut lines = lines.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (header, payload, signature) = (line(), line(), line());
    let encode = |part: &str| base64url::encode(part.as_bytes());
    let input = format!("{}.{}", encode(header), encode(payload));
    let is_signed = signature == Signer::Es256.name();
    let signature = match is_signed {
        true => Signer::Es256.sign(input.as_bytes()),
        false => signature.as_bytes().to_vec(),
    };
    (format!("{input}.{}", base64url::encode(&signature)), is_signed)
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
    if let Step::Fetch(fetch) = keyless().step(token, NOW, Detail::Verdict) {
        let host = fetch.issuer.strip_prefix("https://").unwrap();
        let label = host.strip_suffix(".tokens.sts.global.api.aws").unwrap();
        assert!(label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        assert!(fetch.url.strip_prefix(&fetch.issuer).unwrap().starts_with("/.well-known/"));
    }
}
