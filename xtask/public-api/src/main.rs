//! `xtask-public-api FILE.json`: prints each item that others can use of a crate, one a line, from what rustdoc wrote
//! about it as JSON.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use public_api::Builder;

fn main() -> Result<()> {
    let file = env::args_os().nth(1).map(PathBuf::from).context("which file of rustdoc's?")?;
    let api = Builder::from_rustdoc_json(&file)
        .omit_auto_derived_impls(true)
        .omit_auto_trait_impls(true)
        .omit_blanket_impls(true)
        .build()
        .with_context(|| format!("reading {}", file.display()))?;
    print!("{api}");
    Ok(())
}
