//! A snapshot of keys, as a store outside the process may hand it back.

use countersign::keys::{FetchOutcome, FreshnessHeaders, KeyStore, Lookup};
use countersign::{Algorithm, KeyStoreSettings, Snapshot};

use crate::shared::{ISSUER, NOW, assert_printable, keyless, text};

/// Runs the target.
pub fn run(data: &[u8]) {
    let snapshot = match Snapshot::from_json(text(data)) {
        Err(fault) => return assert_printable(&fault.to_string()),
        Ok(snapshot) => snapshot,
    };
    let settings = KeyStoreSettings::default();
    let longest = settings.max_lifetime_seconds + settings.stale_if_error_seconds;
    let mut store = KeyStore::new(settings);
    let restored = store.restore(&snapshot, |_| true, NOW);
    assert!(restored.loaded.len() + restored.skipped.len() <= snapshot.issuers.len());
    for skipped in &restored.skipped {
        assert_printable(&skipped.reason);
    }
    for entry in store.snapshot().issuers {
        assert!(restored.loaded.contains(&entry.issuer));
        assert!(entry.fetched_at <= NOW && entry.fresh_until <= NOW + longest, "{entry:?}");
        assert!(entry.fetched_at + longest > NOW, "older than any key may become: {entry:?}");
    }
    assert_stable(&store);
    assert_trusted_only(&snapshot);
    assert_newer_keys_stay(&snapshot);
}

/// What was restored is written down and restored again as it was.
fn assert_stable(store: &KeyStore) {
    let written = store.snapshot().to_json();
    let mut again = KeyStore::new(KeyStoreSettings::default());
    again.restore(&Snapshot::from_json(&written).unwrap(), |_| true, NOW);
    assert_eq!(again.snapshot().to_json(), written);
}

/// A verifier takes keys of issuers only that its policy covers.
fn assert_trusted_only(snapshot: &Snapshot) {
    let mut verifier = keyless();
    for issuer in verifier.restore(snapshot, NOW).loaded {
        let label = issuer.strip_prefix("https://").unwrap();
        assert!(label.strip_suffix(".tokens.sts.global.api.aws").is_some(), "{issuer}");
    }
}

/// Keys that were fetched just now are not replaced by those of a snapshot.
fn assert_newer_keys_stay(snapshot: &Snapshot) {
    let mut store = KeyStore::default();
    let Lookup::Fetch(fetch) = store.lookup(ISSUER, "k", Algorithm::Es384, NOW) else {
        panic!("an empty store fetches");
    };
    let body = br#"{"keys":[]}"#.to_vec();
    let freshness = FreshnessHeaders::default();
    store.supply(fetch.id, FetchOutcome::Response { status: 200, freshness, body }, NOW);
    let before = store.snapshot_of(ISSUER).unwrap().to_json();
    store.restore(snapshot, |_| true, NOW);
    let after = store.snapshot_of(ISSUER).unwrap().to_json();
    assert_eq!(after, before, "an older set took the place of a newer one");
}
