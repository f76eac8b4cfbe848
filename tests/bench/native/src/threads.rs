//! How throughput grows with threads that share one verifier by reference.

use std::sync::Barrier;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::contender::Countersign;
use crate::job::Job;

/// Verifications per second, round by round.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Throughput {
    threads: usize,
    per_second: Vec<f64>,
}

pub(crate) fn measure(job: &Job, ours: &Countersign) -> Result<Vec<Throughput>> {
    let mut measured: Vec<_> =
        job.threads.iter().map(|&threads| Throughput { threads, per_second: Vec::new() }).collect();
    for _ in 0..job.rounds {
        for Throughput { threads, per_second } in &mut measured {
            per_second.push(together(job, ours, *threads)?);
        }
    }
    Ok(measured)
}

/// Every thread verifies every token.
fn together(job: &Job, ours: &Countersign, threads: usize) -> Result<f64> {
    let barrier = Barrier::new(threads + 1);
    let seconds = thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    job.tokens.iter().try_for_each(|token| ours.verify(token))
                })
            })
            .collect();
        barrier.wait();
        let start = Instant::now();
        for thread in running {
            thread.join().ok().context("a thread panicked")??;
        }
        anyhow::Ok(start.elapsed().as_secs_f64())
    })?;
    Ok((threads * job.tokens.len()) as f64 / seconds)
}
