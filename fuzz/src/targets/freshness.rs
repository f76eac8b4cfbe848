//! The headers that say how long a key set may be used: `Cache-Control`, `Age`, `Date`, `Expires`, a line
//! each; an empty line is a header that was not sent.

use countersign::keys::{Effect, FetchOutcome, FreshnessHeaders, KeyStore, Lookup};
use countersign::{Algorithm, KeyStoreSettings};

use crate::shared::{ISSUER, NOW, text};

/// Runs the target.
pub fn run(data: &[u8]) {
    let mut lines = text(data).split('\n');
    let mut line = || lines.next().filter(|line| !line.is_empty()).map(str::to_owned);
    let headers =
        FreshnessHeaders { cache_control: line(), age: line(), date: line(), expires: line() };
    let settings = KeyStoreSettings::default();
    let (floor, ceiling) = (settings.min_lifetime_seconds, settings.max_lifetime_seconds);
    let lifetime = lifetime(settings, headers.clone());
    assert!((floor..=ceiling).contains(&lifetime), "{lifetime}");
    if let Some(expected) = plainly(&headers) {
        assert_eq!(lifetime, expected.clamp(floor, ceiling), "{headers:?}");
    }
    if headers.cache_control.is_none() && headers.expires.is_none() && headers.age.is_none() {
        assert_eq!(lifetime, KeyStoreSettings::default().lifetime_seconds);
    }
}

/// For how long a key store uses a key set that came with these headers.
fn lifetime(settings: KeyStoreSettings, headers: FreshnessHeaders) -> u64 {
    let mut store = KeyStore::new(settings);
    let Lookup::Fetch(fetch) = store.lookup(ISSUER, "k", Algorithm::Es384, NOW) else {
        panic!("an empty store fetches");
    };
    let body = br#"{"keys":[]}"#.to_vec();
    let outcome = FetchOutcome::Response { status: 200, freshness: headers, body };
    match store.supply(fetch.id, outcome, NOW).effect {
        Effect::Loaded { fresh_until, .. } => fresh_until - NOW,
        effect => panic!("{effect:?}"),
    }
}

/// What the plainest of headers mean: one `max-age` of digits, and an `Age` of digits or none.
fn plainly(headers: &FreshnessHeaders) -> Option<u64> {
    let digits = |text: &str| {
        let is_plain = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_plain.then(|| text.parse::<u64>().unwrap())
    };
    let max_age = digits(headers.cache_control.as_deref()?.strip_prefix("max-age=")?)?;
    let age = match headers.age.as_deref() {
        None => 0,
        Some(age) => digits(age)?,
    };
    Some(max_age.saturating_sub(age))
}
