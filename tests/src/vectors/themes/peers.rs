use serde_json::json;

use crate::vectors::case::Case;
use crate::vectors::mint::{rs256, token};
use crate::vectors::shared::{ES256, ES384, ISSUED_AT, RS256, only, published, with};
use crate::vectors::signer::{RsaKey, Signer, encode, p256_sha384};

/// Each case has what aws-jwt-verify, jose, fast-jwt and jsonwebtoken make of it; a runner measures it
/// again.
pub(super) fn cases() -> Vec<Case> {
    let rsa_1024 = Signer::Rsa(RsaKey::Bits1024);
    let payload = token().payload_text();
    let inner = payload.trim_start_matches('{');
    let header = encode(token().header_text());
    let encoded = encode(&payload);
    let (left, right) = encoded.split_at(encoded.len() / 2);
    let odd = if payload.len().is_multiple_of(3) { format!("{payload} ") } else { payload.clone() };
    let invalid: Vec<u8> = payload
        .replace("billing", "bill\u{1}ing")
        .bytes()
        .map(|b| if b == 1 { 0xff } else { b })
        .collect();
    let ec = published(ES384, "EC384_0", "ES384");
    let case = |name: &str, token: crate::vectors::TokenText, code: (&str, &str), peers: &str| {
        Case::rejected(name, "peers.md: the table of what was measured.", token, code).peers(peers)
    };
    vec![
        Case::accepted("a sound ES384 token", "What everyone must accept.", token()).peers("++++"),
        Case::accepted("a sound RS256 token", "What everyone must accept.", rs256()).peers("++++"),
        case(
            "unknown crit header",
            token().header("crit", json!(["urn:x"])).header("urn:x", json!(1)).into(),
            ("header.critical", "header"),
            "+--+",
        ),
        case(
            "duplicate member in the header",
            {
                token()
                    .header_bytes(r#"{"kid":"EC384_9","typ":"JWT","alg":"ES384","kid":"EC384_0"}"#)
                    .into()
            },
            ("token.duplicate_member", "json"),
            "++++",
        ),
        case(
            "duplicate member in the payload",
            {
                token()
                    .payload(format!("{{\"sub\":\"arn:aws:iam::123456789012:role/Admin\",{inner}"))
                    .into()
            },
            ("token.duplicate_member", "json"),
            "++++",
        ),
        case(
            "non-canonical tail",
            respell_tail(&rs256().text()).into(),
            ("token.non_canonical", "encoding"),
            "++++",
        ),
        case(
            "= padding",
            token().sign(&format!("{header}.{}", padded(&encode(&odd)))).into(),
            ("token.base64url", "encoding"),
            "++--",
        ),
        case(
            "newline inside a segment",
            token().sign(&format!("{header}.{left}\n{right}")).into(),
            ("token.base64url", "encoding"),
            " +--",
        ),
        case(
            "invalid UTF-8 in the payload",
            token().payload(invalid).into(),
            ("token.utf8", "encoding"),
            "+-++",
        ),
        case("2 MB token", token().padded_to(1_500_002), ("token.too_large", "size"), "++++"),
        case("no exp", token().without("exp").into(), ("claim.missing", "expiry"), "++++"),
        case(
            "iat a day ahead",
            token().times(ISSUED_AT + 86_400, ISSUED_AT + 86_700).into(),
            ("time.issued_in_future", "issued_at"),
            "++++",
        ),
        case("RSA-1024 key", rs256().signed_by(rsa_1024).into(), ("key.unusable", "key"), "+-++")
            .keys(only(vec![published(rsa_1024, "RSA_0", "RS256")])),
        case(
            "ES384 header with a P-256 key",
            token()
                .header("kid", json!("EC256_0"))
                .with_signature(|m| p256_sha384("account", m))
                .into(),
            ("key.algorithm", "key"),
            "+---",
        )
        .keys(only(vec![with(ES256.jwk("EC256_0"), json!({ "use": "sig" }))])),
        case(
            "RS512 header with an RSA key that has no alg",
            {
                rs256()
                    .header("alg", json!("RS512"))
                    .with_signature(|m| RsaKey::Bits2048.sign_rs512(m))
                    .into()
            },
            ("algorithm.unsupported", "algorithm"),
            "++++",
        )
        .keys(only(vec![with(RS256.jwk("RSA_0"), json!({ "use": "sig" }))])),
        case("JWK use=enc", token().into(), ("key.unusable", "key"), "--++")
            .keys(only(vec![with(ec.clone(), json!({ "use": "enc" }))])),
        Case::keys_refused(
            "30 MB JWKS document",
            "peers.md: the table of what was measured.",
            "key_set.too_large",
            only(vec![ec.clone()]),
        )
        .padded_keys(30 << 20)
        .also_with(token())
        .peers("++"),
        case("JWK key_ops without verify", token().into(), ("key.unusable", "key"), "+-++")
            .keys(only(vec![with(ec, json!({ "use": null, "key_ops": ["deriveKey"] }))])),
    ]
}

/// The last character of the signature with its unused bits set: the same bytes.
fn respell_tail(token: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut token = token.to_owned();
    let last = token.pop().and_then(|last| ALPHABET.find(last)).unwrap_or_default();
    token.extend(ALPHABET.chars().nth(last + 1));
    token
}

fn padded(encoded: &str) -> String {
    format!("{encoded}{}", "=".repeat((4 - encoded.len() % 4) % 4))
}
