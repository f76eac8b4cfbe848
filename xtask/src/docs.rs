//! The documentation's site: built, served, and everything on it tried.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::build::Mode;
use crate::command::{output, run};
use crate::package;
use crate::packaging;
use crate::server;
use crate::setup;
use crate::test::files;
use crate::workspace::Workspace;

const SITE: &str = "docs";
const TESTS: &str = "tests/docs";

/// Builds the site, or serves it until Ctrl-C and follows every change.
pub(crate) fn docs(workspace: &Workspace, serve: bool) -> Result<()> {
    if serve {
        setup::node_packages(workspace, SITE)?;
        return run(&mut vitepress(workspace, "dev"));
    }
    let site = build(workspace)?;
    println!("the site is in {}", site.display());
    Ok(())
}

/// Builds the package and the site, and tries everything that stands on it.
pub(crate) fn build_and_test(workspace: &Workspace) -> Result<()> {
    let tarball = package::build(workspace, Mode::Release)?;
    test(workspace, &tarball)
}

/// Builds the site, follows every link, runs every snippet by the packed package, and looks at pages in a browser.
pub(crate) fn test(workspace: &Workspace, tarball: &Path) -> Result<()> {
    for folder in [TESTS, "tests/frameworks", "tests/runtimes", "tests/browser", "pkg"] {
        setup::node_packages(workspace, folder)?;
    }
    setup::python(workspace)?;
    let site = build(workspace)?;
    let installed = packaging::install(workspace, tarball)?;
    let cli = server::build_cli(workspace)?;
    run(workspace
        .node(TESTS)
        // One after the other: pages measure nothing, but each starts servers, and Chromium is large.
        .args(["--test", "--test-concurrency=1"])
        .args(files(&workspace.path(TESTS), ".test.mjs")?)
        .env("COUNTERSIGN_SITE", site)
        .env("COUNTERSIGN_TARBALL_DIR", installed)
        .env("COUNTERSIGN_CLI", cli)
        .env("PATH", workspace.path_with_venv()?))
}

/// Builds the site, and returns its folder.
fn build(workspace: &Workspace) -> Result<PathBuf> {
    setup::node_packages(workspace, SITE)?;
    let site = workspace.target("docs-site");
    output(vitepress(workspace, "build").env("COUNTERSIGN_DOCS_OUT", &site))?;
    Ok(site)
}

fn vitepress(workspace: &Workspace, task: &str) -> Command {
    let mut command = workspace.node_tool(SITE, "vitepress");
    command.arg(task);
    command
}
