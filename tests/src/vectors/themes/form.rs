use serde_json::json;

use crate::vectors::case::{Case, Piece, TokenText};
use crate::vectors::mint::{rs256, token};
use crate::vectors::signer::encode;

const SEGMENTS: (&str, &str) = ("token.segments", "structure");
const JSON_SERIALIZATION: (&str, &str) = ("token.json_serialization", "structure");

pub(super) fn cases() -> Vec<Case> {
    let good = token().text();
    let (signing_input, signature) = good.rsplit_once('.').unwrap_or_default();
    let (header, payload) = signing_input.split_once('.').unwrap_or_default();
    vec![
        Case::accepted("ES384, as AWS issues it", "The live shape (AWS, Understanding token claims).", good.as_str())
            .shows("/issuer", json!("https://abc123-def456-ghi789-jkl012.tokens.sts.global.api.aws"))
            .shows("/audience", json!(["https://api.example.com"]))
            .shows("/tokenId", json!("0b6d1c52-6b1e-4c3e-9a55-9f1f5e0f7a10"))
            .shows("/issuedAt", json!(1_766_915_243))
            .shows("/expiresAt", json!(1_766_915_543))
            .shows("/rule", json!("pinned"))
            .shows("/header", json!({ "alg": "ES384", "kid": "EC384_0", "typ": "JWT" })),
        Case::accepted("RS256, by a key without alg", "AWS publishes RSA_0 without alg; it is RS256.", rs256()),
        Case::rejected("empty text", "Services pass on an empty header.", "", ("token.empty", "size")),
        Case::rejected(
            "2 MB of one letter", "peers.md, row `2 MB token`: size is checked before anything else.",
            repeated("a", 2_000_000), ("token.too_large", "size"),
        ).found("2000000 bytes"),
        Case::rejected(
            "one byte too long", "32 KiB is the limit, and not one byte more.",
            repeated("a", 32_769), ("token.too_large", "size"),
        ),
        Case::rejected(
            "the longest text that is looked at", "32 KiB is within the limit.",
            repeated("a", 32_768), SEGMENTS,
        ),
        Case::accepted(
            "a payload of 14,984 bytes",
            "The largest that AWS issues.",
            token().padded_to(14_984),
        ),
        Case::rejected("no dot", "Not a token at all.", "not-a-token", SEGMENTS).found("one part"),
        Case::rejected("two parts", "The signature was cut off.", signing_input, SEGMENTS).found("2 parts"),
        Case::rejected("four parts", "No serialization has four.", format!("{good}.{signature}"), SEGMENTS)
            .found("4 parts"),
        Case::rejected("six parts", "No serialization has six.", format!("{good}.a.b.c"), SEGMENTS),
        Case::rejected(
            "30,000 dots", "CVE-2025-30204 (golang-jwt): splitting on every dot is work for an attacker.",
            repeated(".", 30_000), SEGMENTS,
        ),
        Case::rejected(
            "JWE in five parts", "RFC 7516, section 7.1: an encrypted token is refused by name.",
            format!(
                "{}.{}.{}.{}.{}",
                encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#), encode([1; 32]), encode([2; 12]),
                encode([3; 64]), encode([4; 16]),
            ),
            ("token.encrypted", "structure"),
        ),
        Case::rejected(
            "JWE with direct encryption", "RFC 7518, section 4.5: its second part is empty.",
            format!("{}..{}.{}.{}", encode(r#"{"alg":"dir","enc":"A128GCM"}"#), encode([2; 12]), encode([3; 64]), encode([4; 16])),
            ("token.encrypted", "structure"),
        ),
        Case::rejected("empty header", "RFC 7515, section 5.2: there is no header to read.", format!(".{payload}.{signature}"), SEGMENTS)
            .found("an empty header"),
        Case::rejected("empty payload", "A detached payload (RFC 7515, appendix F) is not a token.", format!("{header}..{signature}"), SEGMENTS)
            .found("an empty payload"),
        Case::rejected("two dots", "Three parts, all empty.", "..", SEGMENTS),
        Case::rejected(
            "flattened JSON serialization", "RFC 7515, section 7.2.2.",
            json!({ "protected": header, "payload": payload, "signature": signature }).to_string(),
            JSON_SERIALIZATION,
        ),
        Case::rejected(
            "general JSON serialization", "RFC 7515, section 7.2.1.",
            json!({ "payload": payload, "signatures": [{ "protected": header, "signature": signature }] }).to_string(),
            JSON_SERIALIZATION,
        ),
        Case::rejected(
            "JSON and compact at once",
            "CVE-2022-39227 (python-jwt): a polyglot that one reader takes for JSON and another for three parts.",
            format!("{{\"a\":\"{header}.\":1,\"payload\":\"{payload}.\",\"signature\":\"{signature}\"}}"),
            JSON_SERIALIZATION,
        ),
        Case::rejected(
            "JSON serialization after white space", "The same polyglot, with white space before it.",
            format!(" \n{{\"payload\":\"{payload}\",\"signature\":\"{signature}\"}}"),
            JSON_SERIALIZATION,
        ),
        Case::rejected("JSON array of a token", "One more wrapping.", format!("[\"{good}\"]"), JSON_SERIALIZATION),
    ]
}

fn repeated(text: &str, times: usize) -> TokenText {
    TokenText::Pieces(vec![Piece::Repeat { repeat: text.to_owned(), times }])
}
