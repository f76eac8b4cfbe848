//! Which issuers and subjects a policy comes down to, for a consumer that compares nothing else.

use countersign::{PolicyDocument, TrustRule};

use super::note::Note;
use super::token_facts::TokenFacts;
use crate::language::Text;

/// A role or user that a consumer is to trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trusted {
    /// The name of the rule that it comes from.
    pub(super) rule: String,
    /// The issuer, compared exactly.
    pub(super) issuer: String,
    /// The subject, compared exactly.
    pub(super) subject: String,
    /// Whether issuer and subject come from the token in hand.
    pub(super) from_token: bool,
}

const NARROWED: Text = Text::new(
    "Rule “{rule}” is narrowed to {subject}, the token's own: {consumer} cannot check {what}. It will trust that role or user whatever becomes of the rest.",
    "ルール「{rule}」はトークンの {subject} だけに絞り込みました。{consumer} は次を検証できません: {what}。これらが変わっても、このロールまたはユーザーは信頼され続けます。",
);
const LEFT_OUT: Text = Text::new(
    "Rule “{rule}” is not in the file: {consumer} cannot check {what}. With a token that the rule accepts, its role or user can be written instead.",
    "ルール「{rule}」はファイルに含めていません。{consumer} は次を検証できません: {what}。このルールが受け入れるトークンがあれば、そのロールまたはユーザーを代わりに指定できます。",
);
const LOOPBACK: Text = Text::new(
    "The local issuer {issuer} of rule “{rule}” is not in the file: {consumer} cannot reach it.",
    "ルール「{rule}」のローカルの発行者 (issuer) {issuer} はファイルに含めていません。{consumer} からは到達できません。",
);
const EACH_WITH_EACH: Text = Text::new(
    "Rule “{rule}” has several issuers and does not say whose each principal is: each issuer stands with each principal. Remove the pairs that do not belong together.",
    "ルール「{rule}」には発行者 (issuer) が複数あり、各プリンシパルとの対応が不明なため、すべての組み合わせを書き出しました。対応しない組を削除してください。",
);
const UNVERIFIED: Text = Text::new(
    "Issuer and subject come from a token that was not verified: check them before you trust them.",
    "発行者 (issuer) と sub は、検証していないトークンの値です。信頼する前に確認してください。",
);

const ORGANIZATION: Text = Text::new("the organization", "組織");
const NO_ISSUER: Text = Text::new("an organization without its issuers", "発行者を特定しない組織");
const UNITS: Text = Text::new("organizational units", "OU");
const PATTERNS: Text = Text::new("patterns of principals", "プリンシパルのパターン");
const ANY_PRINCIPAL: Text =
    Text::new("a rule without exact principals", "プリンシパルを特定しないルール");
const PERMISSION_SETS: Text = Text::new("permission sets", "許可セット");
const PRINCIPAL_TAGS: Text = Text::new("principal tags", "プリンシパルタグ");
const REQUEST_TAGS: Text = Text::new("request tags", "リクエストタグ");
const REGIONS: Text = Text::new("source regions", "発行元リージョン");

/// What a policy comes down to, with warnings about all that is lost on the way.
pub(super) fn trusted(
    policy: &PolicyDocument,
    token: Option<&TokenFacts>,
    consumer: &str,
) -> (Vec<Trusted>, Vec<Note>) {
    let mut found: Vec<Trusted> = Vec::new();
    let mut warnings = Vec::new();
    for (at, rule) in policy.trust.iter().enumerate() {
        let name = rule_name(rule, at);
        let issuers = reachable(rule, &name, consumer, &mut warnings);
        let what = beyond_exact(rule);
        if what.is_empty() {
            if issuers.len() > 1 {
                warnings.push(Note::new(EACH_WITH_EACH).value("rule", &name));
            }
            for issuer in issuers {
                for subject in &rule.principals {
                    add(&mut found, &name, issuer, subject, false);
                }
            }
        } else if let Some(token) = token_within(rule, policy, token) {
            warnings.push(narrowed(&name, consumer, token, what));
            add(&mut found, &name, &token.issuer, &token.subject, true);
        } else {
            warnings.push(left_out(&name, consumer, what));
        }
    }
    let from_token = found.iter().any(|one| one.from_token);
    warnings.extend(unverified(from_token, token));
    (found, warnings)
}

