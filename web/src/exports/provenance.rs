//! What a file was generated from, as lines for its comment.

use countersign::{Instant, PolicyDocument, TrustRule};

use super::quote::readable;
use super::token_facts::TokenFacts;
use super::trusted::rule_name;

/// More rules than this are counted, not described.
const MOST_RULES: usize = 20;

/// The comment's lines, each on one line whatever the policy says.
pub(super) fn provenance(policy: &PolicyDocument, generated_at: u64) -> Vec<String> {
    let mut lines = vec![
        format!("Generated from a Countersign policy at {}.", Instant(generated_at)),
        match policy.audience.as_slice() {
            [] => "Audience: any.".to_owned(),
            several => format!("Audience: {}.", list(several)),
        },
    ];
    for (at, rule) in policy.trust.iter().enumerate().take(MOST_RULES) {
        lines.push(readable(&format!("Rule {}: {}.", rule_name(rule, at), describe(rule))));
    }
    let further = policy.trust.len().saturating_sub(MOST_RULES);
    if further > 0 {
        lines.push(format!("And {further} more rules."));
    }
    lines
}

/// The line that says whether what came from a token can be relied on.
pub(super) fn token_line(from_token: bool, token: Option<&TokenFacts>) -> Option<String> {
    let token = token.filter(|_| from_token)?;
    let verified = if token.verified { "was verified" } else { "was NOT verified" };
    Some(format!(
        "Where the policy names no exact issuer and principal, they come from a token that {verified}."
    ))
}

/// Lines as comments that begin with `mark`.
pub(super) fn comment(mark: &str, lines: &[String]) -> String {
    lines.iter().map(|line| format!("{mark} {line}\n")).collect()
}

fn describe(rule: &TrustRule) -> String {
    let mut parts = Vec::new();
    if !rule.issuer.is_empty() {
        parts.push(format!("issuer {}", list(&rule.issuer)));
    }
    if let Some(organization) = &rule.organization {
        parts.push(format!("organization {organization}"));
    }
    for (name, values) in [
        ("account", &rule.account),
        ("principals", &rule.principals),
        ("permission sets", &rule.permission_sets),
        ("organizational units", &rule.organizational_units),
        ("source regions", &rule.source_regions),
    ] {
        if !values.is_empty() {
            parts.push(format!("{name} {}", list(values)));
        }
    }
    for (name, tags) in
        [("principal tags", &rule.principal_tags), ("request tags", &rule.request_tags)]
    {
        if !tags.is_empty() {
            let keys: Vec<String> = tags.keys().cloned().collect();
            parts.push(format!("{name} {}", list(&keys)));
        }
    }
    parts.join("; ")
}

fn list(texts: &[String]) -> String {
    readable(&texts.join(", "))
}
