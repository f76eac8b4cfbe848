//! Key stores that were broken on purpose.

use std::collections::BTreeMap;

use countersign::keys::{
    Counters, Effect, FetchOutcome, IssuerSnapshot, Key, KeyStore, KeyStoreSettings, Lookup,
    Preparation, Refusal, Restored, Size, Snapshot, Supplied,
};
use countersign_tests::simulation::{Store, key_store};

type Made = Box<dyn Store>;

/// What is broken.
enum Fault {
    /// Snapshots are believed, whatever is there.
    Credulous,
    /// One cool-down for all key ids of an issuer.
    OneCooldown { seconds: u64, loaded: BTreeMap<String, (u64, Vec<String>)> },
    /// A key that was given out once is given out again.
    Reviving { known: BTreeMap<(String, String), Key> },
    /// Who waits for a fetch is told to wait for longer.
    Waiting,
}

struct Mutant {
    store: KeyStore,
    settings: KeyStoreSettings,
    fault: Fault,
}

pub(crate) fn reviving(settings: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    broken(settings, jitter, pinned, Fault::Reviving { known: BTreeMap::new() })
}

pub(crate) fn credulous(settings: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    broken(settings, jitter, pinned, Fault::Credulous)
}

pub(crate) fn one_cooldown(settings: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    let seconds = settings.unknown_key_cooldown_seconds;
    broken(settings, jitter, pinned, Fault::OneCooldown { seconds, loaded: BTreeMap::new() })
}

pub(crate) fn waiting(settings: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    broken(settings, jitter, pinned, Fault::Waiting)
}

pub(crate) fn stale_for_too_long(s: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    let stale_if_error_seconds = s.stale_if_error_seconds + 600;
    with(KeyStoreSettings { stale_if_error_seconds, ..s.clone() }, jitter, pinned)
}

pub(crate) fn never_stale(s: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    with(KeyStoreSettings { stale_if_error_seconds: 0, ..s.clone() }, jitter, pinned)
}

pub(crate) fn without_budgets(s: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    let settings =
        KeyStoreSettings { issuer_fetch_burst: 1_000_000, fetch_burst: 1_000_000, ..s.clone() };
    with(settings, jitter, pinned)
}

pub(crate) fn without_cooldowns(s: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    with(KeyStoreSettings { unknown_key_cooldown_seconds: 1, ..s.clone() }, jitter, pinned)
}

pub(crate) fn backing_off_for_too_long(s: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    let settings = KeyStoreSettings {
        max_failure_cooldown_seconds: s.max_failure_cooldown_seconds * 2,
        ..s.clone()
    };
    with(settings, jitter, pinned)
}

pub(crate) fn nothing_pinned(s: &KeyStoreSettings, jitter: u64, _: &[&str]) -> Made {
    with(s.clone(), jitter, &[])
}

pub(crate) fn forgetting_nobody(s: &KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    with(KeyStoreSettings { max_issuers: usize::MAX, ..s.clone() }, jitter, pinned)
}

/// A snapshot of issuers that all were fetched at the same moment.
#[expect(clippy::expect_used, reason = "it is written just above")]
pub(crate) fn snapshot(issuers: &[String], fetched_at: u64, lifetime: u64) -> Snapshot {
    let key_set = include_str!("../../vectors/aws/jwks.json");
    let issuers: Vec<_> = issuers
        .iter()
        .map(|issuer| {
            serde_json::json!({
                "issuer": issuer,
                "jwksUri": format!("{issuer}/.well-known/jwks.json"),
                "keySet": key_set,
                "fetchedAt": fetched_at,
                "freshUntil": fetched_at + lifetime,
            })
        })
        .collect();
    let snapshot = serde_json::json!({ "version": 1, "issuers": issuers });
    Snapshot::from_json(&snapshot.to_string()).expect("a snapshot")
}

