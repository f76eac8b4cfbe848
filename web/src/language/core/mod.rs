//! Texts of the core in both languages: codes, checks, claims, findings, evidence.
//!
//! The English is the core's own; the Japanese stands here beside it. What the core puts together from
//! words and data is told apart by templates: see [`evidence`].

mod checks;
mod claims;
mod codes;
mod evidence;
mod findings;
mod keys;
mod phrases;
mod policy_faults;
mod template;
#[cfg(test)]
mod tests;

pub use checks::{check_name, check_question};
pub use claims::{asserter, claim_meaning, header_meaning, principal_kind};
pub use codes::{code_fault, code_remedy};
pub use evidence::{evidence, expected, found};
pub use findings::{finding_message, notice, peeled_layer};
pub use keys::{discovery_fault, fetch_failure, key_set_fault, refusal, skipped_key};
pub use policy_faults::policy_fault;
