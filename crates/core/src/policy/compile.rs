//! Checks a policy for sense, and prepares its rules.

use std::collections::BTreeMap;

use super::document::{PolicyDocument, TrustRule};
use super::fault::PolicyFault;
use super::rule::{Rule, Tags};
use crate::arn::{PathPattern, PrincipalPattern, SegmentPattern, is_account_id};
use crate::by_name::Names;
use crate::error::PolicyCode;
use crate::evaluate::joined;
use crate::issuer;
use crate::shown::{Quoted, shortened};

const MAX_AUDIENCE_CHARACTERS: usize = 1000;
const MAX_RULE_NAME_CHARACTERS: usize = 100;

/// The members of a rule, besides issuer and organization, that AWS or an administrator vouches for.
const IDENTIFYING: [&str; 5] =
    ["account", "principals", "permissionSets", "organizationalUnits", "principalTags"];

/// Checks a policy, adds what is wrong to `faults`, and answers its rules.
pub(super) fn compile(policy: &PolicyDocument, faults: &mut Vec<PolicyFault>) -> Vec<Rule> {
    // What could not be read has its fault already; it must not be called missing as well.
    let mut unread = Names::default();
    for fault in faults.iter() {
        unread.insert(&root(&fault.path), ());
    }
    let mut lint = Lint { faults, unread };
    lint.audience(policy);
    lint.numbers(policy);
    lint.algorithms(policy);
    lint.loopback_issuers(policy);
    lint.trust(policy)
}

/// The member of the policy, or of a rule, that a path begins with.
fn root(path: &str) -> String {
    let depth = if path.starts_with("trust[") { 2 } else { 1 };
    let parts: Vec<&str> = path.split('.').take(depth).collect();
    let joined = joined(&parts, ".");
    match joined.rsplit_once('[') {
        Some((name, _)) if depth == 1 || joined.matches('[').count() > 1 => name.to_owned(),
        _ => joined,
    }
}

struct Lint<'f> {
    faults: &'f mut Vec<PolicyFault>,
    unread: Names,
}

