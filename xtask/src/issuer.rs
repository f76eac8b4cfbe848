//! The local issuer as a child process, for what needs one running.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::command::{line, run};
use crate::workspace::Workspace;

/// Builds the command line tool, and returns it.
pub(crate) fn build_cli(workspace: &Workspace) -> Result<PathBuf> {
    run(workspace.cargo("build").args(["--package", "countersign-cli"]))?;
    Ok(workspace.cargo_target("debug/countersign"))
}

/// A running issuer with its built-in configuration; it ends when this is dropped.
pub(crate) struct LocalIssuer {
    child: Child,
    stdout: BufReader<ChildStdout>,
    url: String,
}

impl LocalIssuer {
    /// Starts an issuer on a free port, and waits until it listens.
    pub(crate) fn start(cli: &Path) -> Result<Self> {
        let mut command = Command::new(cli);
        command
            .args(["issuer", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child =
            command.spawn().with_context(|| format!("cannot start {}", line(&command)))?;
        let stdout = child.stdout.take().context("the issuer's output is read")?;
        let mut issuer = Self { child, stdout: BufReader::new(stdout), url: String::new() };
        let mut first = String::new();
        issuer.stdout.read_line(&mut first).context("reading the issuer's output")?;
        match first.trim().strip_prefix("listening on ") {
            Some(url) => url.clone_into(&mut issuer.url),
            None => bail!("the local issuer did not start; it said {first:?}"),
        }
        Ok(issuer)
    }

    /// Where clients reach it, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Shows what it says, which is how to use it, until it is ended from outside.
    pub(crate) fn keep_up(mut self) -> Result<()> {
        println!("listening on {}", self.url);
        io::copy(&mut self.stdout, &mut io::stdout()).context("showing the issuer's output")?;
        self.child.wait().context("waiting for the issuer")?;
        Ok(())
    }
}

impl Drop for LocalIssuer {
    fn drop(&mut self) {
        // Best effort: it may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
