use serde_json::{Value, json};

use crate::vectors::case::{Case, PolicySource};
use crate::vectors::json::Json;
use crate::vectors::shared::ISSUER;

const TYPE_WHY: &str = "A member of the wrong type is never read as something else.";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = texts();
    cases.extend(members());
    cases
}

/// Policies that are no JSON value: only doors that read text can meet them.
fn texts() -> Vec<Case> {
    let text = |name: &str, why: &str, text: &str, code: &str| {
        Case::policy_refused(name, why, PolicySource::Text { text: text.to_owned() }, &[(code, "")])
    };
    vec![
        text("not JSON", "A policy is strict JSON.", "audience: x", "policy.json"),
        text(
            "a member twice",
            "The second would silently win.",
            r#"{"audience":"a","audience":"b","trust":[]}"#,
            "policy.json",
        ),
        text("a comment", "JSON has none.", "{} // x", "policy.json"),
        text("an array", TYPE_WHY, "[]", "policy.type"),
        text("null", TYPE_WHY, "null", "policy.type"),
    ]
}

fn members() -> Vec<Case> {
    let with = |members: Value| {
        let mut policy =
            json!({ "audience": "https://api.example.com", "trust": [{ "issuer": ISSUER }] });
        if let (Some(policy), Value::Object(members)) = (policy.as_object_mut(), members) {
            for (name, value) in members {
                if value == json!("REMOVE") {
                    policy.remove(&name);
                } else {
                    policy.insert(name, value);
                }
            }
        }
        policy
    };
    let refused = |name: &str, why: &str, members: Value, faults: &[(&str, &str)]| {
        Case::policy_refused(name, why, PolicySource::Own(Json(with(members))), faults)
    };
    let audience = |name: &str, value: Value, code: &str, path: &str| {
        refused(
            &format!("audience: {name}"),
            "The audience is exactly what callers ask STS for.",
            json!({ "audience": value }),
            &[(code, path)],
        )
    };
    let range = |name: &str, member: &str, value: Value, code: &str| {
        refused(
            &format!("{member}: {name}"),
            "Numbers have ranges that make sense.",
            json!({ member: value }),
            &[(code, member)],
        )
    };
    vec![
        refused(
            "no audience",
            "Leaving a check out is spelled danger….",
            json!({ "audience": "REMOVE" }),
            &[("policy.missing", "audience")],
        ),
        refused(
            "no trust",
            "Nobody would be trusted.",
            json!({ "trust": "REMOVE" }),
            &[("policy.missing", "trust")],
        ),
        refused(
            "no trust rule",
            "Nobody would be trusted.",
            json!({ "trust": [] }),
            &[("policy.missing", "trust")],
        ),
        refused(
            "trust that is an object",
            TYPE_WHY,
            json!({ "trust": { "issuer": ISSUER } }),
            &[("policy.type", "trust")],
        ),
        refused(
            "a misspelt member",
            "Unknown members are refused, so that no setting is lost.",
            json!({ "audiences": ["x"] }),
            &[("policy.unknown_member", "audiences")],
        ),
        refused(
            "a member in other letters",
            "Unknown members are refused, so that no setting is lost.",
            json!({ "maxlifetimeseconds": 60 }),
            &[("policy.unknown_member", "maxlifetimeseconds")],
        ),
        audience("empty list", json!([]), "policy.empty", "audience"),
        audience("empty text", json!(""), "policy.audience", "audience[0]"),
        audience("a wildcard", json!("*"), "policy.audience", "audience[0]"),
        audience(
            "a wildcard of hosts",
            json!(["a", "https://*.example.com"]),
            "policy.audience",
            "audience[1]",
        ),
        audience("1001 characters", json!("a".repeat(1001)), "policy.audience", "audience[0]"),
        audience(
            "a space at the end",
            json!("https://api.example.com "),
            "policy.audience",
            "audience[0]",
        ),
        audience(
            "a line break",
            json!("https://api.example.com\n"),
            "policy.audience",
            "audience[0]",
        ),
        audience("twice", json!(["a", "a"]), "policy.duplicate", "audience[1]"),
        audience("null", Value::Null, "policy.type", "audience"),
        audience("a number", json!(1), "policy.type", "audience"),
        audience("a number in the list", json!(["a", 1]), "policy.type", "audience[1]"),
        refused(
            "audience and any audience",
            "The two exclude each other.",
            json!({ "dangerAcceptAnyAudience": true }),
            &[("policy.contradiction", "audience")],
        ),
        refused(
            "any audience as a text",
            TYPE_WHY,
            json!({ "audience": "REMOVE", "dangerAcceptAnyAudience": "true" }),
            &[("policy.type", "dangerAcceptAnyAudience"), ("policy.missing", "audience")],
        ),
        refused(
            "HS256 allowed",
            "There is no HMAC code at all.",
            json!({ "algorithms": ["ES384", "HS256"] }),
            &[("policy.algorithm", "algorithms[1]")],
        ),
        refused(
            "none allowed",
            "Unsigned tokens are never accepted.",
            json!({ "algorithms": ["none"] }),
            &[("policy.algorithm", "algorithms[0]")],
        ),
        refused(
            "RS512 allowed",
            "AWS issues none.",
            json!({ "algorithms": ["RS512", "RS256"] }),
            &[("policy.algorithm", "algorithms[0]")],
        ),
        refused(
            "es384 in small letters",
            "Names have case.",
            json!({ "algorithms": ["RS256", "es384"] }),
            &[("policy.algorithm", "algorithms[1]")],
        ),
        refused(
            "no algorithm",
            "Nothing could be accepted.",
            json!({ "algorithms": [] }),
            &[("policy.empty", "algorithms")],
        ),
        refused(
            "an algorithm twice",
            "Often a slip for another.",
            json!({ "algorithms": ["ES384", "ES384"] }),
            &[("policy.duplicate", "algorithms[1]")],
        ),
        range("301", "clockToleranceSeconds", json!(301), "policy.range"),
        range("negative", "clockToleranceSeconds", json!(-1), "policy.type"),
        range("a string", "clockToleranceSeconds", json!("30"), "policy.type"),
        range("a fraction", "clockToleranceSeconds", json!(0.5), "policy.type"),
        range("null", "clockToleranceSeconds", Value::Null, "policy.type"),
        range("3601", "maxLifetimeSeconds", json!(3601), "policy.range"),
        range("59", "maxLifetimeSeconds", json!(59), "policy.range"),
        range("milliseconds", "maxLifetimeSeconds", json!(300_000), "policy.range"),
        range("0", "maxAgeSeconds", json!(0), "policy.range"),
        range("3601", "maxAgeSeconds", json!(3601), "policy.range"),
        refused(
            "lifetime and any lifetime",
            "The two exclude each other.",
            json!({ "maxLifetimeSeconds": 300, "dangerAcceptAnyLifetime": true }),
            &[("policy.contradiction", "maxLifetimeSeconds")],
        ),
        refused(
            "loopback issuer over https",
            "It is the plain http origin of a local issuer.",
            json!({ "dangerLoopbackIssuers": ["https://127.0.0.1:8460"] }),
            &[("policy.loopback_issuer", "dangerLoopbackIssuers[0]")],
        ),
        refused(
            "loopback issuer that is not on loopback",
            "Plain http to another host is never allowed.",
            json!({ "dangerLoopbackIssuers": ["http://10.0.0.1:8460"] }),
            &[("policy.loopback_issuer", "dangerLoopbackIssuers[0]")],
        ),
        refused(
            "loopback issuer at the metadata service",
            "Server-side request forgery.",
            json!({ "dangerLoopbackIssuers": ["http://169.254.169.254:80"] }),
            &[("policy.loopback_issuer", "dangerLoopbackIssuers[0]")],
        ),
        refused(
            "loopback issuer by a name that only looks so",
            "localhost.evil.example is elsewhere.",
            json!({ "dangerLoopbackIssuers": ["http://localhost.evil.example:80"] }),
            &[("policy.loopback_issuer", "dangerLoopbackIssuers[0]")],
        ),
        refused(
            "loopback issuer without a port",
            "Any process could listen at port 80.",
            json!({ "dangerLoopbackIssuers": ["http://127.0.0.1"] }),
            &[("policy.loopback_issuer", "dangerLoopbackIssuers[0]")],
        ),
        refused(
            "loopback issuer with a path",
            "An origin has none.",
            json!({ "dangerLoopbackIssuers": ["http://127.0.0.1:8460/abc"] }),
            &[("policy.loopback_issuer", "dangerLoopbackIssuers[0]")],
        ),
        refused(
            "every fault at once",
            "A policy is corrected in one go.",
            json!({
                "audience": "*", "clockToleranceSeconds": 301, "typo": 1,
                "trust": [{ "issuer": "http://issuer.example" }, { "organization": "abc" }],
            }),
            &[
                ("policy.unknown_member", "typo"),
                ("policy.audience", "audience[0]"),
                ("policy.range", "clockToleranceSeconds"),
                ("policy.issuer", "trust[0].issuer[0]"),
                ("policy.organization", "trust[1].organization"),
            ],
        ),
    ]
}
