//! What surrounds a run, as the host describes it.

use std::collections::BTreeMap;

use countersign_command_line::{Environment, Terminals};
use serde::Deserialize;

/// The variable that says how wide the screen is where no terminal does, as clap takes it natively.
pub(crate) const COLUMNS: &str = "COLUMNS";

/// How wide the screen is where nothing says it, as clap has it natively.
const USUAL_COLUMNS: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Surroundings {
    stdin: bool,
    stdout: bool,
    stderr: bool,
    /// The terminal's width.
    columns: Option<usize>,
    variables: BTreeMap<String, String>,
}

pub(crate) fn read(json: &str) -> Result<Environment, serde_json::Error> {
    let Surroundings { stdin, stdout, stderr, columns, variables } = serde_json::from_str(json)?;
    let terminals = Terminals { stdin, stdout, stderr };
    let said = || variables.get(COLUMNS)?.parse().ok();
    let columns = columns.or_else(said).unwrap_or(USUAL_COLUMNS);
    Ok(Environment { terminals, columns: Some(columns), variables })
}
