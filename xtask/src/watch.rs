//! Waiting for files to change, by looking at them twice a second: that needs no library, and works on
//! every file system.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;

const PAUSE: Duration = Duration::from_millis(500);

/// Files and folders to look at, and how they were when last looked at.
pub(crate) struct Watch {
    places: Vec<PathBuf>,
    without: PathBuf,
    seen: Snapshot,
}

type Snapshot = BTreeMap<PathBuf, (SystemTime, u64)>;

impl Watch {
    /// Watches these files, and all that is in these folders `without` one of them.
    pub(crate) fn new(places: Vec<PathBuf>, without: PathBuf) -> Self {
        let mut watch = Self { places, without, seen: Snapshot::new() };
        watch.seen = watch.look();
        watch
    }

    /// Returns a changed file as soon as there is one; asks each time whether to go on.
    pub(crate) fn wait(&mut self, mut go_on: impl FnMut() -> Result<()>) -> Result<PathBuf> {
        loop {
            go_on()?;
            let now = self.look();
            if let Some(changed) = difference(&self.seen, &now) {
                self.seen = now;
                return Ok(changed);
            }
            thread::sleep(PAUSE);
        }
    }

    fn look(&self) -> Snapshot {
        let mut snapshot = Snapshot::new();
        for place in &self.places {
            self.add(place, &mut snapshot);
        }
        snapshot
    }

    /// What cannot be read now, such as a file that was just renamed, is not there.
    fn add(&self, place: &Path, snapshot: &mut Snapshot) {
        if place == self.without {
            return;
        }
        if let Ok(entries) = fs::read_dir(place) {
            for entry in entries.flatten() {
                self.add(&entry.path(), snapshot);
            }
        } else if let Ok(metadata) = fs::metadata(place)
            && let Ok(modified) = metadata.modified()
        {
            snapshot.insert(place.to_owned(), (modified, metadata.len()));
        }
    }
}

/// A file that is new, gone or different.
fn difference(before: &Snapshot, now: &Snapshot) -> Option<PathBuf> {
    let other = now.iter().find(|(path, state)| before.get(*path) != Some(*state));
    let gone = || before.keys().find(|path| !now.contains_key(*path));
    other.map(|(path, _)| path).or_else(gone).cloned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::SystemTime;

    use super::difference;

    #[test]
    fn new_changed_and_removed_files_are_differences() {
        let at = |length| (SystemTime::UNIX_EPOCH, length);
        let none = BTreeMap::new();
        let one = BTreeMap::from([("a".into(), at(1))]);
        let changed = BTreeMap::from([("a".into(), at(2))]);
        assert_eq!(difference(&one, &one), None);
        assert_eq!(difference(&none, &one), Some("a".into()));
        assert_eq!(difference(&one, &changed), Some("a".into()));
        assert_eq!(difference(&one, &none), Some("a".into()));
    }
}
