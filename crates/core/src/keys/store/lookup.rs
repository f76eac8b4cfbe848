use std::fmt;

use serde::Serialize;

use super::fetch::{Fetch, FetchPurpose};
use crate::keys::algorithm::Algorithm;
use crate::keys::fault::SkipReason;
use crate::keys::key::Key;
use crate::shown::Quoted;

/// The store's answer to a request for a key.
#[derive(Debug)]
pub enum Lookup {
    /// The host should carry this out, tell the store what came of it, and ask again.
    Fetch(Fetch),
    /// The key. It may be used while others go on asking the store.
    Ready {
        /// The key.
        key: Key,
        /// Whether it is past its lifetime, and serves on only because its issuer cannot be reached.
        stale: bool,
        /// To be carried out besides, while the key is used: keys are renewed before their time is over.
        refresh: Option<Fetch>,
    },
    /// There is no key, and why.
    Refused(Refusal),
    /// A fetch for this issuer is under way: ask again when its outcome is there, or at this time.
    Wait {
        /// The issuer whose keys are awaited.
        issuer: String,
        /// When the fetch is given up, in seconds since the epoch.
        until: u64,
    },
}

/// The store's answer to a request to have an issuer's keys ready.
#[derive(Debug)]
pub enum Preparation {
    /// The host should carry this out, tell the store what came of it, and ask again.
    Fetch(Fetch),
    /// Nothing is to be done now.
    Done(Readiness),
    /// A fetch for this issuer is under way: ask again when its outcome is there, or at this time.
    Wait {
        /// When the fetch is given up, in seconds since the epoch.
        until: u64,
    },
}

/// Whether an issuer's keys are at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "IssuerReadiness"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Readiness {
    /// The issuer.
    pub issuer: String,
    /// Whether its tokens can be verified without a fetch.
    pub ready: bool,
    /// Why its keys are not there, or not as fresh as they should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Why there is no key. It never holds any part of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Refusal {
    /// The keys are not there, and [`super::KeyStore::peek`] does not fetch.
    NotLoaded,
    /// The issuer publishes a key with this id, for another algorithm only.
    OtherAlgorithm {
        /// The algorithm that the key is published for.
        published: Algorithm,
    },
    /// The keys could not be fetched.
    Unavailable {
        /// What went wrong, as text for people.
        reason: String,
        /// From when on they are fetched again, in seconds since the epoch.
        retry_at: u64,
    },
    /// The issuer publishes no key with this id.
    UnknownKey {
        /// The ids of the keys that it does publish.
        published: Vec<String>,
    },
    /// The issuer publishes a key with this id that is not fit for use.
    Unusable {
        /// Why.
        reason: SkipReason,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoaded => f.write_str("the issuer's keys are not loaded"),
            Self::OtherAlgorithm { published } => {
                write!(f, "the issuer publishes this key id for {published} only")
            }
            Self::Unavailable { reason, .. } => f.write_str(reason),
            Self::UnknownKey { published } => {
                f.write_str("the issuer publishes the key ids [")?;
                for (at, key_id) in published.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { ", " }, Quoted(key_id))?;
                }
                f.write_str("] only")
            }
            Self::Unusable { reason } => reason.fmt(f),
        }
    }
}

/// What the store would do next, before it does it.
#[derive(Debug)]
pub(super) enum Decision {
    Fetch(Errand),
    Ready { key: Key, stale: bool, refresh: Option<Errand> },
    Refused(Refusal),
    Wait { until: u64 },
}

/// A fetch that is decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Errand {
    pub(super) purpose: FetchPurpose,
    pub(super) url: String,
}
