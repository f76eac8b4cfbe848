//! How tokens, keys and policies are written: canonical base64url and strict JSON.
//!
//! In a crate of its own since every octet of a token passes through it: in WebAssembly it is built for
//! speed, where nearly all else is built for size.

pub mod base64url;
pub mod json;
pub mod names;
mod octets;
pub mod parts;
pub mod shown;
