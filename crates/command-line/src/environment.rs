//! What surrounds a run: terminals and environment variables, as the host finds them.

use std::collections::BTreeMap;

use crate::style::Style;

/// The environment variables that matter; a host needs to pass no others.
pub const VARIABLES: [&str; 10] = [
    "NO_COLOR",
    "TERM",
    "ALL_PROXY",
    "all_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// What surrounds a run of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Which streams are terminals.
    pub terminals: Terminals,
    /// The terminal's width in characters; without it, it is looked for where the platform has a way to.
    pub columns: Option<usize>,
    /// Those of [`VARIABLES`] that are set.
    pub variables: BTreeMap<String, String>,
}

/// Which of the standard streams are terminals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub struct Terminals {
    pub stdin: bool,
    pub stdout: bool,
    pub stderr: bool,
}

impl Environment {
    /// A variable's value, if it is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    pub(crate) fn style_of_stdout(&self) -> Style {
        self.style(self.terminals.stdout)
    }

    pub(crate) fn style_of_stderr(&self) -> Style {
        self.style(self.terminals.stderr)
    }

    /// Colours are for terminals, unless `NO_COLOR` is set (no-color.org) or the terminal is dumb.
    fn style(&self, is_terminal: bool) -> Style {
        let unwanted = self.variable("NO_COLOR").is_some() || self.variable("TERM") == Some("dumb");
        if is_terminal && !unwanted { Style::Colour } else { Style::Plain }
    }
}
