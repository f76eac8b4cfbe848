use serde::Serialize;

/// What a check expected and what it found, as text for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// What passes.
    pub expected: String,
    /// What was there; long values are shortened.
    pub found: String,
}

impl Evidence {
    /// The longest value shown, in characters.
    const LONGEST: usize = 200;

    pub(crate) fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { expected: expected.into(), found: found.into() }
    }

    /// A value's text, cut to what an error message can hold.
    pub(crate) fn shorten(text: &str) -> String {
        match text.char_indices().nth(Self::LONGEST) {
            None => text.to_owned(),
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        }
    }
}
