//! What is built to be given away: the npm package and the page.

use anyhow::Result;

use crate::package;
use crate::page;
use crate::workspace::Workspace;

/// How much effort goes into the code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Built quickly.
    Debug,
    /// Built as it is published.
    Release,
}

impl Mode {
    pub(crate) fn from_debug(debug: bool) -> Self {
        if debug { Self::Debug } else { Self::Release }
    }

    /// The profile of Cargo.toml: the named one for a release.
    pub(crate) fn profile(self, release: &'static str) -> &'static str {
        match self {
            Self::Debug => "dev",
            Self::Release => release,
        }
    }
}

/// Builds the npm package, the page, or both.
pub(crate) fn build(workspace: &Workspace, mode: Mode, package: bool, page: bool) -> Result<()> {
    if package {
        package::build(workspace, mode)?;
    }
    if page {
        page::build(workspace, mode)?;
    }
    Ok(())
}
