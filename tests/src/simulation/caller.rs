//! Those who have a token to be verified.

use super::agenda::Millis;
use super::documents::KeyNumber;
use super::issuer::IssuerId;
use super::key_id::KeyId;

pub(super) type CallerId = usize;

#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    pub(super) host: usize,
    pub(super) issuer: IssuerId,
    pub(super) key_id: KeyId,
    /// What signed its token; nothing where no key of the issuer did.
    pub(super) key: Option<KeyNumber>,
    pub(super) since: Millis,
    /// How many times it asked.
    pub(super) turn: u32,
}

/// All callers that wait for an answer.
#[derive(Default)]
pub(super) struct Callers {
    slots: Vec<Option<Caller>>,
    free: Vec<CallerId>,
    /// Counts through all callers, so that no turn of one is taken for one of another in the same slot.
    turns: u32,
}

impl Callers {
    pub(super) fn add(&mut self, mut caller: Caller) -> CallerId {
        self.turns = self.turns.wrapping_add(1);
        caller.turn = self.turns;
        match self.free.pop() {
            Some(id) => {
                self.slots[id] = Some(caller);
                id
            }
            None => {
                self.slots.push(Some(caller));
                self.slots.len() - 1
            }
        }
    }

    pub(super) fn is_at(&self, id: CallerId, turn: u32) -> bool {
        self.slots[id].is_some_and(|caller| caller.turn == turn)
    }

    /// The caller, whose next turn it is.
    pub(super) fn turn(&mut self, id: CallerId) -> Option<Caller> {
        self.turns = self.turns.wrapping_add(1);
        let turn = self.turns;
        let caller = self.slots[id].as_mut()?;
        caller.turn = turn;
        Some(*caller)
    }

    pub(super) fn remove(&mut self, id: CallerId) {
        if self.slots[id].take().is_some() {
            self.free.push(id);
        }
    }

    /// Lets all callers of a host go. Answers how many there were.
    pub(super) fn drop_all(&mut self, host: usize) -> u64 {
        let mut dropped = 0;
        for (id, slot) in self.slots.iter_mut().enumerate() {
            if slot.is_some_and(|caller| caller.host == host) {
                *slot = None;
                self.free.push(id);
                dropped += 1;
            }
        }
        dropped
    }

    /// When the caller came who has waited for longest.
    pub(super) fn oldest(&self) -> Option<Millis> {
        self.slots.iter().flatten().map(|caller| caller.since).min()
    }
}
