//! Good and bad tokens at full speed through the packed package, while their issuers fail.

use std::path::Path;

use anyhow::Result;

use crate::build::Mode;
use crate::command::run;
use crate::package;
use crate::packaging;
use crate::workspace::Workspace;

/// How long the default run of the tests soaks, in seconds.
const SLICE_SECONDS: u32 = 20;

/// Soaks for so many seconds; the figures also go to `soak.json` in the target folder.
pub(crate) fn soak(workspace: &Workspace, seconds: u32, seed: Option<u32>) -> Result<()> {
    let tarball = package::build(workspace, Mode::Release)?;
    let installed = packaging::install(workspace, &tarball)?;
    soak_installed(workspace, &installed, seconds, seed)
}

/// Shows that the soak fails when it should, and then a slice of it.
pub(crate) fn test(workspace: &Workspace, tarball: &Path) -> Result<()> {
    let installed = packaging::install(workspace, tarball)?;
    run(workspace
        .node("tests/soak")
        .args(["--test", "soak.test.mjs"])
        .env("COUNTERSIGN_TARBALL_DIR", &installed))?;
    soak_installed(workspace, &installed, SLICE_SECONDS, None)
}

fn soak_installed(
    workspace: &Workspace,
    installed: &Path,
    seconds: u32,
    seed: Option<u32>,
) -> Result<()> {
    let mut soak = workspace.node("tests/soak");
    // Memory is looked at after what is garbage is gone.
    soak.args(["--expose-gc", "soak.mjs", "--seconds", &seconds.to_string()])
        .arg("--output")
        .arg(workspace.target("soak.json"))
        .env("COUNTERSIGN_TARBALL_DIR", installed);
    if let Some(seed) = seed {
        soak.args(["--seed", &seed.to_string()]);
    }
    run(&mut soak)
}
