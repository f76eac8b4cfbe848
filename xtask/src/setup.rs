//! What a task needs beyond Rust, Node and Python. Each piece is quick when it is there already.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{output, run, succeeds};
use crate::workspace::Workspace;

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";
const NODE_AT_LEAST: u32 = 20;

/// The standard library for WebAssembly.
pub(crate) fn wasm_target() -> Result<()> {
    if sysroot()?.join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    println!("setup: adding the Rust target {WASM_TARGET}");
    run(Command::new("rustup").args(["target", "add", WASM_TARGET]))
}

/// The standard library's sources, to build it with a crate.
pub(crate) fn standard_library_sources() -> Result<()> {
    if standard_library()?.join("library/Cargo.lock").is_file() {
        return Ok(());
    }
    println!("setup: adding the Rust component rust-src");
    run(Command::new("rustup").args(["component", "add", "rust-src"]))
}

/// Where the sources of the standard library are, if they are installed.
pub(crate) fn standard_library() -> Result<PathBuf> {
    Ok(sysroot()?.join("lib/rustlib/src/rust"))
}

fn sysroot() -> Result<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(sysroot.trim()))
}

/// The npm packages that a folder's lock file names, exactly.
pub(crate) fn node_packages(workspace: &Workspace, folder: &str) -> Result<()> {
    let at = workspace.path(folder);
    let lock = at.join("package-lock.json");
    let stamp = at.join("node_modules/.countersign-installed");
    if is_current(&lock, &stamp)? {
        return Ok(());
    }
    let version = output(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major < NODE_AT_LEAST) {
        bail!("Node {} is too old: {NODE_AT_LEAST} or later is needed", version.trim());
    }
    println!("setup: installing the npm packages of {folder}");
    // Quiet unless it fails: npm's notices are about npm.
    output(Command::new("npm").current_dir(&at).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::copy(&lock, &stamp).context("recording what is installed")?;
    Ok(())
}

/// A Python environment in the target folder, with the pinned packages of the clients' tests.
pub(crate) fn python(workspace: &Workspace) -> Result<()> {
    let requirements = workspace.path("tests/clients/python/requirements.txt");
    python_environment(&workspace.target("venv"), &requirements)
}

/// A Python environment in this folder, with exactly the packages of a file of requirements.
pub(crate) fn python_environment(venv: &Path, requirements: &Path) -> Result<()> {
    let stamp = venv.join("countersign-installed");
    if is_current(requirements, &stamp)? {
        return Ok(());
    }
    println!("setup: installing {} into {}", requirements.display(), venv.display());
    output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(venv))
        .context("python3 with its venv module is needed")?;
    output(
        Command::new(venv.join("bin/pip")).args(["install", "--quiet", "-r"]).arg(requirements),
    )?;
    fs::copy(requirements, &stamp).context("recording what is installed")?;
    Ok(())
}

/// In CI, has one of these programs installed from Debian's package, if none is here. Says whether one is here
/// then.
pub(crate) fn debian_package(package: &str, programs: &[&str]) -> Result<bool> {
    if programs.iter().any(|program| is_here(program)) {
        return Ok(true);
    }
    if env::var_os("CI").is_none_or(|value| value.is_empty()) {
        return Ok(false);
    }
    println!("setup: installing {package}");
    let install = ["install", "--yes", "--no-install-recommends", package];
    // The lists of packages may be missing or too old to install from.
    if apt_get(&install).is_err() {
        apt_get(&["update"])?;
        apt_get(&install).with_context(|| format!("installing {package}"))?;
    }
    Ok(true)
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let is_root = output(Command::new("id").arg("-u"))?.trim() == "0";
    let mut command = if is_root { Command::new("apt-get") } else { Command::new("sudo") };
    if !is_root {
        command.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
    }
    output(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
}

fn is_here(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Whether cargo-nextest is here. Nothing is skipped without it: `cargo test` runs the same tests.
pub(crate) fn has_nextest() -> bool {
    let found = succeeds(Command::new("cargo").args(["nextest", "--version"]));
    if !found {
        println!("setup: cargo-nextest is not installed; running the same tests with cargo test");
    }
    found
}

fn is_current(lock: &Path, stamp: &Path) -> Result<bool> {
    let wanted = fs::read(lock).with_context(|| format!("reading {}", lock.display()))?;
    Ok(fs::read(stamp).is_ok_and(|installed| installed == wanted))
}
