//! This package beside others, where verifiers differ: a table of what each does, run anew each time.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::build::Mode;
use crate::command::run;
use crate::package;
use crate::packaging;
use crate::setup;
use crate::test::files;
use crate::workspace::Workspace;

const FOLDER: &str = "tests/peers";

/// Builds the package and compares; or writes `docs/peers.md` from what was measured.
pub(crate) fn peers(workspace: &Workspace, write: bool) -> Result<()> {
    let tarball = package::build(workspace, Mode::Release)?;
    if write { self::write(workspace, &tarball) } else { test(workspace, &tarball) }
}

/// Prints the table. An error when a peer is better somewhere, or the document says something else.
pub(crate) fn test(workspace: &Workspace, tarball: &Path) -> Result<()> {
    let installed = set_up(workspace, tarball)?;
    let tests = files(&workspace.path(FOLDER), ".test.mjs")?;
    run(workspace
        .node(FOLDER)
        // Of all reporters this one prints the table as it is, wherever it goes.
        .args(["--no-warnings", "--test", "--test-reporter=spec"])
        .args(tests)
        .env("COUNTERSIGN_TARBALL_DIR", installed))
}

fn write(workspace: &Workspace, tarball: &Path) -> Result<()> {
    let installed = set_up(workspace, tarball)?;
    run(workspace
        .node(FOLDER)
        .args(["--no-warnings", "write-document.mjs"])
        .env("COUNTERSIGN_TARBALL_DIR", installed))
}

fn set_up(workspace: &Workspace, tarball: &Path) -> Result<PathBuf> {
    setup::node_packages(workspace, FOLDER)?;
    packaging::install(workspace, tarball)
}
