//! Every transition of the store, in simulated time.

mod keeping;
mod loading;
mod refreshing;

use super::{
    Fetch, FetchFailure, FetchOutcome, FetchPurpose, KeyStore, KeyStoreSettings, Lookup, Refusal,
};
use crate::keys::{Algorithm, KeySet, KeySetLimits};

const A: &str = "https://a.tokens.sts.global.api.aws";
const B: &str = "https://b.tokens.sts.global.api.aws";
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
        matches!(self.ask(issuer, key_id, RSA), Lookup::Ready(key) if key.key_id() == key_id)
    }

    fn is_waiting(&mut self, issuer: &str, key_id: &str) -> bool {
        matches!(self.ask(issuer, key_id, RSA), Lookup::Wait { .. })
    }

    fn supply(&mut self, fetch: &Fetch, outcome: FetchOutcome) {
        self.store.supply(fetch.id, outcome, self.now);
    }

    fn answer(&mut self, fetch: &Fetch, body: impl Into<Vec<u8>>) {
        self.supply(fetch, response(200, None, body));
    }

    /// Fetches discovery document and key set of an issuer that is not known.
    fn load(&mut self, issuer: &str, keys: &str, cache_control: Option<&str>) {
        let fetch = self.fetch(issuer, "RSA_0");
        assert_eq!(fetch.purpose, FetchPurpose::Discovery);
        self.answer(&fetch, discovery(issuer));
        let fetch = self.fetch(issuer, "RSA_0");
        assert_eq!(fetch.purpose, FetchPurpose::KeySet);
        self.supply(&fetch, response(200, cache_control, keys));
    }
}

fn response(status: u16, cache_control: Option<&str>, body: impl Into<Vec<u8>>) -> FetchOutcome {
    let cache_control = cache_control.map(str::to_owned);
    FetchOutcome::Response { status, cache_control, body: body.into() }
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
