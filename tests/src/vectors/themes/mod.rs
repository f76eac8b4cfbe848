//! The cases, by theme.

mod algorithms;
mod audience;
mod aws_claim;
mod claims;
mod encoding;
mod evidence;
mod form;
mod header;
mod issuer;
mod json_text;
mod key_sets;
mod keys;
mod peers;
mod policy;
mod policy_rules;
mod signature;
mod subject;
mod time;
mod trust;
mod trust_patterns;

use super::case::{Case, File};
use super::shared::shared;

/// Every file of vectors: its name, its text and the number of its cases.
pub fn files() -> Vec<(String, String, usize)> {
    let themes: [(&str, &str, Vec<Case>); 20] = [
        ("form", "The token's outer form: size and parts (RFC 7515, section 7.1).", form::cases()),
        ("encoding", "Base64url in its one spelling, and UTF-8.", encoding::cases()),
        ("json", "The JSON within: strict, shallow, each member once.", json_text::cases()),
        ("header", "The JOSE header (RFC 7515, section 4).", header::cases()),
        ("algorithms", "Which algorithms, and who decides.", algorithms::cases()),
        ("key-sets", "Key sets as a whole, and which key is meant.", key_sets::cases()),
        ("keys", "Single keys: fit for verifying, or skipped with a reason.", keys::cases()),
        ("signature", "Signatures: real, forged, swapped, cut and respelled.", signature::cases()),
        ("issuer", "Issuers are compared exactly.", issuer::cases()),
        ("audience", "Audiences are compared exactly.", audience::cases()),
        ("time", "Times, to the second.", time::cases()),
        ("claims", "The type of every registered claim.", claims::cases()),
        ("subject", "The subject is an IAM role or user.", subject::cases()),
        ("aws-claim", "AWS's own claim, in all its shapes.", aws_claim::cases()),
        ("trust", "Trust rules: organization, account, tags, regions.", trust::cases()),
        (
            "trust-patterns",
            "Patterns of principals, places and permission sets.",
            trust_patterns::cases(),
        ),
        (
            "evidence",
            "What is said about a hostile token can be logged and shown.",
            evidence::cases(),
        ),
        ("policy", "Policies that cannot be right: the document.", policy::cases()),
        ("policy-rules", "Policies that cannot be right: the trust rules.", policy_rules::cases()),
        (
            "peers",
            "What other libraries accept, measured, and this one must refuse.",
            peers::cases(),
        ),
    ];
    let mut files: Vec<_> = themes
        .into_iter()
        .map(|(name, about, cases)| {
            let count = cases.len();
            let file = File { about: about.to_owned(), cases };
            (format!("{name}.json"), pretty(&file), count)
        })
        .collect();
    files.push(("shared.json".to_owned(), pretty(&shared()), 0));
    files
}

fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
