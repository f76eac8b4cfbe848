//! The command line: inspect, verify, policy, page, issuer. It holds no verification logic; the core judges.

mod args;
mod clock;
mod codes;
mod exit;
mod fetch;
mod input;
mod inspect;
mod interruption;
mod issuer;
mod loopback;
mod manual;
mod output;
mod page;
mod policy;
mod redact;
mod style;
mod verify;

use std::env;
use std::process::ExitCode;

use args::{Cli, Command, PolicyCommand};
use clap::Parser;
use exit::Failure;
use output::Output;

fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(env::args_os()) {
        Ok(cli) => cli,
        Err(answer) => return output::print_clap(&answer),
    };
    match run(cli.command) {
        Ok(output) => output::print(&output),
        Err(failure) => output::print_failure(&failure),
    }
}

fn run(command: Command) -> Result<Output, Failure> {
    let style = style::Style::of_stdout();
    match command {
        Command::Codes(arguments) => codes::run(&arguments, style),
        Command::Completions(arguments) => Ok(manual::completions(arguments.shell)),
        Command::Inspect(arguments) => inspect::run(arguments, style),
        Command::Issuer(arguments) => issuer::run(&arguments, style),
        Command::Man(arguments) => manual::page(&arguments.command),
        Command::Page(arguments) => page::run(arguments),
        Command::Policy(PolicyCommand::Check(arguments)) => policy::check(&arguments, style),
        Command::Policy(PolicyCommand::Schema) => policy::schema(),
        Command::Verify(arguments) => verify::run(arguments, style),
    }
}
