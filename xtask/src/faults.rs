//! An issuer that fails in every known way, before the packed package and the binary.

use std::path::Path;

use anyhow::Result;

use crate::build::Mode;
use crate::command::run;
use crate::package;
use crate::packaging;
use crate::server;
use crate::workspace::Workspace;

/// Builds what is needed, and runs every fault; with `write` the document is written and not compared.
pub(crate) fn faults(workspace: &Workspace, write: bool) -> Result<()> {
    let tarball = package::build(workspace, Mode::Release)?;
    run_faults(workspace, &tarball, write)
}

/// Runs every fault through the packed package and the binary, and holds docs/faults.md against it.
pub(crate) fn test(workspace: &Workspace, tarball: &Path) -> Result<()> {
    run_faults(workspace, tarball, false)
}

fn run_faults(workspace: &Workspace, tarball: &Path, write: bool) -> Result<()> {
    let installed = packaging::install(workspace, tarball)?;
    let binary = server::build_cli(workspace)?;
    let mut tests = workspace.node("tests/faults");
    tests
        .args(["--test", "faults.test.mjs"])
        .env("COUNTERSIGN_TARBALL_DIR", installed)
        .env("COUNTERSIGN_BINARY", binary);
    if write {
        tests.env("COUNTERSIGN_WRITE", "faults");
    }
    run(&mut tests)
}
