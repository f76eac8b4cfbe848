use countersign::{Check, OutcomeName, Rejection, Report};

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
    /// The token is refused: exactly what a verifier would say.
    Refused {
        /// Why.
        rejection: Box<Rejection>,
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
        let failed: Vec<Check> = report
            .checks
            .iter()
            .filter(|check| check.outcome == OutcomeName::Failed)
            .map(|check| check.check)
            .collect();
        if state.token_keys().known().is_none() && failed == [Check::Key] {
            return Self::Undecided;
        }
        match &report.rejection {
            Some(rejection) => Self::Refused {
                rejection: Box::new(rejection.clone()),
                further: failed.len().saturating_sub(1),
            },
            None => Self::Undecided,
        }
    }
}
