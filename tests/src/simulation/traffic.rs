//! Tokens that arrive: good ones, old ones, and floods of bad ones.

use super::agenda::{Millis, SECOND};
use super::caller::Caller;
use super::issuer::{Condition, IssuerId};
use super::key_id::{KeyId, Naming};
use super::oracle::Checked;
use super::random::Random;
use super::trace::Note;
use super::world::{Event, World};

/// A flood of tokens with key ids that were made up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flood {
    issuer: IssuerId,
    form: Form,
    left: u64,
    gap: Millis,
    /// Whether the issuer rotates its key when the flood is at its height.
    rotates: bool,
}

/// What strangers make up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Numbers that AWS has not come to.
    Far,
    /// Anything.
    Mixed,
    /// The numbers that could be next.
    Near,
    Text,
    Uuid,
    /// Signatures that do not match.
    Unsigned,
}

impl World<'_> {
    /// A token of an issuer arrives.
    pub(super) fn arrive(&mut self, id: IssuerId) -> Checked {
        let issuer = &self.issuers[id as usize];
        self.again(issuer.between_tokens, Event::Arrive(id));
        let issuer = &self.issuers[id as usize];
        let position = self.random.position(issuer.published.len());
        let (any, newest) = (issuer.published[position], issuer.newest());
        let old = issuer.withdrawn.last().copied();
        let (key_id, key) = match (self.random.position(100), old) {
            (0..10, Some(old)) => (old.key_id, Some(old.key)),
            (10..13, _) => (newest.key_id, None),
            (13..30, _) => (any.key_id, Some(any.key)),
            _ => (newest.key_id, Some(newest.key)),
        };
        self.come(id, key_id, key)
    }

    /// The first token that is signed with the newest key arrives, at some host.
    pub(super) fn first(&mut self, issuer: IssuerId) -> Checked {
        let newest = self.issuers[issuer as usize].newest();
        let accepted = self.oracle.figures.accepted;
        self.come(issuer, newest.key_id, Some(newest.key))?;
        self.oracle.figures.first_tokens += self.oracle.figures.accepted - accepted;
        Ok(())
    }

    fn come(&mut self, issuer: IssuerId, key_id: KeyId, key: Option<u16>) -> Checked {
        let host = self.random.position(self.hosts.len());
        let since = self.time;
        let caller = self.callers.add(Caller { host, issuer, key_id, key, since, turn: 0 });
        self.ask(caller)
    }

    /// A flood of key ids begins, for one issuer.
    pub(super) fn flood(&mut self) -> Checked {
        self.again(self.plan.between_floods, Event::Flood);
        let issuer = match self.random.chance(500) && self.pinned > 0 {
            true => self.random.position(self.pinned as usize),
            false => self.random.position(self.issuers.len()),
        } as IssuerId;
        let form = self.random.one_of(&[
            Form::Far,
            Form::Mixed,
            Form::Near,
            Form::Text,
            Form::Uuid,
            Form::Unsigned,
        ]);
        let left = self.random.between(10, 300);
        let gap = self.random.one_of(&[0, 10, 100, SECOND]);
        let rotates = self.random.chance(500);
        let flood = Flood { issuer, form, left, gap, rotates };
        let first = self.made_up(flood).0;
        self.note(Note::Flood { issuer, first, tokens: left });
        self.agenda.note(self.time, Event::Junk(flood));
        Ok(())
    }

    /// The next token of a flood.
    pub(super) fn junk(&mut self, flood: Flood) -> Checked {
        let Flood { issuer, left, gap, rotates, .. } = flood;
        let (key_id, _) = self.made_up(flood);
        self.come(issuer, key_id, None)?;
        let rotates_now = rotates && left == 5;
        if rotates_now {
            self.change(issuer);
        }
        if left > 1 {
            let flood = Flood { left: left - 1, ..flood };
            self.agenda.note(self.time + gap, Event::Junk(flood));
        }
        Ok(())
    }

    fn made_up(&mut self, flood: Flood) -> (KeyId, Form) {
        const FORMS: [Form; 4] = [Form::Far, Form::Near, Form::Text, Form::Uuid];
        let form = match flood.form {
            Form::Mixed => self.random.one_of(&FORMS),
            form => form,
        };
        let issuer = &self.issuers[flood.issuer as usize];
        let random = &mut self.random;
        let key_id = match form {
            Form::Far => KeyId::Numbered(10_000_000 + random.between(0, 100) as u32 * 10),
            Form::Near => {
                let next = if issuer.naming == Naming::Numbered { issuer.keys_made } else { 0 };
                KeyId::Numbered(next + random.between(0, 2) as u32)
            }
            Form::Text | Form::Mixed => KeyId::Junk(random.between(0, 10_000) as u32),
            Form::Uuid => KeyId::Random(random.number()),
            Form::Unsigned => issuer.newest().key_id,
        };
        (key_id, form)
    }

    /// A flood of issuers of AWS's form begins.
    pub(super) fn strangers(&mut self) -> Checked {
        self.again(self.plan.between_stranger_floods, Event::Strangers);
        let left = self.random.between(100, if self.is_small() { 800 } else { 5000 });
        let gap = self.random.one_of(&[0, 5, 20, 200]);
        self.note(Note::Strangers { issuers: left });
        self.agenda.note(self.time, Event::Stranger { left, gap });
        Ok(())
    }

    pub(super) fn stranger(&mut self, left: u64, gap: Millis) -> Checked {
        self.strangers += 1;
        self.come(self.strangers, KeyId::Numbered(0), None)?;
        if left > 1 {
            self.agenda.note(self.time + gap, Event::Stranger { left: left - 1, gap });
        }
        Ok(())
    }
}

/// How an issuer that fails does so.
pub(super) fn failing(random: &mut Random) -> Condition {
    random.one_of(&[
        Condition::Down,
        Condition::Flapping,
        Condition::Garbled,
        Condition::NotFound,
        Condition::Silent,
        Condition::Slow,
        Condition::Status(429),
        Condition::Status(500),
        Condition::Status(503),
    ])
}
