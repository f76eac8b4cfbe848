//! The policy for Countersign's own doors.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use countersign::{Algorithm, PolicyDocument, TrustRule};

use super::export::{Exported, Source};
use super::note::Note;
use super::quote::{heredoc, json, object_literal, rust};
use crate::language::Text;

const NORMALISED: Text =
    Text::new("The policy with its defaults filled in.", "既定値を補ったポリシーです。");
const DEVELOPMENT: Text = Text::new(
    "`dangerLoopbackIssuers` is for development: whoever can listen at that port can issue tokens.",
    "`dangerLoopbackIssuers` は開発用です。そのポートで待ち受けられるプロセスはトークンを発行できてしまいます。",
);
const ANY_AUDIENCE: Text = Text::new(
    "`dangerAcceptAnyAudience` accepts tokens that were issued for other services.",
    "`dangerAcceptAnyAudience` では、他のサービス向けに発行されたトークンも受け入れます。",
);
const ANY_LIFETIME: Text = Text::new(
    "`dangerAcceptAnyLifetime` accepts tokens of any lifetime.",
    "`dangerAcceptAnyLifetime` では、有効期間の長さを問わずトークンを受け入れます。",
);
const KEY_SET_FILE: Text = Text::new(
    "The program takes the issuer and a file with its key set as arguments. The crate itself makes no requests: in a service, drive `Verifier::step` and fetch what it asks for.",
    "プログラムは、発行者 (issuer) とその鍵セットのファイルを引数に取ります。クレート自体は通信しません。サービスでは `Verifier::step` を使い、要求されたものを取得してください。",
);
const TOKEN_ON_STDIN: Text = Text::new(
    "The token is read from standard input: `sh verify.sh < token`.",
    "トークンは標準入力から読み込みます: `sh verify.sh < token`",
);

pub(super) fn policy_json(source: &Source<'_>) -> Exported {
    let mut exported = with_dangers(source.policy, json(source.policy) + "\n");
    exported.notes.push(Note::new(NORMALISED));
    exported
}

pub(super) fn type_script(source: &Source<'_>) -> Exported {
    let text = format!(
        r#"{comment}
import {{ createVerifier }} from "countersign";
import type {{ Identity, Policy }} from "countersign";

const policy: Policy = {policy};

// Made once, when the service starts: it keeps the keys.
const verifier = createVerifier(policy);

/** Who sent this token. Throws a VerificationError, whose `status` is the HTTP status to answer with. */
export async function authenticate(token: string): Promise<Identity> {{
  return await verifier.verify(token);
}}
"#,
        comment = source.comment("//", false),
        policy = object_literal(source.policy),
    );
    with_dangers(source.policy, text)
}

pub(super) fn rust_program(source: &Source<'_>) -> Exported {
    let text = format!(
        r#"{comment}
use std::io::Read;
use std::time::{{SystemTime, UNIX_EPOCH}};

use countersign::{{
    Algorithm, Detail, KeySet, KeySetLimits, KeyStoreSettings, Policy, PolicyDocument, TrustRule,
    Verifier,
}};

/// Verifies the token on standard input, by the key set of one issuer.
fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let mut arguments = std::env::args().skip(1);
    let (Some(issuer), Some(key_set)) = (arguments.next(), arguments.next()) else {{
        return Err("usage: authenticate <issuer> <key set file> < token".into());
    }};
    let mut verifier = Verifier::new(Policy::new(policy())?, KeyStoreSettings::default())?;
    let key_set = KeySet::parse(&std::fs::read(key_set)?, KeySetLimits::default())?;
    verifier.add_static_keys(&issuer, key_set);

    let mut token = String::new();
    std::io::stdin().read_to_string(&mut token)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let verified = verifier.judge(token.trim(), now, Detail::Verdict).into_verdict()?;
    println!("{{}}", verified.principal().arn);
    Ok(())
}}

/// Whom this service trusts.
pub(crate) fn policy() -> PolicyDocument {{
{policy}}}
"#,
        comment = source.comment("//", false),
        policy = policy_expression(source.policy),
    );
    let mut exported = with_dangers(source.policy, text);
    exported.notes.push(Note::new(KEY_SET_FILE));
    exported
}

