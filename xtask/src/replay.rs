//! Protection against replay, with a real Redis or Valkey.

use std::path::Path;

use anyhow::Result;

use crate::build::Mode;
use crate::command::run;
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
    if !setup::debian_package("redis-server", &SERVERS)? {
        let lacking = "there is neither redis-server nor valkey-server. Install one \
                       (on Debian: apt-get install redis-server)";
        return Ok(Done::Skipped(lacking.to_owned()));
    }
    setup::node_packages(workspace, TESTS)?;
    let installed = packaging::install(workspace, tarball)?;
    let tests = test::files(&workspace.path(TESTS), ".test.mjs")?;
    run(workspace.node(TESTS).arg("--test").args(tests).env("COUNTERSIGN_TARBALL_DIR", installed))?;
    Ok(Done::Fully)
}
