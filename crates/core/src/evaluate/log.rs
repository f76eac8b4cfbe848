use super::check::Check;
use super::evidence::Evidence;
use super::judgement::Outcome;
use crate::error::{Code, Rejection};

/// How much an evaluation records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Every check with its evidence, going on after a failure: for `explain`.
    Report,
    /// The first failure only, and nothing after it: for `verify`.
    Verdict,
}

/// What an evaluation has found so far.
#[derive(Clone, Debug)]
pub(super) struct Log {
    pub(super) detail: Detail,
    pub(super) entries: Vec<(Check, Outcome)>,
    pub(super) rejection: Option<Rejection>,
}

impl Log {
    pub(super) fn new(detail: Detail) -> Self {
        Self { detail, entries: Vec::new(), rejection: None }
    }

    /// Whether the verdict is known and nothing more is to be recorded.
    pub(super) fn is_closed(&self) -> bool {
        self.rejection.is_some() && self.detail == Detail::Verdict
    }

    /// Makes a check, unless the verdict is known and nothing more is to be recorded. The check
    /// answers what it found, and its evidence only when that is asked for.
    pub(super) fn check<T>(
        &mut self,
        check: Check,
        outcome: Result<T, (Code, Evidence)>,
        evidence: impl FnOnce(&T) -> Evidence,
    ) -> Option<T> {
        match outcome {
            Ok(value) => {
                if self.detail == Detail::Report {
                    self.entries.push((check, Outcome::Passed(evidence(&value))));
                }
                Some(value)
            }
            Err((code, evidence)) => {
                self.fail(Rejection::new(code, check, evidence.expected, evidence.found));
                None
            }
        }
    }

    pub(super) fn fail(&mut self, rejection: Rejection) {
        if self.detail == Detail::Report {
            self.entries.push((rejection.check, Outcome::Failed(rejection.clone())));
        }
        self.rejection.get_or_insert(rejection);
    }

    pub(super) fn skip(&mut self, check: Check, reason: &'static str) {
        if self.detail == Detail::Report {
            self.entries.push((check, Outcome::Skipped(reason)));
        }
    }
}
