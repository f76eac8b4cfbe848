//! The issuer on a socket.

mod bind;
mod folder;
mod serve;

pub use bind::{Bind, BindError, Exposure, base_url};
pub use serve::{Server, serve};
