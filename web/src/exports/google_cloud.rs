//! Google Cloud: OIDC providers of a workload identity pool.

use std::collections::BTreeMap;

use countersign::{AWS_CLAIM, TrustRule};

use super::export::{Exported, Source, slug};
use super::note::Note;
use super::quote::{cel, shell};
use super::token_facts::TokenFacts;
use super::trusted::{
    beyond_claims, left_out, narrowed, reachable, rule_name, token_within, unverified,
};
use crate::language::Text;

const CONSUMER: &str = "Google Cloud";

/// `google.subject` is at most this long, in bytes.
const LONGEST_SUBJECT: usize = 127;

/// An attribute condition is at most this long, in characters.
const LONGEST_CONDITION: usize = 4096;

/// More audiences than this a provider cannot have.
const MOST_AUDIENCES: usize = 10;

const CREATE: &str = "https://cloud.google.com/sdk/gcloud/reference/iam/workload-identity-pools/providers/create-oidc";
const PROVIDERS: &str =
    "https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-other-providers";
const CONDITIONS: &str =
    "https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes";

const LONG_SUBJECT: Text = Text::new(
    "{subject} has {length} characters, and `google.subject` takes 127: such tokens are refused. Map another attribute, or give the role a shorter path.",
    "{subject} は {length} 文字ですが、`google.subject` は 127 文字までのため、このトークンは拒否されます。別の属性をマッピングするか、ロールのパスを短くしてください。",
);
const LONG_CONDITION: Text = Text::new(
    "Rule “{rule}” is not in the file: its condition would be longer than Google Cloud allows.",
    "ルール「{rule}」はファイルに含めていません。条件が Google Cloud の上限より長くなります。",
);
const MANY_AUDIENCES: Text = Text::new(
    "A provider takes 10 audiences, and the policy has {count}.",
    "プロバイダーに設定できるオーディエンスは 10 個までですが、ポリシーには {count} 個あります。",
);
const HOW: Text = Text::new(
    "Set `PROJECT_ID` and `POOL_ID`. A provider only lets tokens in: then grant roles to `principal://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL_ID/subject/ARN`.",
    "`PROJECT_ID` と `POOL_ID` を設定してください。プロバイダーはトークンを受け付けるだけです。続けて `principal://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL_ID/subject/ARN` にロールを付与してください。",
);
const CHECKED: Text = Text::new(
    "Accounts, organization, regions and tags are checked by attribute conditions on AWS's claim. A token without the claim is refused by them.",
    "アカウント、組織、リージョン、タグは、AWS のクレームに対する属性条件で検証します。クレームのないトークンは拒否されます。",
);

pub(super) fn export(source: &Source<'_>) -> Exported {
    let mut warnings = Vec::new();
    let mut providers = Vec::new();
    let mut from_token = false;
    for (at, rule) in source.policy.trust.iter().enumerate() {
        let name = rule_name(rule, at);
        let issuers = reachable(rule, &name, CONSUMER, &mut warnings);
        let what = beyond_claims(rule);
        let (issuers, condition) = if what.is_empty() {
            (issuers, condition(rule, &rule.principals))
        } else if let Some(token) = token_within(rule, source.policy, source.token) {
            warnings.push(narrowed(&name, CONSUMER, token, what));
            from_token = true;
            let subject = std::slice::from_ref(&token.subject);
            (vec![token.issuer.as_str()], condition(rule, subject))
        } else {
            warnings.push(left_out(&name, CONSUMER, what));
            continue;
        };
        if condition.chars().count() > LONGEST_CONDITION {
            warnings.push(Note::new(LONG_CONDITION).value("rule", &name).source(CREATE));
            continue;
        }
        for issuer in issuers {
            let id = slug(&name, providers.len());
            providers.push(provider(&id, issuer, &source.policy.audience, &condition));
        }
    }
    warnings.extend(unverified(from_token, source.token));
    if providers.is_empty() {
        return Exported::nothing(warnings);
    }
    let mut exported = Exported::new(format!(
        "#!/bin/sh\n{}set -eu\n: \"${{PROJECT_ID:?set it to the id of the project}}\"\n\
         : \"${{POOL_ID:?set it to the id of the workload identity pool}}\"\n{}",
        source.comment("#", from_token),
        providers.concat(),
    ));
    exported.warnings = warnings;
    source.only_rs256(CONSUMER, PROVIDERS, &mut exported);
    exported.warnings.extend(source.unchecked(CONSUMER));
    exported.warnings.extend(long_subjects(&source.policy.trust, source.token));
    if source.policy.audience.len() > MOST_AUDIENCES {
        let note = Note::new(MANY_AUDIENCES).value("count", source.policy.audience.len());
        exported.warnings.push(note.source(CREATE));
    }
    exported.warnings.extend(source.no_audience(CONSUMER));
    exported.notes.push(Note::new(CHECKED).source(CONDITIONS));
    exported.notes.push(Note::new(HOW).source(CREATE));
    exported
}

