//! AWS's side: an identity policy that limits which tokens a caller can get.

use std::collections::{BTreeMap, BTreeSet};

use countersign::{Algorithm, PolicyDocument};
use serde_json::{Value, json};

use super::export::{Exported, Source};
use super::note::Note;
use super::quote;
use crate::language::Text;

const POLICIES: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_policies.html";
const MANAGED: &str = "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSIPAMOutboundServiceRolePolicy.html";

const GENERATED: Text = Text::new(
    "For the roles and users that ask for tokens: it lets them have tokens for this policy's audience, algorithms and lifetime. Generated from the policy at {time}.",
    "トークンを要求するロールやユーザー向けです。このポリシーのオーディエンス、アルゴリズム、有効期間のトークンだけを許可します。ポリシーから {time} に生成しました。",
);
const ONLY_ALLOWS: Text = Text::new(
    "An identity policy only allows. Where another policy allows more, this one does not take it away: to limit everyone, deny in a service control policy.",
    "アイデンティティベースのポリシーは許可を加えるだけで、他のポリシーによる許可は取り消しません。全体を制限するには、SCP で拒否してください。",
);
const ALL_VALUES: Text = Text::new(
    "`ForAllValues` holds for an empty set too, so `Null` demands that there is an audience. `ForAnyValue` would let other audiences into the same token.",
    "`ForAllValues` は値が空でも成立するため、`Null` でオーディエンスの存在を必須にしています。`ForAnyValue` では、同じトークンに他のオーディエンスも含められてしまいます。",
);
const TAGS: Text = Text::new(
    "The policy asks for request tags, so `sts:TagGetWebIdentityToken` is allowed with these keys and values only.",
    "ポリシーがリクエストタグを求めるため、`sts:TagGetWebIdentityToken` をこれらのキーと値に限って許可します。",
);
const NO_AUDIENCE: Text = Text::new(
    "The policy accepts any audience, so there is nothing to limit callers to. Name an audience first.",
    "ポリシーがすべてのオーディエンスを受け入れるため、制限を作成できません。先にオーディエンスを指定してください。",
);
const NO_ALGORITHM: Text = Text::new(
    "The policy allows neither ES384 nor RS256, and STS signs with no other algorithm.",
    "ポリシーで ES384 と RS256 のどちらも許可されていません。STS は他のアルゴリズムでは署名しません。",
);

pub(super) fn export(source: &Source<'_>) -> Exported {
    let policy = source.policy;
    let algorithms: Vec<&str> = policy
        .algorithms
        .iter()
        .filter(|algorithm| matches!(algorithm, Algorithm::Es384 | Algorithm::Rs256))
        .map(|algorithm| algorithm.as_str())
        .collect();
    if policy.audience.is_empty() {
        return Exported::nothing(vec![Note::new(NO_AUDIENCE)]);
    }
    if algorithms.is_empty() {
        return Exported::nothing(vec![Note::new(NO_ALGORITHM)]);
    }
    let audiences: Vec<String> = policy.audience.iter().map(|text| literal(text)).collect();
    let mut statements = vec![json!({
        "Sid": "TokensForThisAudience",
        "Effect": "Allow",
        "Action": "sts:GetWebIdentityToken",
        "Resource": "*",
        "Condition": {
            "ForAllValues:StringEquals": { "sts:IdentityTokenAudience": audiences },
            "Null": { "sts:IdentityTokenAudience": "false" },
            "StringEquals": { "sts:SigningAlgorithm": algorithms },
            "NumericLessThanEquals": { "sts:DurationSeconds": policy.max_lifetime_seconds },
        },
    })];
    let tags = tags(policy);
    if !tags.is_empty() {
        statements.push(tag_statement(&tags));
    }
    let document = json!({ "Version": "2012-10-17", "Statement": statements });
    let mut exported = Exported::new(quote::json(&InOrder(&document)) + "\n");
    let time = countersign::Instant(source.generated_at);
    exported.notes.push(Note::new(GENERATED).value("time", time).source(POLICIES));
    if !tags.is_empty() {
        exported.notes.push(Note::new(TAGS).source(POLICIES));
    }
    exported.notes.push(Note::new(ALL_VALUES).source(MANAGED));
    exported.notes.push(Note::new(ONLY_ALLOWS));
    exported
}

/// The tags that any rule asks for: for each key, the values of all rules together.
fn tags(policy: &PolicyDocument) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut tags: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, values) in policy.trust.iter().flat_map(|rule| &rule.request_tags) {
        tags.entry(key).or_default().extend(values.iter().map(String::as_str));
    }
    tags
}

fn tag_statement(tags: &BTreeMap<&str, BTreeSet<&str>>) -> Value {
    let keys: Vec<String> = tags.keys().map(|key| literal(key)).collect();
    let values: BTreeMap<String, Vec<String>> = tags
        .iter()
        .map(|(key, values)| {
            let values = values.iter().map(|value| literal(value)).collect();
            (format!("aws:RequestTag/{key}"), values)
        })
        .collect();
    json!({
        "Sid": "RequestTagsOfThisPolicy",
        "Effect": "Allow",
        "Action": "sts:TagGetWebIdentityToken",
        "Resource": "*",
        "Condition": {
            "ForAllValues:StringEquals": { "aws:TagKeys": keys },
            "Null": { "aws:TagKeys": "false" },
            "StringEqualsIfExists": values,
        },
    })
}

/// A value in which nothing is a policy variable: `${$}` stands for a dollar sign (IAM User Guide, "IAM
/// policy elements: Variables and tags").
fn literal(text: &str) -> String {
    text.replace("${", "${$}{")
}

/// IAM reads a policy in any order of members; people read these first.
struct InOrder<'v>(&'v Value);

impl serde::Serialize for InOrder<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const FIRST: [&str; 6] = ["Version", "Statement", "Sid", "Effect", "Action", "Resource"];
        match self.0 {
            Value::Object(members) => {
                let first = FIRST.iter().filter_map(|name| members.get_key_value(*name));
                let rest = members.iter().filter(|(name, _)| !FIRST.contains(&name.as_str()));
                serializer
                    .collect_map(first.chain(rest).map(|(name, value)| (name, InOrder(value))))
            }
            Value::Array(elements) => serializer.collect_seq(elements.iter().map(InOrder)),
            plain => plain.serialize(serializer),
        }
    }
}
