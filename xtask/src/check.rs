//! What needs no run: format, lints, documentation, types, generated files.

use anyhow::Result;

use crate::command::run;
use crate::generate;
use crate::setup;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Runs every check, and sums up.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::default();
    add_steps(workspace, &mut steps);
    steps.finish()
}

/// The checks as steps of a larger run.
pub(crate) fn add_steps(workspace: &Workspace, steps: &mut Steps) {
    steps.step("format", || format(workspace));
    steps.step("lints", || lints(workspace));
    steps.step("documentation", || documentation(workspace));
    steps.step("generated files", || generate::check_fresh(workspace));
    steps.step("types of the npm package", || types(workspace));
}

fn format(workspace: &Workspace) -> Result<()> {
    run(workspace.cargo("fmt").args(["--all", "--check"]))?;
    // Workspaces of their own.
    for manifest in [
        "examples/axum/Cargo.toml",
        "examples/rust-worker/Cargo.toml",
        "tests/bench/native/Cargo.toml",
    ] {
        run(workspace.cargo("fmt").args(["--check", "--manifest-path", manifest]))?;
    }
    Ok(())
}

fn lints(workspace: &Workspace) -> Result<()> {
    setup::wasm_target()?;
    run(workspace.cargo("clippy").args([
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "-D",
        "warnings",
    ]))?;
    run(workspace.cargo("clippy").args([
        "--package",
        "countersign-wasm",
        "--package",
        "countersign-wasm-issuer",
        "--package",
        "countersign-wasm-command-line",
        "--package",
        "countersign-web",
        "--target",
        setup::WASM_TARGET,
        "--",
        "-D",
        "warnings",
    ]))
}

fn documentation(workspace: &Workspace) -> Result<()> {
    run(workspace
        .cargo("doc")
        .args(["--workspace", "--all-features", "--no-deps", "--quiet"])
        .env("RUSTDOCFLAGS", "-D warnings"))
}

fn types(workspace: &Workspace) -> Result<()> {
    setup::node_packages(workspace, "pkg")?;
    run(workspace.node_tool("pkg", "tsc").args(["--project", "tsconfig.json"]))
}
