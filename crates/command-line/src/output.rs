//! What a command has to say, and printing it. A reader that goes away early is no error.

use crate::exit::{Exit, Failure};
use crate::host::{Host, Request, Stream};
use crate::os_fault::OsFault;
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

pub(crate) async fn print(host: &Host, output: &Output) -> Exit {
    for note in &output.notes {
        print_error(host, &format!("note: {}\n", visible(note))).await;
    }
    match write_stdout(host, &output.text).await {
        Ok(()) => output.exit,
        Err(failure) => print_failure(host, &failure).await,
    }
}

pub(crate) async fn print_failure(host: &Host, failure: &Failure) -> Exit {
    let style = host.environment().style_of_stderr();
    let mut text = format!("{} {}\n", style.bad("error:"), visible(&failure.fault));
    for detail in &failure.details {
        text += &format!("  - {}\n", visible(detail));
    }
    if !failure.remedy.is_empty() {
        text += &format!("{} {}\n", style.strong("remedy:"), visible(&failure.remedy));
    }
    print_error(host, &text).await;
    failure.exit
}

/// Prints clap's answer: help and version, or a usage error without the tokens that stand in it.
pub(crate) async fn print_clap(host: &Host, answer: &clap::Error) -> Exit {
    let rendered = |style: Style| {
        let text = answer.render();
        if style.is_plain() { text.to_string() } else { text.ansi().to_string() }
    };
    if answer.use_stderr() {
        print_error(host, &rendered(host.environment().style_of_stderr())).await;
        return Exit::Usage;
    }
    match write_stdout(host, &rendered(host.environment().style_of_stdout())).await {
        Ok(()) => Exit::Accepted,
        Err(failure) => print_failure(host, &failure).await,
    }
}

/// Writes to standard output, at once. A reader that went away is no error.
pub(crate) async fn write_stdout(host: &Host, text: &str) -> Result<(), Failure> {
    match write(host, Stream::Stdout, text.to_owned()).await {
        Err(fault) if !fault.is_broken_pipe() => {
            let fault = format!("Standard output cannot be written: {fault}.");
            Err(Failure::new(Exit::Io, fault, "Check where the output goes."))
        }
        _ => Ok(()),
    }
}

/// All messages pass here, so that none can hold a token.
async fn print_error(host: &Host, text: &str) {
    // If standard error is gone, there is nobody to tell.
    let _ = write(host, Stream::Stderr, redact(text)).await;
}

async fn write(host: &Host, stream: Stream, text: String) -> Result<(), OsFault> {
    host.ask(|reply| Request::Write { stream, text, reply }).await
}
