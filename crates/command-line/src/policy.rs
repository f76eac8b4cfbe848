//! `countersign policy`: checking policies, and their JSON Schema.

use std::collections::BTreeMap;
use std::path::Path;

use countersign::{Policy, PolicyDocument, PolicyFault, PolicyFaults, TrustRule};
use serde::Serialize;

use crate::args::PolicyCheckArguments;
use crate::exit::{Exit, Failure};
use crate::host::Host;
use crate::input;
use crate::output::Output;
use crate::style::{Style, rows, visible};

/// Reads a policy for use; its faults make the command fail.
pub(crate) async fn read(host: &Host, path: &Path) -> Result<Policy, Failure> {
    Policy::from_json(&input::text_file(host, path).await?).map_err(|faults| {
        let details = faults.as_slice().iter().map(ToString::to_string).collect();
        Failure::refused(format!("The policy {} cannot be right.", path.display()), details)
    })
}

pub(crate) async fn check(
    arguments: &PolicyCheckArguments,
    host: &Host,
    style: Style,
) -> Result<Output, Failure> {
    let verdict = Policy::from_json(&input::text_file(host, &arguments.policy).await?);
    let exit = if verdict.is_ok() { Exit::Accepted } else { Exit::Refused };
    if arguments.json {
        return Output::json(exit, &Answer::of(&verdict));
    }
    let text = match &verdict {
        Ok(policy) => summary(policy.document(), style),
        Err(faults) => fault_list(faults, style),
    };
    Ok(Output::new(exit, text))
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    valid: bool,
    /// The policy with its defaults filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a PolicyDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<&'a [PolicyFault]>,
}

impl<'a> Answer<'a> {
    fn of(verdict: &'a Result<Policy, PolicyFaults>) -> Self {
        let policy = verdict.as_ref().ok().map(Policy::document);
        Self {
            valid: policy.is_some(),
            policy,
            warnings: policy.map(warnings),
            faults: verdict.as_ref().err().map(PolicyFaults::as_slice),
        }
    }
}

pub(crate) fn schema() -> Result<Output, Failure> {
    Output::json(Exit::Accepted, &schemars::schema_for!(PolicyDocument))
}

fn fault_list(faults: &PolicyFaults, style: Style) -> String {
    let faults = faults.as_slice();
    let plural = if faults.len() == 1 { "fault" } else { "faults" };
    let mut text =
        format!("{} the policy cannot be right: {} {plural}\n", style.bad("✗"), faults.len());
    for fault in faults {
        let path = if fault.path.is_empty() { "the policy" } else { &fault.path };
        text += &format!("\n{}\n", style.strong(&visible(path)));
        text += &rows(
            style,
            &[
                ("code", fault.code.to_string()),
                ("fault", fault.message.clone()),
                ("remedy", fault.remedy.clone()),
            ],
        );
    }
    text
}

fn summary(policy: &PolicyDocument, style: Style) -> String {
    let mut text = format!("{} the policy can be used\n\n", style.good("✓"));
    let algorithms: Vec<&str> = policy.algorithms.iter().map(|a| a.as_str()).collect();
    let audience =
        if policy.audience.is_empty() { "any".to_owned() } else { policy.audience.join(", ") };
    let mut settings = vec![
        ("audience", audience),
        ("algorithms", algorithms.join(", ")),
        ("clock tolerance", format!("{} s", policy.clock_tolerance_seconds)),
        ("longest lifetime", format!("{} s", policy.max_lifetime_seconds)),
    ];
    if policy.danger_accept_any_lifetime {
        settings.retain(|(label, _)| *label != "longest lifetime");
    }
    settings.extend(policy.max_age_seconds.map(|seconds| ("oldest age", format!("{seconds} s"))));
    text += &rows(style, &settings);
    for (at, rule) in policy.trust.iter().enumerate() {
        let name = rule.name.clone().unwrap_or_else(|| format!("trust[{at}]"));
        text += &format!("\nrule {}\n{}", style.strong(&visible(&name)), rows(style, &terms(rule)));
    }
    for warning in warnings(policy) {
        text += &format!("\n{} {warning}\n", style.warn("warning:"));
    }
    text
}

/// What a rule asks for: all of it must hold.
fn terms(rule: &TrustRule) -> Vec<(&'static str, String)> {
    let tags = |tags: &BTreeMap<String, Vec<String>>| {
        let texts = tags.iter().map(|(key, values)| format!("{key} = {}", values.join(" or ")));
        texts.collect::<Vec<_>>().join(", ")
    };
    let issuer = if rule.issuer.is_empty() {
        "any account's, https://<label>.tokens.sts.global.api.aws".to_owned()
    } else {
        rule.issuer.join(" or ")
    };
    [
        ("issuer", issuer),
        ("organization", rule.organization.clone().unwrap_or_default()),
        ("account", rule.account.join(" or ")),
        ("principal", rule.principals.join(" or ")),
        ("permission set", rule.permission_sets.join(" or ")),
        ("organizational unit", rule.organizational_units.join(" or ")),
        ("principal tags", tags(&rule.principal_tags)),
        ("request tags", tags(&rule.request_tags)),
        ("source region", rule.source_regions.join(" or ")),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect()
}

/// Which checks the policy leaves out.
fn warnings(policy: &PolicyDocument) -> Vec<&'static str> {
    [
        (
            policy.danger_accept_any_audience,
            "dangerAcceptAnyAudience: a token that was issued for another service is accepted here.",
        ),
        (
            policy.danger_accept_any_lifetime,
            "dangerAcceptAnyLifetime: a token may live longer than any that AWS issues.",
        ),
        (
            !policy.danger_loopback_issuers.is_empty(),
            "dangerLoopbackIssuers: whoever can listen at that port of this host can issue tokens.",
        ),
    ]
    .into_iter()
    .filter_map(|(applies, warning)| applies.then_some(warning))
    .collect()
}

#[cfg(test)]
mod tests {
    use countersign::PolicyDocument;

    use super::warnings;

    #[test]
    fn no_dangerous_member_goes_without_a_warning() {
        let policy = PolicyDocument {
            danger_accept_any_audience: true,
            danger_accept_any_lifetime: true,
            danger_loopback_issuers: vec!["http://127.0.0.1:8460".to_owned()],
            ..PolicyDocument::default()
        };
        let warned: Vec<&str> = warnings(&policy)
            .iter()
            .filter_map(|warning| Some(warning.split_once(':')?.0))
            .collect();
        let schema = serde_json::to_value(schemars::schema_for!(PolicyDocument)).unwrap();
        let members = schema["properties"].as_object().unwrap().keys();
        let dangerous: Vec<&String> = members.filter(|name| name.starts_with("danger")).collect();
        assert_eq!(warned, dangerous);
        assert_eq!(warnings(&PolicyDocument::default()), [""; 0]);
    }
}
