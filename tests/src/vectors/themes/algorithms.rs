use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::{Mint, es256, rs256, token};
use crate::vectors::shared::{AUDIENCE, ES256, ISSUER, RS256};
use crate::vectors::signer::{RsaKey, hs256};

const HMAC: (&str, &str) = ("algorithm.hmac", "algorithm");
const KEY_ALGORITHM: (&str, &str) = ("key.algorithm", "key");
const MEMBER: (&str, &str) = ("header.member", "algorithm");
const NONE: (&str, &str) = ("algorithm.none", "algorithm");
const NOT_ALLOWED: (&str, &str) = ("algorithm.not_allowed", "algorithm");
const UNSUPPORTED: (&str, &str) = ("algorithm.unsupported", "algorithm");

pub(super) fn cases() -> Vec<Case> {
    let alg = |value: Value| token().header("alg", value);
    let unsigned = |name: &str| alg(json!(name)).with_signature(|_| Vec::new());
    let rsa = |value: &str| rs256().header("alg", json!(value));
    let only = |algorithms: Value| json!({ "audience": AUDIENCE, "algorithms": algorithms, "trust": [{ "name": "pinned", "issuer": ISSUER }] });
    let pem = RsaKey::Bits2048.public_pem();
    vec![
        Case::rejected(
            "none, unsigned",
            "CVE-2015-9235 and kin: alg none.",
            unsigned("none"),
            NONE,
        )
        .found("none"),
        Case::rejected(
            "None, unsigned",
            "CVE-2018-1000531 and kin: in other letters.",
            unsigned("None"),
            NONE,
        ),
        Case::rejected("NONE, unsigned", "In other letters.", unsigned("NONE"), NONE),
        Case::rejected(
            "nOnE, unsigned",
            "CVE-2020-28042 and kin: in other letters.",
            unsigned("nOnE"),
            NONE,
        ),
        Case::rejected(
            "none, with a genuine signature",
            "The signature does not save it.",
            alg(json!("none")),
            NONE,
        ),
        Case::rejected(
            "none, with a typ and a kid missing",
            "The algorithm is the most telling fault.",
            {
                alg(json!("none"))
                    .without_header("kid")
                    .without_header("typ")
                    .with_signature(|_| Vec::new())
            },
            NONE,
        ),
        Case::rejected(
            "HS256 by the public key as PEM",
            "CVE-2016-10555 and kin: a public key taken for a shared secret.",
            rsa("HS256").with_signature(|m| hs256(pem.as_bytes(), m)),
            HMAC,
        )
        .found("HS256"),
        Case::rejected(
            "HS256 by the modulus",
            "The same confusion, by the key's bytes.",
            rsa("HS256").with_signature(|m| hs256(&RsaKey::Bits2048.modulus(), m)),
            HMAC,
        ),
        Case::rejected(
            "HS256 by an empty secret",
            "CVE-2019-20933 and kin.",
            token().header("alg", json!("HS256")).with_signature(|m| hs256(b"", m)),
            HMAC,
        ),
        Case::rejected(
            "HS384",
            "No HMAC at all.",
            rsa("HS384").with_signature(|m| hs256(b"x", m)),
            HMAC,
        ),
        Case::rejected(
            "HS512",
            "No HMAC at all.",
            rsa("HS512").with_signature(|m| hs256(b"x", m)),
            HMAC,
        ),
        Case::rejected(
            "RS512 by a key without alg",
            "peers.md: a key without alg must not let the header choose.",
            rsa("RS512").with_signature(|m| RsaKey::Bits2048.sign_rs512(m)),
            UNSUPPORTED,
        )
        .found("RS512"),
        Case::rejected("RS384", "AWS issues none.", rsa("RS384"), UNSUPPORTED),
        Case::rejected("PS256", "AWS issues none.", rsa("PS256"), UNSUPPORTED),
        Case::rejected("ES512", "AWS issues none.", alg(json!("ES512")), UNSUPPORTED),
        Case::rejected("ES256K", "AWS issues none.", alg(json!("ES256K")), UNSUPPORTED),
        Case::rejected("EdDSA", "AWS issues none.", alg(json!("EdDSA")), UNSUPPORTED),
        Case::rejected(
            "RSA-OAEP",
            "An algorithm for encryption.",
            alg(json!("RSA-OAEP")),
            UNSUPPORTED,
        ),
        Case::rejected(
            "rs256 in small letters",
            "RFC 7515, section 4.1.1: names have case.",
            rsa("rs256"),
            UNSUPPORTED,
        ),
        Case::rejected(
            "ES384 with a space",
            "Names are not trimmed.",
            alg(json!("ES384 ")),
            UNSUPPORTED,
        ),
        Case::rejected(
            "ES384 with a zero byte",
            "Names do not end at a zero byte.",
            alg(json!("ES384\u{0}none")),
            UNSUPPORTED,
        ),
        Case::rejected("empty alg", "It names nothing.", alg(json!("")), UNSUPPORTED),
        Case::rejected(
            "no alg",
            "RFC 7515, section 4.1.1: it must be there.",
            token().without_header("alg"),
            MEMBER,
        )
        .found("no alg"),
        Case::rejected(
            "alg that is null",
            "Claim type confusion, in the header.",
            alg(Value::Null),
            MEMBER,
        ),
        Case::rejected(
            "alg that is a number",
            "Claim type confusion, in the header.",
            alg(json!(384)),
            MEMBER,
        ),
        Case::rejected(
            "alg that is an array",
            "Claim type confusion, in the header.",
            alg(json!(["ES384"])),
            MEMBER,
        )
        .found("an array"),
        Case::rejected(
            "ES256 by default",
            "Only what AWS issues is allowed by default.",
            es256(),
            NOT_ALLOWED,
        )
        .found("ES256")
        .expecting("ES384"),
        Case::accepted("ES256 when allowed", "Other AWS issuers use it.", es256()).by("es256"),
        Case::accepted("ES384 beside ES256", "Both are allowed.", token()).by("es256"),
        Case::rejected(
            "RS256 where it is left out",
            "The policy decides, not the key set.",
            rs256(),
            NOT_ALLOWED,
        )
        .by("es256"),
        Case::rejected(
            "ES384 where only RS256 is allowed",
            "Entra ID and Google take RS256 only.",
            token(),
            NOT_ALLOWED,
        )
        .policy(only(json!(["RS256"])))
        .expecting("RS256"),
        Case::accepted(
            "RS256 where only it is allowed",
            "Entra ID and Google take RS256 only.",
            rs256(),
        )
        .policy(only(json!(["RS256"]))),
        Case::rejected(
            "ES384 header, P-256 key",
            "peers.md: the key decides, not the header.",
            cross("ES384", "EC256_0").signed_by(ES256),
            KEY_ALGORITHM,
        ),
        Case::rejected(
            "ES384 header, RSA key",
            "The key decides, not the header.",
            cross("ES384", "RSA_0").signed_by(RS256),
            KEY_ALGORITHM,
        )
        .found("RS256"),
        Case::rejected(
            "RS256 header, P-384 key",
            "The key decides, not the header.",
            cross("RS256", "EC384_0"),
            KEY_ALGORITHM,
        )
        .found("ES384"),
        Case::rejected(
            "ES256 header, P-384 key",
            "The key decides, not the header.",
            cross("ES256", "EC384_0"),
            KEY_ALGORITHM,
        )
        .by("es256"),
    ]
}

fn cross(alg: &str, kid: &str) -> Mint {
    token().header("alg", json!(alg)).header("kid", json!(kid))
}
