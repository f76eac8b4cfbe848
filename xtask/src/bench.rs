//! This package beside others, on the same tokens in one run; and what the page makes a visitor wait for.

use anyhow::Result;

use crate::browser;
use crate::build::Mode;
use crate::command::run;
use crate::package;
use crate::packaging;
use crate::setup;
use crate::workspace::Workspace;

/// Measures the packed package and the page; the figures also go to `bench.json` in the target folder.
pub(crate) fn bench(workspace: &Workspace, quick: bool) -> Result<()> {
    setup::node_packages(workspace, "tests/bench")?;
    let tarball = package::build(workspace, Mode::Release)?;
    let installed = packaging::install(workspace, &tarball)?;
    let (tokens, rounds) = if quick { ("30", "5") } else { ("200", "21") };
    let output = workspace.target("bench.json");
    run(workspace
        .node("tests/bench")
        .args(["bench.mjs", tokens, rounds])
        .arg(&output)
        .env("COUNTERSIGN_TARBALL_DIR", installed))?;
    println!();
    browser::bench(workspace, &output)?;
    println!("stored in {}", output.display());
    Ok(())
}
