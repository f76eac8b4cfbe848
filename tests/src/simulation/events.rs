//! What happens to issuers and hosts.

use countersign::keys::Snapshot;

use super::agenda::{HOUR, MINUTE, Millis, SECOND};
use super::issuer::{Change, Condition, IssuerId, Published};
use super::oracle::{Checked, Violation};
use super::trace::Note;
use super::traffic::failing;
use super::world::{Event, World};

impl World<'_> {
    /// An issuer changes its keys, and uses the newest at once.
    pub(super) fn change(&mut self, id: IssuerId) {
        let change = match self.random.position(100) {
            0..60 => Change::Rotate,
            60..80 => Change::ReplaceAll,
            80..92 => Change::SameId,
            _ => Change::Return,
        };
        self.note(Note::Changed { issuer: id, change });
        self.oracle.figures.changes += 1;
        let (issuer, random) = (&mut self.issuers[id as usize], &mut self.random);
        if let Some(old) = issuer.change(change, self.time, random) {
            let overlap = random.one_of(&[SECOND, 30 * SECOND, 10 * MINUTE, 2 * HOUR]);
            self.agenda.note(self.time + overlap, Event::Withdraw(id, old));
        }
        // A crowd of parsed documents is no better a test than a few.
        let count = self.random.between(1, 3);
        for _ in 0..count {
            let after = self.random.one_of(&[0, 0, 50, 2 * SECOND]);
            self.agenda.note(self.time + after, Event::First(id));
        }
    }

    pub(super) fn withdraw(&mut self, id: IssuerId, key: Published) {
        let issuer = &mut self.issuers[id as usize];
        if issuer.published.len() > 1 {
            issuer.withdraw(key, self.time);
            self.note(Note::Withdrew { issuer: id, key_id: key.key_id });
        }
    }

    /// An issuer fails, or all of them do.
    pub(super) fn outage(&mut self, id: IssuerId) {
        self.again(self.plan.between_outages, Event::Outage(id));
        let condition = failing(&mut self.random);
        let longest = if self.is_small() { 30 * HOUR } else { 8 * HOUR };
        let length = self.random.one_of(&[20 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, longest]);
        let is_of_all = self.random.chance(if self.is_small() { 50 } else { 1 });
        if !is_of_all {
            return self.fail(id, condition, length);
        }
        for id in 0..self.issuers.len() as IssuerId {
            self.fail(id, condition, length.min(HOUR));
        }
    }

    fn fail(&mut self, id: IssuerId, condition: Condition, length: Millis) {
        let issuer = &mut self.issuers[id as usize];
        if issuer.condition != Condition::Well {
            return;
        }
        issuer.condition = condition;
        self.oracle.figures.outages += 1;
        self.note(Note::Became { issuer: id, condition });
        let ends = self.time + self.random.between(length / 2, length);
        self.agenda.note(ends, Event::Recover(id));
    }

    pub(super) fn recover(&mut self, id: IssuerId) {
        let issuer = &mut self.issuers[id as usize];
        if !issuer.condition.is_well() {
            issuer.well_since = self.time;
        }
        issuer.condition = Condition::Well;
        self.note(Note::Became { issuer: id, condition: Condition::Well });
    }

    /// A process ends, and begins again: with the keys that it had, with older ones, or with none.
    pub(super) fn restart(&mut self, host: usize) -> Checked {
        self.again(self.plan.between_restarts, Event::Restart(host));
        let now = self.now();
        let kept = match self.random.position(4) {
            0 => None,
            1 => self.kept[host].take(),
            _ => Some((self.hosts[host].store.snapshot(), self.oracle.save(host))),
        };
        self.note(Note::Restarted { host, with_keys: kept.is_some() });
        self.oracle.figures.dropped_by_restart += self.callers.drop_all(host);
        let starts = self.hosts[host].starts + 1;
        self.hosts[host] = self.start(host, starts);
        self.oracle.restart(host, now);
        if let Some((snapshot, saved)) = kept {
            let snapshot = through_text(&snapshot)?;
            let restored = self.hosts[host].store.restore(&snapshot, now);
            let evictions = self.hosts[host].store.counters().evictions;
            self.oracle.evictions(host, evictions);
            let mut loaded: Vec<_> =
                restored.loaded.iter().filter_map(|name| self.ids.get(name).copied()).collect();
            loaded.sort_unstable();
            let is_loaded = |id: IssuerId| loaded.binary_search(&id).is_ok();
            self.oracle.restore(host, &saved, is_loaded, now)?;
            self.kept[host] = Some((snapshot, saved));
        }
        self.prepare_now(host)
    }

    fn prepare_now(&mut self, host: usize) -> Checked {
        self.prepare(host)
    }

    /// A process passes its keys on to another one, or keeps them for itself.
    pub(super) fn exchange(&mut self) -> Checked {
        self.again(self.plan.between_exchanges, Event::Exchange);
        let now = self.now();
        let from = self.random.position(self.hosts.len());
        let to = self.random.position(self.hosts.len());
        if !self.is_small() && self.random.chance(950) {
            return Ok(());
        }
        let snapshot = self.hosts[from].store.snapshot();
        let saved = self.oracle.save(from);
        if from == to {
            self.kept[from] = Some((snapshot, saved));
            return Ok(());
        }
        self.note(Note::Exchanged { from, to });
        self.oracle.figures.exchanges += 1;
        let restored = self.hosts[to].store.restore(&through_text(&snapshot)?, now);
        let evictions = self.hosts[to].store.counters().evictions;
        self.oracle.evictions(to, evictions);
        let mut loaded: Vec<_> =
            restored.loaded.iter().filter_map(|name| self.ids.get(name).copied()).collect();
        loaded.sort_unstable();
        self.oracle.restore(to, &saved, |id| loaded.binary_search(&id).is_ok(), now)
    }
}

fn through_text(snapshot: &Snapshot) -> Result<Snapshot, Violation> {
    Snapshot::from_json(&snapshot.to_json()).map_err(|fault| Violation {
        invariant: "what a store writes it can read",
        detail: fault.to_string(),
    })
}
