//! The show: a token minted through the real API of a local issuer, judged natively and in Node.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::build::Mode;
use crate::command::run;
use crate::package;
use crate::packaging;
use crate::server::{self, Server};
use crate::setup;
use crate::workspace::Workspace;

/// Builds all, and shows it; without `once` the issuer then stays up.
pub(crate) fn demo(workspace: &Workspace, once: bool) -> Result<()> {
    let (cli, tarball) = prepare(workspace)?;
    let installed = packaging::install(workspace, &tarball)?;
    let folder = workspace.target("demo");
    fs::create_dir_all(&folder).context("making the demo's folder")?;

    let issuer = Server::issuer(&cli, server::ANY_PORT)?;
    println!("the local issuer listens on {}", issuer.url());
    run(workspace
        .node("xtask/demo")
        .arg("show.mjs")
        .env("AWS_CLI", workspace.venv("aws"))
        .env("COUNTERSIGN_CLI", &cli)
        .env("COUNTERSIGN_DEMO_DIR", &folder)
        .env("COUNTERSIGN_ISSUER_URL", issuer.url())
        .env("COUNTERSIGN_TARBALL_DIR", installed))?;
    if once {
        return Ok(());
    }
    println!("\n━━ The local issuer stays up (Ctrl-C ends it)\n");
    println!(
        "The AWS CLI is {}\nThe policy is {}\n",
        workspace.venv("aws").display(),
        policy(&folder)
    );
    issuer.keep_up()
}

/// Builds the command line and the package, while pip fetches the AWS CLI.
fn prepare(workspace: &Workspace) -> Result<(PathBuf, PathBuf)> {
    thread::scope(|scope| {
        let python = scope.spawn(|| setup::python(workspace));
        let cli = server::build_cli(workspace)?;
        let tarball = package::build(workspace, Mode::Release)?;
        python.join().map_err(|_| anyhow!("setting up Python failed"))??;
        Ok((cli, tarball))
    })
}

fn policy(folder: &Path) -> String {
    folder.join("policy.json").display().to_string()
}
