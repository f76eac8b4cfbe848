//! The command line's servers as child processes: the local issuer, and the page.

use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::command::{line, run};
use crate::workspace::Workspace;

/// Where README says that the local issuer is.
pub(crate) const ISSUER_PORT: u16 = 8460;
/// Whichever port is free.
pub(crate) const ANY_PORT: u16 = 0;
/// Where the page is served.
pub(crate) const PAGE_PORT: u16 = 8459;

/// Builds the command line tool, and returns it.
pub(crate) fn build_cli(workspace: &Workspace) -> Result<PathBuf> {
    run(workspace.cargo("build").args(["--package", "countersign-cli"]))?;
    Ok(workspace.cargo_target("debug/countersign"))
}

/// A running server; it ends when this is dropped. From a terminal, Ctrl-C reaches it too.
pub(crate) struct Server {
    name: &'static str,
    child: Child,
    stdout: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    /// Starts an issuer with its built-in configuration, and waits until it listens.
    pub(crate) fn issuer(cli: &Path, port: u16) -> Result<Self> {
        let mut command = Command::new(cli);
        command.arg("issuer").arg("--listen").arg(loopback(port));
        Self::start("the local issuer", &mut command)
    }

    /// Serves the page that is built in this folder, next to an issuer.
    pub(crate) fn page(cli: &Path, folder: &Path, issuer: &Self, port: u16) -> Result<Self> {
        let mut command = Command::new(cli);
        command.arg("page").arg("--dir").arg(folder).args(["--issuer", issuer.url()]);
        command.arg("--listen").arg(loopback(port));
        Self::start("the page's server", &mut command)
    }

    fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child =
            command.spawn().with_context(|| format!("cannot start {}", line(command)))?;
        let stdout = child.stdout.take().context("a server's output is read")?;
        let mut server = Self { name, child, stdout: BufReader::new(stdout), url: String::new() };
        let mut first = String::new();
        server.stdout.read_line(&mut first).context("reading a server's output")?;
        match first.trim().strip_prefix("listening on ") {
            Some(url) => url.trim_end_matches('/').clone_into(&mut server.url),
            None => bail!("{name} did not start; it said {first:?}"),
        }
        Ok(server)
    }

    /// Where clients reach it, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// An error when it has ended by itself.
    pub(crate) fn is_up(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("{} ended with {status}", self.name),
        }
    }

    /// Shows what it says, which is how to use it, until it is ended from outside.
    pub(crate) fn keep_up(mut self) -> Result<()> {
        println!("listening on {}", self.url);
        io::copy(&mut self.stdout, &mut io::stdout()).context("showing a server's output")?;
        self.child.wait().with_context(|| format!("waiting for {}", self.name))?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Best effort: it may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// This port, or the next one that is free; a port that is taken is said.
pub(crate) fn free_port(wanted: u16) -> Result<u16> {
    const TRIES: u16 = 50;
    let port = (wanted..=wanted.saturating_add(TRIES))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .with_context(|| format!("no port is free from {wanted} on"))?;
    if port != wanted {
        println!("port {wanted} is taken: using {port}");
    }
    Ok(port)
}

fn loopback(port: u16) -> String {
    format!("{}:{port}", Ipv4Addr::LOCALHOST)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::free_port;

    #[test]
    fn a_port_that_is_taken_is_passed_over() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port(port).unwrap() > port);
    }
}
