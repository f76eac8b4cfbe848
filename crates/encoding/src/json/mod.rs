//! Strict JSON (RFC 8259) for tokens, key sets and policies, read and written.
//!
//! Stricter than most readers, since two readers that disagree about one text are an attack: no
//! duplicate member at any depth, bounded nesting, no unpaired surrogates, no byte order mark. Numbers
//! and member order are kept exactly, and every value knows its place in the text.

mod document;
mod duplicates;
mod fault;
mod node;
mod parser;
mod row;
mod scan;
mod serializer;
mod string;
#[cfg(test)]
mod tests;
mod value;
mod writer;

pub use document::{Document, Limits};
pub use fault::{Fault, FaultKind};
pub use row::Row;
pub use serializer::to_text;
pub use value::{Kind, Member, Object, Value};
pub use writer::{push_number, push_string};
