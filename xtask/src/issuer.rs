//! The local issuer as a child process, for what needs one running.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command::{line, run};
use crate::workspace::Workspace;

const START_WITHIN: Duration = Duration::from_secs(30);

/// Builds the command line tool, and returns it.
pub(crate) fn build_cli(workspace: &Workspace) -> Result<PathBuf> {
    run(workspace.cargo("build").args(["--package", "countersign-cli"]))?;
    Ok(workspace.target("debug/countersign"))
}

/// A running issuer with a state of its own; it ends when this is dropped.
pub(crate) struct LocalIssuer {
    child: Child,
    state: PathBuf,
    url: String,
}

impl LocalIssuer {
    /// Starts an issuer on a free port, with a state folder of this name, and waits until it answers.
    pub(crate) fn start(workspace: &Workspace, name: &str) -> Result<Self> {
        let cli = build_cli(workspace)?;
        let state = workspace.target(&format!("issuer-{name}-{}", std::process::id()));
        fs::create_dir_all(&state).context("making the issuer's state folder")?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = Command::new(cli);
        command
            .arg("issuer")
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .arg("--state")
            .arg(&state)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let child = command.spawn().with_context(|| format!("cannot start {}", line(&command)))?;
        let mut issuer = Self { child, state, url: format!("http://127.0.0.1:{port}") };
        issuer.wait_until_it_answers(port)?;
        Ok(issuer)
    }

    /// Where clients reach it, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Keeps it up until it is ended from outside.
    pub(crate) fn wait(mut self) -> Result<()> {
        self.child.wait().context("waiting for the issuer")?;
        Ok(())
    }

    fn wait_until_it_answers(&mut self, port: u16) -> Result<()> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                bail!("the local issuer ended at once with {status}");
            }
            if answers(port) {
                return Ok(());
            }
            if start.elapsed() > START_WITHIN {
                bail!("the local issuer does not answer at {}", self.url);
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for LocalIssuer {
    fn drop(&mut self) {
        // Best effort: it may have ended already, and its state is only of use while it runs.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.state);
    }
}

fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /_countersign/state HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
