//! What the host is asked to fetch, and what it reports.

use std::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::keys::fault::quoted;
use crate::keys::freshness::FreshnessHeaders;

/// A request for the host to carry out: an HTTP GET over https (http to loopback only), without
/// credentials and without following redirects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Fetch {
    /// What [`super::KeyStore::supply`] is to be called with.
    pub id: u64,
    /// The issuer for which this is fetched.
    pub issuer: String,
    /// The URL to get.
    pub url: String,
    /// What is fetched.
    pub purpose: FetchPurpose,
    /// Where to stop reading and to report [`FetchFailure::TooLarge`], in bytes.
    pub max_bytes: usize,
    /// When to stop waiting and to report [`FetchFailure::Timeout`], in seconds from the start.
    pub timeout_seconds: u64,
}

/// What became of the keys with an outcome that was supplied, and what the host does next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Supplied {
    /// To be carried out at once: the key set, of which a discovery document has just told the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Fetch>,
    /// What came of it.
    pub effect: Effect,
}

/// What came of an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FetchEffect"))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Effect {
    /// The discovery document told where the key set is, or there is none where it was looked for first.
    Discovery {
        /// The issuer.
        issuer: String,
    },
    /// Nothing usable came. Keys that were there serve on, for as long as the settings say.
    Failed {
        /// The issuer.
        issuer: String,
        /// Why, as text for people.
        reason: String,
        /// How many times in a row that happened.
        failures: u32,
        /// From when on it is tried again, in seconds since the epoch.
        retry_at: u64,
    },
    /// Nobody waited for it any more, the fetch was cancelled, or newer keys have come from a snapshot
    /// meanwhile: no key changed.
    Ignored,
    /// A key set arrived, and took the place of the one before.
    Loaded {
        /// The issuer.
        issuer: String,
        /// Key ids that are there now and were not before.
        added: Vec<String>,
        /// Key ids whose key is another one than before.
        replaced: Vec<String>,
        /// Key ids that were there before; tokens that name them are refused from now on.
        withdrawn: Vec<String>,
        /// Until when the keys are used without asking again, in seconds since the epoch.
        fresh_until: u64,
    },
}

impl Effect {
    /// Whether what a token was verified with may be another key now, or gone. `had_keys`: whether there was a
    /// fetched set before, which the effect is compared with.
    pub(super) fn is_of_other_keys(&self, had_keys: bool) -> bool {
        match self {
            Self::Loaded { replaced, withdrawn, .. } => {
                !had_keys || !replaced.is_empty() || !withdrawn.is_empty()
            }
            Self::Discovery { .. } | Self::Failed { .. } | Self::Ignored => false,
        }
    }
}

/// What is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum FetchPurpose {
    /// The issuer's discovery document.
    Discovery,
    /// The issuer's key set.
    KeySet,
}

/// What came of a [`Fetch`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FetchOutcome {
    /// There was no response, or not a whole one.
    Failed {
        /// What went wrong.
        reason: FetchFailure,
        /// More about it, as text for people.
        #[serde(default)]
        detail: String,
    },
    /// There was a response, of whatever status.
    Response {
        /// The HTTP status.
        status: u16,
        /// The headers that say how long it may be used.
        #[serde(default)]
        freshness: FreshnessHeaders,
        /// The body, its content encoding undone: as bytes, or as text where a host has only that.
        #[serde(deserialize_with = "body")]
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        body: Vec<u8>,
    },
}

impl FetchOutcome {
    /// A failure with an error and its causes for a detail, since the first often only says that something failed.
    pub fn failed(reason: FetchFailure, error: &dyn std::error::Error) -> Self {
        let mut detail = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let more = error.to_string();
            if !detail.contains(&more) {
                detail += ": ";
                detail += &more;
            }
            cause = error.source();
        }
        Self::Failed { reason, detail }
    }
}

/// Why there was no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum FetchFailure {
    /// Whoever asked went away. This says nothing about the issuer: the next to ask fetches at once.
    Cancelled,
    /// The connection would not have been secure.
    Insecure,
    /// The connection failed.
    Network,
    /// The answer was a redirect.
    Redirect,
    /// There was no whole answer in time.
    Timeout,
    /// The answer was larger than allowed.
    TooLarge,
}

