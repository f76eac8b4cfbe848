//! The command line for JavaScript hosts: its requests go out as JSON text, and their replies come in as such.
//! Octets (of files, standard input and answers) come beside them.

mod reply;
mod request;
mod surroundings;

use countersign_command_line::{PageFault, Request, Step, VARIABLES};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// The names of the environment variables that the program wants to know, as a JSON array.
#[wasm_bindgen(js_name = environmentVariables)]
pub fn environment_variables() -> String {
    serde_json::json!([&VARIABLES[..], &[surroundings::COLUMNS]].concat()).to_string()
}

/// What clients of a local issuer are told when its state could not be saved for this reason, a `SystemError` as JSON.
///
/// # Errors
/// When it is something else.
#[wasm_bindgen(js_name = unsavedState)]
pub fn unsaved_state(reason: &str) -> Result<String, JsError> {
    Ok(reply::unsaved(reason)?)
}

/// See [`countersign_command_line::Program`].
#[wasm_bindgen]
#[derive(Debug)]
pub struct Program {
    program: countersign_command_line::Program,
    request: Option<Request>,
}

#[wasm_bindgen]
impl Program {
    /// A run with these arguments, without the program's own name, as a JSON array, in surroundings as
    /// `Surroundings` has them.
    ///
    /// # Errors
    /// When one of both is something else.
    #[wasm_bindgen(constructor)]
    pub fn new(arguments: &str, surroundings: &str) -> Result<Self, JsError> {
        let arguments: Vec<String> = serde_json::from_str(arguments)?;
        let arguments = ["countersign".to_owned()].into_iter().chain(arguments);
        let environment = surroundings::read(surroundings)?;
        let program = countersign_command_line::Program::new(arguments, environment);
        Ok(Self { program, request: None })
    }

    /// Goes on until the host is needed, or to the end: what it is to do, as JSON. The time is in seconds since the
    /// epoch.
    pub fn step(&mut self, now: f64) -> String {
        loop {
            match self.program.step(now as u64) {
                Step::Exit(code) => return request::exit(code),
                Step::Ask(Request::ServePage { reply, .. }) => reply.give(Err(PageFault::NotHere)),
                Step::Ask(request) => {
                    let text = request::to_json(&request);
                    self.request = Some(request);
                    return text;
                }
            }
        }
    }

    /// What came of the request: as JSON, with the octets that were read.
    ///
    /// # Errors
    /// When it is no answer to it.
    pub fn reply(&mut self, answer: &str, octets: Vec<u8>) -> Result<(), JsError> {
        let request = self.request.take().ok_or_else(|| JsError::new("nothing was asked for"))?;
        Ok(reply::give(request, answer, octets)?)
    }
}
