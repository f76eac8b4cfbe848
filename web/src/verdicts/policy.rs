use countersign::{Check, CheckReport, Code, OutcomeName, Report};

use crate::state::State;

/// Whether the policy takes a token.
#[derive(Clone, Debug)]
pub enum PolicyVerdict {
    /// There is no token.
    Nothing,
    /// There is no policy, so nobody has said what is expected.
    NoPolicy,
    /// The policy's text has this many faults.
    Faulty(usize),
    /// The token is accepted, by this rule: exactly what a verifier would say.
    Accepted {
        /// The rule's name.
        rule: String,
    },
    /// Every check passes that can be made without keys; the signature has not been looked at.
    Undecided,
    /// The token is refused: what a verifier would say, once it has the keys.
    Refused {
        /// Why.
        code: Code,
        /// How many further checks fail.
        further: usize,
    },
}

impl PolicyVerdict {
    pub(super) fn of(state: &State, report: Option<&Report>) -> Self {
        if state.token.is_blank() {
            return Self::Nothing;
        }
        if let Some(faults) = state.policy.faults() {
            return Self::Faulty(faults.as_slice().len());
        }
        let Some(report) = report else { return Self::NoPolicy };
        if report.accepted {
            return Self::Accepted { rule: report.rule.clone().unwrap_or_default() };
        }
        // Without keys, a missing key is no verdict on the token; what else fails is.
        let no_keys = state.token_keys().known().is_none();
        let counts = |check: &&CheckReport| !(no_keys && check.check == Check::Key);
        let failed = report.checks.iter().filter(|check| check.outcome == OutcomeName::Failed);
        let codes: Vec<Code> = failed.filter(counts).filter_map(|check| check.code).collect();
        match codes.split_first() {
            Some((code, others)) => Self::Refused { code: *code, further: others.len() },
            None => Self::Undecided,
        }
    }
}
