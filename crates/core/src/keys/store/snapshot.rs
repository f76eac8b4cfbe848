//! Keys as text, to be kept outside the process: for cold starts, and for many processes with one cache.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::form::{self, FormFault, Members};
use super::held::Held;
use super::issuer::{Issuer, Keys};
use super::landing::Reading;
use super::time::Span;
use crate::json::{Value, to_text};
use crate::keys::discovery::is_on_own_origin;
use crate::keys::key_set::KeySet;
use crate::shown::printable;

/// The keys of a store, with their times. Whoever can write a snapshot that is restored decides which
/// tokens are accepted: it is to be kept as carefully as the policy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Snapshot {
    /// The version of this form: 1.
    pub version: u32,
    /// The keys, by issuer.
    pub issuers: Vec<IssuerSnapshot>,
}

/// The keys of one issuer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct IssuerSnapshot {
    /// The issuer.
    pub issuer: String,
    /// Where its key set was.
    pub jwks_uri: String,
    /// The key set, as it came.
    pub key_set: String,
    /// When it was asked for, in seconds since the epoch.
    pub fetched_at: u64,
    /// Until when it is used without asking again, in seconds since the epoch.
    pub fresh_until: u64,
    /// Whether a token of the issuer was accepted.
    #[serde(default)]
    pub proven: bool,
}

/// What became of a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Restored {
    /// The issuers whose keys are at hand now.
    pub loaded: Vec<String>,
    /// Those whose keys were not taken, and why.
    pub skipped: Vec<SkippedIssuer>,
}

/// An issuer whose keys were not taken from a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SkippedIssuer {
    /// The issuer.
    pub issuer: String,
    /// Why, as text for people.
    pub reason: String,
}

/// A text is no snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotFault(String);

/// How far ahead of this host's clock a snapshot may have been made.
const CLOCK_SKEW_SECONDS: u64 = 60;

impl Snapshot {
    /// The version that is written, and the only one that is read.
    pub const VERSION: u32 = 1;

    /// Reads a snapshot.
    ///
    /// # Errors
    /// It is not JSON of this form, or of another version. What is wrong with one issuer only is found
    /// when the snapshot is restored.
    pub fn from_json(text: &str) -> Result<Self, SnapshotFault> {
        let snapshot =
            Self::read(text).map_err(|fault| SnapshotFault(printable(fault.to_string())))?;
        if snapshot.version == Self::VERSION {
            return Ok(snapshot);
        }
        let found = snapshot.version;
        Err(SnapshotFault(format!("version {found}, where {} is expected", Self::VERSION)))
    }

    fn read(text: &str) -> Result<Self, FormFault> {
        let document = form::parse(text)?;
        let members = Members::of(document.root(), &["version", "issuers"])?;
        let mut issuers = Vec::new();
        let value = members.required("issuers")?;
        let elements = value.as_array().ok_or_else(|| form::wrong("issuers", "an array", value))?;
        for element in elements {
            issuers.push(IssuerSnapshot::read(element)?);
        }
        let version = members.whole("version")?;
        let version = u32::try_from(version).unwrap_or(u32::MAX);
        Ok(Self { version, issuers })
    }

    /// The snapshot as text.
    pub fn to_json(&self) -> String {
        to_text(self)
    }
}

impl IssuerSnapshot {
    fn read(value: Value<'_>) -> Result<Self, FormFault> {
        const NAMES: &[&str] =
            &["issuer", "jwksUri", "keySet", "fetchedAt", "freshUntil", "proven"];
        let members = Members::of(value, NAMES)?;
        let proven = match members.get("proven") {
            None => false,
            Some(value) => {
                value.as_bool().ok_or_else(|| form::wrong("proven", "true or false", value))?
            }
        };
        Ok(Self {
            issuer: members.text("issuer")?,
            jwks_uri: members.text("jwksUri")?,
            key_set: members.text("keySet")?,
            fetched_at: members.whole("fetchedAt")?,
            fresh_until: members.whole("freshUntil")?,
            proven,
        })
    }

    pub(super) fn of(name: &str, issuer: &Issuer) -> Option<Self> {
        let Keys::Held(held) = &issuer.keys else { return None };
        Some(Self {
            issuer: name.to_owned(),
            jwks_uri: held.jwks_uri.clone(),
            key_set: held.document.to_string(),
            fetched_at: held.fresh.start(),
            fresh_until: held.fresh.end(),
            proven: issuer.is_known(),
        })
    }

    /// The keys, if they can still serve and are newer than those that are there.
    pub(super) fn held(
        &self,
        known: Option<&Issuer>,
        reading: Reading<'_>,
    ) -> Result<Held, String> {
        let Reading { settings, now, .. } = reading;
        // Another host's clock may be ahead: what it fetched in our future, it fetched now at the latest.
        let fetched_at = self.fetched_at.min(now);
        match known.map(|issuer| &issuer.keys) {
            Some(Keys::Static(_)) => return Err("its keys were given, and stay".to_owned()),
            // An older set may hold a key that was withdrawn since.
            Some(Keys::Held(held)) if held.fresh.start() >= fetched_at => {
                return Err("keys that are as new or newer are there".to_owned());
            }
            _ => {}
        }
        if self.fetched_at > now.saturating_add(CLOCK_SKEW_SECONDS) {
            return Err(format!("it was fetched in the future, at {}", self.fetched_at));
        }
        if !is_on_own_origin(&self.jwks_uri, &self.issuer) {
            return Err("its key set comes from another origin".to_owned());
        }
        let keys = KeySet::parse(self.key_set.as_bytes(), settings.key_set_limits())
            .map_err(|fault| fault.to_string())?;
        let stated = self.fresh_until.saturating_sub(self.fetched_at);
        // A lifetime cannot grow on the way.
        let lifetime = stated.min(settings.max_lifetime_seconds);
        let (document, jwks_uri) = (self.key_set.as_str().into(), self.jwks_uri.clone());
        let held = Held::new(keys, document, jwks_uri, Span::new(fetched_at, lifetime), reading);
        if Span::is_over(held.usable, now) {
            return Err("it is too old".to_owned());
        }
        Ok(held)
    }
}

impl fmt::Display for SnapshotFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The text is no snapshot of keys: {}.", self.0)
    }
}

impl std::error::Error for SnapshotFault {}
