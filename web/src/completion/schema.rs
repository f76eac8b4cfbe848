//! What a policy can have, from its JSON Schema.

use std::sync::OnceLock;

use serde_json::Value;

use super::japanese;
use crate::language::Language;

const SCHEMA: &str = include_str!("policy.schema.json");

/// A member of a policy or of a trust rule.
#[derive(Debug)]
pub(super) struct MemberSchema {
    pub(super) name: String,
    pub(super) kind: ValueKind,
    description: String,
    /// The place of the Japanese description, which is also the place in lists.
    rank: usize,
}

/// What a member's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    Text,
    /// One text, or several.
    OneOrMany,
    Texts,
    Algorithms,
    Rules,
    Tags,
    Number,
    Boolean,
}

/// What the members stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Policy,
    Rule,
}

impl Within {
    /// The members, the ones that are written first at the beginning.
    pub(super) fn members(self) -> &'static [MemberSchema] {
        static POLICY: OnceLock<Vec<MemberSchema>> = OnceLock::new();
        static RULE: OnceLock<Vec<MemberSchema>> = OnceLock::new();
        match self {
            Self::Policy => POLICY.get_or_init(|| members("/properties", japanese::POLICY)),
            Self::Rule => {
                RULE.get_or_init(|| members("/$defs/TrustRule/properties", japanese::RULE))
            }
        }
    }

    pub(super) fn member(self, name: &str) -> Option<&'static MemberSchema> {
        self.members().iter().find(|member| member.name == name)
    }

    fn japanese(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Policy => japanese::POLICY,
            Self::Rule => japanese::RULE,
        }
    }
}

impl MemberSchema {
    pub(super) fn description(&self, within: Within, language: Language) -> &str {
        let japanese = within.japanese().get(self.rank).map(|(_, text)| *text);
        in_language(&self.description, japanese, language)
    }
}

/// The names of the algorithms, with what they are.
pub(super) fn algorithms(language: Language) -> Vec<(&'static str, &'static str)> {
    static ALGORITHMS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    let algorithms = ALGORITHMS.get_or_init(|| {
        let schema = schema();
        let one_of = schema.pointer("/$defs/Algorithm/oneOf").and_then(Value::as_array);
        let text = |value: &Value, name: &str| Some(value.get(name)?.as_str()?.to_owned());
        one_of
            .into_iter()
            .flatten()
            .filter_map(|one| Some((text(one, "const")?, text(one, "description")?)))
            .collect()
    });
    algorithms
        .iter()
        .map(|(name, description)| {
            let japanese = japanese::ALGORITHMS.iter().find(|(other, _)| other == name);
            (name.as_str(), in_language(description, japanese.map(|(_, text)| *text), language))
        })
        .collect()
}

fn in_language<'t>(english: &'t str, japanese: Option<&'t str>, language: Language) -> &'t str {
    match language {
        Language::English => english,
        Language::Japanese => japanese.unwrap_or(english),
    }
}

fn schema() -> Value {
    // A test reads it; were it no JSON, nothing would be suggested.
    serde_json::from_str(SCHEMA).unwrap_or_default()
}

fn members(pointer: &str, order: &[(&str, &str)]) -> Vec<MemberSchema> {
    let schema = schema();
    let properties = schema.pointer(pointer).and_then(Value::as_object);
    let mut members: Vec<MemberSchema> = properties
        .into_iter()
        .flatten()
        .filter_map(|(name, property)| {
            let description = property.get("description")?.as_str()?;
            let rank = order.iter().position(|(other, _)| other == name);
            Some(MemberSchema {
                name: name.clone(),
                kind: kind(property)?,
                description: description.replace('\n', " "),
                rank: rank.unwrap_or(usize::MAX),
            })
        })
        .collect();
    members.sort_by_key(|member| member.rank);
    members
}

fn kind(property: &Value) -> Option<ValueKind> {
    let text = |pointer: &str| property.pointer(pointer).and_then(Value::as_str);
    Some(match (text("/type"), text("/$ref"), text("/items/$ref"), text("/items/type")) {
        (None, Some("#/$defs/OneOrMany"), ..) => ValueKind::OneOrMany,
        (Some("string"), ..) => ValueKind::Text,
        (Some("integer"), ..) => ValueKind::Number,
        (Some("boolean"), ..) => ValueKind::Boolean,
        (Some("array"), _, Some("#/$defs/TrustRule"), _) => ValueKind::Rules,
        (Some("array"), _, Some("#/$defs/Algorithm"), _) => ValueKind::Algorithms,
        (Some("array"), _, _, Some("string")) => ValueKind::Texts,
        (Some("object"), ..) => ValueKind::Tags,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Within, algorithms, japanese, schema};
    use crate::language::Language;

    #[test]
    fn each_member_of_the_schema_is_known_in_both_languages() {
        for (within, pointer) in
            [(Within::Policy, "/properties"), (Within::Rule, "/$defs/TrustRule/properties")]
        {
            let schema = schema();
            let mut expected: Vec<&String> =
                schema.pointer(pointer).and_then(Value::as_object).unwrap().keys().collect();
            expected.sort();
            let mut found: Vec<&String> = within.members().iter().map(|one| &one.name).collect();
            found.sort();
            assert_eq!(found, expected, "a member of a new kind");
            let mut translated: Vec<&str> =
                within.japanese().iter().map(|(name, _)| *name).collect();
            translated.sort_unstable();
            assert_eq!(translated, expected);
            for member in within.members() {
                let [en, ja] = Language::ALL.map(|language| member.description(within, language));
                assert_ne!(en, ja, "{}", member.name);
                assert!(en.ends_with('.') && ja.ends_with('。'), "{en} {ja}");
            }
        }
        let names: Vec<&str> =
            algorithms(Language::English).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, japanese::ALGORITHMS.map(|(name, _)| name));
    }
}
