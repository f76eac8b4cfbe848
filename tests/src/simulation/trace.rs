//! The last things that happened, to be printed when a promise is broken.

use std::collections::VecDeque;

use super::agenda::Millis;
use super::issuer::{Change, Condition, IssuerId};
use super::key_id::KeyId;
use super::oracle::Why;

const KEPT: usize = 20_000;

#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "only printed")]
pub(super) enum Note {
    Accepted { host: usize, issuer: IssuerId, key_id: KeyId, stale: bool },
    Began { host: usize, issuer: IssuerId, id: u64, why: Why },
    Became { issuer: IssuerId, condition: Condition },
    Changed { issuer: IssuerId, change: Change },
    Exchanged { from: usize, to: usize },
    Flood { issuer: IssuerId, first: KeyId, tokens: u64 },
    Landed { host: usize, issuer: IssuerId, id: u64, good: bool },
    Refused { host: usize, issuer: IssuerId, key_id: KeyId, available: bool },
    Restarted { host: usize, with_keys: bool },
    Strangers { issuers: u64 },
    Withdrew { issuer: IssuerId, key_id: KeyId },
}

#[derive(Default)]
pub(super) struct Trace {
    notes: VecDeque<(Millis, Note)>,
    pub(super) last_issuer: IssuerId,
}

impl Trace {
    pub(super) fn note(&mut self, time: Millis, note: Note) {
        if self.notes.len() >= KEPT {
            self.notes.pop_front();
        }
        if let Some(issuer) = note.issuer() {
            self.last_issuer = issuer;
        }
        self.notes.push_back((time, note));
    }

    /// The last events of one issuer, and of all of them.
    pub(super) fn last(&self, issuer: IssuerId, count: usize) -> Vec<String> {
        let concerns = |note: &Note| note.issuer().is_none_or(|other| other == issuer);
        let mut lines: Vec<String> = self
            .notes
            .iter()
            .rev()
            .filter(|(_, note)| concerns(note))
            .take(count)
            .map(|(time, note)| format!("{:>14.3} s  {note:?}", *time as f64 / 1000.0))
            .collect();
        lines.reverse();
        lines
    }
}

impl Note {
    fn issuer(&self) -> Option<IssuerId> {
        match *self {
            Self::Accepted { issuer, .. }
            | Self::Began { issuer, .. }
            | Self::Became { issuer, .. }
            | Self::Changed { issuer, .. }
            | Self::Flood { issuer, .. }
            | Self::Landed { issuer, .. }
            | Self::Refused { issuer, .. }
            | Self::Withdrew { issuer, .. } => Some(issuer),
            Self::Exchanged { .. } | Self::Restarted { .. } | Self::Strangers { .. } => None,
        }
    }
}
