//! A folder that keeps the state: `state.json`, readable by its owner only, replaced as a whole.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::snapshot::{Snapshot, StateError};

/// A state folder.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Uses the folder at `path`, making it when it is missing.
    pub(crate) fn open(path: &Path) -> Result<Self, StateError> {
        fs::create_dir_all(path).map_err(|error| StateError::unsaved(&error))?;
        Ok(Self { path: path.to_owned() })
    }

    /// The saved state, or `None` when nothing was saved yet.
    pub(crate) fn load(&self) -> Result<Option<Snapshot>, StateError> {
        match fs::read(self.path.join("state.json")) {
            Ok(json) => Snapshot::parse(&json).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StateError::unreadable(&error)),
        }
    }

    /// Replaces the saved state: a reader, or a crash, sees the old state or the new one, whole.
    pub(crate) fn save(&self, snapshot: &Snapshot) -> Result<(), StateError> {
        let json = snapshot.to_json()?;
        self.replace(json.as_bytes()).map_err(|error| StateError::unsaved(&error))
    }

    fn replace(&self, json: &[u8]) -> io::Result<()> {
        let new = self.path.join("state.json.new");
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&new)?;
        file.write_all(json)?;
        file.sync_all()?;
        fs::rename(&new, self.path.join("state.json"))
    }
}
