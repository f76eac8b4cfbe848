use serde::Serialize;

use crate::shown::printable;

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
    pub(crate) fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self::of(expected.into(), found.into())
    }

    fn of(expected: String, found: String) -> Self {
        let found = printable(found);
        let found = if found.is_empty() { "an empty text".to_owned() } else { found };
        Self { expected: printable(expected), found }
    }
}

/// Texts as one, with a separator between.
pub(crate) fn joined(texts: &[impl AsRef<str>], separator: &str) -> String {
    let mut out = String::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        out.push_str(text.as_ref());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Evidence;

    #[test]
    fn evidence_can_be_logged() {
        let hostile = "a\nlevel=info \u{1b}[2J\u{202e}b\u{e0041}";
        let evidence = Evidence::new("ä \"x\"", hostile);
        assert_eq!(evidence.expected, "ä \"x\"");
        assert_eq!(evidence.found, r"a\nlevel=info \u{1b}[2J\u{202e}b\u{e0041}");
    }
}
