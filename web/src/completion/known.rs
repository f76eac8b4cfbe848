use std::collections::BTreeMap;

use countersign::{AwsClaims, Claims, Principal};

/// Values that the token in hand would have in a policy. They are what it says, not what is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// By the member of a policy or rule.
    values: BTreeMap<&'static str, Vec<String>>,
    principal_tags: BTreeMap<String, String>,
    request_tags: BTreeMap<String, String>,
}

impl Known {
    /// What a token says; nothing without one.
    pub fn of(claims: Option<&Claims>) -> Self {
        let mut known = Self::default();
        let Some(claims) = claims else { return known };
        for audience in claims.audience.iter().flatten() {
            known.add("audience", audience);
        }
        if let Ok(issuer) = &claims.issuer {
            known.add("issuer", issuer);
            if let Some((origin, _)) = issuer.rsplit_once('/')
                && origin.starts_with("http://")
            {
                known.add("dangerLoopbackIssuers", origin);
            }
        }
        if let Some(principal) = claims.subject.as_deref().ok().and_then(Principal::parse) {
            known.add("account", &principal.account);
            known.add_literal("principals", &principal.arn);
            if let Some(set) = &principal.permission_set {
                known.add_literal("permissionSets", set);
            }
        }
        if let Ok(Some(aws)) = &claims.aws {
            known.add_aws(aws);
        }
        known
    }

    fn add_aws(&mut self, aws: &AwsClaims) {
        for (member, value) in [
            ("organization", &aws.organization),
            ("account", &aws.account),
            ("sourceRegions", &aws.source_region),
        ] {
            if let Some(value) = value {
                self.add(member, value);
            }
        }
        for place in &aws.organizational_units {
            let place = place.strip_suffix('/').unwrap_or(place);
            if !place.contains('*') {
                self.add("organizationalUnits", &format!("{place}/**"));
            }
        }
        self.principal_tags.clone_from(&aws.principal_tags);
        self.request_tags.clone_from(&aws.request_tags);
    }

    /// The values for a member.
    pub(super) fn values(&self, member: &str) -> &[String] {
        self.values.get(member).map(Vec::as_slice).unwrap_or_default()
    }

    /// The tags for a member.
    pub(super) fn tags(&self, member: &str) -> Option<&BTreeMap<String, String>> {
        match member {
            "principalTags" => Some(&self.principal_tags),
            "requestTags" => Some(&self.request_tags),
            _ => None,
        }
    }

    /// Adds a value where patterns are read, unless it would be one.
    fn add_literal(&mut self, member: &'static str, value: &str) {
        if !value.contains(['*', '?']) {
            self.add(member, value);
        }
    }

    fn add(&mut self, member: &'static str, value: &str) {
        let values = self.values.entry(member).or_default();
        if !values.iter().any(|other| other == value) {
            values.push(value.to_owned());
        }
    }
}
