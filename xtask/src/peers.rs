//! The table of what this package and others do in the same situations.

use std::path::Path;

use anyhow::Result;

use crate::build::Mode;
use crate::command::run;
use crate::package;
use crate::packaging;
use crate::setup;
use crate::workspace::Workspace;

/// Builds the package and runs it beside the others; with `write`, writes `docs/peers.md` as well.
pub(crate) fn peers(workspace: &Workspace, write: bool) -> Result<()> {
    let tarball = package::build(workspace, Mode::Release)?;
    table(workspace, &tarball, write)
}

/// Runs the packed package beside the others, and compares `docs/peers.md` with what came of it.
pub(crate) fn test(workspace: &Workspace, tarball: &Path) -> Result<()> {
    table(workspace, tarball, false)
}

fn table(workspace: &Workspace, tarball: &Path, write: bool) -> Result<()> {
    setup::node_packages(workspace, "tests/peers")?;
    let installed = packaging::install(workspace, tarball)?;
    run(workspace
        .node("tests/peers")
        .args(["--test", "peers.test.mjs"])
        .env("COUNTERSIGN_WRITE", if write { "peers" } else { "" })
        .env("COUNTERSIGN_TARBALL_DIR", installed))
}
