use serde_json::{Value, json};

use crate::vectors::case::{Case, TokenText};
use crate::vectors::json::Json;
use crate::vectors::mint::{Mint, sibling, token};
use crate::vectors::shared::{AUDIENCE, ISSUER};

/// Values that would forge lines of a log, drive a terminal, turn text around, or fill a disk. The runners
/// check every text that is said: no such character, and no text longer than a message can be.
pub(super) fn cases() -> Vec<Case> {
    let hostile = [
        ("a line of a log", "x\n2025-12-28 INFO accepted".to_owned()),
        ("commands for a terminal", "x\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m".to_owned()),
        ("text turned around", "x\u{202e}detpecca\u{2066}\u{200b}".to_owned()),
        ("1,500 characters", "x".repeat(1_500)),
        ("1,200 wide characters", "\u{1f600}".repeat(1_200)),
    ];
    hostile.iter().flat_map(|(name, text)| with(name, text)).collect()
}

/// The text in every place whose value is told.
fn with(name: &str, text: &str) -> Vec<Case> {
    let refused = |place: &str, token: TokenText, code: (&str, &str)| {
        let why = "Evidence is shown and logged: it is escaped and short, whatever the token says.";
        Case::rejected(&format!("{place}: {name}"), why, token, code)
    };
    let rule = |member: &str, value: Value| json!({ "audience": AUDIENCE, "trust": [{ "name": "pinned", "issuer": ISSUER, member: value }] });
    let header = |member: &str| TokenText::from(token().header(member, json!(text)));
    let claim = |member: &str| TokenText::from(token().claim(member, json!(text)));
    let aws = |mint: Mint, member: &str, value: Value| TokenText::from(mint.aws(member, value));
    let doubled = {
        let member = Json(json!(text)).text();
        let payload = token().payload_text();
        token().payload(format!("{{{member}:1,{member}:2,{}", payload.trim_start_matches('{')))
    };
    let unit = json!([text, "o-x"]);
    vec![
        refused("a member twice", doubled.into(), ("token.duplicate_member", "json")),
        refused("alg", header("alg"), ("algorithm.unsupported", "algorithm")),
        refused("typ", header("typ"), ("header.type", "header")),
        refused("crit", header("crit"), ("header.critical", "header")),
        refused("b64", header("b64"), ("header.payload_encoding", "header")),
        refused("iss", claim("iss"), ("issuer.untrusted", "issuer")),
        refused("aud", claim("aud"), ("audience.mismatch", "audience")),
        refused("sub", claim("sub"), ("subject.not_principal", "subject")).policy(
            json!({ "audience": AUDIENCE, "trust": [{ "name": "pinned", "issuer": ISSUER }] }),
        ),
        refused(
            "org_id",
            aws(sibling(), "org_id", json!(text)),
            ("trust.organization", "claimed_trust"),
        )
        .by("organization"),
        refused(
            "aws_account",
            aws(token(), "aws_account", json!(text)),
            ("account.disagreement", "account"),
        ),
        refused(
            "source_region",
            aws(token(), "source_region", json!(text)),
            ("trust.source_region", "trust"),
        )
        .policy(rule("sourceRegions", json!("us-east-1"))),
        refused("ou_path", aws(token(), "ou_path", unit), ("trust.organizational_unit", "trust"))
            .policy(rule("organizationalUnits", json!("o-abc1234567/**"))),
        refused(
            "principal_tags",
            aws(token(), "principal_tags", json!({ "team": text })),
            ("trust.principal_tag", "trust"),
        )
        .policy(rule("principalTags", json!({ "team": "payments" }))),
    ]
}
