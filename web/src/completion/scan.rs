//! The tokens of a JSON text that is being written.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `{` or `[`
    Open(char),
    /// `}` or `]`
    Close(char),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A string, or the beginning of one.
    Text,
    /// Anything else: a number, `true`, or what is to become a string.
    Word,
}

/// A token and its place in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

impl Token {
    /// Whether a value, or a name, ends here.
    pub(super) fn ends_value(&self) -> bool {
        matches!(self.kind, TokenKind::Close(_) | TokenKind::Text | TokenKind::Word)
    }

    /// Whether a value, or a name, begins here.
    pub(super) fn begins_value(&self) -> bool {
        matches!(self.kind, TokenKind::Open(_) | TokenKind::Text | TokenKind::Word)
    }
}

/// Splits a text into its tokens; white space between them is left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..) {
        let Some(first) = rest.chars().next() else { break };
        let (kind, length) = match first {
            '{' | '[' => (Some(TokenKind::Open(first)), 1),
            '}' | ']' => (Some(TokenKind::Close(first)), 1),
            ',' => (Some(TokenKind::Comma), 1),
            ':' => (Some(TokenKind::Colon), 1),
            '"' => (Some(TokenKind::Text), string(rest)),
            _ if first.is_whitespace() => (None, first.len_utf8()),
            _ => (Some(TokenKind::Word), word(rest)),
        };
        if let Some(kind) = kind {
            found.push(Token { kind, span: start..start + length });
        }
        start += length;
    }
    found
}

/// The length of the string at the beginning of a text. What is not closed on its line ends where a list or
/// an object would go on.
fn string(text: &str) -> usize {
    let mut escaped = false;
    let mut unclosed = None;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '\n' | '\r' => return unclosed.unwrap_or(at),
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            ',' | ']' | '}' if unclosed.is_none() => {
                unclosed = text.get(..at).map(|begun| begun.trim_end().len());
            }
            _ => {}
        }
    }
    unclosed.unwrap_or(text.len())
}

fn word(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || "{}[],:\"".contains(c);
    text.find(ends).unwrap_or(text.len())
}
