//! What may stand at a place of a policy text, from the policy's JSON Schema.
//!
//! The text is one that is being written, so it is read as far as it goes. `policy.schema.json` is generated
//! from the policy's types (`cargo xtask generate`).

mod complete;
mod japanese;
mod known;
mod place;
mod scan;
mod schema;
#[cfg(test)]
mod tests;
mod tree;

pub use complete::{Completions, Item, ItemKind, complete};
pub use known::Known;
pub use place::{Hover, fault_ranges, hover};
