//! What surrounds a run: terminals, environment variables, and the time.

use std::env;
use std::io::{self, IsTerminal};
use std::time::{SystemTime, UNIX_EPOCH};

use countersign_command_line::{Environment, Terminals, VARIABLES};

pub(crate) fn environment() -> Environment {
    let variables = VARIABLES
        .iter()
        // One that is no Unicode names neither a colour nor a proxy, but it is set.
        .filter_map(|name| Some(((*name).to_owned(), env::var_os(name)?.to_string_lossy().into())))
        .collect();
    let terminals = Terminals {
        stdin: io::stdin().is_terminal(),
        stdout: io::stdout().is_terminal(),
        stderr: io::stderr().is_terminal(),
    };
    // The terminal's width is found by clap.
    Environment { terminals, columns: None, variables }
}

/// Seconds since the epoch. A clock before 1970 reads as 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
