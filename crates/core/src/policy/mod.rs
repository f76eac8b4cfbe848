//! Whom a service trusts, and for what: data, checked when it is built, never at the first request.

mod compile;
mod document;
mod fault;
mod index;
mod list;
#[cfg(test)]
mod properties;
mod reader;
mod rule;
mod rules;
#[cfg(test)]
mod tests;

use crate::by_name::Names;
use crate::evaluate::joined;
use crate::keys::Algorithm;
use crate::shown::shortened;
use rule::Rule;
use rules::Rules;

pub use document::{PolicyDocument, TrustRule};
pub use fault::{PolicyFault, PolicyFaults};
pub(crate) use rule::{Caller, Scope, TrustOutcome};

/// A policy that has been checked: it can be right.
#[derive(Clone, Debug)]
pub struct Policy {
    document: PolicyDocument,
    rules: Rules,
    audiences: Names,
    /// The audiences as text for people.
    audience_text: String,
}

impl Policy {
    /// Checks a policy.
    ///
    /// # Errors
    /// Every fault of the policy at once.
    pub fn new(document: PolicyDocument) -> Result<Self, PolicyFaults> {
        let mut faults = Vec::new();
        let rules = compile::compile(&document, &mut faults);
        Self::of(document, rules, faults)
    }

    /// Reads and checks a policy as strict JSON; its shape is given by its JSON Schema
    /// (`countersign policy schema`).
    ///
    /// # Errors
    /// Every fault of the policy at once.
    pub fn from_json(text: &str) -> Result<Self, PolicyFaults> {
        let (document, mut faults) = reader::read(text)?;
        let rules = compile::compile(&document, &mut faults);
        Self::of(document, rules, faults)
    }

    /// The policy as data, with its defaults filled in.
    pub fn document(&self) -> &PolicyDocument {
        &self.document
    }

    /// The issuers that the policy pins, in its order.
    pub fn pinned_issuers(&self) -> impl Iterator<Item = &str> {
        self.rules.as_slice().iter().flat_map(Rule::pinned_issuers)
    }

    pub(crate) fn algorithms(&self) -> &[Algorithm] {
        &self.document.algorithms
    }

    /// Whether a token for this audience is for this policy's service.
    pub(crate) fn names_audience(&self, audience: &str) -> bool {
        self.audiences.contains(audience)
    }

    /// The audiences, shortened, as text for people.
    pub(crate) fn audience_text(&self) -> &str {
        &self.audience_text
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }

    fn of(
        document: PolicyDocument,
        rules: Vec<Rule>,
        faults: Vec<PolicyFault>,
    ) -> Result<Self, PolicyFaults> {
        PolicyFaults::none_of(faults)?;
        let rules = Rules::new(rules, &document.danger_loopback_issuers);
        let audiences = document.audience.iter().collect();
        let audience_text = shortened(&joined(&document.audience, " or "));
        Ok(Self { document, rules, audiences, audience_text })
    }
}
