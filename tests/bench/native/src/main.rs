//! `countersign-bench-native PROVIDER < JOB.json`: this crate and the crate jsonwebtoken, with one provider of
//! cryptography, over the same tokens. Prints, as JSON, the nanoseconds that each took per verification, round
//! by round.

mod contender;
mod job;
mod rounds;
mod threads;

use std::env;
use std::io::{self, Read};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::contender::{Countersign, JsonWebToken};
use crate::job::Job;

fn main() -> Result<()> {
    let provider = env::args().nth(1).context("aws_lc_rs, rust_crypto or count?")?;
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let job: Job = serde_json::from_str(&text).context("reading the job")?;
    let ours = Countersign::new(&job)?;
    match provider.as_str() {
        "aws_lc_rs" => &jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER,
        "rust_crypto" => &jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER,
        // Under an instruction counter: the difference of two numbers of verifications is what one takes.
        "count" => {
            let verifications = job.warm_up;
            return job
                .tokens
                .iter()
                .cycle()
                .take(verifications)
                .try_for_each(|token| ours.verify(token));
        }
        _ => bail!("{provider} is no provider"),
    }
    .install_default()
    .map_err(|_| anyhow::anyhow!("another provider is installed already"))?;
    let peer = JsonWebToken::new(&job)?;

    contender::must_work(&job, |token| ours.verify(token))?;
    contender::must_work(&job, |token| peer.verify(token))?;
    let [ours_times, peer_times] = rounds::interleaved(
        &job,
        [&|token: &str| ours.verify(token), &|token: &str| peer.verify(token)],
    )?;
    let threads = threads::measure(&job, &ours)?;
    println!(
        "{}",
        json!({ "countersign": ours_times, "jsonwebtoken": peer_times, "threads": threads })
    );
    Ok(())
}
