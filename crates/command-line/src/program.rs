//! The program as its host drives it: step by step.

use std::ffi::OsString;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use clap::{Command as Shape, CommandFactory, FromArgMatches};

use crate::args::{Cli, Command, LONGEST_LINE, PolicyCommand};
use crate::environment::Environment;
use crate::exit::{Exit, Failure};
use crate::host::{Host, Request};
use crate::output::{self, Output};
use crate::{codes, inspect, issuer, manual, page, policy, verify};

/// One run of the command line.
pub struct Program {
    host: Host,
    /// Pending exactly while a request waits for its answer: nothing wakes it but the next step.
    work: Option<Pin<Box<dyn Future<Output = Exit>>>>,
    exit: Exit,
}

/// What the host does next.
#[derive(Debug)]
pub enum Step {
    /// Carry this out, give the reply, and take the next step.
    Ask(Request),
    /// End with this exit code.
    Exit(u8),
}

impl Program {
    /// Begins a run with these arguments, of which the first is the program's own name.
    pub fn new<A: Into<OsString>>(
        arguments: impl IntoIterator<Item = A>,
        environment: Environment,
    ) -> Self {
        let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        let host = Host::new(environment);
        let work = run(arguments, host.clone());
        Self { host, work: Some(Box::pin(work)), exit: Exit::Io }
    }

    /// Goes on until the host is needed, or until the end. The time is in seconds since the epoch.
    ///
    /// A host that takes a step without having given the reply ends the program.
    pub fn step(&mut self, now: u64) -> Step {
        self.host.set_now(now);
        if let Some(work) = &mut self.work {
            match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(exit) => self.exit = exit,
                Poll::Pending => {
                    if let Some(request) = self.host.take_request() {
                        return Step::Ask(request);
                    }
                }
            }
        }
        self.work = None;
        Step::Exit(self.exit.code())
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("exit", &self.exit).finish_non_exhaustive()
    }
}

async fn run(arguments: Vec<OsString>, host: Host) -> Exit {
    let cli = match read(arguments, host.environment()) {
        Ok(cli) => cli,
        Err(answer) => return output::print_clap(&host, &answer).await,
    };
    match carry_out(cli.command, &host).await {
        Ok(output) => output::print(&host, &output).await,
        Err(failure) => output::print_failure(&host, &failure).await,
    }
}

fn read(arguments: Vec<OsString>, environment: &Environment) -> Result<Cli, clap::Error> {
    let mut shape = shape(environment);
    let mut matches = shape.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut shape))
}

/// The command line's shape for a terminal of this width; where it is not known, clap finds it.
fn shape(environment: &Environment) -> Shape {
    match environment.columns {
        Some(columns) => Cli::command().term_width(columns.min(LONGEST_LINE)),
        None => Cli::command(),
    }
}

async fn carry_out(command: Command, host: &Host) -> Result<Output, Failure> {
    let style = host.environment().style_of_stdout();
    match command {
        Command::Codes(arguments) => codes::run(&arguments, style),
        Command::Completions(arguments) => Ok(manual::completions(arguments.shell)),
        Command::Inspect(arguments) => inspect::run(arguments, host, style).await,
        Command::Issuer(arguments) => issuer::run(&arguments, host, style).await,
        Command::Man(arguments) => manual::page(&arguments.command),
        Command::Page(arguments) => page::run(arguments, host).await,
        Command::Policy(PolicyCommand::Check(arguments)) => {
            policy::check(&arguments, host, style).await
        }
        Command::Policy(PolicyCommand::Schema) => policy::schema(),
        Command::Verify(arguments) => verify::run(arguments, host, style).await,
    }
}

#[cfg(test)]
mod tests {
    use super::{Program, Step};
    use crate::environment::{Environment, Terminals};
    use crate::host::{Request, Stream};

    /// What is written to both streams when everything is written, and the exit code.
    fn written(arguments: &[&str], environment: Environment) -> (String, String, u8) {
        let mut program = Program::new(arguments.iter().copied(), environment);
        let (mut stdout, mut stderr) = (String::new(), String::new());
        loop {
            match program.step(0) {
                Step::Ask(Request::Write { stream, text, reply }) => {
                    match stream {
                        Stream::Stdout => stdout += &text,
                        Stream::Stderr => stderr += &text,
                    }
                    reply.give(Ok(()));
                }
                Step::Ask(other) => panic!("{other:?}"),
                Step::Exit(code) => return (stdout, stderr, code),
            }
        }
    }

    #[test]
    fn a_host_that_gives_no_reply_ends_the_program() {
        let mut program = Program::new(["countersign", "codes"], Environment::default());
        let Step::Ask(request) = program.step(0) else { panic!("codes are written") };
        drop(request);
        for _ in 0..2 {
            assert!(matches!(program.step(0), Step::Exit(5)));
        }
    }

    #[test]
    fn after_its_end_it_stays_ended() {
        let mut program = Program::new(["countersign", "codes"], Environment::default());
        let Step::Ask(Request::Write { reply, .. }) = program.step(0) else { panic!() };
        reply.give(Ok(()));
        for _ in 0..3 {
            assert!(matches!(program.step(0), Step::Exit(0)));
        }
    }

    #[test]
    fn help_keeps_to_the_width_of_the_terminal() {
        for (columns, longest) in [(60, 60), (500, 100)] {
            let environment = Environment { columns: Some(columns), ..Environment::default() };
            let (help, _, code) = written(&["countersign", "verify", "--help"], environment);
            let widest = help.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(code == 0 && widest <= longest && widest > longest - 15, "{widest}\n{help}");
        }
    }

    #[test]
    fn colours_are_for_terminals_and_for_whoever_wants_them() {
        let looking = || Environment {
            terminals: Terminals { stdin: true, stdout: true, stderr: true },
            ..Environment::default()
        };
        for arguments in [&["countersign", "codes"][..], &["countersign", "--help"]] {
            assert!(written(arguments, looking()).0.contains('\u{1b}'), "{arguments:?}");
            assert!(!written(arguments, Environment::default()).0.contains('\u{1b}'));
            for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
                let mut environment = looking();
                environment.variables.insert(name.to_owned(), value.to_owned());
                assert!(!written(arguments, environment).0.contains('\u{1b}'), "{name}");
            }
        }
        let (_, stderr, code) = written(&["countersign", "vrify"], looking());
        assert!(stderr.contains('\u{1b}') && code == 2, "{stderr}");
    }
}
