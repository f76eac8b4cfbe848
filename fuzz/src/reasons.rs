//! The list: why another reader accepts what we refuse, or the other way round. What is not on it is a
//! defect, of theirs or of ours. Each reason looks at the input itself, and so cannot hide another one.

mod json;
mod token;

pub use json::JsonReason;
pub use token::{Case, TokenReason};
