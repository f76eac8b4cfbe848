use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::token;
use crate::vectors::shared::{AUDIENCE, ISSUER};

const MISMATCH: (&str, &str) = ("audience.mismatch", "audience");
const TYPE: (&str, &str) = ("claim.type", "audience");

pub(super) fn cases() -> Vec<Case> {
    let aud = |value: Value| token().claim("aud", value);
    let policy = |audience: Value| json!({ "audience": audience, "trust": [{ "name": "pinned", "issuer": ISSUER }] });
    let any = json!({ "dangerAcceptAnyAudience": true, "trust": [{ "name": "pinned", "issuer": ISSUER }] });
    let ten: Vec<String> =
        (0..9).map(|n| format!("https://{n}.example")).chain([AUDIENCE.to_owned()]).collect();
    let many: Vec<String> =
        (0..100).map(|n| format!("https://{n}.example")).chain([AUDIENCE.to_owned()]).collect();
    let other = |name: &str, why: &str, audience: &str| {
        Case::rejected(name, why, aud(json!(audience)), MISMATCH)
    };
    vec![
        Case::accepted("an array of one", "RFC 7519, section 4.1.3.", aud(json!([AUDIENCE])))
            .shows("/audience", json!([AUDIENCE])),
        Case::accepted(
            "one of several",
            "RFC 7519, section 4.1.3: one is enough.",
            aud(json!(["https://other.example", AUDIENCE])),
        ),
        Case::accepted("ten audiences", "AWS allows ten.", aud(json!(ten))),
        Case::accepted(
            "the same audience twice",
            "AWS keeps order and duplicates.",
            aud(json!([AUDIENCE, AUDIENCE])),
        )
        .shows("/audience", json!([AUDIENCE, AUDIENCE])),
        Case::accepted(
            "one of two that the policy names",
            "A service with two names.",
            aud(json!("urn:two")),
        )
        .policy(policy(json!(["urn:one", "urn:two"]))),
        Case::accepted(
            "an audience that is no URL",
            "api://AzureADTokenExchange and the like.",
            aud(json!("api://AzureADTokenExchange")),
        )
        .policy(policy(json!("api://AzureADTokenExchange"))),
        other(
            "another audience",
            "The confused deputy: a token for another service.",
            "https://other.example",
        )
        .found("https://other.example")
        .expecting(AUDIENCE),
        other(
            "a longer host",
            "A test of the prefix only.",
            "https://api.example.com.evil.example",
        ),
        other(
            "a shorter text",
            "A test of the prefix, the other way round.",
            "https://api.example",
        ),
        other("a subdomain", "A test of the suffix only.", "https://x.api.example.com"),
        other("trailing slash", "Compared exactly.", "https://api.example.com/"),
        other("capitals", "Compared exactly.", "https://API.example.com"),
        other("plain http", "Compared exactly.", "http://api.example.com"),
        other("a space at the end", "Compared exactly.", "https://api.example.com "),
        other("a zero byte at the end", "Compared exactly.", "https://api.example.com\u{0}"),
        other("a wildcard", "The token chooses nothing.", "*"),
        other("a wildcard of the host", "The token chooses nothing.", "https://*.example.com"),
        other(
            "several in one text",
            "Scopes are separated by spaces; audiences are not.",
            "https://other.example https://api.example.com",
        ),
        other(
            "another normalization",
            "e with an accent in one character or in two: compared exactly.",
            "https://caf\u{65}\u{301}.example",
        )
        .policy(policy(json!("https://caf\u{e9}.example"))),
        Case::rejected("empty text", "It names nobody.", aud(json!("")), MISMATCH),
        Case::rejected(
            "several, none of them",
            "None is the policy's.",
            aud(json!(["a", "b"])),
            MISMATCH,
        )
        .found("a, b"),
        Case::rejected(
            "an array within the array",
            "Claim type confusion: deep includes.",
            aud(json!([[AUDIENCE]])),
            TYPE,
        ),
        Case::rejected(
            "no audience",
            "RFC 7519, section 4.1.3; AWS always sets it.",
            token().without("aud"),
            ("claim.missing", "audience"),
        )
        .found("aud"),
        Case::rejected("an empty array", "It names nobody.", aud(json!([])), TYPE),
        Case::rejected(
            "a number in the array",
            "Claim type confusion.",
            aud(json!([AUDIENCE, 1])),
            TYPE,
        ),
        Case::rejected("null", "Claim type confusion.", aud(Value::Null), TYPE),
        Case::rejected("a number", "Claim type confusion.", aud(json!(1)), TYPE),
        Case::rejected("true", "Claim type confusion.", aud(json!(true)), TYPE),
        Case::rejected(
            "an object with the audience as a name",
            "Claim type confusion: `in` would find it.",
            aud(json!({ AUDIENCE: true })),
            TYPE,
        ),
        Case::rejected("101 audiences", "A bound on work; AWS allows ten.", aud(json!(many)), TYPE),
        Case::accepted(
            "any audience, in so many words",
            "dangerAcceptAnyAudience.",
            aud(json!("https://other.example")),
        )
        .policy(any.clone()),
        Case::rejected(
            "any audience, and there is none",
            "The claim itself is still required.",
            token().without("aud"),
            ("claim.missing", "audience"),
        )
        .policy(any),
    ]
}
