//! The TypeScript that is generated from Rust, and whether the committed files are still the same.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::command::{line, output};
use crate::setup;
use crate::workspace::Workspace;

const GENERATED: &str = "pkg/src/generated";

/// Writes the generated files.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    write_into(workspace, &workspace.path(GENERATED))?;
    println!("wrote {GENERATED}");
    Ok(())
}

/// Fails when a committed file is not what would be generated now.
pub(crate) fn check_fresh(workspace: &Workspace) -> Result<()> {
    let fresh = workspace.target("generated");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).context("clearing what was generated before")?;
    }
    write_into(workspace, &fresh)?;
    let stale: Vec<String> = fs::read_dir(&fresh)
        .context("reading what was generated")?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .filter(|name| {
            let committed = fs::read(workspace.path(GENERATED).join(name)).ok();
            committed != fs::read(fresh.join(name)).ok()
        })
        .collect();
    if !stale.is_empty() {
        bail!("{GENERATED} is not up to date ({}): run cargo xtask generate", stale.join(", "));
    }
    Ok(())
}

fn write_into(workspace: &Workspace, folder: &Path) -> Result<()> {
    setup::node_packages(workspace, "pkg")?;
    let source = output(workspace.cargo("run").args(["--quiet", "--package", "xtask-generate"]))?;
    fs::create_dir_all(folder).context("making the folder for generated files")?;

    let mut script = workspace.node("pkg");
    script.arg("scripts/generate.mjs").arg(folder).stdin(Stdio::piped());
    let mut child = script.spawn().with_context(|| line(&script))?;
    let mut stdin = child.stdin.take().context("the script reads stdin")?;
    stdin.write_all(source.as_bytes()).context("handing over the schemas")?;
    drop(stdin);
    let status = child.wait()?;
    if !status.success() {
        bail!("{} ended with {status}", line(&script));
    }
    Ok(())
}
