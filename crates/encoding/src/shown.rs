//! Text of a stranger as people are shown it: in a log, on a terminal, on a page.

use std::fmt::{self, Write as _};

/// Whether a character could deceive a reader: control characters, line separators, and characters that
/// are invisible or change direction. Whoever shows text from a token shows these as escapes.
pub fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A text that can be logged and shown: what a hostile token could use to forge log lines, to drive a
/// terminal or to reorder what people read is escaped.
pub fn printable(text: String) -> String {
    if !text.chars().any(is_deceptive) {
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

/// As much of a value's text as an error message can hold.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// A text between quotation marks. What would end it or could deceive a reader is escaped.
///
/// Not the text's `Debug`: that knows for every character of Unicode whether it is printable, by tables that would
/// be a fiftieth of the WebAssembly module.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a>(pub &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => {
                    f.write_char('\\')?;
                    f.write_char(character)?;
                }
                _ if is_deceptive(character) => write!(f, "{}", character.escape_default())?,
                _ => f.write_char(character)?,
            }
        }
        f.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use super::{Quoted, printable};

    #[test]
    fn what_could_deceive_is_escaped() {
        let hostile = "a\nlevel=info \u{1b}[2J\u{202e}b\u{e0041}";
        assert_eq!(printable(hostile.to_owned()), r"a\nlevel=info \u{1b}[2J\u{202e}b\u{e0041}");
        assert_eq!(printable("ä \"x\"".to_owned()), "ä \"x\"");
    }

    #[test]
    fn a_text_is_quoted_as_programs_quote() {
        for text in ["", "plain", "ä €😀", "a\"b\\c", "\n\r\t\u{1b}\u{202e}\u{0}\u{7f}\u{85}"]
        {
            let debug = format!("{text:?}").replace("\\0", "\\u{0}");
            assert_eq!(Quoted(text).to_string(), debug);
        }
    }
}
