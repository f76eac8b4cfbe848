//! One target, run by libFuzzer.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::program;
use crate::command::{line, run as run_command};
use crate::workspace::Workspace;

/// When a run ends; 0 is no bound.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) runs: u64,
    pub(super) seconds: u64,
}

/// What libFuzzer says of a run.
#[derive(Debug, Default)]
pub(super) struct Figures {
    target: String,
    pub(super) executions: u64,
    per_second: u64,
    /// Places in the code that were reached.
    coverage: u64,
    /// The same, told apart by how often and in which order.
    features: u64,
    inputs: u64,
    has_failed: bool,
}

impl Figures {
    pub(super) const HEADING: &str =
        "target          executions       per s  coverage  features    inputs  found";

    pub(super) fn failed(&self) -> Option<&str> {
        self.has_failed.then_some(&self.target)
    }

    /// Reads libFuzzer's output.
    fn read(target: &str, log: &str) -> Self {
        let mut figures = Self { target: target.to_owned(), ..Self::default() };
        for line in log.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let after = |name: &str| {
                let at = words.iter().position(|word| *word == name)?;
                words.get(at + 1)?.split('/').next()?.parse().ok()
            };
            if line.starts_with('#') {
                figures.coverage = after("cov:").unwrap_or(figures.coverage);
                figures.features = after("ft:").unwrap_or(figures.features);
                figures.inputs = after("corp:").unwrap_or(figures.inputs);
            }
            let executed = after("stat::number_of_executed_units:");
            figures.executions = executed.unwrap_or(figures.executions);
            let speed = after("stat::average_exec_per_sec:");
            figures.per_second = speed.unwrap_or(figures.per_second);
        }
        figures
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { target, executions, per_second, coverage, features, inputs, has_failed } = self;
        let found = if *has_failed { "YES" } else { "-" };
        write!(
            f,
            "{target:<14} {executions:>11} {per_second:>11} {coverage:>9} {features:>9} {inputs:>9}  {found}"
        )
    }
}

/// Runs a target. It begins with the committed inputs and with what earlier runs found worth keeping.
pub(super) fn run(workspace: &Workspace, target: &str, bounds: Bounds) -> Result<Figures> {
    let found = folder(workspace, "found", target)?;
    let artifacts = folder(workspace, "artifacts", target)?;
    let mut command = command(workspace, target)?;
    command.arg(found).arg(workspace.path("fuzz/corpus").join(target));
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    command.arg("-print_final_stats=1");
    if bounds.runs > 0 {
        command.arg(format!("-runs={}", bounds.runs));
    }
    if bounds.seconds > 0 {
        command.arg(format!("-max_total_time={}", bounds.seconds));
    }
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", line(&command)))?;
    let log = String::from_utf8_lossy(&output.stderr);
    let has_failed = !output.status.success();
    if has_failed {
        // The end of it: what panicked, and where the input is that did it.
        let lines: Vec<&str> = log.lines().collect();
        for line in lines.iter().skip(lines.len().saturating_sub(60)) {
            eprintln!("{line}");
        }
        eprintln!("once more: cargo run -p countersign-fuzz --bin {target} -- <the file above>");
    }
    Ok(Figures { has_failed, ..Figures::read(target, &log) })
}

/// Puts the fewest inputs that reach as much as all that are known into `target/fuzz/merged`.
pub(super) fn merge(workspace: &Workspace, target: &str) -> Result<()> {
    let merged = folder(workspace, "merged", target)?;
    fs::remove_dir_all(&merged).and_then(|()| fs::create_dir(&merged)).context("clearing")?;
    let mut command = command(workspace, target)?;
    run_command(
        command
            .arg("-merge=1")
            .arg(merged)
            .arg(workspace.path("fuzz/corpus").join(target))
            .arg(folder(workspace, "found", target)?)
            .stderr(Stdio::null()),
    )
}

fn command(workspace: &Workspace, target: &str) -> Result<Command> {
    let mut command = Command::new(program(workspace, target)?);
    let dictionary = workspace.path("fuzz/dictionaries").join(target).with_extension("dict");
    command
        .arg(format!("-dict={}", dictionary.display()))
        // An input that takes so long, in seconds, or so much memory, in MiB, is a finding.
        .args(["-timeout=20", "-rss_limit_mb=2048", "-max_len=4096"])
        // Nobody else writes to the corpus: looking again each second is not worth it.
        .arg("-reload=0");
    Ok(command)
}

fn folder(workspace: &Workspace, kind: &str, target: &str) -> Result<PathBuf> {
    let folder = workspace.target("fuzz").join(kind).join(target);
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::Figures;

    #[test]
    fn figures_are_those_of_the_last_line() {
        let log = "#2\tINITED cov: 7 ft: 9 corp: 1/1b exec/s: 0 rss: 27Mb\n\
                   #204\tNEW    cov: 8 ft: 12 corp: 2/7b lim: 6 exec/s: 0 rss: 27Mb L: 6/6 MS: 2 X-\n\
                   #500\tDONE   cov: 8 ft: 12 corp: 2/6b lim: 4096 exec/s: 0 rss: 27Mb\n\
                   stat::number_of_executed_units: 500\nstat::average_exec_per_sec:     250\n";
        let figures = Figures::read("json", log);
        assert_eq!(
            figures.to_string().split_whitespace().collect::<Vec<_>>(),
            ["json", "500", "250", "8", "12", "2", "-"]
        );
    }
}
