//! The last check, whose answer comes from a store outside: the token was not used before.

use super::check::Check;
use super::evidence::Evidence;
use super::judgement::{Judgement, Outcome};
use crate::error::{Code, Rejection};
use crate::replay::{NoAnswer, Once, OnceKey, Replay, WhenUnavailable};
use crate::shown::{Quoted, shortened};
use crate::verified::Verified;

/// A token that passed all other checks, and is refused until a store says that it was not used before.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    verified: Verified,
    when_unavailable: WhenUnavailable,
}

impl Judgement {
    /// Demands word on replay: what was accepted is refused from here on, with `replay.unavailable`, until
    /// [`Judgement::with_replay`] brings that word. A [`Verifier`] that was told to protect against replay
    /// does this itself.
    ///
    /// [`Verifier`]: crate::Verifier
    #[must_use]
    pub fn protected(self, when_unavailable: WhenUnavailable) -> Self {
        match self.verdict {
            Err(_) if self.is_noted() => self,
            Err(_) => self.noting(Outcome::Skipped(NOT_USED_UP)),
            Ok(verified) => {
                let claim = Claim { verified, when_unavailable };
                let unknown = unavailable(NoAnswer::NotAsked);
                // Whoever kept it would ask the store no more.
                let judgement = Self { verdict: Err(unknown.clone()), generation: None, ..self };
                Self { claim: Some(Box::new(claim)), ..judgement.noting(Outcome::Failed(unknown)) }
            }
        }
    }

    /// What a store of used tokens must claim for this token to be accepted. `None` if there is nothing to
    /// claim: the verdict is known.
    pub fn once(&self) -> Option<Once> {
        self.claim.as_ref().map(|claim| {
            let verified = &claim.verified;
            Once {
                key: OnceKey::new(verified.issuer(), verified.token_id()),
                until: verified.expires_at().saturating_add(self.tolerance),
            }
        })
    }

    /// The judgement, given what the store answered to [`Judgement::once`]. Where there was nothing to ask
    /// it for, the judgement stays as it is.
    #[must_use]
    pub fn with_replay(mut self, answer: Replay) -> Self {
        let Some(claim) = self.claim.take() else { return self };
        let Claim { verified, when_unavailable } = *claim;
        let passed = |found: String| Ok(Evidence::new(NOT_USED, found));
        let checked = match answer {
            Replay::First => passed("it was not".to_owned()),
            Replay::Full => Err(Rejection::new(
                Code::ReplayFull,
                Check::Replay,
                "room to remember another token",
                "no room beside the tokens that are in use",
            )),
            Replay::Seen => Err(Rejection::new(
                Code::TokenReplayed,
                Check::Replay,
                NOT_USED,
                format!("the id {} a second time", Quoted(&shortened(verified.token_id()))),
            )),
            Replay::Unavailable(why) => match when_unavailable {
                WhenUnavailable::Accept if why.is_outage() => {
                    passed(format!("not known, which is accepted here: {why}"))
                }
                _ => Err(unavailable(why)),
            },
        };
        match checked {
            Ok(evidence) => {
                Self { verdict: Ok(verified), ..self }.noting(Outcome::Passed(evidence))
            }
            Err(rejection) => {
                Self { verdict: Err(rejection.clone()), ..self }.noting(Outcome::Failed(rejection))
            }
        }
    }

    fn is_noted(&self) -> bool {
        matches!(self.entries.last(), Some((Check::Replay, _)))
    }

    /// Puts the outcome in the place of what stood for this check before, if checks are recorded.
    fn noting(mut self, outcome: Outcome) -> Self {
        match self.entries.last_mut() {
            Some((Check::Replay, noted)) => *noted = outcome,
            Some(_) => self.entries.push((Check::Replay, outcome)),
            None => {}
        }
        self
    }
}

const NOT_USED: &str = "a token that was not used before";
const NOT_USED_UP: &str = "an earlier check failed, so the token is not used up";

fn unavailable(why: NoAnswer) -> Rejection {
    Rejection::new(
        Code::ReplayUnavailable,
        Check::Replay,
        "word on whether the token was used before",
        why.to_string(),
    )
}
