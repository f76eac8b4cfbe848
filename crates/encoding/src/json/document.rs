use std::fmt;

use super::fault::{Fault, FaultKind};
use super::node::Node;
use super::parser::Parser;
use super::value::Value;

/// A JSON text together with its structure.
///
/// The values are places in the text, in one flat list: reading a document allocates twice, whatever
/// its shape.
#[derive(Clone)]
pub struct Document {
    pub(super) text: String,
    pub(super) nodes: Vec<Node>,
}

/// How large and how deep a text may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Longest text, in bytes.
    pub max_bytes: usize,
    /// Deepest nesting; an object within an object has depth 2.
    pub max_depth: usize,
}

impl Limits {
    /// No nesting that a parser of this crate follows is deeper, whatever the caller asks for.
    const DEPTH_CEILING: usize = 128;
}

impl Default for Limits {
    /// 1 MiB, and 32 levels.
    fn default() -> Self {
        Self { max_bytes: 1 << 20, max_depth: 32 }
    }
}

impl Document {
    /// Reads a text strictly.
    ///
    /// # Errors
    /// The first fault in the text, a duplicate member included.
    pub fn parse(text: impl Into<String>, limits: Limits) -> Result<Self, Fault> {
        let (document, duplicates) = Self::parse_noting_duplicates(text, limits)?;
        match duplicates.into_iter().next() {
            None => Ok(document),
            Some(duplicate) => Err(duplicate),
        }
    }

    /// Reads a text strictly, except that duplicate members are noted instead of refused: for showing
    /// a broken text, never for believing it.
    ///
    /// # Errors
    /// The first fault in the text that is not a duplicate member.
    pub fn parse_noting_duplicates(
        text: impl Into<String>,
        limits: Limits,
    ) -> Result<(Self, Vec<Fault>), Fault> {
        let text = text.into();
        if text.len() > limits.max_bytes || u32::try_from(text.len()).is_err() {
            return Err(Fault::new(FaultKind::TooLarge, limits.max_bytes));
        }
        let depth = limits.max_depth.min(Limits::DEPTH_CEILING);
        let (nodes, duplicates) = Parser::new(&text, depth).run()?;
        Ok((Self { text, nodes }, duplicates))
    }

    /// The outermost value.
    pub fn root(&self) -> Value<'_> {
        Value::new(self, 0)
    }

    /// The text, byte for byte as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Document").field(&self.text).finish()
    }
}
