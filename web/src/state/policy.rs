use std::rc::Rc;

use countersign::{Policy, PolicyFaults};

/// A policy as someone wrote it, and whether it can be one.
#[derive(Clone, Debug, Default)]
pub struct PolicyText {
    /// The text: JSON, finished or not.
    pub text: String,
    /// The policy, or every fault; `None` while the text is blank.
    pub outcome: Option<Result<Rc<Policy>, PolicyFaults>>,
}

impl PolicyText {
    /// Reads a policy's text.
    pub fn read(text: String) -> Self {
        let blank = text.trim().is_empty();
        let outcome = (!blank).then(|| Policy::from_json(&text).map(Rc::new));
        Self { text, outcome }
    }

    /// The policy, if the text is one.
    pub fn policy(&self) -> Option<&Rc<Policy>> {
        self.outcome.as_ref()?.as_ref().ok()
    }

    /// What is wrong with the text.
    pub fn faults(&self) -> Option<&PolicyFaults> {
        self.outcome.as_ref()?.as_ref().err()
    }
}

impl PartialEq for PolicyText {
    /// Equal texts are the same policy.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
