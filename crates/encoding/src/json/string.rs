//! Escapes in JSON strings (RFC 8259, section 7).

use std::borrow::Cow;

use super::fault::{Fault, FaultKind};
use super::node::{Node, NodeKind};

/// Checks the escape at `at` and answers where the text goes on.
pub(super) fn skip_escape(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match unicode_escape(bytes, at) {
            None => Err(Fault::new(FaultKind::Syntax("four hexadecimal digits after \\u"), at)),
            Some(0xd800..=0xdbff) => match unicode_escape(bytes, at + 6) {
                Some(0xdc00..=0xdfff) => Ok(at + 12),
                _ => Err(Fault::new(FaultKind::UnpairedSurrogate, at)),
            },
            Some(0xdc00..=0xdfff) => Err(Fault::new(FaultKind::UnpairedSurrogate, at)),
            Some(_) => Ok(at + 6),
        },
        _ => Err(Fault::new(FaultKind::Syntax("known escape"), at)),
    }
}

/// The contents of a string node, its escapes resolved.
#[inline]
pub(super) fn contents(text: &str, node: Node) -> Cow<'_, str> {
    let inner = text.get(node.start as usize + 1..node.end as usize - 1).unwrap_or_default();
    match node.kind {
        NodeKind::String { escaped: true } => Cow::Owned(unescape(inner)),
        _ => Cow::Borrowed(inner),
    }
}

/// Resolves escapes that [`skip_escape`] has accepted.
#[cold]
fn unescape(inner: &str) -> String {
    let bytes = inner.as_bytes();
    let mut out = String::with_capacity(inner.len());
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'\\')) {
        at += found;
        out.push_str(inner.get(plain..at).unwrap_or_default());
        let (character, length) = escape(bytes, at);
        out.extend(character);
        at += length;
        plain = at;
    }
    out.push_str(inner.get(plain..).unwrap_or_default());
    out
}

/// The character that the escape at `at` stands for, and the escape's length.
fn escape(bytes: &[u8], at: usize) -> (Option<char>, usize) {
    let character = match bytes.get(at + 1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let high = unicode_escape(bytes, at).unwrap_or_default();
            return match (high, unicode_escape(bytes, at + 6)) {
                (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
                    (char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)), 12)
                }
                _ => (char::from_u32(high), 6),
            };
        }
        Some(other) => char::from(*other),
        None => return (None, 1),
    };
    (Some(character), 2)
}

/// The code unit of `\uXXXX` at `at`, if one stands there.
fn unicode_escape(bytes: &[u8], at: usize) -> Option<u32> {
    let (prefix, digits) = bytes.get(at..at + 6)?.split_at(2);
    if prefix != b"\\u" {
        return None;
    }
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)?))
}
