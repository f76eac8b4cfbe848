//! What stands behind the tokens that the host keeps. It keeps their texts and identities itself, so that
//! recalling one crosses as a few numbers.

use countersign::token_cache::{MAX_KEPT_BYTES, Slots, Standing, Ticket};
use countersign::{Detail, Judgement, Verifier};

use crate::fault::Fault;

/// The standings, if the host keeps tokens.
#[derive(Default)]
pub(crate) struct Kept(Option<Slots<Standing>>);

impl Kept {
    pub(crate) fn new(max_tokens: Option<u32>) -> Result<Self, Fault> {
        let slots = max_tokens.map(|max| Slots::new(max as usize)).transpose();
        slots.map(Self).map_err(Fault::message)
    }

    /// What the host is to keep this token under, if it is to.
    pub(crate) fn keep(
        &mut self,
        token: &str,
        judgement: &Judgement,
        detail: Detail,
    ) -> Option<Ticket> {
        let slots = self.0.as_mut()?;
        let is_for_keeping = detail == Detail::Verdict && token.len() <= MAX_KEPT_BYTES;
        let standing = judgement.standing().filter(|_| is_for_keeping)?;
        Some(slots.insert(standing).0)
    }

    /// Takes note that the host keeps this token no longer.
    pub(crate) fn forget(&mut self, ticket: Ticket) {
        self.0.as_mut().and_then(|slots| slots.remove(ticket));
    }

    /// Whether the token would be accepted again: with `fetching` by a call that fetches.
    pub(crate) fn stands(
        &self,
        ticket: Ticket,
        verifier: &Verifier,
        now: u64,
        fetching: bool,
    ) -> bool {
        let stands = |standing: &Standing| match fetching {
            true => verifier.stands_by(standing, now),
            false => verifier.stands_by_without_fetching(standing, now),
        };
        self.0.as_ref().is_some_and(|slots| slots.use_if(ticket, stands).is_some())
    }
}
