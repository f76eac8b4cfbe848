//! The arithmetic of signatures beside that of others, on many numbers drawn from a seed.

use anyhow::Result;
use clap::Args;

use crate::command::run;
use crate::workspace::Workspace;

/// How many, and which; the rest of a run follows from that.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    /// Signatures, each judged without tables, with them, and by another crate: six of ten are of P-256,
    /// 15 in a hundred of P-384, and a quarter of RSA
    #[arg(long, default_value_t = 1_000_000)]
    verifications: u64,
    /// Operations of each of the two fields, each result compared with fiat-crypto's
    #[arg(long, default_value_t = 10_000_000)]
    operations: u64,
    /// What all numbers are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only the tests whose names contain this, such as p384
    tests: Option<String>,
}

/// Has the tests of the crate draw so many, with every check of the arithmetic's bounds; a disagreement ends
/// the run with what went into it.
pub(crate) fn differential(workspace: &Workspace, options: &Options) -> Result<()> {
    let Options { verifications, operations, seed, tests } = options;
    let share = |hundredths: u64| (verifications * hundredths / 100).to_string();
    let mut test = workspace.cargo("test");
    test.args(["--package", "countersign-signatures", "--profile", "checked", "--lib"])
        .args(["--test", "differential", "--test", "rsa_drawn", "--"])
        .args(["--include-ignored", "--nocapture", "--test-threads", "1"])
        .args(tests)
        .env("COUNTERSIGN_SEED", seed.to_string())
        .env("COUNTERSIGN_FIELD_OPERATIONS", operations.to_string())
        .env("COUNTERSIGN_P256_VERIFICATIONS", share(60))
        .env("COUNTERSIGN_P384_VERIFICATIONS", share(15))
        .env("COUNTERSIGN_RSA_VERIFICATIONS", share(25));
    run(&mut test)
}
