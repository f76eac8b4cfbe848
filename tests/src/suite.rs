//! Reading the vector files, with their references resolved: for the tests that go through all of them.

use std::path::{Path, PathBuf};

use crate::vectors::{Case, File, Keys, PolicySource, Shared};

/// The vectors as they stand in `tests/vectors`.
#[derive(Clone, Debug)]
pub struct Suite {
    /// What cases refer to by name.
    pub shared: Shared,
    /// The files, by name without extension, in the order of their names.
    pub files: Vec<(String, File)>,
}

impl Suite {
    /// Reads every file.
    ///
    /// # Errors
    /// Which file cannot be read, and why.
    pub fn read() -> Result<Self, String> {
        let shared = read(&folder().join("shared.json"))?;
        let files = Self::paths()?
            .iter()
            .map(|path| {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                Ok((name, read(path)?))
            })
            .collect::<Result<_, String>>()?;
        Ok(Self { shared, files })
    }

    /// The files with cases.
    ///
    /// # Errors
    /// Why the folder cannot be read.
    pub fn paths() -> Result<Vec<PathBuf>, String> {
        let entries = std::fs::read_dir(folder()).map_err(|fault| fault.to_string())?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|fault| fault.to_string())?.path();
            let is_json = path.extension().is_some_and(|extension| extension == "json");
            if is_json && !path.ends_with("shared.json") {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// Every case, with the name of its file.
    pub fn cases(&self) -> impl Iterator<Item = (&str, &Case)> {
        self.files
            .iter()
            .flat_map(|(name, file)| file.cases.iter().map(move |case| (name.as_str(), case)))
    }

    /// A case's policy as text.
    pub fn policy(&self, case: &Case) -> String {
        match &case.policy {
            PolicySource::Shared(name) => {
                self.shared.policies.get(name).map_or_else(String::new, |policy| policy.text())
            }
            PolicySource::Text { text } => text.clone(),
            PolicySource::Own(policy) => policy.text(),
        }
    }

    /// A case's key sets as text, by issuer.
    pub fn key_sets(&self, case: &Case) -> Vec<(String, String)> {
        let sets = match &case.keys {
            Keys::Shared(name) => self.shared.keys.get(name),
            Keys::Own(sets) => Some(sets),
        };
        let padding =
            case.key_set_padding.map(|bytes| format!("{{\"padding\":\"{}\",", "a".repeat(bytes)));
        sets.into_iter()
            .flatten()
            .map(|(issuer, set)| {
                let text = set.text();
                let text = match &padding {
                    None => text,
                    Some(padding) => text.replacen('{', padding, 1),
                };
                (issuer.clone(), text)
            })
            .collect()
    }
}

/// Where the vectors are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = std::fs::read_to_string(path).map_err(|fault| fault.to_string())?;
    serde_json::from_str(&text).map_err(|fault| format!("{}: {fault}", path.display()))
}
