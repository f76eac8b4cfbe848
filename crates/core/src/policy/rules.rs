//! All rules of a policy, and what they make of a caller. What that costs does not grow with how many there
//! are: a token is accepted after a look at those only that cover its issuer and can be met by its organization,
//! account, principal and tags. To say why one is refused takes a look at those too that differ by tags alone.

use super::index::{self, ByOrganization, Node};
use super::list::List;
use super::rule::{Caller, Constraint, Rule, Scope, TrustOutcome};
use crate::by_name::{ByName, Names};
use crate::evaluate::joined;
use crate::issuer;

/// How many pinned issuers are told of where none of them was found.
const SHOWN: usize = 3;

/// The rules of a policy, in its order.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    loopback_origins: Names,
    /// The first few issuers that are pinned, as the policy has them.
    first_pinned: Vec<String>,
    /// The rules that pin an issuer.
    pinning: ByName<ByOrganization>,
    /// The rules that pin none: they trust an organization, by any issuer that only AWS can run.
    of_aws: Option<ByOrganization>,
}

/// A rule that is not met, by the constraint that is not.
#[derive(Clone, Copy, Debug)]
struct Unmet {
    constraint: Constraint,
    at: usize,
}

impl Rules {
    pub(super) fn new(rules: Vec<Rule>, loopback_origins: &[String]) -> Self {
        let mut pinning: ByName<ByOrganization> = ByName::default();
        let mut of_aws: Option<ByOrganization> = None;
        for (at, rule) in rules.iter().enumerate() {
            for issuer in rule.pinned_issuers() {
                let beginning = || ByOrganization::beginning(at);
                pinning.update(issuer, beginning, |rules| rules.add(at, rule));
            }
            if rule.trusts_any_issuer() {
                of_aws.get_or_insert_with(|| ByOrganization::beginning(at)).add(at, rule);
            }
        }
        let loopback_origins = loopback_origins.iter().collect();
        let pinned = rules.iter().flat_map(Rule::pinned_issuers);
        let first_pinned = pinned.take(SHOWN + 1).map(str::to_owned).collect();
        Self { rules, loopback_origins, first_pinned, pinning, of_aws }
    }

    /// Every rule, in the policy's order.
    pub(super) fn as_slice(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether a rule pins this issuer.
    pub(crate) fn pin(&self, issuer: &str) -> bool {
        self.pinning.contains(issuer)
    }

    /// The issuers whose tokens are taken, as text for people.
    pub(crate) fn issuers_text(&self) -> String {
        let mut texts: Vec<&str> = self.first_pinned.iter().map(String::as_str).collect();
        if texts.len() > SHOWN {
            texts.truncate(SHOWN);
            texts.push("another pinned issuer");
        }
        if self.of_aws.is_some() {
            texts.push("https://<label>.tokens.sts.global.api.aws of a trusted organization");
        }
        joined(&texts, " or ")
    }

    /// Whether a rule takes tokens of this issuer.
    pub(crate) fn cover(&self, issuer: &str) -> bool {
        self.covering(issuer).iter().any(Option::is_some)
    }

    /// What the rules make of a caller: the first that is met, or why the closest is not. That is the first of
    /// those whose unmet constraint comes last.
    pub(crate) fn judge(&self, caller: Caller<'_>, scope: Scope) -> TrustOutcome<'_> {
        match self.first_met(caller, scope) {
            None => TrustOutcome::Uncovered,
            Some(Ok(at)) => self.rules.get(at).map_or(TrustOutcome::Uncovered, TrustOutcome::Met),
            Some(Err(Unmet { constraint, at })) => {
                self.rules.get(at).map_or(TrustOutcome::Uncovered, |rule| {
                    TrustOutcome::Unmet(rule.mismatch(constraint, caller))
                })
            }
        }
    }

    /// The rules that cover an issuer: those that pin it, and those that trust an organization where only AWS
    /// can run the issuer.
    fn covering(&self, issuer: &str) -> [Option<&ByOrganization>; 2] {
        let of_aws = self.of_aws.as_ref().filter(|_| self.is_of_aws(issuer));
        [self.pinning.get(issuer), of_aws]
    }

    fn is_of_aws(&self, text: &str) -> bool {
        issuer::is_aws_issuer(text)
            || issuer::origin_of(text).is_some_and(|origin| self.loopback_origins.contains(origin))
    }

    /// The first rule that is met, or the closest; `None` if none covers the issuer.
    fn first_met(&self, caller: Caller<'_>, scope: Scope) -> Option<Result<usize, Unmet>> {
        let unmet = |constraint, at| Unmet { constraint, at };
        let covering = self.covering(caller.issuer);
        let of_organization: [_; 4] = index::open_to(covering, caller.organization());
        let of_account: [_; 8] = index::open_to(of_organization, caller.account());

        let Some(first) = index::first(of_account) else {
            // Nobody gets as far as to its account: whoever gets to it is closest, and then the first of all.
            let closest = match index::first(of_organization) {
                Some(first) => unmet(Constraint::Account, first),
                None => unmet(Constraint::Organization, index::first(covering)?),
            };
            return Some(Err(closest));
        };
        if scope == Scope::OrganizationAndAccount {
            return Some(Ok(first));
        }
        let lists =
            || of_account.into_iter().flatten().flat_map(|rules| rules.open_to(caller.principal));
        let tags = caller.aws.map(|aws| &aws.principal_tags);
        let mut met: Option<usize> = None;
        for list in lists().flat_map(|list| list.open_to(tags)) {
            let earlier = list.iter().take_while(|at| met.is_none_or(|met| **at < met));
            met = earlier.copied().find(|at| self.is_met(*at, caller)).or(met);
        }
        if let Some(met) = met {
            return Some(Ok(met));
        }
        // All of these get to their principal, and those that are not looked at fail there.
        let mut closest = unmet(Constraint::Principal, first);
        for &at in lists().flat_map(List::all) {
            if let Some(constraint) = self.rules.get(at).and_then(|rule| rule.first_unmet(caller)) {
                closest = closest.or_closer(unmet(constraint, at));
            }
        }
        Some(Err(closest))
    }

    /// Whether a rule is met whose organization and account are the caller's.
    fn is_met(&self, at: usize, caller: Caller<'_>) -> bool {
        self.rules.get(at).is_some_and(|rule| rule.first_unmet(caller).is_none())
    }
}

impl Unmet {
    fn or_closer(self, other: Self) -> Self {
        let is_closer = other.constraint > self.constraint
            || (other.constraint == self.constraint && other.at < self.at);
        if is_closer { other } else { self }
    }
}
