//! What is tested: the key store, or one that was broken on purpose.

use countersign::keys::{
    Algorithm, Counters, FetchOutcome, KeyStore, KeyStoreSettings, Lookup, Preparation, Restored,
    Size, Snapshot, Supplied,
};

/// A key store as a host sees it.
pub trait Store {
    /// See [`KeyStore::lookup`].
    fn lookup(&mut self, issuer: &str, key_id: &str, now: u64) -> Lookup;
    /// See [`KeyStore::doubt`].
    fn doubt(&mut self, issuer: &str, key_id: &str, now: u64) -> Option<Lookup>;
    /// See [`KeyStore::prepare`].
    fn prepare(&mut self, issuer: &str, now: u64) -> Preparation;
    /// See [`KeyStore::supply`].
    fn supply(&mut self, id: u64, outcome: FetchOutcome, now: u64) -> Supplied;
    /// See [`KeyStore::prove`].
    fn prove(&mut self, issuer: &str);
    /// See [`KeyStore::snapshot`].
    fn snapshot(&self) -> Snapshot;
    /// See [`KeyStore::restore`].
    fn restore(&mut self, snapshot: &Snapshot, now: u64) -> Restored;
    /// See [`KeyStore::counters`].
    fn counters(&self) -> Counters;
    /// See [`KeyStore::size`].
    fn size(&self) -> Size;
}

/// Makes a store with these settings and this jitter, in which these issuers are pinned.
pub type MakeStore<'a> = &'a dyn Fn(&KeyStoreSettings, u64, &[&str]) -> Box<dyn Store>;

/// Makes the store that is shipped.
pub fn real(settings: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Box<dyn Store> {
    Box::new(key_store(settings, jitter, pinned))
}

/// The store that is shipped.
pub fn key_store(settings: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> KeyStore {
    let mut store = KeyStore::new(settings.clone()).with_jitter(jitter);
    for issuer in pinned {
        store.pin(*issuer);
    }
    store
}

impl Store for KeyStore {
    fn lookup(&mut self, issuer: &str, key_id: &str, now: u64) -> Lookup {
        Self::lookup(self, issuer, key_id, Algorithm::Rs256, now)
    }

    fn doubt(&mut self, issuer: &str, key_id: &str, now: u64) -> Option<Lookup> {
        Self::doubt(self, issuer, key_id, Algorithm::Rs256, now)
    }

    fn prepare(&mut self, issuer: &str, now: u64) -> Preparation {
        Self::prepare(self, issuer, now)
    }

    fn supply(&mut self, id: u64, outcome: FetchOutcome, now: u64) -> Supplied {
        Self::supply(self, id, outcome, now)
    }

    fn prove(&mut self, issuer: &str) {
        Self::prove(self, issuer);
    }

    fn snapshot(&self) -> Snapshot {
        Self::snapshot(self)
    }

    fn restore(&mut self, snapshot: &Snapshot, now: u64) -> Restored {
        Self::restore(self, snapshot, |_| true, now)
    }

    fn counters(&self) -> Counters {
        Self::counters(self)
    }

    fn size(&self) -> Size {
        Self::size(self)
    }
}
