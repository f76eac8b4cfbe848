//! Where things are.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::output;

/// The checked-out repository, and the folder that cargo builds in.
pub(crate) struct Workspace {
    root: PathBuf,
    cargo_target: PathBuf,
}

impl Workspace {
    /// The workspace that this program was compiled from.
    pub(crate) fn locate() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has a parent")?;
        let cargo_target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |target| root.join(target));
        Ok(Self { root: root.to_owned(), cargo_target })
    }

    /// A copy of the sources, built in a folder of its own.
    pub(crate) fn copied_to(root: PathBuf, cargo_target: PathBuf) -> Self {
        Self { root, cargo_target }
    }

    /// A path in the repository.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A path among what xtask makes: always in the repository's `target`, where README says it is.
    pub(crate) fn target(&self, path: &str) -> PathBuf {
        self.root.join("target").join(path)
    }

    /// A path among what cargo builds, wherever the user has that.
    pub(crate) fn cargo_target(&self, path: &str) -> PathBuf {
        self.cargo_target.join(path)
    }

    /// Cargo with this task, such as `nextest run`, at the root, with the lock file as it is.
    pub(crate) fn cargo(&self, task: &str) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .current_dir(&self.root)
            .args(task.split(' '))
            .env("CARGO_TARGET_DIR", &self.cargo_target);
        if task != "fmt" {
            cargo.arg("--locked");
        }
        cargo
    }

    /// A command line tool that a folder's package.json asks for.
    pub(crate) fn node_tool(&self, folder: &str, tool: &str) -> Command {
        let folder = self.path(folder);
        let mut command = Command::new(folder.join("node_modules/.bin").join(tool));
        command.current_dir(folder);
        command
    }

    /// Node, in a folder of the repository.
    pub(crate) fn node(&self, folder: &str) -> Command {
        let mut node = Command::new("node");
        node.current_dir(self.path(folder));
        node
    }

    /// Copies what is in the repository below this path, or would be with the next commit.
    pub(crate) fn copy_sources(&self, under: &str, folder: &Path) -> Result<()> {
        let from = self.path(under);
        let files = output(Command::new("git").current_dir(&from).args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))?;
        for file in files.split('\0').filter(|file| !file.is_empty()) {
            let from = from.join(file);
            // Deleted, and not committed yet.
            if !from.is_file() {
                continue;
            }
            let to = folder.join(file);
            fs::create_dir_all(to.parent().context("files are in folders")?)?;
            fs::copy(&from, &to).with_context(|| format!("copying {file}"))?;
        }
        Ok(())
    }

    /// A program of the Python environment that `setup::python` keeps.
    pub(crate) fn venv(&self, program: &str) -> PathBuf {
        self.target("venv/bin").join(program)
    }

    /// The path on which programs are found, those of that environment first.
    pub(crate) fn path_with_venv(&self) -> Result<OsString> {
        let usual = env::var_os("PATH").unwrap_or_default();
        let path = [self.target("venv/bin")].into_iter().chain(env::split_paths(&usual));
        env::join_paths(path).context("a folder's name has the character that separates paths")
    }
}
