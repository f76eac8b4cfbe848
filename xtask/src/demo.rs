//! The show: a token minted through the real API of a local issuer, judged natively and in Node, and shown
//! by the page.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::build::Mode;
use crate::command::run;
use crate::package;
use crate::packaging;
use crate::page;
use crate::server::{self, Server};
use crate::setup;
use crate::workspace::Workspace;

/// Builds all, and shows it; without `once` the issuer and the page then stay up.
pub(crate) fn demo(workspace: &Workspace, once: bool) -> Result<()> {
    let Built { cli, tarball, page } = prepare(workspace)?;
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
        println!("\nWithout --once, the page is now served, with the good token in its address.");
        return Ok(());
    }
    let page = Server::page(&cli, &page, &issuer, server::free_port(server::PAGE_PORT)?)?;
    let token = fs::read_to_string(folder.join("good.jwt")).context("the show's good token")?;
    println!("\n━━ The page, with the good token in the fragment of its address\n");
    println!("{}/#token={}", page.url(), token.trim());
    println!("\n━━ The page and the local issuer stay up (Ctrl-C ends them)\n");
    println!(
        "The AWS CLI is {}\nThe policy is {}\n",
        workspace.venv("aws").display(),
        policy(&folder)
    );
    issuer.keep_up()
}

struct Built {
    cli: PathBuf,
    tarball: PathBuf,
    page: PathBuf,
}

/// Builds the command line, the package and the page, while pip fetches the AWS CLI.
fn prepare(workspace: &Workspace) -> Result<Built> {
    thread::scope(|scope| {
        let python = scope.spawn(|| setup::python(workspace));
        // The page first: the command line embeds it.
        let page = page::build(workspace, Mode::Release)?;
        let cli = server::build_cli(workspace)?;
        let tarball = package::build(workspace, Mode::Release)?;
        python.join().map_err(|_| anyhow!("setting up Python failed"))??;
        Ok(Built { cli, tarball, page })
    })
}

fn policy(folder: &Path) -> String {
    folder.join("policy.json").display().to_string()
}
