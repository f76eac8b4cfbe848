//! What holds for every document, signature and course of events.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{
    Algorithm, Discovery, Fetch, FetchFailure, FetchOutcome, FetchPurpose, FreshnessHeaders,
    KeySet, KeySetLimits, KeyStore, KeyStoreSettings, Lookup, Refusal,
};

const AWS_KEYS: &str = include_str!("../../../../tests/vectors/aws/jwks.json");
const ISSUERS: [&str; 3] =
    ["https://a.tokens.sts.global.api.aws", "https://b.example", "http://127.0.0.1:1"];
const KEY_IDS: [&str; 3] = ["RSA_0", "RSA_1", "junk"];
/// Of these, documents arise that are almost right.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "1",
    "null",
    r#""keys":[{"#,
    "}]}",
    r#""kty":"RSA""#,
    r#""kty":"EC""#,
    r#""crv":"P-384""#,
    r#""kid":"a""#,
    r#""n":"AQAB""#,
    r#""e":"AQAB""#,
    r#""x":"AA""#,
    r#""y":"""#,
    r#""use":"sig""#,
    r#""key_ops":[]"#,
];
/// Longer than any lifetime, cooldown and timeout by default.
const FOREVER: u64 = 1_000_000;

proptest! {
    #[test]
    fn no_document_panics(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30),
    ) {
        let limits = KeySetLimits::default();
        for document in [bytes, pieces.concat().into_bytes()] {
            let set = KeySet::parse(&document, limits).is_ok();
            let either = KeySet::read_pasted(&document, Some("k"), limits).is_ok();
            prop_assert!(either || !set, "a set where a set or key may stand");
            prop_assert!(Discovery::parse(&document, ISSUERS[0]).is_err());
        }
    }

    /// A key set with one byte changed never yields more keys than were published.
    #[test]
    fn no_damage_makes_a_key(place in 0..AWS_KEYS.len(), byte in any::<u8>()) {
        let mut bytes = AWS_KEYS.as_bytes().to_vec();
        bytes[place] = byte;
        if let Ok(set) = KeySet::parse(&bytes, KeySetLimits::default()) {
            prop_assert!(set.keys().len() + set.skipped().len() <= 2);
            for key in set.keys() {
                prop_assert!(key.verify(b"message", &vec![1; key.signature_bytes()]).is_err());
            }
        }
    }

    #[test]
    fn no_made_up_signature_is_accepted(
        message in prop::collection::vec(any::<u8>(), 0..50),
        signature in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let set = KeySet::parse(AWS_KEYS.as_bytes(), KeySetLimits::default()).unwrap();
        for key in set.keys() {
            prop_assert!(key.verify(&message, &signature).is_err());
            let mut fitting = signature.clone();
            fitting.resize(key.signature_bytes(), 7);
            prop_assert!(key.verify(&message, &fitting).is_err());
        }
    }

    /// Whatever happens, in whatever order and with whatever clock: at most one fetch per issuer is
    /// awaited, keys serve only if their issuer published them, and nothing is stuck afterwards.
    #[test]
    fn no_course_of_events_wedges_the_store(events in prop::collection::vec(event(), 0..60)) {
        let mut world = World::default();
        for event in &events {
            world.happen(event)?;
        }
        world.now = world.latest + FOREVER;
        for issuer in ISSUERS {
            prop_assert!(world.becomes_ready(issuer), "{issuer} is stuck");
        }
    }
}

#[derive(Clone, Debug)]
enum Event {
    Ask {
        issuer: usize,
        key_id: usize,
    },
    /// The outcome of the fetch that was begun this many fetches ago.
    Outcome {
        ago: usize,
        kind: u8,
    },
    Pass(u64),
    SetBack(u64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0..ISSUERS.len(), 0..KEY_IDS.len())
            .prop_map(|(issuer, key_id)| Event::Ask { issuer, key_id }),
        5 => (0_usize..4, 0_u8..8).prop_map(|(ago, kind)| Event::Outcome { ago, kind }),
        2 => (0_u64..12).prop_map(Event::Pass),
        1 => (0_u64..5000).prop_map(Event::Pass),
        1 => (0_u64..5000).prop_map(Event::SetBack),
    ]
}

struct World {
    store: KeyStore,
    now: u64,
    latest: u64,
    fetches: Vec<Fetch>,
    /// When the fetch that is awaited for an issuer was begun.
    awaited: HashMap<String, (u64, u64)>,
    /// The key ids that an issuer ever published.
    published: HashMap<String, Vec<&'static str>>,
}

impl Default for World {
    fn default() -> Self {
        Self {
            store: KeyStore::new(KeyStoreSettings { max_issuers: 3, ..Default::default() }),
            now: 1_700_000_000,
            latest: 1_700_000_000,
            fetches: Vec::new(),
            awaited: HashMap::new(),
            published: HashMap::new(),
        }
    }
}

