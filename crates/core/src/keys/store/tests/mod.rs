//! Every transition of the store, in simulated time.

mod budgets;
mod keeping;
mod loading;
mod outages;
mod preparing;
mod refreshing;
mod snapshots;
mod unknown_key_ids;

use super::{
    Effect, Fetch, FetchFailure, FetchOutcome, FetchPurpose, KeyStore, KeyStoreSettings, Lookup,
    Preparation, Refusal, Snapshot, Supplied,
};
use crate::keys::{Algorithm, FreshnessHeaders, KeySet, KeySetLimits};

const A: &str = "https://a.tokens.sts.global.api.aws";
const B: &str = "https://b.tokens.sts.global.api.aws";
/// An issuer of another form than AWS's, whose discovery document has to be asked.
const OTHER: &str = "https://issuer.example";
const START: u64 = 1_700_000_000;
const RSA: Algorithm = Algorithm::Rs256;
const EC: Algorithm = Algorithm::Es384;

/// A store together with the time and the documents of its issuers.
struct World {
    store: KeyStore,
    now: u64,
    fetches: usize,
}

impl World {
    fn new() -> Self {
        Self::with(KeyStoreSettings::default())
    }

    fn with(settings: KeyStoreSettings) -> Self {
        Self { store: KeyStore::new(settings), now: START, fetches: 0 }
    }

    fn ask(&mut self, issuer: &str, key_id: &str, algorithm: Algorithm) -> Lookup {
        let lookup = self.store.lookup(issuer, key_id, algorithm, self.now);
        self.fetches += usize::from(matches!(lookup, Lookup::Fetch(_)));
        lookup
    }

    fn fetch(&mut self, issuer: &str, key_id: &str) -> Fetch {
        match self.ask(issuer, key_id, RSA) {
            Lookup::Fetch(fetch) => fetch,
            other => panic!("a fetch, not {other:?}"),
        }
    }

    fn refused(&mut self, issuer: &str, key_id: &str) -> Refusal {
        match self.ask(issuer, key_id, RSA) {
            Lookup::Refused(refusal) => refusal,
            other => panic!("a refusal, not {other:?}"),
        }
    }

    fn unavailable(&mut self, issuer: &str, key_id: &str) -> (String, u64) {
        match self.refused(issuer, key_id) {
            Refusal::Unavailable { reason, retry_at } => (reason, retry_at - START),
            other => panic!("unavailable, not {other:?}"),
        }
    }

    fn is_ready(&mut self, issuer: &str, key_id: &str) -> bool {
        matches!(
            self.ask(issuer, key_id, RSA),
            Lookup::Ready { key, stale: false, .. } if key.key_id() == key_id
        )
    }

    /// Whether the key serves past its lifetime, and the fetch that is to renew it.
    fn stale(&mut self, issuer: &str, key_id: &str) -> Option<Fetch> {
        match self.ask(issuer, key_id, RSA) {
            Lookup::Ready { stale: true, refresh, .. } => refresh,
            other => panic!("a stale key, not {other:?}"),
        }
    }

    /// The fetch that is to renew a fresh key in the background.
    fn refresh(&mut self, issuer: &str, key_id: &str) -> Option<Fetch> {
        match self.ask(issuer, key_id, RSA) {
            Lookup::Ready { stale: false, refresh, .. } => refresh,
            other => panic!("a fresh key, not {other:?}"),
        }
    }

    fn is_waiting(&mut self, issuer: &str, key_id: &str) -> bool {
        matches!(self.ask(issuer, key_id, RSA), Lookup::Wait { .. })
    }

    fn supply(&mut self, fetch: &Fetch, outcome: FetchOutcome) -> Supplied {
        self.store.supply(fetch.id, outcome, self.now)
    }

    fn answer(&mut self, fetch: &Fetch, body: impl Into<Vec<u8>>) -> Supplied {
        self.supply(fetch, response(200, None, body))
    }

    /// Answers with the discovery document, and gives the fetch of the key set that follows.
    fn discover(&mut self, fetch: &Fetch) -> Fetch {
        assert_eq!(fetch.purpose, FetchPurpose::Discovery);
        let supplied = self.answer(fetch, discovery(&fetch.issuer));
        assert_eq!(supplied.effect, Effect::Discovery { issuer: fetch.issuer.clone() });
        self.fetches += 1;
        supplied.next.unwrap()
    }

    /// Fetches the key set of an issuer whose keys are not there.
    fn load(&mut self, issuer: &str, keys: &str, cache_control: Option<&str>) {
        let mut fetch = self.fetch(issuer, "RSA_0");
        if fetch.purpose == FetchPurpose::Discovery {
            fetch = self.discover(&fetch);
        }
        assert_eq!(fetch.purpose, FetchPurpose::KeySet);
        self.supply(&fetch, response(200, cache_control, keys));
    }

    /// Has a fetch fail.
    fn fail(&mut self, fetch: &Fetch) -> Effect {
        self.supply(fetch, failed(FetchFailure::Timeout)).effect
    }
}

fn response(status: u16, cache_control: Option<&str>, body: impl Into<Vec<u8>>) -> FetchOutcome {
    let cache_control = cache_control.map(str::to_owned);
    let freshness = FreshnessHeaders { cache_control, ..FreshnessHeaders::default() };
    FetchOutcome::Response { status, freshness, body: body.into() }
}

fn failed(reason: FetchFailure) -> FetchOutcome {
    FetchOutcome::Failed { reason, detail: String::new() }
}

fn discovery(issuer: &str) -> String {
    format!(r#"{{"issuer":"{issuer}","jwks_uri":"{issuer}/.well-known/jwks.json"}}"#)
}

fn aws_keys() -> &'static str {
    include_str!("../../../../../../tests/vectors/aws/jwks.json")
}

/// The AWS key set with its RSA key renamed.
fn keys(key_id: &str) -> String {
    aws_keys().replace("RSA_0", key_id)
}
