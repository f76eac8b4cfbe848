//! Keys: reading them (RFC 7517), verifying with them (RFC 7518), and having them when they are needed.
//!
//! Nothing here fetches, reads a clock or keeps a global: the [`KeyStore`] says what to fetch, and is
//! told what came back and what time it is.

mod algorithm;
mod cache_control;
mod code;
mod discovery;
mod equipment;
mod fault;
mod freshness;
mod http_date;
mod jwk;
mod key;
mod key_set;
mod origin;
mod pasted;
mod pem;
#[cfg(test)]
mod properties;
mod store;

pub use algorithm::Algorithm;
pub use code::{DiscoveryCode, JwkCode, KeySetCode};
pub use discovery::{Discovery, discovery_url};
pub use equipment::{HostCryptography, HostKey};
pub use fault::{DiscoveryFault, KeySetFault, SkipReason};
pub use freshness::FreshnessHeaders;
pub use key::{Key, SignatureFault};
pub use key_set::{KeyLookup, KeySet, KeySetLimits, SkippedKey};
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub(crate) use origin::is_loopback;
pub use store::{
    Counters, Effect, Fetch, FetchFailure, FetchOutcome, FetchPurpose, FormFault, IssuerSnapshot,
    KeyStore, KeyStoreSettings, Lookup, Preparation, Readiness, Refusal, Restored, SettingsFault,
    Size, SkippedIssuer, Snapshot, SnapshotFault, Supplied,
};
pub(crate) use store::{Generation, Renewing};
