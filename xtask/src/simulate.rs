//! The simulated fleet, in a release build: a month of ten thousand issuers passes in under a minute.

use anyhow::Result;
use clap::Args;

use crate::command::run;
use crate::workspace::Workspace;

/// Small worlds of a default run: about twenty seconds.
const SEEDS: u64 = 60;
/// A day of the whole fleet besides, with room for all issuers and with room for a part of them.
const FLEETS: u64 = 4;

/// Which worlds: small ones with dense faults unless their size is given.
#[derive(Args, Clone, Copy)]
pub(crate) struct Arguments {
    /// How many worlds
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// Only the world of this seed, to see a failure again
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// The seed of the first world
    #[arg(long, default_value_t = 1, conflicts_with = "seed")]
    from: u64,
    /// How many issuers there are, such as 10000
    #[arg(long)]
    issuers: Option<u32>,
    /// How many days pass, such as 30
    #[arg(long)]
    days: Option<u32>,
}

/// Lets worlds go by, and fails with the first that breaks a promise.
pub(crate) fn simulate(workspace: &Workspace, arguments: Arguments) -> Result<()> {
    let Arguments { seeds, seed, from, issuers, days } = arguments;
    let mut simulate = workspace.cargo("run");
    simulate.args([
        "--quiet",
        "--release",
        "--package",
        "countersign-tests",
        "--bin",
        "simulate",
        "--",
    ]);
    let mut option = |name: &str, value: u64| {
        simulate.arg(format!("--{name}")).arg(value.to_string());
    };
    match seed {
        Some(seed) => option("seed", seed),
        None => {
            option("from", from);
            option("seeds", seeds);
        }
    }
    if let Some(issuers) = issuers {
        option("issuers", issuers.into());
    }
    if let Some(days) = days {
        option("days", days.into());
    }
    run(&mut simulate)
}

/// What is simulated whenever everything is tested.
pub(crate) fn slice(workspace: &Workspace) -> Result<()> {
    let small = Arguments { seeds: SEEDS, seed: None, from: 1, issuers: None, days: None };
    simulate(workspace, small)?;
    let fleet = Arguments { seeds: FLEETS, issuers: Some(10_000), days: Some(1), ..small };
    simulate(workspace, fleet)
}
