//! Everything that tells whether it works, in the order in which a fault is cheapest to find.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::bench;
use crate::browser;
use crate::build::Mode;
use crate::check;
use crate::command::run;
use crate::crates;
use crate::demo;
use crate::docs;
use crate::example;
use crate::faults;
use crate::fuzz;
use crate::package;
use crate::packaging;
use crate::page;
use crate::peers;
use crate::replay;
use crate::server::{self, Server};
use crate::setup;
use crate::simulate;
use crate::soak;
use crate::steps::Steps;
use crate::supply;
use crate::workspace::Workspace;

/// Runs every check and test; goes on after a failure, and fails at the end.
pub(crate) fn test(workspace: &Workspace, full: bool) -> Result<()> {
    let mut steps = Steps::default();
    check::add_steps(workspace, &mut steps);
    // Before the tests of the command line, which embeds it.
    let page = build_page(workspace, &mut steps);
    steps.step("Rust tests", || rust(workspace, full));
    steps.step("Rust documentation examples", || {
        run(workspace.cargo("test").args(["--workspace", "--all-features", "--doc", "--quiet"]))
    });
    crates::add_steps(workspace, &mut steps);
    steps.step_or_skip("a slice of fuzzing", || fuzz::slice(workspace));
    steps.step("a simulated fleet", || simulate::slice(workspace));
    steps.step("what is said about speed", || bench::test(workspace));
    let mut tarball = None;
    steps.step("build the npm package", || {
        tarball = Some(package::build(workspace, Mode::Release)?);
        Ok(())
    });
    // Without a package the steps below could only fail; the failed build already fails the run.
    if let Some(tarball) = tarball {
        steps.step("npm package: host behaviour", || package_units(workspace));
        supply::add_steps(workspace, &mut steps);
        steps.step("npm package: packed and installed", || packaging::test(workspace, &tarball));
        steps.step("npm package: every runtime's entry", || {
            packaging::test_runtimes(workspace, &tarball)
        });
        steps.step("npx countersign: the native command line's tests", || {
            packaging::test_command_line(workspace, &tarball)
        });
        steps.step("npm package: frameworks", || packaging::test_frameworks(workspace, &tarball));
        steps.step("npm package: the issuer for tests", || {
            packaging::test_testing(workspace, &tarball)
        });
        steps.step("conformance in Node", || conformance(workspace, &tarball));
        steps.step("beside others", || peers::test(workspace, &tarball));
        steps.step_or_skip("protection against replay with a real Redis", || {
            replay::test(workspace, &tarball)
        });
        steps.step("a failing issuer", || faults::test(workspace, &tarball));
        steps.step("a soak", || soak::test(workspace, &tarball));
        steps.step("the documentation: links and snippets", || docs::test(workspace, &tarball));
        steps.step("examples", || example::test(workspace, &tarball));
    }
    if page {
        steps.step_or_skip("the page in a browser", || browser::test(workspace));
    }
    steps.step("AWS's own clients against the local issuer", || clients(workspace));
    steps.step("commands and snippets of README", || readme(workspace));
    steps.step("the demo", || demo::demo(workspace, true));
    steps.finish()
}

/// Builds the page and tests it, and nothing else.
pub(crate) fn page(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::default();
    if build_page(workspace, &mut steps) {
        steps.step_or_skip("the page in a browser", || browser::test(workspace));
    }
    steps.finish()
}

/// Builds the page. Says whether there is one.
fn build_page(workspace: &Workspace, steps: &mut Steps) -> bool {
    let built = steps.step("build the page", || page::build(workspace, Mode::Release).map(drop));
    if built {
        steps.step("size of the page", || page::check_size(workspace));
    }
    built
}

fn rust(workspace: &Workspace, full: bool) -> Result<()> {
    let mut tests = if setup::has_nextest() {
        workspace.cargo("nextest run")
    } else {
        workspace.cargo("test --all-targets")
    };
    if full {
        // For each property, whatever number it draws in a default run.
        tests.env("PROPTEST_CASES", "5000");
    }
    run(tests.args(["--workspace", "--all-features"]))
}

fn package_units(workspace: &Workspace) -> Result<()> {
    let built = workspace.path("pkg/build/test");
    if built.exists() {
        fs::remove_dir_all(&built).context("clearing the tests built before")?;
    }
    let tests = files(&workspace.path("pkg/test"), ".test.ts")?;
    run(package::esbuild_for_tests(workspace).args(&tests).args([
        "--format=esm",
        // The package itself is tested as it was built.
        "--external:countersign",
        "--outdir=build/test",
    ]))?;
    let built = files(&built, ".test.js")?;
    // Memory is measured after what is garbage is gone.
    run(workspace.node("pkg").args(["--expose-gc", "--test"]).args(built))
}

fn conformance(workspace: &Workspace, tarball: &Path) -> Result<()> {
    setup::node_packages(workspace, "tests/conformance/node")?;
    let installed = packaging::install(workspace, tarball)?;
    let tests = files(&workspace.path("tests/conformance/node"), ".test.mjs")?;
    run(workspace
        .node("tests/conformance/node")
        .arg("--test")
        .args(tests)
        .env("COUNTERSIGN_TARBALL_DIR", installed))
}

fn clients(workspace: &Workspace) -> Result<()> {
    setup::python(workspace)?;
    setup::node_packages(workspace, "tests/clients/node")?;
    let issuer = Server::issuer(&server::build_cli(workspace)?, server::ANY_PORT)?;
    run(Command::new(workspace.venv("python"))
        .args(["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/clients/python"])
        .current_dir(workspace.path(""))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("COUNTERSIGN_ISSUER_URL", issuer.url()))?;
    let tests = files(&workspace.path("tests/clients/node"), ".test.js")?;
    run(workspace
        .node("tests/clients/node")
        .arg("--test")
        .args(tests)
        .env("COUNTERSIGN_ISSUER_URL", issuer.url()))
}

/// Runs README's commands and snippets as a reader would.
fn readme(workspace: &Workspace) -> Result<()> {
    setup::python(workspace)?;
    let tests = files(&workspace.path("tests/readme"), ".test.mjs")?;
    run(workspace
        .node("tests/readme")
        .arg("--test")
        .args(tests)
        .env("COUNTERSIGN_ROOT", workspace.path(""))
        .env("PATH", workspace.path_with_venv()?))
}

/// The test files of a folder. None at all is a fault: a run of nothing must not look like success.
pub(crate) fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.retain(|file| file.to_string_lossy().ends_with(ending));
    files.sort();
    anyhow::ensure!(!files.is_empty(), "no test files (*{ending}) in {}", folder.display());
    Ok(files)
}
