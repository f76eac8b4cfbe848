//! Puts the built page (`web/dist`) into the binary, if it is there.
//!
//! The list that `src/page/files.rs` includes is empty where it is not: the binary then says how to build it.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let built = manifest.join("../../web/dist");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", built.display());
    let mut files = names(&built)?;
    files.sort();
    let entries: Vec<String> = files
        .iter()
        .map(|name| format!("    ({name:?}, include_bytes!({:?})),\n", built.join(name)))
        .collect();
    let list = format!("&[\n{}]\n", entries.concat());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("page.rs"), list)
}

/// The page's files, without their compressed forms, which are for other hosts.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let for_other_hosts =
            name == "_headers" || [".gz", ".br"].iter().any(|ending| name.ends_with(ending));
        if !for_other_hosts && !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(names)
}
