//! The one way in which a fault reaches JavaScript.

use std::fmt::Display;

use countersign::json::to_text;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A fault, thrown as JSON text: the host's classes make an error of it. Whatever else is thrown is a
/// trap.
#[derive(Debug)]
pub struct Fault(String);

#[derive(Serialize)]
struct Message {
    message: String,
}

impl Fault {
    /// Faults that have a shape of their own.
    pub(crate) fn of(faults: &impl Serialize) -> Self {
        Self(to_text(faults))
    }

    /// A fault that is told in a sentence.
    pub(crate) fn message(message: impl Display) -> Self {
        Self(to_text(&Message { message: message.to_string() }))
    }
}

impl From<Fault> for JsValue {
    fn from(Fault(text): Fault) -> Self {
        Self::from_str(&text)
    }
}
