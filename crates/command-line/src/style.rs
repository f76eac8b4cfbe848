//! How text looks: colours for people only, aligned rows, and nothing that could fool a terminal.

use std::fmt::Write as _;

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Colour,
    Plain,
}

impl Style {
    pub(crate) fn is_plain(self) -> bool {
        self == Self::Plain
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.paint("1;32", text)
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(crate) fn warn(self, text: &str) -> String {
        self.paint("1;33", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        match self {
            Self::Colour => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Self::Plain => text.to_owned(),
        }
    }
}

/// A text in which nothing acts on the terminal: what a token says is anyone's word, and control
/// characters or changes of the writing direction could make it look like another.
pub(crate) fn visible(text: &str) -> String {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        match c {
            '\n' => safe.push_str("\\n"),
            '\t' => safe.push_str("\\t"),
            // Writing to a string cannot fail.
            c if acts(c) => drop(write!(safe, "\\u{{{:x}}}", u32::from(c))),
            c => safe.push(c),
        }
        safe
    })
}

/// A text in a column: made visible, and filled up with spaces.
pub(crate) fn column(text: &str, width: usize) -> String {
    let text = visible(text);
    let missing = width.saturating_sub(text.chars().count());
    text + &" ".repeat(missing)
}

/// The width of the widest of several texts, in characters.
pub(crate) fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| visible(text).chars().count()).max().unwrap_or_default()
}

/// Rows of a label and a value, the values aligned.
pub(crate) fn rows(style: Style, rows: &[(&str, String)]) -> String {
    let width = widest(rows.iter().map(|(label, _)| *label));
    rows.iter().fold(String::new(), |mut text, (label, value)| {
        let label = style.faint(&column(label, width));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {label}  {}", visible(value));
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{Style, column, rows, visible};

    #[test]
    fn nothing_of_a_token_acts_on_the_terminal() {
        assert_eq!(visible("a\u{1b}[2Jb\r\n\tc\u{7f}"), r"a\u{1b}[2Jb\u{d}\n\tc\u{7f}");
        assert_eq!(
            visible("x\u{202e}y\u{2066}\u{200b}\u{9b}"),
            r"x\u{202e}y\u{2066}\u{200b}\u{9b}"
        );
        assert_eq!(visible("Zürich 日本"), "Zürich 日本");
    }

    #[test]
    fn columns_align_by_characters() {
        assert_eq!(column("ü", 3), "ü  ");
        assert_eq!(column("long", 2), "long");
        let text = rows(Style::Plain, &[("a", "1".into()), ("bcd", "2".into())]);
        assert_eq!(text, "  a    1\n  bcd  2\n");
    }
}
