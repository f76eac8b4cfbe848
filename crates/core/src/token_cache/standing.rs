use crate::evaluate::Window;
use crate::keys::Generation;

/// Under which circumstances a token that was accepted would be accepted again:
/// [`Judgement::standing`] gives it, and [`Verifier::stands_by`] says whether they are still so. It is of
/// use to the verifier only that accepted the token.
///
/// [`Judgement::standing`]: crate::Judgement::standing
/// [`Verifier::stands_by`]: crate::Verifier::stands_by
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub(crate) issuer: Box<str>,
    /// Of the issuer's keys.
    pub(crate) generation: Generation,
    /// In which the checks of time pass.
    pub(crate) window: Window,
}
