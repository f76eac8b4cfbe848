//! The page: from its crate, its styles and its shell to files for any static host.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::build::Mode;
use crate::command::run;
use crate::setup;
use crate::wasm::{self, Recipe};
use crate::workspace::Workspace;

/// Builds the page, and returns the folder that holds it: `web/dist` for a release, which the command line
/// embeds; a folder in `target` otherwise.
pub(crate) fn build(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    setup::node_packages(workspace, "pkg")?;
    let bindings = workspace.cargo_target(match mode {
        Mode::Debug => "page/bindings-debug",
        Mode::Release => "page/bindings",
    });
    module(workspace, mode, &bindings)?;
    let folder = folder(workspace, mode);
    run(workspace
        .node("xtask/page")
        .arg("assemble.mjs")
        .arg(match mode {
            Mode::Debug => "debug",
            Mode::Release => "release",
        })
        .arg(&bindings)
        .arg(&folder))?;
    println!("built the page in {}", folder.display());
    Ok(folder)
}

/// Fails when the first load of the release is over its budget.
pub(crate) fn check_size(workspace: &Workspace) -> Result<()> {
    run(workspace.node("xtask/page").arg("sizes.mjs").arg(folder(workspace, Mode::Release)))
}

/// Where the page is built.
pub(crate) fn folder(workspace: &Workspace, mode: Mode) -> PathBuf {
    match mode {
        Mode::Debug => workspace.target("page/debug"),
        Mode::Release => workspace.path("web/dist"),
    }
}

fn module(workspace: &Workspace, mode: Mode, folder: &Path) -> Result<()> {
    let recipe = Recipe {
        package: "countersign-web",
        target: "countersign-web",
        profile: mode.profile("web"),
        bindings: if mode == Mode::Debug { &["--keep-names"] } else { &[] },
        builds_std: false,
        // After brotli every effort comes to the same within a percent: so the one meant for speed.
        effort: if mode == Mode::Release { &["-O3"] } else { &[] },
    };
    wasm::build(workspace, &recipe, folder).map(drop)
}
