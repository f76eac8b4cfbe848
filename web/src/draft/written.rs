use countersign::{PolicyDocument, TrustRule};
use serde::{Serialize, Serializer};

/// A policy as a person would begin to write it: no defaults, one text where there is only one.
pub(super) fn written(policy: &PolicyDocument) -> Option<String> {
    let policy = Written {
        audience: &policy.audience,
        trust: policy.trust.iter().map(WrittenRule::of).collect(),
        danger_loopback_issuers: &policy.danger_loopback_issuers,
    };
    let mut text = serde_json::to_string_pretty(&policy).ok()?;
    text.push('\n');
    Some(text)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'p> {
    #[serde(serialize_with = "one_or_many")]
    audience: &'p [String],
    trust: Vec<WrittenRule<'p>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    danger_loopback_issuers: &'p [String],
}

/// The members that a start gives a rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenRule<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'p str>,
    #[serde(serialize_with = "one_or_many", skip_serializing_if = "<[String]>::is_empty")]
    issuer: &'p [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<&'p str>,
    #[serde(serialize_with = "one_or_many", skip_serializing_if = "<[String]>::is_empty")]
    account: &'p [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    principals: &'p [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    permission_sets: &'p [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    organizational_units: &'p [String],
}

impl<'p> WrittenRule<'p> {
    fn of(rule: &'p TrustRule) -> Self {
        Self {
            name: rule.name.as_deref(),
            issuer: &rule.issuer,
            organization: rule.organization.as_deref(),
            account: &rule.account,
            principals: &rule.principals,
            permission_sets: &rule.permission_sets,
            organizational_units: &rule.organizational_units,
        }
    }
}

fn one_or_many<S: Serializer>(texts: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    match texts {
        [one] => serializer.serialize_str(one),
        many => serializer.collect_seq(many),
    }
}
