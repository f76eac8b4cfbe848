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
        Self::of(expected.into(), found.into())
    }

    fn of(expected: String, found: String) -> Self {
        let found = printable(found);
        let found = if found.is_empty() { "an empty text".to_owned() } else { found };
        Self { expected: printable(expected), found }
    }

    /// A value's text, cut to what an error message can hold.
    pub(crate) fn shorten(text: &str) -> String {
        match text.char_indices().nth(Self::LONGEST) {
            None => text.to_owned(),
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        }
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

/// A text that can be logged and shown: what a hostile token could use to forge log lines, to drive a
/// terminal or to reorder what people read is escaped.
pub(crate) fn printable(text: String) -> String {
    if !text.contains(is_deceptive) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_deceptive(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}

/// Whether a character could deceive a reader: control characters, line separators, and characters that
/// are invisible or change direction. Whoever shows text from a token shows these as escapes.
pub fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
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
