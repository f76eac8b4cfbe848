//! The issuer on a socket.

mod folder;
mod serve;

pub use serve::{Server, serve};
