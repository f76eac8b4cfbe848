//! Having an issuer's keys when they are needed, without doing any input or output.

mod fetch;
mod lookup;
mod settings;
mod state;
#[cfg(test)]
mod tests;
mod time;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

pub use fetch::{Fetch, FetchFailure, FetchOutcome, FetchPurpose};
pub use lookup::{Lookup, Refusal};
pub use settings::{KeyStoreSettings, SettingsFault};

use super::algorithm::Algorithm;
use super::discovery::discovery_url;
use super::key_set::KeySet;
use lookup::Decision;
use state::{Flight, State};
use time::Span;

/// The keys of many issuers: what is known, what is being fetched, and what should be fetched next.
///
/// It is asked for a key and answers with a [`Lookup`]; a [`Fetch`] in that answer is for the host to
/// carry out, and its outcome comes back through [`KeyStore::supply`], after which the key is asked for
/// again. Time is an argument, in seconds since the epoch, and may go backwards without harm.
///
/// Keys are identified by issuer and key id together: two issuers never share any.
#[derive(Debug, Default)]
pub struct KeyStore {
    settings: KeyStoreSettings,
    issuers: HashMap<String, Issuer>,
    next_id: u64,
    /// Counts uses, so that the issuer that was not used for longest is known.
    uses: AtomicU64,
}

#[derive(Debug)]
struct Issuer {
    state: State,
    last_use: AtomicU64,
}

impl KeyStore {
    /// An empty store. Settings from outside are to be checked first ([`KeyStoreSettings::check`]);
    /// ones that make no sense cost fetches or memory, but never accept a key that should be refused.
    pub fn new(settings: KeyStoreSettings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// The settings that the store was made with.
    pub fn settings(&self) -> &KeyStoreSettings {
        &self.settings
    }

    /// Gives the store an issuer's keys. Such an issuer is never fetched, and its keys never expire.
    pub fn add_static(&mut self, issuer: impl Into<String>, keys: KeySet) {
        let last_use = AtomicU64::new(self.count_use());
        self.issuers.insert(issuer.into(), Issuer { state: State::Static(keys), last_use });
    }

    /// Asks for a key, and takes note of the [`Fetch`] that the answer may hold: the host must carry
    /// it out, or the next answer for this issuer is [`Lookup::Wait`] until the fetch is given up.
    pub fn lookup(&mut self, issuer: &str, key_id: &str, algorithm: Algorithm, now: u64) -> Lookup {
        match self.decide(issuer, key_id, algorithm, now) {
            Decision::Ready(key) => Lookup::Ready(key),
            Decision::Fetch { purpose, url } => {
                Lookup::Fetch(self.begin(issuer, key_id, purpose, url, now))
            }
            Decision::Wait { until } => Lookup::Wait { issuer: issuer.to_owned(), until },
            Decision::Refused(refusal) => Lookup::Refused(refusal),
        }
    }

    /// Asks for a key that is there already. Where [`KeyStore::lookup`] would fetch or wait, the answer
    /// is [`Refusal::NotLoaded`].
    pub fn peek(&self, issuer: &str, key_id: &str, algorithm: Algorithm, now: u64) -> Lookup {
        match self.decide(issuer, key_id, algorithm, now) {
            Decision::Ready(key) => Lookup::Ready(key),
            Decision::Fetch { .. } | Decision::Wait { .. } => Lookup::Refused(Refusal::NotLoaded),
            Decision::Refused(refusal) => Lookup::Refused(refusal),
        }
    }

    /// Tells the store what came of a [`Fetch`]. An outcome that nobody waits for any more is ignored:
    /// an unknown id, one that was answered before, or one that comes after its time.
    pub fn supply(&mut self, id: u64, outcome: FetchOutcome, now: u64) {
        let awaited = |issuer: &Issuer| {
            issuer.state.flight().is_some_and(|flight| flight.id == id && !flight.span.is_over(now))
        };
        let found = self.issuers.iter().find(|(_, issuer)| awaited(issuer));
        let Some(name) = found.map(|(name, _)| name.clone()) else {
            return;
        };
        if let Some(Issuer { state, last_use }) = self.issuers.remove(&name)
            && let Some(state) = state.landed(&name, outcome, now, &self.settings)
        {
            self.issuers.insert(name, Issuer { state, last_use });
        }
    }

    fn decide(&self, issuer: &str, key_id: &str, algorithm: Algorithm, now: u64) -> Decision {
        let settled = self.issuers.get(issuer).and_then(|issuer| {
            issuer.last_use.store(self.count_use(), Ordering::Relaxed);
            issuer.state.decide(key_id, algorithm, now)
        });
        // Nothing is known, or nothing that still holds: from the beginning.
        settled.unwrap_or_else(|| match discovery_url(issuer) {
            Ok(url) => Decision::Fetch { purpose: FetchPurpose::Discovery, url },
            Err(why) => Decision::Refused(Refusal::Unavailable {
                reason: format!("the issuer is not a URL to fetch keys from: {why}"),
                retry_at: now.saturating_add(self.settings.failure_cooldown_seconds),
            }),
        })
    }

    fn begin(
        &mut self,
        issuer: &str,
        key_id: &str,
        purpose: FetchPurpose,
        url: String,
        now: u64,
    ) -> Fetch {
        self.next_id += 1;
        let id = self.next_id;
        let timeout_seconds = self.settings.fetch_timeout_seconds;
        let flight =
            Flight { id, key_id: key_id.to_owned(), span: Span::flight(now, timeout_seconds) };
        let state = self.issuers.remove(issuer).map(|known| known.state);
        if state.is_none() {
            self.make_room();
        }
        let state = State::departed(state, purpose, flight);
        let last_use = AtomicU64::new(self.count_use());
        self.issuers.insert(issuer.to_owned(), Issuer { state, last_use });
        let max_bytes = self.settings.max_document_bytes;
        Fetch { id, issuer: issuer.to_owned(), url, purpose, max_bytes, timeout_seconds }
    }

    /// Forgets the issuer that was not used for longest, if there are as many as there may be.
    fn make_room(&mut self) {
        let fetched = || self.issuers.iter().filter(|(_, issuer)| !issuer.state.is_static());
        if fetched().count() < self.settings.max_issuers {
            return;
        }
        let oldest = fetched().min_by_key(|(_, issuer)| issuer.last_use.load(Ordering::Relaxed));
        if let Some(name) = oldest.map(|(name, _)| name.clone()) {
            self.issuers.remove(&name);
        }
    }

    fn count_use(&self) -> u64 {
        self.uses.fetch_add(1, Ordering::Relaxed)
    }
}
