//! Protection against replay, with a real Redis or Valkey.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::Mode;
use crate::command::{output, run};
use crate::package;
use crate::packaging;
use crate::setup;
use crate::steps::{Done, Steps};
use crate::test;
use crate::workspace::Workspace;

const TESTS: &str = "tests/replay";
const SERVERS: [&str; 2] = ["redis-server", "valkey-server"];

/// Builds the package, and runs its tests with a server.
pub(crate) fn replay(workspace: &Workspace) -> Result<()> {
    let tarball = package::build(workspace, Mode::Release)?;
    let mut steps = Steps::default();
    steps.step_or_skip("protection against replay", || test(workspace, &tarball));
    steps.finish()
}

/// Runs the tests. Where there is no server they are skipped; in CI one is installed.
pub(crate) fn test(workspace: &Workspace, tarball: &Path) -> Result<Done> {
    if !SERVERS.into_iter().any(is_here) {
        if env::var_os("CI").is_none_or(|value| value.is_empty()) {
            let lacking = "there is neither redis-server nor valkey-server. Install one \
                           (on Debian: apt-get install redis-server)";
            return Ok(Done::Skipped(lacking.to_owned()));
        }
        install_server().context("installing redis-server")?;
    }
    setup::node_packages(workspace, TESTS)?;
    let installed = packaging::install(workspace, tarball)?;
    let tests = test::files(&workspace.path(TESTS), ".test.mjs")?;
    run(workspace.node(TESTS).arg("--test").args(tests).env("COUNTERSIGN_TARBALL_DIR", installed))?;
    Ok(Done::Fully)
}

fn install_server() -> Result<()> {
    println!("setup: installing redis-server");
    let install = ["install", "--yes", "--no-install-recommends", "redis-server"];
    // The lists of packages may be missing or too old to install from.
    if apt_get(&install).is_err() {
        apt_get(&["update"])?;
        apt_get(&install)?;
    }
    Ok(())
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
