//! The projects in `examples/`: each copied out of the clone, installed as a user installs it, with the packed
//! package, and run next to a local issuer. What starts each is in `xtask/examples/list.mjs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::Mode;
use crate::command::{output, run, succeeds};
use crate::package;
use crate::rust_worker;
use crate::server;
use crate::setup;
use crate::test::files;
use crate::workspace::Workspace;

const EXAMPLES: &str = "examples";
const TESTS: &str = "tests/examples";
const HARNESS: &str = "xtask/examples";
/// What the callers call.
const SERVICE: &str = "express";

/// Builds what an example needs, and runs it; with `once` it is tried and ended, otherwise it stays up.
pub(crate) fn example(workspace: &Workspace, name: &str, once: bool) -> Result<()> {
    let all = names(workspace)?;
    if !all.iter().any(|known| known == name) {
        bail!("there is no example {name:?}; there are {}", all.join(", "));
    }
    let cli = server::build_cli(workspace)?;
    let tarball = package::build(workspace, Mode::Release)?;
    if name.starts_with("caller-") {
        prepare(workspace, SERVICE, &tarball)?;
    }
    prepare(workspace, name, &tarball)?;
    set_up_harness(workspace)?;
    let mut command = Command::new("node");
    command.arg(workspace.path(HARNESS).join("run.mjs")).arg(name);
    with_programs(workspace, &mut command, &cli);
    if once {
        command.arg("--once");
    }
    run(&mut command)
}

/// Builds the package, and runs the tests of all examples.
pub(crate) fn all(workspace: &Workspace) -> Result<()> {
    let tarball = package::build(workspace, Mode::Release)?;
    test(workspace, &tarball)
}

/// Runs the tests of all examples.
pub(crate) fn test(workspace: &Workspace, tarball: &Path) -> Result<()> {
    let cli = server::build_cli(workspace)?;
    for name in names(workspace)? {
        prepare(workspace, &name, tarball)?;
    }
    set_up_harness(workspace)?;
    let tests = files(&workspace.path(TESTS), ".test.mjs")?;
    let mut node = workspace.node(TESTS);
    with_programs(workspace, node.arg("--test").args(tests), &cli);
    run(&mut node)
}

/// Tells where the command line is, and what cargo built of the examples.
fn with_programs(workspace: &Workspace, command: &mut Command, cli: &Path) {
    command.env("COUNTERSIGN_CLI", cli).env("COUNTERSIGN_BUILT", workspace.cargo_target("debug"));
}

/// What runs the examples.
fn set_up_harness(workspace: &Workspace) -> Result<()> {
    setup::node_packages(workspace, HARNESS)
}

/// Every example's name, which is its folder's.
fn names(workspace: &Workspace) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(workspace.path(EXAMPLES)).context("reading the examples")? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Copies an example, and installs what it needs. That is told by its files.
fn prepare(workspace: &Workspace, name: &str, tarball: &Path) -> Result<()> {
    let folder = copy(workspace, name)?;
    let has = |file: &str| folder.join(file).exists();
    if has("Cargo.toml") && has("wrangler.toml") {
        rust_worker::build(workspace, name, &folder)?;
    } else if has("Cargo.toml") {
        // Where it is: it has the crate by its path.
        let manifest = workspace.path(EXAMPLES).join(name).join("Cargo.toml");
        run(workspace.cargo("build").arg("--quiet").arg("--manifest-path").arg(manifest))?;
    }
    if has("requirements.txt") {
        setup::python_environment(&folder.join(".venv"), &folder.join("requirements.txt"))?;
    }
    if has("index.html") {
        // For the browser.
        setup::node_packages(workspace, "tests/browser")?;
    }
    if has("caller.sh") {
        // For the AWS CLI.
        setup::python(workspace)?;
        if !setup::debian_package("curl", &["curl"])? {
            bail!("{name} needs curl: install it (on Debian: apt-get install curl)");
        }
    }
    if has("package-lock.json") {
        setup::node_packages(workspace, &format!("target/{EXAMPLES}/{name}"))?;
    }
    let lacks_host =
        matches!(name, "bun" | "deno") && !succeeds(Command::new(name).arg("--version"));
    if lacks_host || has("wrangler.jsonc") {
        // For the host that is not here, or for a newer Node.
        setup::node_packages(workspace, "tests/runtimes")?;
    }
    if !name.starts_with("caller-") && !has("Cargo.toml") {
        install_package(&folder, tarball)?;
    }
    Ok(())
}

/// Copies an example's files, and leaves what was installed there before.
fn copy(workspace: &Workspace, name: &str) -> Result<PathBuf> {
    let folder = workspace.target(EXAMPLES).join(name);
    fs::create_dir_all(&folder).context("making the example's folder")?;
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.ends_with("node_modules") || path.ends_with(".venv") {
            continue;
        }
        if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }
            .with_context(|| format!("removing {}", path.display()))?;
    }
    workspace.copy_sources(&format!("{EXAMPLES}/{name}"), &folder)?;
    Ok(folder)
}

/// Installs the packed package, as `npm install countersign` would.
fn install_package(folder: &Path, tarball: &Path) -> Result<()> {
    output(
        Command::new("npm")
            .current_dir(folder)
            // Not in a folder further up that has a package.json.
            .args(["install", "--prefix", ".", "--no-save", "--no-package-lock"])
            .args(["--no-audit", "--no-fund", "--prefer-offline"])
            .arg(tarball),
    )
    .map(drop)
}
