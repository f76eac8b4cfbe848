//! A process that verifies tokens: it drives a key store as the documentation says.

use std::collections::BTreeMap;

use countersign::keys::{Fetch, FetchOutcome, Lookup, Preparation, Refusal};

use super::agenda::{Millis, at_second, seconds};
use super::caller::{Caller, CallerId};
use super::documents;
use super::issuer::IssuerId;
use super::oracle::{Checked, Landing, Verdict, Why};
use super::store::Store;
use super::trace::Note;
use super::world::{Event, Sent, World};

pub(super) struct Host {
    pub(super) store: Box<dyn Store>,
    /// How many times it was started: what was under way before is lost.
    pub(super) starts: u32,
    pub(super) waiting: BTreeMap<IssuerId, Vec<(CallerId, u32)>>,
    pub(super) flights: BTreeMap<u64, IssuerId>,
}

impl Host {
    pub(super) fn new(store: Box<dyn Store>, starts: u32) -> Self {
        Self { store, starts, waiting: BTreeMap::new(), flights: BTreeMap::new() }
    }
}

impl World<'_> {
    /// A caller asks for its key, for the first time or again.
    pub(super) fn ask(&mut self, id: CallerId) -> Checked {
        let Some(caller) = self.callers.turn(id) else { return Ok(()) };
        let Caller { host, issuer, key_id, .. } = caller;
        let (name, text) = (self.name(issuer), key_id.to_string());
        let now = self.now();
        self.oracle.figures.lookups += 1;
        let lookup = self.hosts[host].store.lookup(&name, &text, now);
        self.note_evictions(host);
        match lookup {
            Lookup::Fetch(fetch) => {
                self.oracle.delayed(host, issuer, key_id, now)?;
                self.begin(host, issuer, &fetch, Why::Token(key_id))?;
                self.wait(id, caller, now + fetch.timeout_seconds + 2);
                Ok(())
            }
            Lookup::Wait { until, .. } => {
                self.oracle.delayed(host, issuer, key_id, now)?;
                self.oracle.waits(host, issuer, key_id, until, now)?;
                self.wait(id, caller, until);
                Ok(())
            }
            Lookup::Ready { key, stale, refresh } => {
                let number = documents::number(key.signature_bytes());
                let found =
                    if key.key_id() == text { key_id } else { super::key_id::KeyId::Junk(0) };
                self.oracle.ready(host, issuer, (found, number), stale, now)?;
                if caller.key == Some(number) {
                    self.hosts[host].store.prove(&name);
                    let known = &self.issuers[issuer as usize];
                    let key = (key_id, number);
                    self.oracle.accepted(host, issuer, known, key, stale, self.time);
                    if let Some(fetch) = refresh {
                        self.begin(host, issuer, &fetch, Why::Refresh)?;
                    }
                    self.trace.note(self.time, Note::Accepted { host, issuer, key_id, stale });
                    return self.resolve(id, caller);
                }
                self.doubt(id, caller, refresh)
            }
            Lookup::Refused(refusal) => self.refuse(id, caller, &Verdict::Refused(refusal)),
        }
    }

    /// A signature does not match the key that is there.
    fn doubt(&mut self, id: CallerId, caller: Caller, refresh: Option<Fetch>) -> Checked {
        let Caller { host, issuer, key_id, .. } = caller;
        let (name, text) = (self.name(issuer), key_id.to_string());
        let now = self.now();
        let (fetch, why) = match refresh {
            Some(fetch) => (fetch, Why::Refresh),
            None => match self.hosts[host].store.doubt(&name, &text, now) {
                Some(Lookup::Fetch(fetch)) => (fetch, Why::Doubt),
                Some(Lookup::Wait { until, .. }) => {
                    self.oracle.waits(host, issuer, key_id, until, now)?;
                    self.wait(id, caller, until);
                    return Ok(());
                }
                _ => return self.refuse(id, caller, &Verdict::OtherKey),
            },
        };
        self.begin(host, issuer, &fetch, why)?;
        self.wait(id, caller, now + fetch.timeout_seconds + 2);
        Ok(())
    }

    fn refuse(&mut self, id: CallerId, caller: Caller, verdict: &Verdict) -> Checked {
        let Caller { host, issuer, key_id, key, .. } = caller;
        let available = !matches!(verdict, Verdict::Refused(Refusal::Unavailable { .. }));
        self.trace.note(self.time, Note::Refused { host, issuer, key_id, available });
        let known = self.issuers.get(issuer as usize);
        self.oracle.refused(host, issuer, known, (key_id, key), verdict, self.time)?;
        self.resolve(id, caller)
    }

    /// A host starts, and gets ready the keys of pinned issuers.
    pub(super) fn prepare(&mut self, host: usize) -> Checked {
        let now = self.now();
        for issuer in 0..self.pinned {
            let name = self.name(issuer);
            let preparation = self.hosts[host].store.prepare(&name, now);
            self.note_evictions(host);
            if let Preparation::Fetch(fetch) = preparation {
                self.begin(host, issuer, &fetch, Why::Prepare)?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, host: usize, issuer: IssuerId, fetch: &Fetch, why: Why) -> Checked {
        let now = self.now();
        self.trace.note(self.time, Note::Began { host, issuer, id: fetch.id, why });
        self.oracle.began(host, issuer, fetch.id, why, now)?;
        let Host { flights, starts, .. } = &mut self.hosts[host];
        flights.insert(fetch.id, issuer);
        let sent = Sent {
            host,
            starts: *starts,
            issuer,
            id: fetch.id,
            purpose: fetch.purpose,
            began: self.time,
        };
        let arrives = self.time + self.random.between(5, 100);
        self.agenda.note(arrives, Event::Request(sent));
        Ok(())
    }

    /// What a fetch came to reaches the host.
    pub(super) fn land(
        &mut self,
        sent: Sent,
        outcome: FetchOutcome,
        listed: Option<Vec<(super::key_id::KeyId, documents::KeyNumber)>>,
        stated: Option<u64>,
    ) -> Checked {
        let Sent { host, starts, issuer, id, .. } = sent;
        if self.hosts[host].starts != starts {
            return Ok(());
        }
        self.hosts[host].flights.remove(&id);
        let now = self.now();
        let good = listed.is_some();
        let supplied = self.hosts[host].store.supply(id, outcome, now);
        self.trace.note(self.time, Note::Landed { host, issuer, id, good });
        let is_followed = supplied.next.is_some();
        let landing = Landing { id, listed, stated, effect: &supplied.effect, is_followed };
        self.oracle.landed(host, issuer, landing, now)?;
        if let Some(fetch) = supplied.next {
            return self.begin(host, issuer, &fetch, Why::FollowUp);
        }
        for (caller, turn) in self.hosts[host].waiting.remove(&issuer).unwrap_or_default() {
            if self.callers.is_at(caller, turn) {
                self.ask(caller)?;
            }
        }
        if self.is_small() || id % 64 == 0 {
            let Host { store, .. } = &self.hosts[host];
            let (size, evictions) = (store.size(), store.counters().evictions);
            self.oracle.size(host, size, evictions)?;
        }
        Ok(())
    }

    fn wait(&mut self, id: CallerId, caller: Caller, until: u64) {
        self.hosts[caller.host].waiting.entry(caller.issuer).or_default().push((id, caller.turn));
        self.agenda.note(at_second(until), Event::Ask(id, caller.turn));
    }

    fn resolve(&mut self, id: CallerId, caller: Caller) -> Checked {
        self.callers.remove(id);
        self.oracle.resolved(self.time - caller.since)
    }

    fn note_evictions(&mut self, host: usize) {
        let evictions = self.hosts[host].store.counters().evictions;
        self.oracle.evictions(host, evictions);
    }

    pub(super) fn now(&self) -> u64 {
        seconds(self.time)
    }

    pub(super) fn name(&self, issuer: IssuerId) -> String {
        self.issuers.get(issuer as usize).map_or_else(
            || format!("https://stranger-{issuer:x}.tokens.sts.global.api.aws"),
            |known| known.name.clone(),
        )
    }
}

/// How long after it arrived a token is still waited for, in the worst case: a fetch of three steps that is
/// under way, and one of its own.
pub(super) fn longest_lookup(timeout_seconds: u64) -> Millis {
    6 * (timeout_seconds + 2) * super::agenda::SECOND
}
