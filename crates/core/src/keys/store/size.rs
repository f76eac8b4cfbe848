use super::KeyStore;

/// How much a key store holds: for whoever watches its memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Size {
    /// Issuers of which anything is known.
    pub issuers: usize,
    /// Fetches that were begun and not reported.
    pub fetches_under_way: usize,
    /// Key ids that are remembered and not published: of the issuer with the most.
    pub most_key_ids: usize,
}

impl Size {
    pub(super) fn of(store: &KeyStore) -> Self {
        let key_ids = store.issuers.values().map(|issuer| {
            let awaited = issuer.flight.as_ref().map_or(0, |flight| flight.key_ids.len());
            issuer.key_ids.count() + awaited
        });
        Self {
            issuers: store.issuers.len(),
            fetches_under_way: store.flights.len(),
            most_key_ids: key_ids.max().unwrap_or(0),
        }
    }
}
