//! One trust rule, and whether a token meets it.

use std::collections::BTreeMap;

use crate::arn::{PathPattern, Principal, PrincipalPattern, SegmentPattern};
use crate::claims::AwsClaims;
use crate::error::Code;
use crate::evaluate::{Evidence, joined};
use crate::shown::{Quoted, shortened};

/// A trust rule whose patterns are read.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(super) name: String,
    pub(super) issuers: Vec<String>,
    pub(super) organization: Option<String>,
    pub(super) accounts: Vec<String>,
    pub(super) principals: Vec<PrincipalPattern>,
    pub(super) permission_sets: Vec<SegmentPattern>,
    pub(super) organizational_units: Vec<PathPattern>,
    pub(super) principal_tags: Tags,
    pub(super) request_tags: Tags,
    pub(super) source_regions: Vec<String>,
}

/// For each tag the values of which it must have one, in the order of the tags.
pub(super) type Tags = Vec<(String, Vec<String>)>;

/// Who a token says is calling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) principal: Option<&'a Principal>,
    pub(crate) aws: Option<&'a AwsClaims>,
}

/// The constraints of a rule, in the order in which they are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Constraint {
    Organization,
    Account,
    Principal,
    PermissionSet,
    OrganizationalUnit,
    PrincipalTag,
    RequestTag,
    SourceRegion,
}

/// Why no rule is met: the first unmet constraint of the rule that came closest.
#[derive(Clone, Debug)]
pub(crate) struct Mismatch {
    pub(crate) code: Code,
    pub(crate) evidence: Evidence,
}

/// What the trust rules make of a caller.
#[derive(Clone, Debug)]
pub(crate) enum TrustOutcome<'p> {
    /// The first rule that is met.
    Met(&'p Rule),
    /// No rule covers the issuer.
    Uncovered,
    /// Rules cover the issuer, and none is met.
    Unmet(Mismatch),
}

/// Which constraints to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All of them.
    All,
    /// Organization and account only: enough to know a stranger before anything is fetched.
    OrganizationAndAccount,
}

impl Rule {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn pinned_issuers(&self) -> impl Iterator<Item = &str> {
        self.issuers.iter().map(String::as_str)
    }

    /// Whether the rule trusts an organization, by any issuer that only AWS can run.
    pub(super) fn trusts_any_issuer(&self) -> bool {
        self.issuers.is_empty() && self.organization.is_some()
    }

    /// The first constraint, besides organization and account, that the caller does not meet.
    pub(super) fn first_unmet(&self, caller: Caller<'_>) -> Option<Constraint> {
        use Constraint::{
            OrganizationalUnit, PermissionSet, PrincipalTag, RequestTag, SourceRegion,
        };
        let principal = caller.principal;
        let aws = caller.aws;
        if !self.principals.is_empty()
            && !principal.is_some_and(|p| self.principals.iter().any(|pattern| pattern.matches(p)))
        {
            return Some(Constraint::Principal);
        }
        let set = principal.and_then(|p| p.permission_set.as_deref());
        if !self.permission_sets.is_empty()
            && !set.is_some_and(|set| self.permission_sets.iter().any(|p| p.matches(set)))
        {
            return Some(PermissionSet);
        }
        if !self.organizational_units.is_empty() && !aws.is_some_and(|aws| self.is_within(aws)) {
            return Some(OrganizationalUnit);
        }
        let unmet = |wanted: &Tags, found: Option<&BTreeMap<_, _>>| {
            first_unmet_tag(wanted, found).is_some()
        };
        if unmet(&self.principal_tags, aws.map(|aws| &aws.principal_tags)) {
            return Some(PrincipalTag);
        }
        if unmet(&self.request_tags, aws.map(|aws| &aws.request_tags)) {
            return Some(RequestTag);
        }
        let region = aws.and_then(|aws| aws.source_region.as_ref());
        if !self.source_regions.is_empty()
            && !region.is_some_and(|region| self.source_regions.contains(region))
        {
            return Some(SourceRegion);
        }
        None
    }

    fn is_within(&self, aws: &AwsClaims) -> bool {
        aws.organizational_units.iter().any(|path| {
            let path = path.strip_suffix('/').unwrap_or(path);
            self.organizational_units.iter().any(|pattern| pattern.matches(path))
        })
    }

    /// What an unmet constraint wanted, and what was there.
    pub(super) fn mismatch(&self, unmet: Constraint, caller: Caller<'_>) -> Mismatch {
        let (code, expected) = self.wanted(unmet, caller);
        let name = &self.name;
        let expected = format!("{expected} (rule {})", Quoted(name));
        let needs_aws_claim = !matches!(
            unmet,
            Constraint::Account | Constraint::Principal | Constraint::PermissionSet
        );
        let (code, found) = match caller.aws {
            None if needs_aws_claim => {
                (Code::AwsClaimMissing, "no claim `https://sts.amazonaws.com/`".to_owned())
            }
            _ => (code, self.found(unmet, caller)),
        };
        Mismatch { code, evidence: Evidence::new(expected, found) }
    }

