//! Telling whether an issuer's keys are still those that a token was verified with.

use std::sync::atomic::Ordering;

use super::issuer::Keys;
use super::{KeyStore, Permits, count};

/// Which keys of an issuer there are: another one whenever a key was replaced or withdrawn, or may have been.
/// No generation of one store comes back, and no two issuers of it share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Generation(u64);

/// Whether a host that asks for a key would carry out a fetch that renews it ahead of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Renewing {
    Yes,
    No,
}

impl Generation {
    /// None: there are no keys.
    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }

    pub(super) fn next(&mut self) -> Self {
        self.0 += 1;
        *self
    }
}

impl KeyStore {
    /// Takes note that a token of this issuer was accepted, as [`KeyStore::prove`] does. Answers the generation
    /// of the keys.
    pub(crate) fn accept(&self, issuer: &str) -> Option<Generation> {
        let known = self.issuers.get(issuer)?;
        known.is_proven.store(true, Ordering::Relaxed);
        Some(known.generation).filter(|generation| !generation.is_none())
    }

    /// Whether asking for a key of this generation would bring it as it did before, not past its lifetime, and
    /// with nothing to be fetched. It counts as having asked.
    pub(crate) fn serves(
        &self,
        issuer: &str,
        generation: Generation,
        now: u64,
        renewing: Renewing,
    ) -> bool {
        let Some(known) = self.issuers.get(issuer) else { return false };
        let permits = Permits { settings: &self.settings, shared: self.shared };
        let is_served = known.generation == generation
            && match &known.keys {
                Keys::Static(_) => true,
                Keys::Held(held) => {
                    !held.fresh.is_over(now)
                        && (renewing == Renewing::No
                            || known.refresh(issuer, now, &permits).is_none())
                }
                Keys::Missing => false,
            };
        if is_served {
            known.last_use.store(self.count_use(), Ordering::Relaxed);
            count(&self.counting.hits);
        }
        is_served
    }
}
