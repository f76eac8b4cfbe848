//! Why a token or a policy was refused: stable codes, each with its fault, remedy and HTTP status.

mod code;
mod rejection;

pub(crate) use code::codes;
pub use code::{Code, PolicyCode};
pub use rejection::Rejection;
