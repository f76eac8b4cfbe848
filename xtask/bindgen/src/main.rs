//! `xtask-bindgen MODULE.wasm FOLDER [--resettable] [--keep-names]`: writes the module's JavaScript bindings
//! into the folder.
//!
//! `--resettable` adds a function that begins anew with a fresh instance; `--keep-names` leaves function
//! names in the module, for readable stack traces.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut args = env::args_os().skip(1);
    let module = args.next().map(PathBuf::from).context("which wasm module?")?;
    let folder = args.next().map(PathBuf::from).context("into which folder?")?;
    let (mut resettable, mut keep_names) = (false, false);
    for option in args {
        match option.to_str() {
            Some("--resettable") => resettable = true,
            Some("--keep-names") => keep_names = true,
            _ => bail!("{} is no option", option.display()),
        }
    }

    Bindgen::new()
        .web(true)?
        // Whoever loads the module knows where it is: the bindings need no URL of it.
        .omit_default_module_path(true)
        // The package has its own, smaller declaration (pkg/src/bindings.d.ts).
        .typescript(false)
        .reset_state_function(resettable)
        .remove_name_section(!keep_names)
        .remove_producers_section(true)
        .input_path(&module)
        .generate(&folder)
        .with_context(|| format!("making bindings for {}", module.display()))
}
