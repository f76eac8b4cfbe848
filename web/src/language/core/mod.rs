//! Texts of the core in both languages: codes, checks, claims, findings, evidence.
//!
//! The English is the core's own; the Japanese stands here beside it.

mod checks;
mod claims;
mod codes;

use super::Language;

pub use checks::{check_name, check_question};
pub use claims::{asserter, claim_meaning, header_meaning, principal_kind};
pub use codes::{code_fault, code_remedy};

pub fn evidence(text: &str, _: Language) -> String {
    text.to_owned()
}
pub fn notice(_: Language) -> &'static str {
    countersign::NOTICE
}
pub fn peeled_layer(layer: &'static str, _: Language) -> &'static str {
    layer
}
