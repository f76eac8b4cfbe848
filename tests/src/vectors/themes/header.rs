use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::{Mint, token};
use crate::vectors::shared::STRANGER_ES384;

const CRITICAL: (&str, &str) = ("header.critical", "header");
const ENCODING: (&str, &str) = ("header.payload_encoding", "header");
const KEY_ID: (&str, &str) = ("header.key_id", "header");
const MEMBER: (&str, &str) = ("header.member", "header");
const TYPE: (&str, &str) = ("header.type", "header");
const UNKNOWN_KEY: (&str, &str) = ("key.unknown", "key");
const INVALID: (&str, &str) = ("signature.invalid", "signature");

pub(super) fn cases() -> Vec<Case> {
    let set = |name: &str, value: Value| token().header(name, value);
    let kid = |value: Value| set("kid", value);
    // Signed by a key of the attacker's own, which the header brings along.
    let forged = |name: &str, value: Value| set(name, value).signed_by(STRANGER_ES384);
    let own_key = STRANGER_ES384.jwk("EC384_0");
    vec![
        Case::rejected(
            "unknown crit",
            "RFC 7515, section 4.1.11; peers.md, row unknown crit.",
            set("crit", json!(["urn:x"])).header("urn:x", json!(true)),
            CRITICAL,
        )
        .found("urn:x"),
        Case::rejected(
            "empty crit",
            "RFC 7515, section 4.1.11: it must not be empty.",
            set("crit", json!([])),
            CRITICAL,
        ),
        Case::rejected(
            "crit with a name twice",
            "RFC 7515, section 4.1.11: no duplicates.",
            set("crit", json!(["exp", "exp"])).header("exp", json!(1)),
            CRITICAL,
        ),
        Case::rejected(
            "crit that names a registered member",
            "RFC 7515, section 4.1.11: names of the specification have no place there.",
            set("crit", json!(["alg"])),
            CRITICAL,
        ),
        Case::rejected(
            "crit that is a string",
            "RFC 7515, section 4.1.11: an array.",
            set("crit", json!("b64")),
            CRITICAL,
        ),
        Case::rejected(
            "crit that is null",
            "A falsy value that naive checks step over.",
            set("crit", Value::Null),
            CRITICAL,
        ),
        Case::rejected(
            "crit that is false",
            "A falsy value that naive checks step over.",
            set("crit", json!(false)),
            CRITICAL,
        ),
        Case::rejected(
            "crit b64, b64 false",
            "RFC 7797: an unencoded payload.",
            set("crit", json!(["b64"])).header("b64", json!(false)),
            CRITICAL,
        ),
        Case::rejected(
            "b64 false without crit",
            "RFC 7797, section 6: readers disagree about what was signed.",
            set("b64", json!(false)),
            ENCODING,
        )
        .found("b64"),
        Case::rejected(
            "b64 true",
            "RFC 7797: harmless, and never issued.",
            set("b64", json!(true)),
            ENCODING,
        ),
        Case::rejected(
            "zip",
            "RFC 7516, section 4.1.3: compression has no place in a JWS, and bombs unpack.",
            set("zip", json!("DEF")),
            ENCODING,
        ),
        Case::rejected(
            "enc",
            "RFC 7516: an encrypted token's member in a signed one.",
            set("enc", json!("A256GCM")),
            ENCODING,
        ),
        Case::accepted(
            "typ in small letters",
            "RFC 7515, section 4.1.9: media types have no case.",
            set("typ", json!("jwt")),
        ),
        Case::rejected(
            "no typ",
            "AWS's header always has it.",
            token().without_header("typ"),
            MEMBER,
        )
        .found("no typ"),
        Case::rejected(
            "typ of an access token",
            "RFC 8725, section 3.11: explicit types tell tokens apart.",
            set("typ", json!("at+jwt")),
            TYPE,
        )
        .found("at+jwt"),
        Case::rejected(
            "typ of a logout token",
            "RFC 8725, section 3.11.",
            set("typ", json!("logout+jwt")),
            TYPE,
        ),
        Case::rejected(
            "typ that is a number",
            "Claim type confusion, in the header.",
            set("typ", json!(1)),
            MEMBER,
        ),
        Case::rejected(
            "typ that is an array",
            "Claim type confusion, in the header.",
            set("typ", json!(["JWT"])),
            MEMBER,
        ),
        Case::rejected(
            "no kid",
            "AWS's header always has it.",
            token().without_header("kid"),
            KEY_ID,
        )
        .found("no kid"),
        Case::rejected("empty kid", "It names nothing.", kid(json!("")), KEY_ID),
        Case::rejected(
            "kid that is a number",
            "Claim type confusion, in the header.",
            kid(json!(0)),
            KEY_ID,
        ),
        Case::rejected(
            "kid that is null",
            "Claim type confusion, in the header.",
            kid(Value::Null),
            KEY_ID,
        ),
        Case::rejected(
            "kid that is an object",
            "CVE-2018-0114 and kin: a key where its id belongs.",
            kid(own_key.clone()),
            KEY_ID,
        ),
        Case::rejected(
            "kid of 1,000 characters",
            "It would fill caches and logs.",
            kid(json!("k".repeat(1000))),
            KEY_ID,
        ),
        Case::rejected(
            "kid with a line break",
            "It would forge lines of a log.",
            kid(json!("EC384_0\nINFO accepted")),
            KEY_ID,
        ),
        Case::rejected(
            "kid of another key",
            "No such key is published.",
            kid(json!("EC384_7")),
            UNKNOWN_KEY,
        )
        .found("EC384_0")
        .expecting("EC384_7"),
        Case::rejected(
            "kid in small letters",
            "Key ids have case.",
            kid(json!("ec384_0")),
            UNKNOWN_KEY,
        ),
        Case::rejected(
            "kid with a space at its end",
            "Key ids are not trimmed.",
            kid(json!("EC384_0 ")),
            UNKNOWN_KEY,
        ),
        Case::rejected(
            "kid that is a path",
            "CVE-2022-23539 and kin: a key id is not a file name.",
            kid(json!("../../../../dev/null")),
            UNKNOWN_KEY,
        ),
        Case::rejected(
            "kid with SQL",
            "A key id is not a query.",
            kid(json!("x' UNION SELECT 'key")),
            UNKNOWN_KEY,
        ),
        Case::rejected(
            "kid __proto__",
            "A key id is not the member of a JavaScript object.",
            kid(json!("__proto__")),
            UNKNOWN_KEY,
        ),
        Case::rejected(
            "kid constructor",
            "A key id is not the member of a JavaScript object.",
            kid(json!("constructor")),
            UNKNOWN_KEY,
        ),
        Case::rejected(
            "embedded jwk of the attacker's",
            "CVE-2018-0114: an embedded key is never used.",
            forged("jwk", own_key.clone()),
            INVALID,
        ),
        Case::rejected(
            "jku of the attacker's",
            "RFC 8725, section 3.10: it is never fetched.",
            forged("jku", json!("https://evil.example/jwks.json")),
            INVALID,
        ),
        Case::rejected(
            "jku at the metadata service",
            "Server-side request forgery: it is never fetched.",
            forged("jku", json!("http://169.254.169.254/latest/meta-data/")),
            INVALID,
        ),
        Case::rejected(
            "x5u of the attacker's",
            "RFC 8725, section 3.10: it is never fetched.",
            forged("x5u", json!("https://evil.example/cert.pem")),
            INVALID,
        ),
        Case::rejected(
            "x5c of the attacker's",
            "An embedded certificate is never used.",
            forged("x5c", json!(["MIIBszCCAVmgAwIBAgIUX"])),
            INVALID,
        ),
        with_key_hints(),
        Case::accepted(
            "unknown header members",
            "RFC 7515, section 4.2: ignored unless they are critical.",
            set("ppt", json!("shaken")).header("x", json!({ "y": [1] })),
        ),
    ]
}

fn with_key_hints() -> Case {
    let hinted: Mint = token()
        .header("jku", json!("https://evil.example/jwks.json"))
        .header("jwk", STRANGER_ES384.jwk("EC384_0"))
        .header("x5t", json!("AAAA"));
    Case::accepted(
        "a genuine token with key hints",
        "They are ignored: signed by the issuer's key, it is the issuer's.",
        hinted,
    )
}
