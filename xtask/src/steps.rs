//! A run of named steps: each goes on to the next whatever happens, and all are summed up.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// The steps that have been run.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Step>,
}

struct Step {
    name: String,
    took: Duration,
    end: End,
}

enum End {
    Succeeded,
    Skipped(String),
    Failed(String),
}

/// How much of a step that depends on the machine was done.
pub(crate) enum Done {
    /// All of it.
    Fully,
    /// Nothing, and why.
    Skipped(String),
}

impl Steps {
    /// Runs one step under a heading; a failure is kept for the summary. Says whether it succeeded.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        self.step_or_skip(name, || work().map(|()| Done::Fully))
    }

    /// Runs one step that this machine may lack something for. What was skipped is no failure, and the
    /// summary tells it.
    pub(crate) fn step_or_skip(&mut self, name: &str, work: impl FnOnce() -> Result<Done>) -> bool {
        println!("\n━━ {name}");
        let start = Instant::now();
        let end = match work() {
            Ok(Done::Fully) => End::Succeeded,
            Ok(Done::Skipped(reason)) => {
                eprintln!("\n!! {name}: NOT DONE. {reason}");
                End::Skipped(reason)
            }
            Err(error) => {
                let fault = format!("{error:#}");
                eprintln!("\n{name} failed: {fault}");
                End::Failed(fault)
            }
        };
        let succeeded = !matches!(end, End::Failed(_));
        self.done.push(Step { name: name.to_owned(), took: start.elapsed(), end });
        succeeded
    }

    /// Prints the summary; an error when any step failed.
    pub(crate) fn finish(self) -> Result<()> {
        println!("\n━━ summary");
        for step in &self.done {
            println!("{step}");
        }
        let total: Duration = self.done.iter().map(|step| step.took).sum();
        let failed = self.done.iter().filter(|step| matches!(step.end, End::Failed(_))).count();
        println!("{} steps in {}", self.done.len(), seconds(total));
        if failed > 0 {
            bail!("{failed} of {} steps failed", self.done.len());
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, why) = match &self.end {
            End::Succeeded => ("ok", None),
            End::Skipped(reason) => ("SKIPPED", Some(reason)),
            End::Failed(fault) => ("FAILED", Some(fault)),
        };
        write!(f, "{word:<7} {:>8}  {}", seconds(self.took), self.name)?;
        match why.and_then(|why| why.lines().next()) {
            Some(line) => write!(f, ": {line}"),
            None => Ok(()),
        }
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::{Done, Steps};

    #[test]
    fn a_failed_step_fails_the_run_but_the_next_step_still_runs() {
        let mut steps = Steps::default();
        let mut ran = false;
        assert!(!steps.step("first", || bail!("it broke")));
        assert!(steps.step("second", || {
            ran = true;
            Ok(())
        }));
        assert!(ran);
        assert!(steps.finish().unwrap_err().to_string().contains("1 of 2"));
    }

    #[test]
    fn a_skipped_step_fails_nothing_but_is_told_from_one_that_was_done() {
        let mut steps = Steps::default();
        assert!(steps.step_or_skip("there", || Ok(Done::Fully)));
        assert!(steps.step_or_skip("missing", || Ok(Done::Skipped("no browser".to_owned()))));
        let lines: Vec<_> = steps.done.iter().map(ToString::to_string).collect();
        assert!(lines[0].starts_with("ok ") && lines[0].ends_with(" there"));
        assert!(lines[1].starts_with("SKIPPED ") && lines[1].ends_with(" missing: no browser"));
        steps.finish().unwrap();
    }
}
