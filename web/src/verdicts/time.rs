use countersign::{Check, CheckReport, OutcomeName, Report};

use crate::state::State;

/// Whether a token is valid at the time for which it is judged.
#[derive(Clone, Debug)]
pub enum TimeVerdict {
    /// There is no token.
    Nothing,
    /// The token does not say.
    Unknown,
    /// Every check of times passes.
    Valid {
        /// When it expires, in seconds since the epoch.
        expires_at: u64,
    },
    /// A check of times fails: the first that does.
    Invalid {
        /// The check.
        check: Box<CheckReport>,
        /// When the token expires, in seconds since the epoch, if it says so.
        expires_at: Option<u64>,
    },
}

impl TimeVerdict {
    /// The checks that are about times.
    pub const CHECKS: [Check; 5] =
        [Check::Expiry, Check::IssuedAt, Check::NotBefore, Check::Lifetime, Check::Age];

    pub(super) fn of(state: &State, report: Option<&Report>) -> Self {
        if state.token.is_blank() {
            return Self::Nothing;
        }
        let Some(report) = report else { return Self::Unknown };
        let expires_at =
            state.token.claims.as_ref().and_then(|claims| claims.expires_at.clone().ok());
        let mut checks = report.checks.iter().filter(|one| Self::CHECKS.contains(&one.check));
        match checks.find(|one| one.outcome == OutcomeName::Failed) {
            Some(check) => Self::Invalid { check: Box::new(check.clone()), expires_at },
            None => match (expires_at, passed(report, Check::Expiry)) {
                (Some(expires_at), true) => Self::Valid { expires_at },
                _ => Self::Unknown,
            },
        }
    }
}

fn passed(report: &Report, check: Check) -> bool {
    report.checks.iter().any(|one| one.check == check && one.outcome == OutcomeName::Passed)
}