#[expect(clippy::needless_pass_by_value, reason = "called with settings made for it")]
fn with(settings: KeyStoreSettings, jitter: u64, pinned: &[&str]) -> Made {
    Box::new(key_store(&settings, jitter, pinned))
}

fn broken(settings: &KeyStoreSettings, jitter: u64, pinned: &[&str], fault: Fault) -> Made {
    let store = key_store(settings, jitter, pinned);
    Box::new(Mutant { store, settings: settings.clone(), fault })
}

impl Store for Mutant {
    fn lookup(&mut self, issuer: &str, key_id: &str, now: u64) -> Lookup {
        if let Fault::OneCooldown { seconds, loaded } = &self.fault
            && let Some((at, published)) = loaded.get(issuer)
            && now < at + seconds
            && !published.iter().any(|known| known == key_id)
        {
            return Lookup::Refused(Refusal::UnknownKey { published: published.clone() });
        }
        let lookup = Store::lookup(&mut self.store, issuer, key_id, now);
        match (&mut self.fault, lookup) {
            (Fault::Reviving { known }, Lookup::Ready { key, stale, refresh }) => {
                known.insert((issuer.to_owned(), key_id.to_owned()), key.clone());
                Lookup::Ready { key, stale, refresh }
            }
            (Fault::Reviving { known }, Lookup::Refused(refusal)) => {
                match known.get(&(issuer.to_owned(), key_id.to_owned())) {
                    Some(key) => Lookup::Ready { key: key.clone(), stale: false, refresh: None },
                    None => Lookup::Refused(refusal),
                }
            }
            (Fault::Waiting, Lookup::Wait { issuer, until }) => {
                Lookup::Wait { issuer, until: until + self.settings.fetch_timeout_seconds }
            }
            (_, lookup) => lookup,
        }
    }

    fn doubt(&mut self, issuer: &str, key_id: &str, now: u64) -> Option<Lookup> {
        Store::doubt(&mut self.store, issuer, key_id, now)
    }

    fn prepare(&mut self, issuer: &str, now: u64) -> Preparation {
        Store::prepare(&mut self.store, issuer, now)
    }

    fn supply(&mut self, id: u64, outcome: FetchOutcome, now: u64) -> Supplied {
        let supplied = Store::supply(&mut self.store, id, outcome, now);
        if let (Fault::OneCooldown { loaded, .. }, Effect::Loaded { issuer, .. }) =
            (&mut self.fault, &supplied.effect)
        {
            let published = self.store.snapshot_of(issuer).map_or_else(Vec::new, |snapshot| {
                snapshot.issuers.iter().flat_map(key_ids).collect()
            });
            loaded.insert(issuer.clone(), (now, published));
        }
        supplied
    }

    fn prove(&mut self, issuer: &str) {
        Store::prove(&mut self.store, issuer);
    }

    fn snapshot(&self) -> Snapshot {
        Store::snapshot(&self.store)
    }

    fn restore(&mut self, snapshot: &Snapshot, now: u64) -> Restored {
        let mut snapshot = snapshot.clone();
        if let Fault::Credulous = self.fault {
            for issuer in &mut snapshot.issuers {
                // As if it had just been fetched.
                issuer.fetched_at = now;
                issuer.fresh_until = now + self.settings.lifetime_seconds;
            }
        }
        Store::restore(&mut self.store, &snapshot, now)
    }

    fn counters(&self) -> Counters {
        Store::counters(&self.store)
    }

    fn size(&self) -> Size {
        Store::size(&self.store)
    }
}

fn key_ids(issuer: &IssuerSnapshot) -> Vec<String> {
    let set: serde_json::Value = serde_json::from_str(&issuer.key_set).unwrap_or_default();
    let keys = set.get("keys").and_then(|keys| keys.as_array()).cloned().unwrap_or_default();
    keys.iter().filter_map(|key| key.get("kid")?.as_str().map(str::to_owned)).collect()
}
