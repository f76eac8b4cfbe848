//! `xtask-bindgen MODULE.wasm FOLDER`: writes the module's JavaScript bindings into the folder.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut args = env::args_os().skip(1).map(PathBuf::from);
    let module = args.next().context("which wasm module?")?;
    let folder = args.next().context("into which folder?")?;

    Bindgen::new()
        .web(true)?
        // The package hands the module over itself: no URL, no fetch.
        .omit_default_module_path(true)
        // The package has its own, smaller declaration (pkg/src/bindings.d.ts).
        .typescript(false)
        // A trap leaves the instance in an unknown state: the package then starts over with a new one.
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .input_path(&module)
        .generate(&folder)
        .with_context(|| format!("making bindings for {}", module.display()))
}
