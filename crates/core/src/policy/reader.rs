//! Reads a policy from JSON, gathering every fault with its path.

use std::collections::BTreeMap;

use super::document::{PolicyDocument, TrustRule};
use super::fault::{PolicyFault, PolicyFaults};
use crate::error::PolicyCode;
use crate::json::{Document, Limits, Object, Value};
use crate::keys::Algorithm;
use crate::shown::Quoted;

/// The largest policy read, in bytes: room for thousands of rules.
const MAX_POLICY_BYTES: usize = 16 << 20;

/// Reads a policy. The faults are of its shape; what was read is then checked for sense.
pub(super) fn read(text: &str) -> Result<(PolicyDocument, Vec<PolicyFault>), PolicyFaults> {
    let limits = Limits { max_bytes: MAX_POLICY_BYTES, ..Limits::default() };
    let json = Document::parse(text, limits).map_err(|fault| {
        let found = format!("{fault} ({})", place(text, fault.offset));
        PolicyFaults::one(PolicyFault::new(PolicyCode::Json, "", found))
    })?;
    let mut reader = Reader { faults: Vec::new() };
    let document = reader.policy(json.root());
    Ok((document, reader.faults))
}

/// A place in a text as editors show it, counted from 1.
fn place(text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}")
}

struct Reader {
    faults: Vec<PolicyFault>,
}

impl Reader {
    fn policy(&mut self, value: Value<'_>) -> PolicyDocument {
        let mut policy = PolicyDocument::default();
        let Some(object) = self.object("", value) else { return policy };
        for member in object.members() {
            let (path, value) = (&*member.name, member.value);
            match path {
                // Editors look for the schema here; it says nothing about the policy.
                "$schema" => {}
                "audience" => policy.audience = self.one_or_many(path, value),
                "trust" => policy.trust = self.rules(value),
                "algorithms" => policy.algorithms = self.algorithms(path, value),
                "clockToleranceSeconds" => {
                    policy.clock_tolerance_seconds = self.seconds(path, value).unwrap_or_default();
                }
                "maxLifetimeSeconds" => {
                    policy.max_lifetime_seconds =
                        self.seconds(path, value).unwrap_or(policy.max_lifetime_seconds);
                }
                "maxAgeSeconds" => policy.max_age_seconds = self.seconds(path, value),
                "dangerAcceptAnyAudience" => {
                    policy.danger_accept_any_audience = self.boolean(path, value);
                }
                "dangerAcceptAnyLifetime" => {
                    policy.danger_accept_any_lifetime = self.boolean(path, value);
                }
                "dangerLoopbackIssuers" => {
                    policy.danger_loopback_issuers = self.one_or_many(path, value);
                }
                _ => self.fault(PolicyCode::UnknownMember, path, format_args!("`{path}`")),
            }
        }
        policy
    }

    fn rules(&mut self, value: Value<'_>) -> Vec<TrustRule> {
        let Some(elements) = value.as_array() else {
            self.wrong_type("trust", "an array of trust rules", value);
            return Vec::new();
        };
        elements.enumerate().map(|(at, rule)| self.rule(&format!("trust[{at}]"), rule)).collect()
    }

    fn rule(&mut self, path: &str, value: Value<'_>) -> TrustRule {
        let mut rule = TrustRule::default();
        let Some(object) = self.object(path, value) else { return rule };
        for member in object.members() {
            let (name, value) = (&*member.name, member.value);
            let path = &format!("{path}.{name}");
            match name {
                "name" => rule.name = self.text(path, value),
                "issuer" => rule.issuer = self.one_or_many(path, value),
                "organization" => rule.organization = self.text(path, value),
                "account" => rule.account = self.one_or_many(path, value),
                "principals" => rule.principals = self.one_or_many(path, value),
                "permissionSets" => rule.permission_sets = self.one_or_many(path, value),
                "organizationalUnits" => rule.organizational_units = self.one_or_many(path, value),
                "principalTags" => rule.principal_tags = self.tags(path, value),
                "requestTags" => rule.request_tags = self.tags(path, value),
                "sourceRegions" => rule.source_regions = self.one_or_many(path, value),
                _ => self.fault(PolicyCode::UnknownMember, path, format_args!("`{name}`")),
            }
        }
        rule
    }

    fn tags(&mut self, path: &str, value: Value<'_>) -> BTreeMap<String, Vec<String>> {
        let Some(object) = self.object(path, value) else { return BTreeMap::new() };
        if object.members().next().is_none() {
            self.fault(PolicyCode::Empty, path, "no tags");
        }
        let mut tags = BTreeMap::new();
        for tag in object.members() {
            let values = self.one_or_many(&format!("{path}.{}", tag.name), tag.value);
            tags.insert(tag.name.into_owned(), values);
        }
        tags
    }

    fn algorithms(&mut self, path: &str, value: Value<'_>) -> Vec<Algorithm> {
        let names = self.one_or_many(path, value);
        let mut algorithms = Vec::new();
        for (at, name) in names.iter().enumerate() {
            match Algorithm::parse(name) {
                Some(algorithm) => algorithms.push(algorithm),
                None => {
                    let path = format!("{path}[{at}]");
                    self.fault(PolicyCode::Algorithm, &path, Quoted(name));
                }
            }
        }
        algorithms
    }

    /// One text or a list of texts; an empty list is a fault, since it would silently mean "no limit".
    fn one_or_many(&mut self, path: &str, value: Value<'_>) -> Vec<String> {
        let Some(elements) = value.as_array() else {
            return match value.as_str() {
                Some(text) => vec![text.into_owned()],
                None => {
                    self.wrong_type(path, "a string or an array of strings", value);
                    Vec::new()
                }
            };
        };
        let before = self.faults.len();
        let texts: Vec<String> = elements
            .enumerate()
            .filter_map(|(at, element)| self.text(&format!("{path}[{at}]"), element))
            .collect();
        if texts.is_empty() && self.faults.len() == before {
            self.fault(PolicyCode::Empty, path, "an empty array");
        }
        texts
    }

    fn text(&mut self, path: &str, value: Value<'_>) -> Option<String> {
        let text = value.as_str();
        if text.is_none() {
            self.wrong_type(path, "a string", value);
        }
        text.map(|text| text.into_owned())
    }

    fn seconds(&mut self, path: &str, value: Value<'_>) -> Option<u64> {
        let seconds = value.as_integer().and_then(|number| u64::try_from(number).ok());
        if seconds.is_none() {
            self.wrong_type(path, "a whole number of seconds", value);
        }
        seconds
    }

    fn boolean(&mut self, path: &str, value: Value<'_>) -> bool {
        let boolean = value.as_bool();
        if boolean.is_none() {
            self.wrong_type(path, "true or false", value);
        }
        boolean.unwrap_or_default()
    }

    fn object<'a>(&mut self, path: &str, value: Value<'a>) -> Option<Object<'a>> {
        let object = value.as_object();
        if object.is_none() {
            self.wrong_type(path, "an object", value);
        }
        object
    }

    fn wrong_type(&mut self, path: &str, expected: &str, value: Value<'_>) {
        let found = format!("it must be {expected}, and is {}", value.kind_name());
        self.fault(PolicyCode::Type, path, found);
    }

    fn fault(&mut self, code: PolicyCode, path: &str, found: impl std::fmt::Display) {
        self.faults.push(PolicyFault::new(code, path, found));
    }
}
