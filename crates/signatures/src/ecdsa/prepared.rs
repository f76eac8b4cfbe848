//! How many keys may have tables.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Room for the tables of a number of keys, shared by whoever clones it.
///
/// A key takes a place when it has recurred often enough to be worth a table, and gives it back when it is
/// dropped. Without a place it verifies all the same, several times slower.
#[derive(Clone, Debug)]
pub struct PreparedKeys(Arc<AtomicUsize>);

impl PreparedKeys {
    /// Room for this many keys.
    pub fn new(max_keys: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(max_keys)))
    }

    /// For how many more keys there is room.
    pub fn places(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn take(&self) -> Option<Place> {
        let less = |places: usize| places.checked_sub(1);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).ok()?;
        Some(Place(self.clone()))
    }
}

/// A place for one key's table.
pub(super) struct Place(PreparedKeys);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::Relaxed);
    }
}