/// The rule's name, or its place.
pub(super) fn rule_name(rule: &TrustRule, at: usize) -> String {
    rule.name.clone().unwrap_or_else(|| format!("trust[{at}]"))
}

/// The issuers of a rule that a service on the internet can reach.
pub(super) fn reachable<'p>(
    rule: &'p TrustRule,
    name: &str,
    consumer: &str,
    warnings: &mut Vec<Note>,
) -> Vec<&'p str> {
    let (reachable, local): (Vec<&str>, Vec<&str>) =
        rule.issuer.iter().map(String::as_str).partition(|issuer| is_reachable(issuer));
    for issuer in local {
        let note = Note::new(LOOPBACK).value("rule", name).value("issuer", issuer);
        warnings.push(note.value("consumer", consumer));
    }
    reachable
}

fn is_reachable(issuer: &str) -> bool {
    issuer.starts_with("https://")
}

/// The token, if the rule takes it and a service on the internet can reach its issuer.
pub(super) fn token_within<'t>(
    rule: &TrustRule,
    policy: &PolicyDocument,
    token: Option<&'t TokenFacts>,
) -> Option<&'t TokenFacts> {
    token.filter(|token| is_reachable(&token.issuer) && token.meets(rule, policy))
}

pub(super) fn narrowed(rule: &str, consumer: &str, token: &TokenFacts, what: Vec<Text>) -> Note {
    Note::new(NARROWED)
        .value("rule", rule)
        .value("consumer", consumer)
        .value("subject", &token.subject)
        .list("what", what)
}

pub(super) fn left_out(rule: &str, consumer: &str, what: Vec<Text>) -> Note {
    Note::new(LEFT_OUT).value("rule", rule).value("consumer", consumer).list("what", what)
}

pub(super) fn unverified(from_token: bool, token: Option<&TokenFacts>) -> Option<Note> {
    let unverified = from_token && token.is_some_and(|token| !token.verified);
    unverified.then(|| Note::new(UNVERIFIED))
}

/// What a rule asks for besides one issuer and exact subjects.
fn beyond_exact(rule: &TrustRule) -> Vec<Text> {
    let mut what = beyond_claims(rule);
    if rule.organization.is_some() && !rule.issuer.is_empty() {
        what.insert(0, ORGANIZATION);
    }
    if rule.principals.is_empty() && rule.permission_sets.is_empty() && !rule.issuer.is_empty() {
        what.push(ANY_PRINCIPAL);
    }
    for (is_asked, text) in [
        (!rule.principal_tags.is_empty(), PRINCIPAL_TAGS),
        (!rule.request_tags.is_empty(), REQUEST_TAGS),
        (!rule.source_regions.is_empty(), REGIONS),
    ] {
        if is_asked {
            what.push(text);
        }
    }
    what
}

/// What a rule asks for that comparing claims with exact values cannot answer.
pub(super) fn beyond_claims(rule: &TrustRule) -> Vec<Text> {
    let mut what = Vec::new();
    for (is_asked, text) in [
        (rule.issuer.is_empty(), NO_ISSUER),
        (!rule.organizational_units.is_empty(), UNITS),
        (rule.principals.iter().any(|pattern| pattern.contains('*')), PATTERNS),
        (!rule.permission_sets.is_empty(), PERMISSION_SETS),
    ] {
        if is_asked {
            what.push(text);
        }
    }
    what
}

/// Each audience for a consumer that takes one only, or once none.
pub(super) fn each_audience(audiences: &[String]) -> Vec<Option<&str>> {
    if audiences.is_empty() {
        return vec![None];
    }
    audiences.iter().map(|audience| Some(audience.as_str())).collect()
}

fn add(found: &mut Vec<Trusted>, rule: &str, issuer: &str, subject: &str, from_token: bool) {
    if found.iter().any(|one| one.issuer == issuer && one.subject == subject) {
        return;
    }
    found.push(Trusted {
        rule: rule.to_owned(),
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        from_token,
    });
}
