//! How the program ends: its exit codes, and the failures that lead to them.

use std::fmt::Write as _;
use std::path::Path;

use crate::os_fault::OsFault;

/// An exit code of the program. Their numbers never change once released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "`meaning` says it")]
pub enum Exit {
    Accepted = 0,
    Rejected = 1,
    Usage = 2,
    Refused = 3,
    KeysUnavailable = 4,
    Io = 5,
}

impl Exit {
    pub(crate) const ALL: [Self; 6] = [
        Self::Accepted,
        Self::Rejected,
        Self::Usage,
        Self::Refused,
        Self::KeysUnavailable,
        Self::Io,
    ];

    pub(crate) const fn code(self) -> u8 {
        self as u8
    }

    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Accepted => "The token was accepted, or the command did its work.",
            Self::Rejected => "The token was rejected.",
            Self::Usage => "The command line cannot be understood.",
            Self::Refused => "The policy, key set, configuration or saved state was refused.",
            Self::KeysUnavailable => "The issuer's keys could not be had; try again later.",
            Self::Io => "A file, the input, the output or the network address failed.",
        }
    }
}

/// The exit codes, for help texts.
pub(crate) fn help() -> String {
    Exit::ALL.iter().fold(String::from("Exit codes:"), |mut text, exit| {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {}  {}", exit.code(), exit.meaning());
        text
    })
}

/// Why a command could not do its work. A rejected token is no failure: to say so is the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// What is wrong, in one sentence.
    pub fault: String,
    /// The single faults, where there are several.
    pub details: Vec<String>,
    /// What to do about it, in one sentence; empty if each detail has its own.
    pub remedy: String,
}

impl Failure {
    /// A failure with one fault.
    pub fn new(exit: Exit, fault: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { exit, fault: fault.into(), details: Vec::new(), remedy: remedy.into() }
    }

    /// A file that could not be read.
    pub(crate) fn unreadable(path: &Path, error: &OsFault) -> Self {
        let fault = format!("{} cannot be read: {error}.", path.display());
        Self::new(Exit::Io, fault, "Check the path and its permissions.")
    }

    /// Something that has several faults, each with its remedy.
    pub(crate) fn refused(fault: String, details: Vec<String>) -> Self {
        Self { exit: Exit::Refused, fault, details, remedy: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, help};

    #[test]
    fn every_exit_code_is_documented_under_its_number() {
        let codes: Vec<u8> = Exit::ALL.iter().map(|exit| exit.code()).collect();
        assert_eq!(codes, [0, 1, 2, 3, 4, 5]);
        for exit in Exit::ALL {
            assert!(help().contains(&format!("{}  {}", exit.code(), exit.meaning())));
        }
    }
}
