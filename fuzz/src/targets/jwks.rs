//! A key set, as an issuer publishes it and as people paste it.

use std::collections::BTreeSet;

use countersign::keys::KeyLookup;
use countersign::{KeySet, KeySetLimits};
use serde_json::Value;

use crate::shared::{assert_printable, theirs};

/// Runs the target.
pub fn run(data: &[u8]) {
    let limits = KeySetLimits { max_bytes: 4000, max_keys: 8 };
    match KeySet::parse(data, limits) {
        Err(fault) => assert_printable(&fault.to_string()),
        Ok(set) => {
            let count = set.keys().len() + set.skipped().len();
            assert!(data.len() <= limits.max_bytes && count <= limits.max_keys);
            if let Some(theirs) = theirs(data) {
                let entries = theirs["keys"].as_array().unwrap();
                assert_eq!(count, entries.len());
                assert_sound(&set, entries);
            }
        }
    }
    for key_id in [None, Some("k")] {
        match KeySet::read_pasted(data, key_id, limits) {
            Err(fault) => assert_printable(&fault.to_string()),
            Ok(set) => {
                let reasons = set.skipped().iter().map(|key| key.reason.to_string());
                reasons.for_each(|reason| assert_printable(&reason));
            }
        }
    }
}

/// A key serves only as its entry says, and no two serve for one id and algorithm.
fn assert_sound(set: &KeySet, entries: &[Value]) {
    let mut places = BTreeSet::new();
    for skipped in set.skipped() {
        assert!(skipped.position < entries.len() && places.insert(skipped.position));
        assert_printable(&skipped.reason.to_string());
    }
    let mut sound = BTreeSet::new();
    for key in set.keys() {
        assert!(sound.insert((key.key_id(), key.algorithm())), "two keys of one id");
        assert!(matches!(set.key(key.key_id(), key.algorithm()), KeyLookup::Found(_)));
        assert!(key.verify(b"a.b", &[0; 96]).is_err());
        let named = |entry: &&Value| entry["kid"] == key.key_id();
        let fits = |entry: &Value| {
            let (kind, curve) = match key.algorithm().as_str() {
                "RS256" => ("RSA", None),
                "ES256" => ("EC", Some("P-256")),
                _ => ("EC", Some("P-384")),
            };
            let unless_other =
                |member: &str, wanted: &str| entry.get(member).is_none_or(|found| found == wanted);
            entry["kty"] == kind
                && curve.is_none_or(|curve| entry["crv"] == curve)
                && unless_other("use", "sig")
                && unless_other("alg", key.algorithm().as_str())
        };
        assert!(entries.iter().filter(named).any(fits), "no entry for this key");
    }
}
