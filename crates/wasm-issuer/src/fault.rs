//! The one way in which a fault reaches JavaScript.

use countersign_issuer::{ConfigError, StateError};
use serde_json::json;
use wasm_bindgen::JsValue;

/// A fault, thrown as JSON text: the host's classes make an error of it. Whatever else is thrown is a trap.
#[derive(Debug)]
pub struct Fault(String);

impl Fault {
    /// A configuration that cannot be used.
    pub(crate) fn config(error: &ConfigError) -> Self {
        Self(json!({ "faults": error.to_json() }).to_string())
    }

    /// A state that cannot be used.
    pub(crate) fn state(error: StateError) -> Self {
        let StateError { code, fault, remedy } = error;
        let fault = json!({ "code": code, "path": "state", "fault": fault, "remedy": remedy });
        Self(json!({ "faults": [fault] }).to_string())
    }

    /// A request that is none.
    pub(crate) fn request(fault: &str) -> Self {
        let remedy = "Give an array of names and values.";
        let fault = json!({ "code": "request.headers", "path": "headers", "fault": fault, "remedy": remedy });
        Self(json!({ "faults": [fault] }).to_string())
    }
}

impl From<Fault> for JsValue {
    fn from(Fault(text): Fault) -> Self {
        Self::from_str(&text)
    }
}