impl World {
    fn happen(&mut self, event: &Event) -> Result<(), TestCaseError> {
        match *event {
            Event::Ask { issuer, key_id } => self.ask(ISSUERS[issuer], KEY_IDS[key_id])?,
            Event::Outcome { ago, kind } => self.report(ago, kind),
            Event::Pass(seconds) => self.now += seconds,
            Event::SetBack(seconds) => self.now -= seconds,
        }
        self.latest = self.latest.max(self.now);
        Ok(())
    }

    fn ask(&mut self, issuer: &str, key_id: &str) -> Result<(), TestCaseError> {
        let peeked = self.store.peek(issuer, key_id, Algorithm::Rs256, self.now);
        let peeked_ready = matches!(peeked, Lookup::Ready { .. });
        let not_loaded = matches!(peeked, Lookup::Refused(Refusal::NotLoaded));
        let looked_up = self.store.lookup(issuer, key_id, Algorithm::Rs256, self.now);
        prop_assert_eq!(peeked_ready, matches!(looked_up, Lookup::Ready { .. }));
        match looked_up {
            Lookup::Fetch(fetch) => {
                prop_assert!(not_loaded);
                prop_assert!(!self.is_awaited(issuer), "two fetches for {issuer} at once");
                prop_assert!(fetch.url.starts_with(issuer));
                self.awaited.insert(issuer.to_owned(), (fetch.id, self.now));
                self.fetches.push(fetch);
            }
            Lookup::Wait { until, .. } => {
                prop_assert!(not_loaded);
                prop_assert!(self.is_awaited(issuer), "a wait for nothing");
                prop_assert!(until > self.now);
            }
            Lookup::Ready { key, refresh, .. } => {
                let published = self.published.get(issuer);
                prop_assert!(published.is_some_and(|ids| ids.contains(&key.key_id())));
                if let Some(fetch) = refresh {
                    prop_assert!(!self.is_awaited(issuer), "two fetches for {issuer} at once");
                    self.awaited.insert(issuer.to_owned(), (fetch.id, self.now));
                    self.fetches.push(fetch);
                }
            }
            Lookup::Refused(refusal) => prop_assert_ne!(refusal, Refusal::NotLoaded),
        }
        Ok(())
    }

    fn report(&mut self, ago: usize, kind: u8) {
        let Some(fetch) = self.fetches.iter().rev().nth(ago).cloned() else {
            return;
        };
        let failed = |reason| FetchOutcome::Failed { reason, detail: "detail".into() };
        let outcome = match kind {
            0 => failed(FetchFailure::Timeout),
            1 => failed(FetchFailure::Cancelled),
            2 => response(503, Vec::new()),
            3 => response(200, b"{}".to_vec()),
            4 => self.document(&fetch, "RSA_1"),
            _ => self.document(&fetch, "RSA_0"),
        };
        self.supply(&fetch, outcome);
    }

    fn document(&mut self, fetch: &Fetch, key_id: &'static str) -> FetchOutcome {
        let Fetch { issuer, .. } = fetch;
        match fetch.purpose {
            FetchPurpose::Discovery => response(
                200,
                format!(r#"{{"issuer":"{issuer}","jwks_uri":"{issuer}/keys"}}"#).into_bytes(),
            ),
            FetchPurpose::KeySet => {
                self.published.entry(issuer.clone()).or_default().push(key_id);
                response(200, AWS_KEYS.replace("RSA_0", key_id).into_bytes())
            }
        }
    }

    fn supply(&mut self, fetch: &Fetch, outcome: FetchOutcome) {
        let next = self.store.supply(fetch.id, outcome, self.now).next;
        let current = self.awaited.get(&fetch.issuer).is_some_and(|(id, _)| *id == fetch.id);
        if current {
            self.awaited.remove(&fetch.issuer);
        }
        if let Some(next) = next {
            self.awaited.insert(next.issuer.clone(), (next.id, self.now));
            self.fetches.push(next);
        }
    }

    /// Whether a fetch was begun that has neither reported in time nor been given up.
    fn is_awaited(&self, issuer: &str) -> bool {
        let awaited = self.awaited.get(issuer);
        awaited.is_some_and(|(_, begun)| self.now < begun + 7 && self.now + 5 >= *begun)
    }

    /// Whether a sound issuer's key is there after the two fetches that it takes.
    fn becomes_ready(&mut self, issuer: &str) -> bool {
        let lookup = self.store.lookup(issuer, "RSA_0", Algorithm::Rs256, self.now);
        let Lookup::Fetch(mut fetch) = lookup else {
            return false;
        };
        loop {
            let outcome = self.document(&fetch, "RSA_0");
            match self.store.supply(fetch.id, outcome, self.now).next {
                Some(next) => fetch = next,
                None => break,
            }
        }
        let lookup = self.store.lookup(issuer, "RSA_0", Algorithm::Rs256, self.now);
        matches!(lookup, Lookup::Ready { .. })
    }
}

fn response(status: u16, body: Vec<u8>) -> FetchOutcome {
    FetchOutcome::Response { status, freshness: FreshnessHeaders::default(), body }
}
