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
    fault: Option<String>,
}

impl Steps {
    /// Runs one step under a heading; a failure is kept for the summary. Says whether it succeeded.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        println!("\n━━ {name}");
        let start = Instant::now();
        let fault = work().err().map(|error| format!("{error:#}"));
        let took = start.elapsed();
        if let Some(fault) = &fault {
            eprintln!("\n{name} failed: {fault}");
        }
        let succeeded = fault.is_none();
        self.done.push(Step { name: name.to_owned(), took, fault });
        succeeded
    }

    /// Prints the summary; an error when any step failed.
    pub(crate) fn finish(self) -> Result<()> {
        println!("\n━━ summary");
        for step in &self.done {
            println!("{step}");
        }
        let total: Duration = self.done.iter().map(|step| step.took).sum();
        let failed = self.done.iter().filter(|step| step.fault.is_some()).count();
        println!("{} steps in {}", self.done.len(), seconds(total));
        if failed > 0 {
            bail!("{failed} of {} steps failed", self.done.len());
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            None => write!(f, "ok      {:>8}  {}", seconds(self.took), self.name),
            Some(fault) => {
                let fault = fault.lines().next().unwrap_or_default();
                write!(f, "FAILED  {:>8}  {}: {fault}", seconds(self.took), self.name)
            }
        }
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::Steps;

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
}
