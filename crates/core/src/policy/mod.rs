//! Whom a service trusts, and for what: data, checked when it is built, never at the first request.

mod compile;
mod document;
mod fault;
mod reader;
mod rule;
#[cfg(test)]
mod tests;

use crate::keys::Algorithm;
use rule::Rule;

pub use document::{PolicyDocument, TrustRule};
pub use fault::{PolicyFault, PolicyFaults};
pub(crate) use rule::{Caller, Scope, TrustOutcome, judge};

/// A policy that has been checked: it can be right.
#[derive(Clone, Debug)]
pub struct Policy {
    document: PolicyDocument,
    rules: Vec<Rule>,
}

impl Policy {
    /// Checks a policy.
    ///
    /// # Errors
    /// Every fault of the policy at once.
    pub fn new(document: PolicyDocument) -> Result<Self, PolicyFaults> {
        let mut faults = Vec::new();
        let rules = compile::compile(&document, &mut faults);
        PolicyFaults::none_of(faults)?;
        Ok(Self { document, rules })
    }

    /// Reads and checks a policy as strict JSON; its shape is given by its JSON Schema
    /// (`countersign policy schema`).
    ///
    /// # Errors
    /// Every fault of the policy at once.
    pub fn from_json(text: &str) -> Result<Self, PolicyFaults> {
        let (document, mut faults) = reader::read(text)?;
        let rules = compile::compile(&document, &mut faults);
        PolicyFaults::none_of(faults)?;
        Ok(Self { document, rules })
    }

    /// The policy as data, with its defaults filled in.
    pub fn document(&self) -> &PolicyDocument {
        &self.document
    }

    /// The issuers that the policy pins, in its order.
    pub fn pinned_issuers(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().flat_map(Rule::pinned_issuers)
    }

    pub(crate) fn algorithms(&self) -> &[Algorithm] {
        &self.document.algorithms
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }
}
