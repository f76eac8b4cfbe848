//! AWS's side of IAM outbound web identity federation, for a machine of one's own.
//!
//! [`Issuer::respond`] is a function from request to response: the IAM and STS query API with AWS's XML,
//! error codes, messages and order of checks, and each account's discovery document and key set. It has
//! no clock, no IO and no globals; the time and the randomness are arguments, so that it also compiles to
//! WebAssembly. With the feature `server`, `Server` puts it on a socket and keeps its state in a folder.
//!
//! What it issues is signed with keys of its own making and is worth nothing outside a test.
//!
//! ```
//! use countersign_issuer::{Config, Issuer, Request, Timestamp};
//! use rand_core::SeedableRng;
//!
//! // In earnest: the operating system's randomness, and the time of day.
//! let mut entropy = chacha20::ChaCha20Rng::from_seed([0; 32]);
//! let now = Timestamp::from_unix_seconds(1_776_757_030);
//!
//! let mut issuer = Issuer::new(Config::built_in()?, "http://127.0.0.1:8080", &mut entropy);
//! let (account, url) = issuer.issuers().next().ok_or("no account")?;
//! assert_eq!(account, "111122223333");
//!
//! let path = url.replace("http://127.0.0.1:8080", "") + "/.well-known/jwks.json";
//! let request = Request { method: "GET".into(), path, ..Request::default() };
//! let response = issuer.respond(&request, now, &mut entropy);
//! assert_eq!((response.status, response.content_type), (200, "application/json"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Credentials
//!
//! A principal is found by the access key id in the `Authorization` header (Signature Version 4;
//! presigned URLs are not read). One with a `secret_access_key` in the configuration has its signature,
//! date and scope verified as AWS does; one without accepts any signature, so that any secret works.
//!
//! # Where AWS's behaviour is not known
//!
//! Nobody has published what AWS does in these cases, so a client must not depend on what is done here:
//! the messages of IAM's two errors and of `JWTPayloadSizeExceededException`; `MalformedInput` for a
//! lifetime that is no integer; the order in which several violated constraints are listed (here: that of
//! the service model); when the payload's size is checked (here: last); whether a token may end in the
//! same second as its session (here: yes); cache and CORS headers (here: configurable).

mod account;
mod admin;
mod api;
mod arn;
mod authenticate;
mod authorize;
mod aws;
mod bind;
mod config;
mod constraints;
mod discovery;
mod forgery;
mod http;
mod iam;
mod issuer;
mod key_ring;
mod keys;
mod order;
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

pub use bind::{Bind, BindError, Exposure, base_url};
pub use config::{Config, ConfigError, ConfigFault, DEFAULT_CONFIG, IssuerForm, OuPathForm};
pub use http::{Peer, Request, Response};
pub use issuer::Issuer;
pub use keys::{Algorithm, RsaKeySource};
#[cfg(feature = "server")]
pub use server::{Server, serve};
pub use snapshot::{Snapshot, StateError};
pub use time::Timestamp;

#[cfg(test)]
mod tests;
