//! Judging a token: one ordered list of checks behind both the verdict and the report.

mod check;
mod evaluation;
mod evidence;
mod identity_checks;
mod judgement;
mod log;
mod replay;
mod signature;
mod time_checks;
mod window;

pub use check::Check;
pub use evaluation::{Evaluation, KeyNeed, KeyOutcome};
pub use evidence::Evidence;
pub(crate) use evidence::joined;
pub use judgement::{Basis, CheckReport, Judgement, OutcomeName, Report, SignatureState};
pub use log::Detail;
pub use signature::{SignedBy, check_signature};
pub(crate) use window::Window;
