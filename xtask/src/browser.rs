//! The built page in a real browser: its tests, its measures and its pictures.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::Mode;
use crate::command::{output, run};
use crate::page;
use crate::server;
use crate::setup;
use crate::steps::Done;
use crate::test;
use crate::workspace::Workspace;

const TESTS: &str = "tests/browser";

/// Runs the page's tests. Where no browser can be started they are skipped; in CI that is a failure.
pub(crate) fn test(workspace: &Workspace) -> Result<Done> {
    setup::node_packages(workspace, TESTS)?;
    if let Err(fault) = launch(workspace) {
        let fault = fault.context(
            "no Chromium can be started. Install one (on Debian: apt-get install chromium), \
             or name one in COUNTERSIGN_CHROMIUM",
        );
        if env::var_os("CI").is_some_and(|value| !value.is_empty()) {
            return Err(fault);
        }
        return Ok(Done::Skipped(format!("{fault:#}")));
    }
    let tests = test::files(&workspace.path(TESTS), ".test.mjs")?;
    run(with_page(workspace, workspace.node(TESTS))?.arg("--test").args(tests))?;
    Ok(Done::Fully)
}

/// Prints how large the page's first load is and how soon the page can be used, and adds both to the figures
/// in this file.
pub(crate) fn bench(workspace: &Workspace, figures: &Path) -> Result<()> {
    setup::node_packages(workspace, TESTS)?;
    page::build(workspace, Mode::Release)?;
    run(with_page(workspace, workspace.node("xtask/page"))?.arg("bench.mjs").arg(figures))
}

/// Writes pictures of the page's main states into the target folder, README's into `web`, and the icons that
/// have to be pixels into `web/static`.
pub(crate) fn screenshots(workspace: &Workspace) -> Result<()> {
    setup::node_packages(workspace, TESTS)?;
    run(workspace.node("xtask/page").arg("icons.mjs"))?;
    page::build(workspace, Mode::Release)?;
    run(with_page(workspace, workspace.node(TESTS))?.arg("screenshots.mjs"))
}

/// Whether a browser can be started at all.
fn launch(workspace: &Workspace) -> Result<()> {
    const SCRIPT: &str = "import { launch } from './browser.mjs'; await (await launch()).close();";
    output(workspace.node(TESTS).args(["--input-type=module", "--eval", SCRIPT])).map(drop)
}

/// The command, told where the built page is, and the command line that serves it.
fn with_page(workspace: &Workspace, mut command: Command) -> Result<Command> {
    let cli: PathBuf = server::build_cli(workspace).context("the page's server")?;
    command
        .env("COUNTERSIGN_CLI", cli)
        .env("COUNTERSIGN_DIST", page::folder(workspace, Mode::Release))
        .env("COUNTERSIGN_SCREENSHOTS", workspace.target("screenshots"));
    Ok(command)
}
