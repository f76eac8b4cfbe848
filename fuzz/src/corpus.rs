//! The committed inputs.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The inputs of a target, with the names of their files, in the order of those.
///
/// # Errors
/// The folder, or a file in it, cannot be read.
pub fn inputs(target: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder(target))?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    paths.into_iter().map(|path| Ok((name(&path), fs::read(path)?))).collect()
}

/// Runs a target on the files that are named on the command line.
///
/// # Errors
/// A file cannot be read.
pub fn run_files(target: fn(&[u8])) -> io::Result<()> {
    for path in env::args_os().skip(1) {
        println!("{}", Path::new(&path).display());
        target(&fs::read(path)?);
    }
    Ok(())
}

pub(crate) fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}
