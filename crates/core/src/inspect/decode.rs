//! Decoding what is broken, as far as it goes.

use super::finding::Finding;
use crate::base64url;
use crate::json::{Document, Limits};

/// No more parts than this are shown.
pub(super) const MOST_PARTS: usize = 6;

/// Decodes base64url, forgiving padding, plain base64's alphabet and a cut end; it stops at the first
/// other character.
pub(super) fn as_far_as_possible(text: &str) -> Vec<u8> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '=' | '\n' | '\r' | ' '))
        .map(|c| match c {
            '+' => '-',
            '/' => '_',
            other => other,
        })
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    // A text cut off within its last group of four still has the groups before it, and one spelled
    // with stray bits differs from a canonical one in its last character only.
    let end = plain.len();
    (0..=3)
        .filter_map(|cut| plain.get(..end.checked_sub(cut)?))
        .find_map(|text| base64url::decode(text).ok())
        .unwrap_or_default()
}

/// Reads JSON, noting what is wrong with it.
pub(super) fn document(text: &str, findings: &mut Vec<Finding>) -> Option<Document> {
    match Document::parse_noting_duplicates(text, Limits { max_depth: 100, ..Limits::default() }) {
        Ok((document, duplicates)) => {
            for duplicate in duplicates {
                Finding::json(&duplicate).note_in(findings);
            }
            Some(document)
        }
        Err(fault) => {
            Finding::json(&fault).note_in(findings);
            None
        }
    }
}
