//! How throughput grows with threads that share one verifier by reference.

use std::sync::Barrier;
use std::thread::{self, ScopedJoinHandle};
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

/// How often every thread verifies every token: long enough for starting threads not to count.
const TIMES: usize = 5;

/// From when the first thread begins until the last one is through.
fn together(job: &Job, ours: &Countersign, threads: usize) -> Result<f64> {
    let barrier = Barrier::new(threads);
    let spans = thread::scope(|scope| {
        let running: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| work(job, ours, &barrier))).collect();
        let join = |thread: ScopedJoinHandle<_>| thread.join().ok().context("a thread panicked")?;
        running.into_iter().map(join).collect::<Result<Vec<(Instant, Instant)>>>()
    })?;
    let begin = spans.iter().map(|(begin, _)| *begin).min().context("no threads")?;
    let end = spans.iter().map(|(_, end)| *end).max().context("no threads")?;
    Ok((threads * TIMES * job.tokens.len()) as f64 / (end - begin).as_secs_f64())
}

fn work(job: &Job, ours: &Countersign, barrier: &Barrier) -> Result<(Instant, Instant)> {
    barrier.wait();
    let begin = Instant::now();
    for _ in 0..TIMES {
        job.tokens.iter().try_for_each(|token| ours.verify(token))?;
    }
    Ok((begin, Instant::now()))
}
