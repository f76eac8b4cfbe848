//! This package beside others, on the same tokens in one run; and what the page makes a visitor wait for.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::browser;
use crate::build::Mode;
use crate::command::run;
use crate::package;
use crate::packaging;
use crate::setup;
use crate::test::files;
use crate::wasm::{self, Recipe};
use crate::workspace::Workspace;

const FOLDER: &str = "tests/bench";

/// How much is measured, and what becomes of it.
#[derive(Clone, clap::Args)]
pub(crate) struct Options {
    /// Fewer rounds, and nothing of the page: a first impression, in about a minute
    #[arg(long)]
    quick: bool,
    /// Write docs/speed.md with its figures and pictures
    #[arg(long, conflicts_with = "quick")]
    write: bool,
}

/// Measures the packed package, the crate and the page; the figures also go to `bench.json` in the target folder.
pub(crate) fn bench(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::node_packages(workspace, FOLDER)?;
    let tarball = package::build(workspace, Mode::Release)?;
    let mut measure = workspace.node(FOLDER);
    measure
        .env("COUNTERSIGN_TARBALL_DIR", packaging::install(workspace, &tarball)?)
        .env("COUNTERSIGN_BENCH_WASM", others_in_wasm(workspace)?);
    if let Some(native) = native(workspace)? {
        measure.env("COUNTERSIGN_BENCH_NATIVE", native);
    }
    let figures = workspace.target("bench.json");
    run(measure.arg("bench.mjs").arg(if options.quick { "quick" } else { "full" }).arg(&figures))?;
    if options.write {
        document(workspace, &figures)?;
    }
    if !options.quick {
        println!();
        browser::bench(workspace, &figures)?;
    }
    println!("stored in {}", figures.display());
    Ok(())
}

/// Tests the arithmetic of the measuring, and holds docs/speed.md against its figures. It measures nothing.
pub(crate) fn test(workspace: &Workspace) -> Result<()> {
    let tests = files(&workspace.path(FOLDER), ".test.mjs")?;
    run(workspace.node(FOLDER).arg("--test").args(tests))
}

/// Writes docs/speed.md and what belongs to it.
fn document(workspace: &Workspace, figures: &Path) -> Result<()> {
    fs::copy(figures, workspace.path("docs/speed.json")).context("writing docs/speed.json")?;
    run(workspace.node(FOLDER).arg("write-document.mjs"))
}

/// What others' code costs in WebAssembly, made as the package's module is. Returns the folder.
fn others_in_wasm(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target("bench-wasm");
    let recipe = Recipe {
        package: "countersign-bench-wasm",
        target: "countersign_bench_wasm",
        profile: "wasm-fast",
        bindings: &[],
        builds_std: false,
        effort: &["-O4"],
    };
    wasm::build(workspace, &recipe, &folder)?;
    fs::write(folder.join("package.json"), "{ \"type\": \"module\" }\n")
        .context("saying that the bindings are an ES module")?;
    Ok(folder)
}

/// The program that measures the crate beside another. AWS-LC is C and assembly: where it cannot be built, that
/// part is not measured.
fn native(workspace: &Workspace) -> Result<Option<PathBuf>> {
    let target = workspace.target("bench-native");
    // Not locked: its lock file follows whenever the crates depend on something else.
    let built = run(Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--manifest-path"])
        .arg(workspace.path(FOLDER).join("native/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target));
    match built {
        Ok(()) => Ok(Some(target.join("release/countersign-bench-native"))),
        Err(fault) if env::var_os("CI").is_some_and(|ci| ci == "true") => Err(fault),
        Err(fault) => {
            println!(
                "SKIPPED native code: {fault:#}. AWS-LC wants a C compiler and cmake: apt-get install cmake"
            );
            Ok(None)
        }
    }
}
