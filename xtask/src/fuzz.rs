//! Fuzzing with libFuzzer. It needs a C++ compiler, and no other toolchain than the one that is here: the
//! coverage that libFuzzer looks at is a pass of LLVM, which stable Rust runs too.

mod run;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::command::{output, run as run_command, succeeds};
use crate::steps::Done;
use crate::workspace::Workspace;
use run::{Bounds, Figures};

/// How much a default test run does: all targets within a minute, with what is left of it.
const SLICE: Bounds = Bounds { runs: 50_000, seconds: 4 };

/// What is asked for on the command line.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// Executions of each target at most; 0 for any number
    #[arg(long, default_value_t = 0)]
    runs: u64,
    /// Seconds for each target at most; 0 for any number
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Only put together what was found so far: the fewest inputs that reach as much, in target/fuzz/merged
    #[arg(long)]
    merge: bool,
    /// The target; without one all of them, one after another
    target: Option<String>,
}

/// Runs targets for as long as it is asked to; an error when one of them found something.
pub(crate) fn fuzz(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut targets = targets(workspace)?;
    if let Some(wanted) = &options.target {
        targets.retain(|target| target == wanted);
        ensure!(!targets.is_empty(), "there is no target {wanted}");
    }
    build(workspace)?;
    if options.merge {
        return targets.iter().try_for_each(|target| run::merge(workspace, target));
    }
    ensure!(options.runs > 0 || options.seconds > 0, "without end: give --runs or --seconds");
    all(workspace, &targets, Bounds { runs: options.runs, seconds: options.seconds })
}

/// A bounded run of every target. Without a C++ compiler it is not done; in CI that is a failure.
pub(crate) fn slice(workspace: &Workspace) -> Result<Done> {
    if !succeeds(Command::new(cpp_compiler()).arg("--version")) {
        let missing = format!(
            "libFuzzer is C++, and there is no {}: install one, for example apt-get install g++",
            cpp_compiler()
        );
        if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
            bail!(missing);
        }
        return Ok(Done::Skipped(missing));
    }
    build(workspace)?;
    all(workspace, &targets(workspace)?, SLICE)?;
    Ok(Done::Fully)
}

fn all(workspace: &Workspace, targets: &[String], bounds: Bounds) -> Result<()> {
    let mut figures = Vec::new();
    for target in targets {
        let one = run::run(workspace, target, bounds)?;
        println!("{one}");
        figures.push(one);
    }
    println!("{}", Figures::HEADING);
    figures.iter().for_each(|one| println!("{one}"));
    let executions: u64 = figures.iter().map(|one| one.executions).sum();
    let failed: Vec<&str> = figures.iter().filter_map(Figures::failed).collect();
    println!(
        "{executions} executions of {} targets; {} found something",
        targets.len(),
        failed.len()
    );
    if !failed.is_empty() {
        bail!("found something: {}; see target/fuzz/artifacts", failed.join(", "));
    }
    Ok(())
}

/// The targets: the programs of the package.
fn targets(workspace: &Workspace) -> Result<Vec<String>> {
    let folder = workspace.path("fuzz/fuzz_targets");
    let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let mut targets = Vec::new();
    for entry in entries {
        let path = entry?.path();
        targets.push(path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
    }
    targets.sort();
    Ok(targets)
}

/// The flags with which cargo-fuzz builds too, without a sanitizer: there is no unsafe code of ours that one
/// could watch.
const FLAGS: &[&str] = &[
    "--cfg",
    "fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

fn build(workspace: &Workspace) -> Result<()> {
    run_command(
        workspace
            .cargo("build")
            .args(["--package", "countersign-fuzz", "--bins", "--profile", "fuzz"])
            // Named, so that build scripts do without the flags.
            .args(["--target", &host()?, "--target-dir"])
            .arg(workspace.target("fuzz"))
            .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}")),
    )
}

fn program(workspace: &Workspace, target: &str) -> Result<PathBuf> {
    Ok(workspace.target("fuzz").join(host()?).join("fuzz").join(target))
}

fn host() -> Result<String> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc names its host")
}

/// As the crate cc chooses it.
fn cpp_compiler() -> String {
    std::env::var("CXX").unwrap_or_else(|_| "c++".to_owned())
}
