//! demo
use crate::workspace::Workspace;
use anyhow::Result;
pub(crate) fn demo(_workspace: &Workspace, _once: bool) -> Result<()> {
    Ok(())
}
