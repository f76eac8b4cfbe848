//! A verifier for services: it fetches what the [`Verifier`] asks for, and waits.
//!
//! [`AsyncVerifier`] is driven by a [`Host`], which has the clock, the timers and the network. With the feature
//! `reqwest` there is one for Tokio:
//!
#![cfg_attr(all(feature = "reqwest", not(target_family = "wasm")), doc = "```no_run")]
#![cfg_attr(not(all(feature = "reqwest", not(target_family = "wasm"))), doc = "```ignore")]
//! use countersign::service::{AsyncVerifier, HttpHost};
//! use countersign::{KeyStoreSettings, Policy, Verifier};
//!
//! # async fn example(token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let policy = Policy::from_json(
//!     r#"{ "audience": "https://api.example.com", "trust": [{ "organization": "o-abc1234567" }] }"#,
//! )?;
//! let verifier = Verifier::new(policy, KeyStoreSettings::default())?;
//! let verifier = AsyncVerifier::new(verifier, HttpHost::new()?);
//!
//! let verified = verifier.verify(token).await?;
//! println!("{} of account {}", verified.principal().name, verified.principal().account);
//! # Ok(())
//! # }
//! ```
//!
//! [`Verifier`]: crate::Verifier

#[cfg(all(feature = "reqwest", target_family = "wasm"))]
compile_error!(
    "countersign: the feature `reqwest` is for Tokio; in WebAssembly reqwest follows redirects, so implement `Host` \
     over the runtime's own fetch, as examples/rust-worker does"
);

mod builder;
mod event;
mod flight;
mod host;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
mod http_host;
mod metrics;
mod replay;
mod shared;
mod verifier;
mod within;

pub use builder::AsyncVerifierBuilder;
pub use event::Event;
pub use host::{Host, Work};
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub use http_host::{HttpHost, HttpHostFault};
pub use metrics::Metrics;
pub use replay::ReplayStore;
pub use verifier::AsyncVerifier;
