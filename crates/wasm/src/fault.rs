//! The one way in which a fault reaches JavaScript.

use std::fmt::Display;

use countersign::PolicyFaults;
use serde_json::json;
use wasm_bindgen::JsValue;

/// A fault, thrown as JSON text: the host's classes make an error of it. Whatever else is thrown is a
/// trap.
#[derive(Debug)]
pub struct Fault(String);

impl Fault {
    pub(crate) fn policy(faults: PolicyFaults) -> Self {
        Self(json!({ "faults": faults.as_slice() }).to_string())
    }

    pub(crate) fn message(message: impl Display) -> Self {
        Self(json!({ "message": message.to_string() }).to_string())
    }
}

impl From<Fault> for JsValue {
    fn from(Fault(text): Fault) -> Self {
        Self::from_str(&text)
    }
}