impl Lint<'_> {
    fn audience(&mut self, policy: &PolicyDocument) {
        if policy.danger_accept_any_audience && !policy.audience.is_empty() {
            let found = "`audience` together with `dangerAcceptAnyAudience`";
            self.fault(PolicyCode::Contradiction, "audience", found);
        }
        if policy.audience.is_empty() && !policy.danger_accept_any_audience {
            self.missing("audience", "`audience`");
        }
        self.each_once("audience", &policy.audience);
        for (at, audience) in policy.audience.iter().enumerate() {
            let length = audience.chars().count();
            let plain = !audience.chars().any(char::is_control) && audience.trim() == audience;
            if !(1..=MAX_AUDIENCE_CHARACTERS).contains(&length) || !plain || audience.contains('*')
            {
                self.fault(PolicyCode::Audience, &format!("audience[{at}]"), quoted(audience));
            }
        }
    }

    fn numbers(&mut self, policy: &PolicyDocument) {
        self.within("clockToleranceSeconds", policy.clock_tolerance_seconds, 0, 300);
        self.within("maxLifetimeSeconds", policy.max_lifetime_seconds, 60, 3600);
        if let Some(seconds) = policy.max_age_seconds {
            self.within("maxAgeSeconds", seconds, 1, 3600);
        }
        let defaults = PolicyDocument::default();
        if policy.danger_accept_any_lifetime
            && policy.max_lifetime_seconds != defaults.max_lifetime_seconds
        {
            let found = "`maxLifetimeSeconds` together with `dangerAcceptAnyLifetime`";
            self.fault(PolicyCode::Contradiction, "maxLifetimeSeconds", found);
        }
    }

    fn algorithms(&mut self, policy: &PolicyDocument) {
        if policy.algorithms.is_empty() {
            self.missing("algorithms", "any algorithm");
        }
        let names: Vec<String> = policy.algorithms.iter().map(|a| a.as_str().to_owned()).collect();
        self.each_once("algorithms", &names);
    }

    fn loopback_issuers(&mut self, policy: &PolicyDocument) {
        self.each_once("dangerLoopbackIssuers", &policy.danger_loopback_issuers);
        for (at, origin) in policy.danger_loopback_issuers.iter().enumerate() {
            if !issuer::is_loopback_origin(origin) {
                let path = format!("dangerLoopbackIssuers[{at}]");
                self.fault(PolicyCode::LoopbackIssuer, &path, quoted(origin));
            }
        }
    }

    fn trust(&mut self, policy: &PolicyDocument) -> Vec<Rule> {
        if policy.trust.is_empty() {
            self.missing("trust", "any trust rule");
        }
        let mut names = Names::default();
        let mut rules = Vec::with_capacity(policy.trust.len());
        for (at, rule) in policy.trust.iter().enumerate() {
            let path = format!("trust[{at}]");
            let name = rule.name.clone().unwrap_or_else(|| path.clone());
            let length = name.chars().count();
            if !(1..=MAX_RULE_NAME_CHARACTERS).contains(&length)
                || name.chars().any(char::is_control)
            {
                self.fault(PolicyCode::RuleName, &format!("{path}.name"), quoted(&name));
            }
            if !names.insert(&name, ()) {
                let found = format!("{} stands twice", quoted(&name));
                self.fault(PolicyCode::RuleName, &format!("{path}.name"), found);
            }
            rules.push(self.rule(&path, name, rule, policy));
        }
        rules
    }

    fn rule(
        &mut self,
        path: &str,
        name: String,
        rule: &TrustRule,
        policy: &PolicyDocument,
    ) -> Rule {
        self.bounds(path, rule);
        self.issuers(path, rule, policy);
        if let Some(organization) = &rule.organization
            && !is_organization_id(organization)
        {
            let path = format!("{path}.organization");
            self.fault(PolicyCode::Organization, &path, quoted(organization));
        }
        let path_of = |member: &str| format!("{path}.{member}");
        self.list(&path_of("account"), &rule.account, PolicyCode::Account, &mut |account| {
            is_account_id(account).then_some(()).ok_or_else(|| quoted(account))
        });
        let (path_of_regions, regions) = (path_of("sourceRegions"), &rule.source_regions);
        self.list(&path_of_regions, regions, PolicyCode::SourceRegion, &mut |region| {
            is_region(region).then_some(()).ok_or_else(|| quoted(region))
        });
        let mut principals = Vec::new();
        self.list(&path_of("principals"), &rule.principals, PolicyCode::Principal, &mut |text| {
            principals.push(PrincipalPattern::parse(text)?);
            Ok(())
        });
        let mut permission_sets = Vec::new();
        let (path_of_sets, sets) = (path_of("permissionSets"), &rule.permission_sets);
        self.list(&path_of_sets, sets, PolicyCode::PermissionSet, &mut |text| {
            permission_sets.push(permission_set(text)?);
            Ok(())
        });
        let mut organizational_units = Vec::new();
        let (path_of_units, units) = (path_of("organizationalUnits"), &rule.organizational_units);
        self.list(&path_of_units, units, PolicyCode::OrganizationalUnit, &mut |text| {
            organizational_units.push(organizational_unit(text)?);
            Ok(())
        });
        self.tags(&format!("{path}.principalTags"), &rule.principal_tags);
        self.tags(&format!("{path}.requestTags"), &rule.request_tags);
        self.contradictions(path, rule, &principals);
        Rule {
            name,
            issuers: rule.issuer.clone(),
            organization: rule.organization.clone(),
            accounts: rule.account.clone(),
            principals,
            permission_sets,
            organizational_units,
            principal_tags: tags(&rule.principal_tags),
            request_tags: tags(&rule.request_tags),
            source_regions: rule.source_regions.clone(),
        }
    }

    /// A rule must not trust every AWS customer, nor take the caller's own word for who it is.
    fn bounds(&mut self, path: &str, rule: &TrustRule) {
        let unread = |member: &str| self.unread.contains(&format!("{path}.{member}"));
        let bounded = !rule.issuer.is_empty()
            || rule.organization.is_some()
            || unread("issuer")
            || unread("organization")
            || self.unread.contains(path);
        let identified = !rule.account.is_empty()
            || !rule.principals.is_empty()
            || !rule.permission_sets.is_empty()
            || !rule.organizational_units.is_empty()
            || !rule.principal_tags.is_empty()
            || IDENTIFYING.iter().any(|member| unread(member));
        if !bounded {
            self.fault(PolicyCode::Unbounded, path, "neither `issuer` nor `organization`");
        }
        if !rule.request_tags.is_empty() && !identified {
            let path = format!("{path}.requestTags");
            self.fault(PolicyCode::CallerChosen, &path, "no constraint that AWS vouches for");
        }
    }

    fn issuers(&mut self, path: &str, rule: &TrustRule, policy: &PolicyDocument) {
        let loopback = |issuer: &str| {
            policy.danger_loopback_issuers.iter().any(|o| issuer::is_loopback_issuer(issuer, o))
        };
        self.list(&format!("{path}.issuer"), &rule.issuer, PolicyCode::Issuer, &mut |text| {
            if issuer::is_sts_service(text) {
                return Err(format!("{}, which is the STS service, not an issuer", quoted(text)));
            }
            if text.starts_with("http://") && !loopback(text) {
                return Err(format!(
                    "{}; plain http is only for a local issuer whose origin stands in \
                     `dangerLoopbackIssuers`",
                    quoted(text)
                ));
            }
            (issuer::is_https_issuer(text) || loopback(text))
                .then_some(())
                .ok_or_else(|| quoted(text))
        });
    }

    fn contradictions(&mut self, path: &str, rule: &TrustRule, principals: &[PrincipalPattern]) {
        for (at, pattern) in principals.iter().enumerate() {
            if let Some(account) = pattern.account()
                && !rule.account.is_empty()
                && !rule.account.iter().any(|named| named == account)
            {
                let found = format!("the account {account} is not among the rule's `account`");
                self.fault(PolicyCode::Contradiction, &format!("{path}.principals[{at}]"), found);
            }
        }
        if let Some(organization) = &rule.organization {
            for (at, unit) in rule.organizational_units.iter().enumerate() {
                let named = unit.split('/').next().unwrap_or_default();
                if named.starts_with("o-") && named != organization {
                    let path = format!("{path}.organizationalUnits[{at}]");
                    let found = format!("{named} is not the rule's `organization`");
                    self.fault(PolicyCode::Contradiction, &path, found);
                }
            }
        }
    }

    fn tags(&mut self, path: &str, tags: &BTreeMap<String, Vec<String>>) {
        for (key, values) in tags {
            let path = format!("{path}.{key}");
            if !(1..=128).contains(&key.chars().count()) {
                self.fault(PolicyCode::Tag, &path, format!("the key {}", quoted(key)));
            }
            if values.is_empty() && !self.unread.contains(&root(&path)) {
                self.fault(PolicyCode::Empty, &path, "no values");
            }
            self.each_once(&path, values);
            for value in values {
                if value.chars().count() > 256 {
                    self.fault(PolicyCode::Tag, &path, format!("the value {}", quoted(value)));
                }
            }
        }
    }

    /// Checks each text of a list.
    fn list(
        &mut self,
        path: &str,
        texts: &[String],
        code: PolicyCode,
        check: &mut dyn FnMut(&str) -> Result<(), String>,
    ) {
        self.each_once(path, texts);
        for (at, text) in texts.iter().enumerate() {
            if let Err(found) = check(text) {
                self.fault(code, &format!("{path}[{at}]"), found);
            }
        }
    }

    fn each_once(&mut self, path: &str, texts: &[String]) {
        let mut seen = Names::default();
        for (at, text) in texts.iter().enumerate() {
            if !seen.insert(text, ()) {
                self.fault(PolicyCode::Duplicate, &format!("{path}[{at}]"), quoted(text));
            }
        }
    }

    fn within(&mut self, path: &str, seconds: u64, min: u64, max: u64) {
        if !(min..=max).contains(&seconds) && !self.unread.contains(path) {
            let found = format!("{seconds} is not from {min} to {max} seconds");
            self.fault(PolicyCode::Range, path, found);
        }
    }

    fn missing(&mut self, path: &str, what: &str) {
        if !self.unread.contains(path) && !self.unread.contains("") {
            self.fault(
                PolicyCode::Missing,
                path,
                format!("there is no {}", what.strip_prefix("any ").unwrap_or(what)),
            );
        }
    }

    fn fault(&mut self, code: PolicyCode, path: &str, found: impl std::fmt::Display) {
        self.faults.push(PolicyFault::new(code, path, found));
    }
}

