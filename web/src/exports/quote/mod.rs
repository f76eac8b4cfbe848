//! Writing text so that it means itself in another language. Characters that would deceive a reader are
//! escapes in all of them.

mod cel;
mod hcl;
mod json;
mod readable;
mod rust;
mod shell;
mod sql;
#[cfg(test)]
mod tests;

pub(super) use cel::cel;
pub(super) use hcl::hcl;
pub(crate) use json::json;
pub(super) use json::object_literal;
pub(crate) use readable::readable;
pub(super) use rust::rust;
pub(super) use shell::{heredoc, shell};
pub(super) use sql::sql;

use std::fmt::Write as _;

/// Appends a character as the UTF-16 code units that `\uXXXX` escapes give.
fn push_utf16_escape(out: &mut String, character: char) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// Appends a character as `\uXXXX`, or as `\UXXXXXXXX` where four digits are too few.
fn push_unicode_escape(out: &mut String, character: char) {
    let code = u32::from(character);
    let _ =
        if code <= 0xffff { write!(out, "\\u{code:04X}") } else { write!(out, "\\U{code:08X}") };
}
