//! Rounds of all contenders in turn, so that whatever else the machine does falls on all of them.

use std::time::Instant;

use anyhow::Result;

use crate::job::Job;

/// Verifies a token; an error when it is refused.
pub(crate) type Verify<'a> = &'a dyn Fn(&str) -> Result<()>;

/// Nanoseconds per verification: for each contender, round by round.
pub(crate) fn interleaved<const N: usize>(
    job: &Job,
    contenders: [Verify<'_>; N],
) -> Result<[Vec<f64>; N]> {
    for verify in contenders {
        job.tokens.iter().cycle().take(job.warm_up).try_for_each(|token| verify(token))?;
    }
    let mut times = [const { Vec::new() }; N];
    for round in 0..job.rounds {
        for turn in 0..N {
            let at = (round + turn) % N;
            times[at].push(once(job, contenders[at])?);
        }
    }
    Ok(times)
}

fn once(job: &Job, verify: Verify<'_>) -> Result<f64> {
    let start = Instant::now();
    job.tokens.iter().try_for_each(|token| verify(token))?;
    Ok(start.elapsed().as_nanos() as f64 / job.tokens.len() as f64)
}
