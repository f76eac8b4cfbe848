use std::fmt::Display;
use std::ops::Deref;

use yew::prelude::*;

use crate::language::{Language, Text};
use crate::state::{Action, State};

/// The state, and what can be done to it.
#[derive(Clone, PartialEq)]
pub struct Page(UseReducerHandle<State>);

impl Page {
    /// The page over this state.
    pub fn new(state: UseReducerHandle<State>) -> Self {
        Self(state)
    }

    /// Lets something happen.
    pub fn dispatch(&self, action: Action) {
        self.0.dispatch(action);
    }

    /// What makes things happen; it stays the same while the state changes.
    pub fn dispatcher(&self) -> UseReducerDispatcher<State> {
        self.0.dispatcher()
    }

    /// The language of every text.
    pub fn language(&self) -> Language {
        self.preferences.language
    }

    /// A text in the page's language.
    pub fn text(&self, text: Text) -> &'static str {
        text.in_language(self.language())
    }

    /// A text in the page's language, its holes filled.
    pub fn fill(&self, text: Text, holes: &[(&str, &dyn Display)]) -> String {
        text.fill(self.language(), holes)
    }
}

impl Deref for Page {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

/// The page, whatever of it is shown.
#[hook]
#[expect(
    clippy::expect_used,
    reason = "every component is within the application, which provides it"
)]
pub fn use_page() -> Page {
    use_context().expect("components are within the application")
}
