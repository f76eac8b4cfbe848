//! From a crate to a WebAssembly module with its JavaScript bindings: the package's, and the page's.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::command::{output, run};
use crate::setup;
use crate::workspace::Workspace;

/// How a module is made.
pub(crate) struct Recipe {
    /// The crate.
    pub(crate) package: &'static str,
    /// What the crate's target is called, and so the module.
    pub(crate) target: &'static str,
    /// A profile of Cargo.toml.
    pub(crate) profile: &'static str,
    /// Whether the standard library is built with it, without words for a panic: see [`with_std`].
    pub(crate) builds_std: bool,
    /// For `xtask-bindgen`.
    pub(crate) bindings: &'static [&'static str],
    /// For `wasm-opt`; without any it is not run.
    pub(crate) effort: &'static [&'static str],
}

/// Writes the module and its bindings into the folder, unless they are there already. Returns the module.
pub(crate) fn build(workspace: &Workspace, recipe: &Recipe, folder: &Path) -> Result<PathBuf> {
    let compiled = compile(workspace, recipe)?;
    let module = folder.join(format!("{}_bg.wasm", recipe.target));
    let stamp = folder.join("made-from");
    let made_from = format!("{}\n{:?} {:?}", compiled.display(), recipe.bindings, recipe.effort);
    if fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == made_from)
        && is_newer(&stamp, &[compiled.clone(), env::current_exe()?])?
        && is_newer(&stamp, &tools(workspace))?
    {
        return Ok(module);
    }
    finish(workspace, recipe, &compiled, folder, &module)?;
    fs::write(&stamp, made_from).context("recording what the module was made from")?;
    Ok(module)
}

/// The same from a copy of the sources, by this workspace's tools.
pub(crate) fn build_copy(
    workspace: &Workspace,
    copy: &Workspace,
    recipe: &Recipe,
    folder: &Path,
) -> Result<PathBuf> {
    let compiled = compile(copy, recipe)?;
    let module = folder.join(format!("{}_bg.wasm", recipe.target));
    finish(workspace, recipe, &compiled, folder, &module)?;
    Ok(module)
}

fn finish(
    workspace: &Workspace,
    recipe: &Recipe,
    compiled: &Path,
    folder: &Path,
    module: &Path,
) -> Result<()> {
    bind(workspace, recipe, compiled, folder)?;
    if recipe.effort.is_empty() {
        return Ok(());
    }
    optimize(workspace, module, recipe.effort)
}

fn compile(workspace: &Workspace, recipe: &Recipe) -> Result<PathBuf> {
    setup::wasm_target()?;
    let mut cargo = workspace.cargo("build");
    cargo.args(["--package", recipe.package]).args([
        "--target",
        setup::WASM_TARGET,
        "--profile",
        recipe.profile,
    ]);
    let mut flags = without_places(workspace)?;
    if recipe.builds_std {
        setup::standard_library_sources()?;
        with_std(recipe, &mut cargo, &mut flags);
    }
    // The separator that Cargo asks for: paths may have spaces.
    run(cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))?;
    let folder = if recipe.profile == "dev" { "debug" } else { recipe.profile };
    let target = recipe.target;
    Ok(workspace.cargo_target(&format!("{}/{folder}/{target}.wasm", setup::WASM_TARGET)))
}

/// Has the standard library built with the crate: as the crate is, where the one that comes with Rust can say
/// at length why it panicked and sorts fast. That is a tenth of the module after brotli. What allocates and
/// compares is built for speed all the same.
fn with_std(recipe: &Recipe, cargo: &mut Command, flags: &mut Vec<String>) {
    // The flags are unstable, so this compiler has to be told that they are meant.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    for package in ["alloc", "compiler_builtins", "core", "dlmalloc", "hashbrown", "std"] {
        let profile = recipe.profile;
        cargo.arg("--config").arg(format!("profile.{profile}.package.{package}.opt-level=3"));
    }
    flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"].map(str::to_owned));
    // How large a function is inlined: less makes calls of everything, more makes the module grow. Measured between
    // 0 and 130: to 35 it gets faster at no more octets.
    flags.push("-Cllvm-args=-inline-threshold=35".to_owned());
    // What is exported then needs no wrappers for several results, which take V8 as long to compile as it takes to
    // read all the rest of the module.
    flags.push("-Ctarget-feature=-multivalue".to_owned());
    // SHA-2 in loops: as fast in WebAssembly as the same unrolled, and a tenth of the code.
    flags.extend(
        ["sha2_backend=\"soft\"", "sha2_backend_soft=\"compact\""]
            .map(|cfg| format!("--cfg={cfg}")),
    );
}

/// Compiler flags that keep this machine's folders out of panic messages: the module is published, and
/// should be the same wherever it is built.
fn without_places(workspace: &Workspace) -> Result<Vec<String>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("where is Cargo's home?")?;
    let registries = home.join("registry/src");
    let mut places = vec![(workspace.path(""), "countersign/".to_owned()), standard_library()?];
    for registry in fs::read_dir(&registries).with_context(|| registries.display().to_string())? {
        places.push((registry?.path(), "crates".to_owned()));
    }
    let remapped = |(place, name): &(PathBuf, String)| {
        format!("--remap-path-prefix={}={name}", place.display())
    };
    Ok(places.iter().map(remapped).collect())
}

/// Where the sources of the standard library are if they are installed (rust-src), and what the compiler calls
/// that place if they are not.
fn standard_library() -> Result<(PathBuf, String)> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    let commit = commit.context("which commit is rustc made from?")?;
    Ok((setup::standard_library()?, format!("/rustc/{commit}")))
}

/// What decides about the bindings and the optimization, besides the module.
fn tools(workspace: &Workspace) -> [PathBuf; 3] {
    ["Cargo.lock", "pkg/package-lock.json", "xtask/bindgen/src/main.rs"]
        .map(|path| workspace.path(path))
}

fn is_newer(made: &Path, from: &[PathBuf]) -> Result<bool> {
    let made = modified(made)?;
    for path in from {
        if modified(path)? >= made {
            return Ok(false);
        }
    }
    Ok(true)
}

fn modified(path: &Path) -> Result<SystemTime> {
    let metadata = fs::metadata(path).with_context(|| path.display().to_string())?;
    metadata.modified().with_context(|| path.display().to_string())
}

fn bind(workspace: &Workspace, recipe: &Recipe, compiled: &Path, folder: &Path) -> Result<()> {
    run(workspace
        .cargo("run")
        .args(["--quiet", "--package", "xtask-bindgen", "--"])
        .arg(compiled)
        .arg(folder)
        .args(recipe.bindings))
}

fn optimize(workspace: &Workspace, module: &Path, effort: &[&str]) -> Result<()> {
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
