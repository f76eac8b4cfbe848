//! A Worker in Rust, built as worker-build does it, without the tools that worker-build downloads.

use std::path::Path;

use anyhow::Result;

use crate::command::run;
use crate::setup;
use crate::workspace::Workspace;

/// Builds the example of this name where it stands, since it names its crates by path, and puts module and bindings
/// into the folder.
pub(crate) fn build(workspace: &Workspace, name: &str, folder: &Path) -> Result<()> {
    setup::wasm_target()?;
    // For the runtime.
    setup::node_packages(workspace, "tests/runtimes")?;
    let manifest = workspace.path("examples").join(name).join("Cargo.toml");
    run(workspace
        .cargo("build")
        .args(["--quiet", "--release", "--target", setup::WASM_TARGET, "--manifest-path"])
        .arg(manifest))?;
    let module = format!("{}/release/{}.wasm", setup::WASM_TARGET, name.replace('-', "_"));
    run(workspace
        .cargo("run")
        .args(["--quiet", "--package", "xtask-bindgen", "--"])
        .arg(workspace.cargo_target(&module))
        .arg(folder))
}