impl FetchFailure {
    /// Reads a failure by the name that it has in JSON, for hosts whose calls are no JSON.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "cancelled" => Self::Cancelled,
            "insecure" => Self::Insecure,
            "network" => Self::Network,
            "redirect" => Self::Redirect,
            "timeout" => Self::Timeout,
            "tooLarge" => Self::TooLarge,
            _ => return None,
        })
    }
}

impl fmt::Display for FetchFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cancelled => "the fetch was cancelled",
            Self::Insecure => "the connection would not be secure",
            Self::Network => "the connection failed",
            Self::Redirect => "redirects are not followed",
            Self::Timeout => "no whole answer in time",
            Self::TooLarge => "the answer is larger than allowed",
        })
    }
}

/// A document that has arrived.
pub(super) struct Arrived {
    pub(super) body: Vec<u8>,
    pub(super) freshness: FreshnessHeaders,
}

/// Why no document has arrived.
pub(super) enum Missed {
    Cancelled,
    Failed(String),
    /// There is nothing at this URL.
    NotFound(String),
}

impl FetchOutcome {
    /// The document, if there is one: of status 200, and no larger than allowed.
    pub(super) fn arrived(self, max_bytes: usize) -> Result<Arrived, Missed> {
        let failed = |text: String| Err(Missed::Failed(text));
        match self {
            Self::Failed { reason: FetchFailure::Cancelled, .. } => Err(Missed::Cancelled),
            Self::Failed { reason, detail } if detail.is_empty() => failed(reason.to_string()),
            Self::Failed { reason, detail } => failed(format!("{reason} ({})", quoted(&detail))),
            Self::Response { status: status @ 300..=399, .. } => {
                failed(format!("HTTP status {status}; {}", FetchFailure::Redirect))
            }
            Self::Response { body, .. } if body.len() > max_bytes => {
                failed(format!("{} ({max_bytes} bytes)", FetchFailure::TooLarge))
            }
            Self::Response { status: 200, freshness, body } => Ok(Arrived { body, freshness }),
            Self::Response { status: status @ (404 | 410), .. } => {
                Err(Missed::NotFound(format!("HTTP status {status}")))
            }
            Self::Response { status, .. } => failed(format!("HTTP status {status}")),
        }
    }
}

/// Bytes in whatever way a format has them: as bytes, as text, or as a sequence of numbers.
fn body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    struct Body;

    impl<'de> Visitor<'de> for Body {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("bytes or text")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }

        fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<u8>, E> {
            Ok(text.as_bytes().to_vec())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut bytes: A) -> Result<Vec<u8>, A::Error> {
            let mut body = Vec::new();
            while let Some(byte) = bytes.next_element()? {
                body.push(byte);
            }
            Ok(body)
        }
    }

    deserializer.deserialize_any(Body)
}

#[cfg(test)]
mod tests {
    use super::{FetchFailure, FetchOutcome, FreshnessHeaders};

    fn read(text: &str) -> Result<FetchOutcome, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn failures_are_read_by_the_names_they_have_in_json() {
        let names = ["cancelled", "insecure", "network", "redirect", "timeout", "tooLarge"];
        for name in names.into_iter().chain(["", "Network", "toolarge", "other"]) {
            let by_serde = serde_json::from_value::<FetchFailure>(name.into()).ok();
            assert_eq!(FetchFailure::parse(name), by_serde, "{name:?}");
            assert_eq!(by_serde.is_some(), names.contains(&name), "{name:?}");
        }
    }

    #[test]
    fn outcomes_read_as_other_languages_write_them() {
        assert_eq!(
            read(r#"{"kind":"failed","reason":"tooLarge"}"#).unwrap(),
            FetchOutcome::Failed { reason: FetchFailure::TooLarge, detail: String::new() }
        );
        for body in [r#""ab""#, "[97,98]"] {
            assert_eq!(
                read(&format!(
                    r#"{{"kind":"response","status":200,"freshness":{{"age":"7"}},"body":{body}}}"#
                ))
                .unwrap(),
                FetchOutcome::Response {
                    status: 200,
                    freshness: FreshnessHeaders {
                        age: Some("7".into()),
                        ..FreshnessHeaders::default()
                    },
                    body: b"ab".to_vec(),
                }
            );
        }
        for wrong in [
            r#"{"kind":"response","status":200,"body":7}"#,
            r#"{"kind":"response","status":200,"body":[256]}"#,
            r#"{"kind":"response","body":""}"#,
            r#"{"kind":"failed","reason":"other"}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
