//! Texts of the core in both languages: codes, checks, claims, findings, evidence.

use super::Language;
use countersign::Code;

pub fn code_fault(code: Code, _: Language) -> &'static str {
    code.fault()
}
pub fn code_remedy(code: Code, _: Language) -> &'static str {
    code.remedy()
}
pub fn evidence(text: &str, _: Language) -> String {
    text.to_owned()
}
pub fn notice(_: Language) -> &'static str {
    countersign::NOTICE
}
pub fn peeled_layer(layer: &'static str, _: Language) -> &'static str {
    layer
}
