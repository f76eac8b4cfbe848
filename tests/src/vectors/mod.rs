//! The conformance vectors: token, key sets, policy and time, with the verdict they must come to.

mod case;
mod json;
mod mint;
mod shared;
mod signer;
mod themes;

pub use case::{
    Case, Expectation, ExpectedFault, File, Keys, Peer, Piece, PolicySource, Shared, TokenText,
};
pub use json::Json;
pub use themes::files;