pub(super) fn command_line(source: &Source<'_>) -> Exported {
    let text = format!(
        "#!/bin/sh\n{comment}set -eu\n\n{policy}\n# The token is read from standard input.\n\
         countersign verify --policy policy.json --explain\n",
        comment = source.comment("#", false),
        policy = heredoc("policy.json", &json(source.policy)),
    );
    let mut exported = with_dangers(source.policy, text);
    exported.notes.push(Note::new(TOKEN_ON_STDIN));
    exported
}

fn with_dangers(policy: &PolicyDocument, text: String) -> Exported {
    let mut exported = Exported::new(text);
    for (is_set, text) in [
        (policy.danger_accept_any_audience, ANY_AUDIENCE),
        (policy.danger_accept_any_lifetime, ANY_LIFETIME),
        (!policy.danger_loopback_issuers.is_empty(), DEVELOPMENT),
    ] {
        if is_set {
            exported.warnings.push(Note::new(text));
        }
    }
    exported
}

/// The policy as a Rust expression, indented by one level.
fn policy_expression(policy: &PolicyDocument) -> String {
    let mut out = String::from("    PolicyDocument {\n");
    if !policy.audience.is_empty() {
        field(&mut out, 2, "audience", &texts(&policy.audience));
    }
    out.push_str("        trust: vec![\n");
    for rule in &policy.trust {
        rule_expression(&mut out, rule);
    }
    out.push_str("        ],\n");
    let algorithms: Vec<&str> = policy.algorithms.iter().map(|one| variant(*one)).collect();
    field(&mut out, 2, "algorithms", &format!("vec![{}]", algorithms.join(", ")));
    field(&mut out, 2, "clock_tolerance_seconds", &policy.clock_tolerance_seconds.to_string());
    field(&mut out, 2, "max_lifetime_seconds", &policy.max_lifetime_seconds.to_string());
    if let Some(seconds) = policy.max_age_seconds {
        field(&mut out, 2, "max_age_seconds", &format!("Some({seconds})"));
    }
    if policy.danger_accept_any_audience {
        field(&mut out, 2, "danger_accept_any_audience", "true");
    }
    if policy.danger_accept_any_lifetime {
        field(&mut out, 2, "danger_accept_any_lifetime", "true");
    }
    if !policy.danger_loopback_issuers.is_empty() {
        field(&mut out, 2, "danger_loopback_issuers", &texts(&policy.danger_loopback_issuers));
    }
    out.push_str("        ..PolicyDocument::default()\n    }\n");
    out
}

fn rule_expression(out: &mut String, rule: &TrustRule) {
    out.push_str("            TrustRule {\n");
    for (name, value) in [("name", &rule.name), ("organization", &rule.organization)] {
        if let Some(value) = value {
            field(out, 4, name, &format!("Some({})", text(value)));
        }
    }
    for (name, values) in [
        ("issuer", &rule.issuer),
        ("account", &rule.account),
        ("principals", &rule.principals),
        ("permission_sets", &rule.permission_sets),
        ("organizational_units", &rule.organizational_units),
        ("source_regions", &rule.source_regions),
    ] {
        if !values.is_empty() {
            field(out, 4, name, &texts(values));
        }
    }
    for (name, values) in
        [("principal_tags", &rule.principal_tags), ("request_tags", &rule.request_tags)]
    {
        if !values.is_empty() {
            field(out, 4, name, &tags(values));
        }
    }
    out.push_str("                ..TrustRule::default()\n            },\n");
}

fn field(out: &mut String, level: usize, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{:indent$}{name}: {value},", "", indent = level * 4);
}

fn text(value: &str) -> String {
    format!("{}.to_owned()", rust(value))
}

fn texts(values: &[String]) -> String {
    format!("vec![{}]", values.iter().map(|value| text(value)).collect::<Vec<_>>().join(", "))
}

fn tags(values: &BTreeMap<String, Vec<String>>) -> String {
    let pairs: Vec<String> =
        values.iter().map(|(key, values)| format!("({}, {})", text(key), texts(values))).collect();
    format!("[{}].into()", pairs.join(", "))
}

fn variant(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Es256 => "Algorithm::Es256",
        Algorithm::Es384 => "Algorithm::Es384",
        Algorithm::Rs256 => "Algorithm::Rs256",
    }
}