    fn wanted(&self, unmet: Constraint, caller: Caller<'_>) -> (Code, String) {
        match unmet {
            Constraint::Organization => {
                let organization = self.organization.as_deref().unwrap_or_default();
                (Code::TrustOrganization, format!("organization {organization}"))
            }
            Constraint::Account => {
                let accounts = any_of(self.accounts.iter().map(String::as_str));
                (Code::TrustAccount, format!("account {accounts}"))
            }
            Constraint::Principal => {
                (Code::TrustPrincipal, any_of(self.principals.iter().map(|p| p.as_str())))
            }
            Constraint::PermissionSet => {
                let wanted = any_of(self.permission_sets.iter().map(SegmentPattern::to_string));
                (Code::TrustPermissionSet, format!("permission set {wanted}"))
            }
            Constraint::OrganizationalUnit => {
                let wanted = any_of(self.organizational_units.iter().map(|p| p.as_str()));
                (Code::TrustOrganizationalUnit, wanted)
            }
            Constraint::PrincipalTag => {
                let found = caller.aws.map(|aws| &aws.principal_tags);
                (Code::TrustPrincipalTag, wanted_tag(&self.principal_tags, found))
            }
            Constraint::RequestTag => {
                let found = caller.aws.map(|aws| &aws.request_tags);
                (Code::TrustRequestTag, wanted_tag(&self.request_tags, found))
            }
            Constraint::SourceRegion => {
                let regions = any_of(self.source_regions.iter().map(String::as_str));
                (Code::TrustSourceRegion, format!("region {regions}"))
            }
        }
    }

    fn found(&self, unmet: Constraint, caller: Caller<'_>) -> String {
        let aws = caller.aws;
        let text = match unmet {
            Constraint::Organization => aws.and_then(|aws| aws.organization.clone()),
            Constraint::Account => caller.account().map(str::to_owned),
            Constraint::Principal => caller.principal.map(|p| p.arn.clone()),
            Constraint::PermissionSet => {
                caller.principal.map(|p| p.permission_set.clone().unwrap_or_else(|| p.arn.clone()))
            }
            Constraint::OrganizationalUnit => aws
                .filter(|aws| !aws.organizational_units.is_empty())
                .map(|aws| joined(&aws.organizational_units, ", ")),
            Constraint::PrincipalTag => {
                aws.and_then(|aws| found_tag(&self.principal_tags, &aws.principal_tags))
            }
            Constraint::RequestTag => {
                aws.and_then(|aws| found_tag(&self.request_tags, &aws.request_tags))
            }
            Constraint::SourceRegion => aws.and_then(|aws| aws.source_region.clone()),
        };
        text.map_or_else(|| unmet.absence().to_owned(), |text| shortened(&text))
    }
}

impl Constraint {
    /// What to say when the token has nothing that could meet the constraint.
    fn absence(self) -> &'static str {
        match self {
            Self::Account => "no account",
            Self::Organization => "no organization",
            Self::OrganizationalUnit => "no organizational unit",
            Self::PermissionSet | Self::Principal => "no role or user",
            Self::PrincipalTag | Self::RequestTag => "no such tag",
            Self::SourceRegion => "no region",
        }
    }
}

impl<'a> Caller<'a> {
    /// The organization in AWS's claim.
    pub(super) fn organization(&self) -> Option<&'a str> {
        self.aws.and_then(|aws| aws.organization.as_deref())
    }

    /// The account that the subject names, or AWS's claim where the subject is no principal.
    pub(super) fn account(&self) -> Option<&'a str> {
        let claimed = self.aws.and_then(|aws| aws.account.as_deref());
        self.principal.map(|principal| principal.account.as_str()).or(claimed)
    }
}

/// The first tag that is wanted and not there.
fn first_unmet_tag<'w>(
    wanted: &'w Tags,
    found: Option<&BTreeMap<String, String>>,
) -> Option<&'w (String, Vec<String>)> {
    wanted.iter().find(|(key, values)| {
        !found.and_then(|tags| tags.get(key)).is_some_and(|value| values.contains(value))
    })
}

fn wanted_tag(wanted: &Tags, found: Option<&BTreeMap<String, String>>) -> String {
    first_unmet_tag(wanted, found).map_or_else(String::new, |(key, values)| {
        format!("tag {key} = {}", any_of(values.iter().map(String::as_str)))
    })
}

fn found_tag(wanted: &Tags, found: &BTreeMap<String, String>) -> Option<String> {
    let (key, _) = first_unmet_tag(wanted, Some(found))?;
    found.get(key).map(|value| format!("tag {key} = {value}"))
}

/// `a`, `a or b`, or the first few and how many more.
fn any_of<T: AsRef<str>>(texts: impl ExactSizeIterator<Item = T>) -> String {
    const SHOWN: usize = 5;
    let more = texts.len().saturating_sub(SHOWN);
    let mut shown = String::new();
    for (at, text) in texts.take(SHOWN).enumerate() {
        if at > 0 {
            shown.push_str(" or ");
        }
        shown.push_str(text.as_ref());
    }
    match more {
        0 => shown,
        more => format!("{shown} or one of {more} more"),
    }
}
