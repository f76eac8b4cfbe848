//! The packed npm package, installed as a user installs it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{output, run};
use crate::setup;
use crate::test::files;
use crate::workspace::Workspace;

/// Installs the packed package in an empty folder, and returns the folder.
pub(crate) fn install(workspace: &Workspace, tarball: &Path) -> Result<PathBuf> {
    let folder = workspace.target("pkg/installed");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("emptying the folder to install in")?;
    }
    fs::create_dir_all(&folder).context("making the folder to install in")?;
    fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    output(
        Command::new("npm")
            .current_dir(&folder)
            .args(["install", "--no-audit", "--no-fund", "--no-package-lock"])
            .arg(tarball),
    )?;
    Ok(folder)
}

/// Runs the tests of the packed package.
pub(crate) fn test(workspace: &Workspace, tarball: &Path) -> Result<()> {
    setup::node_packages(workspace, "tests/packaging")?;
    let installed = install(workspace, tarball)?;
    run(workspace
        .node("tests/packaging")
        .args(["--test", "packaging.test.mjs"])
        .env("COUNTERSIGN_TARBALL", tarball)
        .env("COUNTERSIGN_TARBALL_DIR", installed))
}

/// Runs servers of each framework with the packed package, and what calls and hosts theirs make of it.
pub(crate) fn test_frameworks(workspace: &Workspace, tarball: &Path) -> Result<()> {
    const FOLDER: &str = "tests/frameworks";
    setup::node_packages(workspace, FOLDER)?;
    // For Deno, Bun and workerd.
    setup::node_packages(workspace, "tests/runtimes")?;
    // Beside the frameworks, as in a service of theirs.
    install_beside(workspace, FOLDER, tarball)?;
    let tests = files(&workspace.path(FOLDER), ".test.mjs")?;
    let installed = workspace.path(FOLDER);
    run(workspace.node(FOLDER).arg("--test").args(tests).env("COUNTERSIGN_TARBALL_DIR", installed))
}

/// Runs the tests of `countersign/testing`: in test runners, and with AWS's clients.
pub(crate) fn test_testing(workspace: &Workspace, tarball: &Path) -> Result<()> {
    const FOLDER: &str = "tests/testing";
    setup::python(workspace)?;
    setup::node_packages(workspace, FOLDER)?;
    // Beside the test runners, as in a project of their users'.
    install_beside(workspace, FOLDER, tarball)?;
    let tests = files(&workspace.path(FOLDER), ".test.mjs")?;
    let python = workspace.venv("python");
    run(workspace.node(FOLDER).arg("--test").args(tests).env("COUNTERSIGN_PYTHON", python))
}

/// Installs the packed package in a folder of the repository that has packages already.
fn install_beside(workspace: &Workspace, folder: &str, tarball: &Path) -> Result<()> {
    output(
        Command::new("npm")
            .current_dir(workspace.path(folder))
            .args(["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"])
            .arg(tarball),
    )
    .map(drop)
}

/// Runs each entry of the packed package in the runtimes that it is for, and through a bundler.
pub(crate) fn test_runtimes(workspace: &Workspace, tarball: &Path) -> Result<()> {
    const FOLDER: &str = "tests/runtimes";
    setup::node_packages(workspace, FOLDER)?;
    // For its browser.
    setup::node_packages(workspace, "tests/browser")?;
    setup::debian_package("firefox-esr", &["firefox", "firefox-esr"])?;
    let installed = install(workspace, tarball)?;
    let tests = files(&workspace.path(FOLDER), ".test.mjs")?;
    run(workspace.node(FOLDER).arg("--test").args(tests).env("COUNTERSIGN_TARBALL_DIR", installed))
}

/// Runs the native command line's own tests on the packed package's, `npx countersign`, on each version of Node.
pub(crate) fn test_command_line(workspace: &Workspace, tarball: &Path) -> Result<()> {
    const FOLDER: &str = "tests/runtimes";
    setup::node_packages(workspace, FOLDER)?;
    let installed = install(workspace, tarball)?;
    let program = installed.join("node_modules/.bin/countersign");
    let usual = env::var_os("PATH").unwrap_or_default();
    let others = ["node22", "node24"]
        .map(|node| workspace.path(FOLDER).join("node_modules").join(node).join("bin"))
        // They are for Linux on x64.
        .into_iter()
        .filter(|bin| bin.join("node").is_file());
    for node in [None].into_iter().chain(others.map(Some)) {
        // `#!/usr/bin/env node` finds it there.
        let path = env::join_paths(node.into_iter().chain(env::split_paths(&usual)))?;
        println!(
            "Node {}",
            output(Command::new("node").arg("--version").env("PATH", &path))?.trim()
        );
        run(workspace
            .cargo("test")
            .args(["--workspace", "--all-features", "--quiet"])
            .args([
                "--test",
                "transcripts",
                "--test",
                "streams",
                "--test",
                "fetching",
                "--test",
                "issuer",
            ])
            .env("COUNTERSIGN_BIN", &program)
            .env("PATH", &path))?;
    }
    println!(
        "not the same, since only the native program has the inspector: `page`, `inspect --web`"
    );
    Ok(())
}