fn provider(id: &str, issuer: &str, audiences: &[String], condition: &str) -> String {
    let mut arguments = vec![
        "--project=\"$PROJECT_ID\"".to_owned(),
        "--location=global".to_owned(),
        "--workload-identity-pool=\"$POOL_ID\"".to_owned(),
        format!("--issuer-uri={}", shell(issuer)),
    ];
    if !audiences.is_empty() {
        arguments.push(format!("--allowed-audiences={}", shell(&list(audiences))));
    }
    arguments.push("--attribute-mapping='google.subject=assertion.sub'".to_owned());
    if !condition.is_empty() {
        arguments.push(format!("--attribute-condition={}", shell(condition)));
    }
    format!(
        "\ngcloud iam workload-identity-pools providers create-oidc {id} \\\n  {}\n",
        arguments.join(" \\\n  ")
    )
}

/// A list as gcloud reads it (`gcloud topic escaping`): with commas, or with the separator that stands
/// between carets at its beginning.
fn list(texts: &[String]) -> String {
    let joined = texts.join(",");
    if !texts.iter().any(|text| text.contains(',')) && !joined.starts_with('^') {
        return joined;
    }
    let is_free = |separator: &char| !texts.iter().any(|text| text.contains(*separator));
    let separator = "|;!~#".chars().chain('\u{100}'..).find(is_free).unwrap_or('|').to_string();
    format!("^{separator}^{}", texts.join(&separator))
}

/// What a rule asks for besides its issuer, in the Common Expression Language; empty if nothing.
fn condition(rule: &TrustRule, subjects: &[String]) -> String {
    let aws = |member: &str| format!("assertion[{}][{}]", cel(AWS_CLAIM), cel(member));
    let mut terms = Vec::new();
    if !subjects.is_empty() {
        terms.push(is_one_of("assertion.sub", subjects));
    }
    // An exact subject names its account.
    if !rule.account.is_empty() && subjects.is_empty() {
        terms.push(is_one_of(&aws("aws_account"), &rule.account));
    }
    if let Some(organization) = &rule.organization {
        terms.push(is_one_of(&aws("org_id"), std::slice::from_ref(organization)));
    }
    if !rule.source_regions.is_empty() {
        terms.push(is_one_of(&aws("source_region"), &rule.source_regions));
    }
    tags(&mut terms, &aws("principal_tags"), &rule.principal_tags);
    tags(&mut terms, &aws("request_tags"), &rule.request_tags);
    terms.join(" && ")
}

fn tags(terms: &mut Vec<String>, object: &str, tags: &BTreeMap<String, Vec<String>>) {
    for (key, values) in tags {
        terms.push(is_one_of(&format!("{object}[{}]", cel(key)), values));
    }
}

fn is_one_of(what: &str, texts: &[String]) -> String {
    match texts {
        [one] => format!("{what} == {}", cel(one)),
        several => {
            let several: Vec<String> = several.iter().map(|text| cel(text)).collect();
            format!("{what} in [{}]", several.join(", "))
        }
    }
}

fn long_subjects(rules: &[TrustRule], token: Option<&TokenFacts>) -> Vec<Note> {
    let named = rules.iter().flat_map(|rule| &rule.principals);
    let mut subjects: Vec<&String> = named.chain(token.map(|token| &token.subject)).collect();
    subjects.sort_unstable();
    subjects.dedup();
    subjects
        .into_iter()
        .filter(|subject| !subject.contains('*') && subject.len() > LONGEST_SUBJECT)
        .map(|subject| {
            let note = Note::new(LONG_SUBJECT).value("subject", subject);
            note.value("length", subject.len()).source(PROVIDERS)
        })
        .collect()
}
