//! Keys that came from an issuer, and how long they serve.

use std::sync::Arc;

use super::fetch::{Arrived, Missed};
use super::landing::Reading;
use super::time::Span;
use crate::keys::key::Key;
use crate::keys::key_set::KeySet;

/// A key set with its times.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) keys: KeySet,
    /// The document as it came, for a snapshot.
    pub(super) document: Arc<str>,
    pub(super) jwks_uri: String,
    /// How long the keys are used without asking again, from when they were asked for.
    pub(super) fresh: Span,
    /// How long they serve while the issuer cannot be reached.
    pub(super) usable: Span,
    /// From when on they are renewed in the background.
    pub(super) refresh_at: u64,
    /// When they arrived. In the same second they are not fetched again for the token that had waited for
    /// them, however short their times are.
    pub(super) arrived_at: u64,
}

/// How a key set differs from the one before.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub(super) added: Vec<String>,
    pub(super) replaced: Vec<String>,
    pub(super) withdrawn: Vec<String>,
}

impl Held {
    /// Reads a key set that was asked for at `since`. However long it took, it serves those who waited for
    /// it: they would only wait for the next one else.
    pub(super) fn read(
        arrived: &Arrived,
        jwks_uri: String,
        since: u64,
        reading: Reading<'_>,
    ) -> Result<Self, Missed> {
        let Reading { settings, now, .. } = reading;
        let failed = |text: String| Missed::Failed(text);
        let keys = KeySet::parse(&arrived.body, settings.key_set_limits())
            .map_err(|fault| failed(fault.to_string()))?;
        let document = str::from_utf8(&arrived.body).map_err(|error| failed(error.to_string()))?;
        let least = now.saturating_sub(since).saturating_add(1);
        let lifetime = settings.lifetime(arrived.freshness.lifetime()).max(least);
        let held = Self::new(keys, document.into(), jwks_uri, Span::new(since, lifetime), reading);
        Ok(Self { arrived_at: now, ..held })
    }

    pub(super) fn new(
        keys: KeySet,
        document: Arc<str>,
        jwks_uri: String,
        fresh: Span,
        reading: Reading<'_>,
    ) -> Self {
        let Reading { issuer, settings, jitter, .. } = reading;
        let (since, lifetime) = (fresh.start(), fresh.seconds());
        Self {
            keys,
            document,
            jwks_uri,
            fresh,
            usable: fresh.extended(settings.stale_if_error_seconds),
            refresh_at: since.saturating_add(jitter.refresh_after(issuer, since, lifetime)),
            arrived_at: since,
        }
    }

    /// How this set differs from another one.
    pub(super) fn changes(&self, before: &KeySet) -> Changes {
        let (now_ids, then_ids) = (self.keys.key_ids(), before.key_ids());
        let missing = |ids: &[String], from: &[String]| {
            ids.iter().filter(|id| !from.contains(id)).cloned().collect::<Vec<_>>()
        };
        let of = |set: &KeySet, id: &str| {
            set.keys().iter().filter(|key| key.key_id() == id).cloned().collect::<Vec<Key>>()
        };
        let is_replaced = |id: &&String| {
            let (now, then) = (of(&self.keys, id), of(before, id));
            !then.is_empty()
                && (now.len() != then.len()
                    || !now.iter().all(|key| then.iter().any(|other| key.is_same(other))))
        };
        Changes {
            added: missing(&now_ids, &then_ids),
            replaced: now_ids.iter().filter(is_replaced).cloned().collect(),
            withdrawn: missing(&then_ids, &now_ids),
        }
    }
}
