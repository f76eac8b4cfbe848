//! Judgements that wait for the host's store of used tokens.

use countersign::replay::{NoAnswer, Replay, WhenUnavailable};
use countersign::token_cache::Ticket;
use countersign::{Detail, Fetch, Judgement};

use crate::answer::Answer;
use crate::fault::Fault;

/// What waits, by number. The host settles each one, whatever becomes of its store.
#[derive(Default)]
pub(crate) struct Pending {
    last: u32,
    /// The numbers of the judgements, in their order.
    ids: Vec<u32>,
    judgements: Vec<(Judgement, Detail)>,
}

impl Pending {
    /// The judgement as JSON, or what is to be claimed for it.
    pub(crate) fn answer(
        &mut self,
        judgement: Judgement,
        refresh: Option<&Fetch>,
        detail: Detail,
        kept: Option<Ticket>,
    ) -> String {
        let Some(once) = judgement.once() else {
            return Answer::of_judgement(&judgement, refresh, detail, kept);
        };
        self.last = self.last.wrapping_add(1);
        self.ids.push(self.last);
        self.judgements.push((judgement, detail));
        Answer::of_once(self.last, &once, refresh)
    }

    /// The judgement as JSON, given what the store answered.
    pub(crate) fn settle(&mut self, id: u32, answer: &str) -> Result<String, Fault> {
        let Some(at) = self.ids.iter().position(|waiting| *waiting == id) else {
            return Err(Fault::message("no judgement waits under this number"));
        };
        self.ids.swap_remove(at);
        let (judgement, detail) = self.judgements.swap_remove(at);
        let judgement = judgement.with_replay(replay(answer)?);
        Ok(Answer::of_judgement(&judgement, None, detail, None))
    }
}

fn replay(answer: &str) -> Result<Replay, Fault> {
    Ok(match answer {
        "failed" => Replay::Unavailable(NoAnswer::Failed),
        "first" => Replay::First,
        "full" => Replay::Full,
        "notAsked" => Replay::Unavailable(NoAnswer::NotAsked),
        "seen" => Replay::Seen,
        "timeout" => Replay::Unavailable(NoAnswer::Timeout),
        "unclear" => Replay::Unavailable(NoAnswer::Unclear),
        _ => return Err(Fault::message("there is no such answer on replay")),
    })
}

/// What becomes of a token when the store does not answer.
pub(crate) fn when_unavailable(choice: &str) -> Result<WhenUnavailable, Fault> {
    match choice {
        "accept" => Ok(WhenUnavailable::Accept),
        "refuse" => Ok(WhenUnavailable::Refuse),
        _ => Err(Fault::message("there is no such choice for a store that does not answer")),
    }
}
