//! `cargo xtask`: the only way things are built, tested and shown. It does its own set-up.

mod bench;
mod browser;
mod build;
mod check;
mod command;
mod crates;
mod demo;
mod differential;
mod docs;
mod example;
mod faults;
mod fuzz;
mod generate;
mod package;
mod packaging;
mod page;
mod peers;
mod replay;
mod rust_worker;
mod serve;
mod server;
mod setup;
mod simulate;
mod soak;
mod steps;
mod supply;
mod test;
mod wasm;
mod watch;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, tests and shows Countersign")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Clone, Subcommand)]
enum Task {
    /// Mint a token through the real API of a local issuer, verify it, and see bad ones refused
    Demo {
        /// End after the show, instead of keeping the issuer and the page up
        #[arg(long)]
        once: bool,
    },
    /// Run every check and test
    Test {
        /// Also run the slow ones
        #[arg(long)]
        full: bool,
        /// Only build the page, and test it in a browser
        #[arg(long, conflicts_with = "full")]
        page: bool,
    },
    /// Build the npm package and the page
    Build {
        /// Quicker, and larger and slower code
        #[arg(long)]
        debug: bool,
        /// Only the npm package
        #[arg(long)]
        package: bool,
        /// Only the page
        #[arg(long)]
        page: bool,
    },
    /// Serve the page next to a local issuer, and build it again whenever its sources change
    Serve {
        /// The page as it is published: slower to build
        #[arg(long)]
        release: bool,
    },
    /// Check format, lints, documentation, types and generated files
    Check,
    /// Measure this package beside others, and how small and quick the page is
    Bench(bench::Options),
    /// Hold signatures and their arithmetic against those of others, on numbers drawn from a seed
    Differential(differential::Options),
    /// Build the documentation's site
    Docs {
        /// Serve it instead, and follow every change
        #[arg(long)]
        serve: bool,
        /// Also follow every link and run every snippet
        #[arg(long, conflicts_with = "serve")]
        test: bool,
    },
    /// Run a project of examples/ next to a local issuer, with calls to try
    Example {
        /// Its folder's name; without one, the tests of all are run
        name: Option<String>,
        /// Make the calls, and end
        #[arg(long, requires = "name")]
        once: bool,
    },
    /// Have an issuer fail in every known way, and hold docs/faults.md against what happens
    Faults {
        /// Write docs/faults.md
        #[arg(long)]
        write: bool,
    },
    /// Look for inputs that break what must hold, with libFuzzer
    Fuzz(fuzz::Options),
    /// Let a simulated fleet go by, and judge every answer of the key store
    Simulate(simulate::Arguments),
    /// Take pictures of the page, README's among them, and draw the icons that are pixels
    Screenshots,
    /// Run this package beside others, in the same situations
    Peers {
        /// Write docs/peers.md
        #[arg(long)]
        write: bool,
    },
    /// Test protection against replay with a real Redis
    Replay,
    /// Pack the crates that are published, build each from its package, and compare what they let others use
    /// with what is written down
    Crates {
        /// Write down what they let others use now
        #[arg(long)]
        write: bool,
    },
    /// Check licences and sources of what is built with, that a build is reproducible, and write the bills
    /// of materials
    Supply {
        /// Also look for known vulnerabilities, in a database that is fetched
        #[arg(long)]
        advisories: bool,
    },
    /// Verify good and bad tokens at full speed while their issuers fail, and watch verdicts and memory
    Soak {
        /// For how long
        #[arg(long, default_value_t = 300)]
        seconds: u32,
        /// The seed that an earlier run printed, to have the same faults again
        #[arg(long)]
        seed: Option<u32>,
    },
    /// Write what is generated from Rust: TypeScript, and the policy's schema for the page
    Generate,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let workspace = Workspace::locate()?;
    match task {
        Task::Demo { once } => demo::demo(&workspace, once),
        Task::Test { page: true, .. } => test::page(&workspace),
        Task::Test { full, .. } => test::test(&workspace, full),
        Task::Build { debug, package, page } => {
            let mode = build::Mode::from_debug(debug);
            // Neither named means both.
            build::build(&workspace, mode, package || !page, page || !package)
        }
        Task::Serve { release } => serve::serve(&workspace, build::Mode::from_debug(!release)),
        Task::Check => check::check(&workspace),
        Task::Bench(options) => bench::bench(&workspace, &options),
        Task::Differential(options) => differential::differential(&workspace, &options),
        Task::Docs { test: true, .. } => docs::build_and_test(&workspace),
        Task::Docs { serve, .. } => docs::docs(&workspace, serve),
        Task::Example { name: Some(name), once } => example::example(&workspace, &name, once),
        Task::Example { name: None, .. } => example::all(&workspace),
        Task::Faults { write } => faults::faults(&workspace, write),
        Task::Fuzz(options) => fuzz::fuzz(&workspace, &options),
        Task::Simulate(arguments) => simulate::simulate(&workspace, arguments),
        Task::Screenshots => browser::screenshots(&workspace),
        Task::Peers { write } => peers::peers(&workspace, write),
        Task::Replay => replay::replay(&workspace),
        Task::Soak { seconds, seed } => soak::soak(&workspace, seconds, seed),
        Task::Crates { write } => crates::crates(&workspace, write),
        Task::Supply { advisories } => supply::supply(&workspace, advisories),
        Task::Generate => generate::write(&workspace),
    }
}
