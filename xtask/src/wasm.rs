//! From a crate to a WebAssembly module with its JavaScript bindings: the package's, and the page's.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::run;
use crate::setup;
use crate::workspace::Workspace;

/// Compiles a crate with a profile of Cargo.toml. Returns the module, which has the name of the target.
pub(crate) fn compile(
    workspace: &Workspace,
    package: &str,
    profile: &str,
    target: &str,
) -> Result<PathBuf> {
    setup::wasm_target()?;
    run(workspace
        .cargo("build")
        .args(["--package", package])
        .args(["--target", setup::WASM_TARGET, "--profile", profile])
        .env("CARGO_ENCODED_RUSTFLAGS", without_places(workspace)?))?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(workspace.cargo_target(&format!("{}/{folder}/{target}.wasm", setup::WASM_TARGET)))
}

/// Compiler flags that keep this machine's folders out of panic messages: the module is published, and
/// should be the same wherever it is built.
fn without_places(workspace: &Workspace) -> Result<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("where is Cargo's home?")?;
    let registries = home.join("registry/src");
    let mut places = vec![(workspace.path(""), "countersign/")];
    for registry in fs::read_dir(&registries).with_context(|| registries.display().to_string())? {
        places.push((registry?.path(), "crates"));
    }
    let flags = places
        .iter()
        .map(|(place, name)| format!("--remap-path-prefix={}={name}", place.display()));
    // The separator that Cargo asks for: paths may have spaces.
    Ok(flags.collect::<Vec<_>>().join("\u{1f}"))
}

/// Writes the module's bindings into the folder, and the module as they use it, which is returned.
pub(crate) fn bind(
    workspace: &Workspace,
    module: &Path,
    folder: &Path,
    options: &[&str],
) -> Result<PathBuf> {
    run(workspace
        .cargo("run")
        .args(["--quiet", "--package", "xtask-bindgen", "--"])
        .arg(module)
        .arg(folder)
        .args(options))?;
    let name = module.file_stem().context("a module has a name")?.to_string_lossy();
    Ok(folder.join(format!("{name}_bg.wasm")))
}

/// Optimizes the module in its place with `wasm-opt`.
pub(crate) fn optimize(workspace: &Workspace, module: &Path, effort: &[&str]) -> Result<()> {
    // The features that rustc's own target description switches on.
    run(workspace
        .node_tool("pkg", "wasm-opt")
        .args(effort)
        .args([
            "--enable-bulk-memory",
            "--enable-multivalue",
            "--enable-mutable-globals",
            "--enable-nontrapping-float-to-int",
            "--enable-reference-types",
            "--enable-sign-ext",
        ])
        .arg(module)
        .arg("-o")
        .arg(module))
}
