//! The page next to a local issuer, built again whenever its sources change.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use crate::build::Mode;
use crate::page;
use crate::server::{self, Server};
use crate::watch::Watch;
use crate::workspace::Workspace;

/// Builds and serves the page until Ctrl-C. A build that fails is told, and waits for the next change.
pub(crate) fn serve(workspace: &Workspace, mode: Mode) -> Result<()> {
    let cli = server::build_cli(workspace)?;
    let mut watch = Watch::new(sources(workspace), workspace.path("web/dist"));
    while !built(workspace, mode) {
        watch.wait(|| Ok(()))?;
    }
    let mut issuer = Server::issuer(&cli, server::free_port(server::ISSUER_PORT)?)?;
    let folder = page::folder(workspace, mode);
    let mut page = Server::page(&cli, &folder, &issuer, server::free_port(server::PAGE_PORT)?)?;
    println!("\nthe local issuer listens on {}", issuer.url());
    println!("the page is at {}/ and is built again when its sources change", page.url());
    println!("Ctrl-C ends both\n");
    loop {
        let changed = watch.wait(|| issuer.is_up().and_then(|()| page.is_up()))?;
        println!("{} changed", changed.display());
        built(workspace, mode);
    }
}

fn built(workspace: &Workspace, mode: Mode) -> bool {
    let start = Instant::now();
    match page::build(workspace, mode) {
        Ok(_) => {
            println!("in {:.1} s", start.elapsed().as_secs_f64());
            true
        }
        Err(error) => {
            eprintln!("the page could not be built: {error:#}\nwaiting for a change");
            false
        }
    }
}

/// What the page is made of.
fn sources(workspace: &Workspace) -> Vec<PathBuf> {
    let crates = ["crates/core", "crates/encoding", "crates/signatures"];
    let besides = ["web", "xtask/page", "index.html", "Cargo.toml"];
    crates.into_iter().chain(besides).map(|place| workspace.path(place)).collect()
}
