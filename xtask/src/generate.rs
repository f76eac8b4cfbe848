//! What is generated from Rust types: TypeScript, the policy's JSON Schema for the page, and the documentation's page of
//! error codes; and whether the committed files are still the same.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::command::{line, output};
use crate::setup;
use crate::workspace::Workspace;

const GENERATED: &str = "pkg/src/generated";
/// Files that `xtask-generate` prints whole, each with its argument.
const PRINTED: [(&str, &str); 2] = [
    ("web/src/completion/policy.schema.json", "policy-schema"),
    ("docs/error-codes.md", "error-codes"),
];

/// Writes the generated files.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    write_into(workspace, &workspace.path(GENERATED))?;
    println!("wrote {GENERATED}");
    for (file, argument) in PRINTED {
        fs::write(workspace.path(file), printed(workspace, argument)?)
            .with_context(|| format!("writing {file}"))?;
        println!("wrote {file}");
    }
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
    for (file, argument) in PRINTED {
        let committed = fs::read_to_string(workspace.path(file)).ok();
        if committed != Some(printed(workspace, argument)?) {
            bail!("{file} is not up to date: run cargo xtask generate");
        }
    }
    Ok(())
}

fn printed(workspace: &Workspace, argument: &str) -> Result<String> {
    let mut command = workspace.cargo("run");
    output(command.args(["--quiet", "--package", "xtask-generate", "--", argument]))
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
