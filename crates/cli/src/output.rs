//! What a command has to say, and printing it. A reader that goes away early is no error.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::exit::{Exit, Failure};
use crate::redact::redact;
use crate::style::{Style, visible};

/// What a command that did its work has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    /// For standard output.
    pub(crate) text: String,
    /// For standard error: what the user should know although the work is done.
    pub(crate) notes: Vec<String>,
    pub(crate) exit: Exit,
}

impl Output {
    pub(crate) fn new(exit: Exit, text: impl Into<String>) -> Self {
        Self { text: text.into(), notes: Vec::new(), exit }
    }

    /// A value as JSON text.
    pub(crate) fn json(exit: Exit, value: &impl serde::Serialize) -> Result<Self, Failure> {
        let text = serde_json::to_string_pretty(value).map_err(|error| {
            let fault = format!("The answer cannot be written as JSON: {error}.");
            Failure::new(Exit::Io, fault, "Ask for it without --json.")
        })?;
        Ok(Self::new(exit, text + "\n"))
    }
}

pub(crate) fn print(output: &Output) -> ExitCode {
    for note in &output.notes {
        print_error(&format!("note: {}\n", visible(note)));
    }
    match write_stdout(&output.text) {
        Ok(()) => output.exit.code().into(),
        Err(failure) => print_failure(&failure),
    }
}

pub(crate) fn print_failure(failure: &Failure) -> ExitCode {
    let style = Style::of_stderr();
    let mut text = format!("{} {}\n", style.bad("error:"), visible(&failure.fault));
    for detail in &failure.details {
        text += &format!("  - {}\n", visible(detail));
    }
    if !failure.remedy.is_empty() {
        text += &format!("{} {}\n", style.strong("remedy:"), visible(&failure.remedy));
    }
    print_error(&text);
    failure.exit.code().into()
}

/// Prints clap's answer: help and version, or a usage error without the tokens that stand in it.
pub(crate) fn print_clap(answer: &clap::Error) -> ExitCode {
    if !answer.use_stderr() {
        // The reader of a help text may have gone away.
        let _ = answer.print();
        return Exit::Accepted.code().into();
    }
    let rendered = answer.render();
    let text = if Style::of_stderr().is_plain() {
        rendered.to_string()
    } else {
        rendered.ansi().to_string()
    };
    print_error(&text);
    Exit::Usage.code().into()
}

/// Writes to standard output, at once.
pub(crate) fn write_stdout(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let fault = format!("Standard output cannot be written: {error}.");
            Err(Failure::new(Exit::Io, fault, "Check where the output goes."))
        }
        _ => Ok(()),
    }
}

/// All messages pass here, so that none can hold a token.
fn print_error(text: &str) {
    // If standard error is gone, there is nobody to tell.
    let _ = io::stderr().lock().write_all(redact(text).as_bytes());
}

/// Whether a person types at standard input.
pub(crate) fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}
