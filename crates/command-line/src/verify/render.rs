//! A judgement as people read it.

use std::collections::BTreeMap;

use countersign::{
    Basis, CheckReport, Identity, Judgement, OutcomeName, PrincipalKind, Rejection, Report,
};

use crate::clock;
use crate::style::{Style, column, rows, visible, widest};

pub(super) fn judgement(
    judgement: &Judgement,
    report: Option<&Report>,
    now: u64,
    style: Style,
) -> String {
    let text = match judgement.verdict() {
        Ok(verified) => accepted(&verified.identity(), now, style),
        Err(rejection) => rejected(rejection, style),
    };
    match report {
        Some(report) => format!("{text}\n{}", checks(report, style)),
        None => text,
    }
}

fn accepted(identity: &Identity<'_>, now: u64, style: Style) -> String {
    let principal = identity.principal;
    let kind = match principal.kind {
        PrincipalKind::User => "user",
        _ => "role",
    };
    let aws = &identity.aws;
    let mut lines = vec![
        ("principal", principal.arn.clone()),
        (kind, principal.name.clone()),
        ("account", aws.account.to_owned()),
    ];
    let mut add = |label, value: Option<String>| lines.extend(value.map(|value| (label, value)));
    add("permission set", principal.permission_set.clone());
    add("organization", aws.organization.map(str::to_owned));
    add("organizational unit", list(aws.organizational_units));
    add("source region", aws.source_region.map(str::to_owned));
    add("principal tags", tags(aws.principal_tags));
    add("request tags", tags(aws.request_tags).map(|tags| format!("{tags} (the caller's choice)")));
    add("source identity", aws.source_identity.map(str::to_owned));
    add("issuer", Some(identity.issuer.to_owned()));
    add("audience", list(identity.audience));
    add("token id", Some(identity.token_id.to_owned()));
    add("issued", Some(clock::describe(identity.issued_at, now)));
    add("expires", Some(clock::describe(identity.expires_at, now)));
    let session = aws.original_session_expires_at;
    add("session ends", session.map(|seconds| clock::describe(seconds, now)));
    let verdict = style.good("✓ accepted:");
    format!("{verdict} rule {:?} is met\n\n{}", identity.rule, rows(style, &lines))
}

fn rejected(rejection: &Rejection, style: Style) -> String {
    let retry = if rejection.retryable() { "retryable" } else { "not retryable" };
    let lines = [
        ("fault", rejection.message().to_owned()),
        ("expected", rejection.expected.clone()),
        ("found", rejection.found.clone()),
        ("remedy", rejection.remedy().to_owned()),
        ("answer", format!("HTTP {}, {retry}", rejection.status())),
    ];
    format!("{} {}\n\n{}", style.bad("✗ rejected:"), rejection.code, rows(style, &lines))
}

fn checks(report: &Report, style: Style) -> String {
    let names: Vec<&str> = report.checks.iter().map(|check| check.check.as_str()).collect();
    let width = widest(names.iter().copied());
    let mut text = format!("checks, made for {}\n", report.evaluated_at_text);
    for check in &report.checks {
        text += &check_lines(check, width, style);
    }
    let passed = count(report, OutcomeName::Passed);
    let failed = count(report, OutcomeName::Failed);
    let skipped = count(report, OutcomeName::Skipped);
    text + &format!("{passed} passed, {failed} failed, {skipped} skipped\n")
}

fn check_lines(check: &CheckReport, width: usize, style: Style) -> String {
    let basis = match check.basis {
        Basis::Claimed => "claimed",
        Basis::Form => "form",
        Basis::Signed => "signed",
        _ => "",
    };
    let start = format!("{}  {}", column(check.check.as_str(), width), column(basis, 7));
    let found = check.found.as_deref().map(visible).unwrap_or_default();
    let below = |label: &str, text: &str| {
        let label = style.faint(&column(label, 8));
        format!("{}  {label}  {}\n", " ".repeat(width + 13), visible(text))
    };
    match check.outcome {
        OutcomeName::Passed => format!("  {} {start}  {found}\n", style.good("✓")),
        OutcomeName::Failed => {
            let mut text = format!("  {} {start}  {found}\n", style.bad("✗"));
            text += &check.expected.as_deref().map_or_else(String::new, |e| below("expected", e));
            text += &check.reason.map_or_else(String::new, |reason| {
                let code = check.code.map(|code| format!(" [{code}]")).unwrap_or_default();
                below("fault", &format!("{reason}{code}"))
            });
            text + &check.remedy.map_or_else(String::new, |remedy| below("remedy", remedy))
        }
        _ => {
            let start = format!("{}  {}", column(check.check.as_str(), width), column("", 7));
            let reason = style.faint(&format!("skipped: {}", check.reason.unwrap_or_default()));
            format!("  – {start}  {reason}\n")
        }
    }
}

fn count(report: &Report, outcome: OutcomeName) -> usize {
    report.checks.iter().filter(|check| check.outcome == outcome).count()
}

fn list(texts: &[String]) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn tags(tags: &BTreeMap<String, String>) -> Option<String> {
    let texts: Vec<String> = tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
    list(&texts)
}