fn tags(tags: &BTreeMap<String, Vec<String>>) -> Tags {
    let mut list = Vec::with_capacity(tags.len());
    for (key, values) in tags {
        list.push((key.clone(), values.clone()));
    }
    list
}

fn permission_set(text: &str) -> Result<SegmentPattern, String> {
    let known = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-*".contains(c);
    if text.is_empty() || text.chars().count() > 32 || !text.chars().all(known) {
        return Err(quoted(text));
    }
    SegmentPattern::parse(text).map_err(|fault| fault.to_string())
}

/// A place in an organization: `o-…`, then `r-…`, then `ou-…`, each literal or with stars.
fn organizational_unit(text: &str) -> Result<PathPattern, String> {
    let text = text.strip_suffix('/').unwrap_or(text);
    if !text.starts_with("o-") {
        return Err(format!("{}, which does not begin with an organization id", quoted(text)));
    }
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-*/".contains(c);
    if !text.chars().all(known) {
        return Err(quoted(text));
    }
    if !text.split('/').next().is_some_and(is_organization_id) {
        return Err(format!("{}, whose organization id is not one", quoted(text)));
    }
    PathPattern::parse(text).map_err(|fault| fault.to_string())
}

/// `o-` and 10 to 32 small letters or digits (Organizations API reference, DescribeOrganization).
fn is_organization_id(text: &str) -> bool {
    text.strip_prefix("o-").is_some_and(|id| {
        (10..=32).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() >= 3
        && parts.iter().all(|part| !part.is_empty())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && text.ends_with(|c: char| c.is_ascii_digit())
}

fn quoted(text: &str) -> String {
    Quoted(&shortened(text)).to_string()
}
