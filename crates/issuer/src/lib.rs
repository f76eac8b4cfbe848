//! AWS's side of IAM outbound web identity federation, for a machine of one's own.
//!
//! [`Issuer::respond`] is a function from request to response: the IAM and STS query API with AWS's XML,
//! error codes, messages and order of checks, and each account's discovery document and key set. It has
//! no clock, no IO and no globals; the time and the randomness are arguments, so that it also compiles to
//! WebAssembly. With the feature `server`, `Server` puts it on a socket and keeps its state in a folder.
//!
//! What it issues is signed with keys of its own making and is worth nothing outside a test.

mod account;
mod admin;
mod api;
mod arn;
mod authenticate;
mod authorize;
mod aws;
mod config;
mod constraints;
mod discovery;
mod http;
mod iam;
mod issuer;
mod keys;
mod query;
#[cfg(feature = "server")]
mod server;
mod sigv4;
mod snapshot;
mod sts;
mod time;
mod token;
mod token_request;
mod xml;

pub use config::{Config, ConfigError, ConfigFault, DEFAULT_CONFIG, IssuerForm, OuPathForm};
pub use http::{Peer, Request, Response};
pub use issuer::Issuer;
pub use keys::Algorithm;
#[cfg(feature = "server")]
pub use server::{Bind, BindError, Exposure, Server, base_url, serve};
pub use snapshot::{Snapshot, StateError};
pub use time::Timestamp;

#[cfg(test)]
mod tests;
