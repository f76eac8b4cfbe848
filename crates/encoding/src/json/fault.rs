use std::fmt;

use crate::shown::{Quoted, shortened};

/// What is wrong with a JSON text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where: an offset into the text, in bytes.
    pub offset: usize,
}

/// What can be wrong with a JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The text begins with a byte order mark (RFC 8259, section 8.1).
    ByteOrderMark,
    /// An object names a member twice, after escapes are resolved.
    DuplicateMember(String),
    /// The text breaks the grammar: what was expected at this place.
    Syntax(&'static str),
    /// Arrays and objects are nested deeper than allowed.
    TooDeep,
    /// The text is longer than allowed.
    TooLarge,
    /// A `\u` escape is half of a surrogate pair without the other half.
    UnpairedSurrogate,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, offset: usize) -> Self {
        Self { kind, offset }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            FaultKind::ByteOrderMark => f.write_str("a byte order mark")?,
            FaultKind::DuplicateMember(name) => {
                write!(f, "the member {} a second time", Quoted(&shortened(name)))?;
            }
            FaultKind::Syntax(expected) => write!(f, "no {expected}")?,
            FaultKind::TooDeep => f.write_str("nesting deeper than allowed")?,
            FaultKind::TooLarge => f.write_str("a text longer than allowed")?,
            FaultKind::UnpairedSurrogate => f.write_str("an unpaired surrogate escape")?,
        }
        write!(f, " at byte {}", self.offset)
    }
}

impl std::error::Error for Fault {}
