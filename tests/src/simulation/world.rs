//! A world of issuers, hosts and callers, from its first event to its last.

use std::collections::BTreeMap;

use countersign::keys::{FetchFailure, FetchOutcome, FetchPurpose, KeyStoreSettings, Snapshot};

use super::agenda::{Agenda, EPOCH, HOUR, MINUTE, Millis, SECOND};
use super::caller::{CallerId, Callers};
use super::documents::{Documents, KeyNumber};
use super::host::{Host, longest_lookup};
use super::issuer::{Answer, Issuer, IssuerId, Published};
use super::key_id::KeyId;
use super::oracle::{Checked, Oracle, Saved, Violation};
use super::plan::{Plan, Scale};
use super::random::Random;
use super::store::MakeStore;
use super::trace::{Note, Trace};
use super::traffic::Flood;

pub(super) struct World<'a> {
    pub(super) plan: Plan,
    pub(super) settings: KeyStoreSettings,
    pub(super) time: Millis,
    pub(super) random: Random,
    pub(super) agenda: Agenda<Event>,
    pub(super) issuers: Vec<Issuer>,
    pub(super) pinned: IssuerId,
    pub(super) ids: BTreeMap<String, IssuerId>,
    pub(super) hosts: Vec<Host>,
    pub(super) callers: Callers,
    pub(super) oracle: Oracle,
    pub(super) trace: Trace,
    pub(super) kept: Vec<Option<(Snapshot, Saved)>>,
    pub(super) strangers: IssuerId,
    make: MakeStore<'a>,
    seed: u64,
    documents: Documents,
}

pub(super) enum Event {
    Arrive(IssuerId),
    Ask(CallerId, u32),
    Change(IssuerId),
    Check,
    Exchange,
    First(IssuerId),
    Flood,
    Junk(Flood),
    Land(Sent, FetchOutcome, Option<Vec<(KeyId, KeyNumber)>>, Option<u64>),
    Outage(IssuerId),
    Prepare(usize),
    Recover(IssuerId),
    Request(Sent),
    Restart(usize),
    Stranger { left: u64, gap: Millis },
    Strangers,
    Withdraw(IssuerId, Published),
}

/// A fetch that is under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    pub(super) host: usize,
    pub(super) starts: u32,
    pub(super) issuer: IssuerId,
    pub(super) id: u64,
    pub(super) purpose: FetchPurpose,
    pub(super) began: Millis,
}

impl<'a> World<'a> {
    pub(super) fn new(seed: u64, scale: Scale, make: MakeStore<'a>) -> Self {
        let mut plan = Plan::new(seed, scale);
        let issuers = std::mem::take(&mut plan.issuers);
        let settings = plan.settings.clone();
        let pinned = issuers.iter().filter(|issuer| issuer.is_pinned).count() as IssuerId;
        let ids = issuers.iter().map(|issuer| issuer.name.clone()).zip(0..).collect();
        let mut world = Self {
            settings: settings.clone(),
            time: 0,
            random: Random::new(!seed),
            agenda: Agenda::new(),
            strangers: issuers.len() as IssuerId,
            pinned,
            ids,
            hosts: Vec::new(),
            callers: Callers::default(),
            oracle: Oracle::new(settings, pinned, plan.hosts, EPOCH),
            trace: Trace::default(),
            kept: (0..plan.hosts).map(|_| None).collect(),
            make,
            seed,
            documents: Documents::new(),
            issuers,
            plan,
        };
        world.hosts = (0..world.plan.hosts).map(|host| world.start(host, 0)).collect();
        world.set_going();
        world
    }

    /// Goes from event to event until the end.
    pub(super) fn run(&mut self) -> Result<(), Violation> {
        while let Some((time, event)) = self.agenda.next() {
            if time > self.plan.ends {
                break;
            }
            self.time = time;
            self.happen(event)?;
        }
        self.time = self.plan.ends;
        self.check()
    }

    pub(super) fn is_small(&self) -> bool {
        self.issuers.len() <= 200
    }

    pub(super) fn start(&self, host: usize, starts: u32) -> Host {
        let pinned: Vec<&str> = self
            .issuers
            .iter()
            .filter(|issuer| issuer.is_pinned)
            .map(|issuer| issuer.name.as_str())
            .collect();
        let jitter = Random::new(self.seed ^ host as u64).number();
        Host::new((self.make)(&self.settings, jitter, &pinned), starts)
    }

    /// Notes the first of everything that happens again and again.
    fn set_going(&mut self) {
        for issuer in 0..self.issuers.len() as IssuerId {
            self.again(self.issuers[issuer as usize].between_tokens, Event::Arrive(issuer));
            self.again(self.plan.between_changes, Event::Change(issuer));
            self.again(self.plan.between_outages, Event::Outage(issuer));
        }
        for host in 0..self.hosts.len() {
            self.agenda.note(0, Event::Prepare(host));
            self.again(self.plan.between_restarts, Event::Restart(host));
        }
        self.again(self.plan.between_floods, Event::Flood);
        self.again(self.plan.between_stranger_floods, Event::Strangers);
        self.again(self.plan.between_exchanges, Event::Exchange);
        self.agenda.note(MINUTE, Event::Check);
    }

    pub(super) fn again(&mut self, mean: Millis, event: Event) {
        let time = self.time + self.random.wait(mean);
        self.agenda.note(time, event);
    }

    fn happen(&mut self, event: Event) -> Checked {
        match event {
            Event::Arrive(issuer) => self.arrive(issuer),
            Event::Ask(caller, turn) if self.callers.is_at(caller, turn) => self.ask(caller),
            Event::Ask(..) => Ok(()),
            Event::Change(issuer) => {
                self.change(issuer);
                self.again(self.plan.between_changes, Event::Change(issuer));
                Ok(())
            }
            Event::Check => {
                self.agenda.note(self.time + 10 * MINUTE, Event::Check);
                self.check()
            }
            Event::Exchange => self.exchange(),
            Event::First(issuer) => self.first(issuer),
            Event::Flood => self.flood(),
            Event::Junk(flood) => self.junk(flood),
            Event::Land(sent, outcome, listed, stated) => self.land(sent, outcome, listed, stated),
            Event::Outage(issuer) => {
                self.outage(issuer);
                Ok(())
            }
            Event::Prepare(host) => {
                self.agenda.note(self.time + HOUR, Event::Prepare(host));
                self.prepare(host)
            }
            Event::Recover(issuer) => {
                self.recover(issuer);
                Ok(())
            }
            Event::Request(sent) => {
                self.request(sent);
                Ok(())
            }
            Event::Restart(host) => self.restart(host),
            Event::Stranger { left, gap } => self.stranger(left, gap),
            Event::Strangers => self.strangers(),
            Event::Withdraw(issuer, key) => {
                self.withdraw(issuer, key);
                Ok(())
            }
        }
    }

    /// A request reaches an issuer, which answers by what is so at this moment.
    fn request(&mut self, sent: Sent) {
        let timeout = self.settings.fetch_timeout_seconds * SECOND;
        let failed = |reason| FetchOutcome::Failed { reason, detail: String::new() };
        let Some(issuer) = self.issuers.get(sent.issuer as usize) else {
            let after = self.random.one_of(&[20, 200, timeout - (self.time - sent.began)]);
            let outcome = failed(FetchFailure::Network);
            self.agenda.note(self.time + after, Event::Land(sent, outcome, None, None));
            return;
        };
        let Answer { after, mut outcome, mut listed } =
            issuer.answer(sent.purpose, &self.documents, timeout, &mut self.random);
        let stated = issuer.max_age.map(|seconds| seconds.saturating_sub(issuer.age));
        // A host reports a timeout when its time is over, however the issuer goes on.
        let mut lands = self.time + after;
        if lands > sent.began + timeout {
            lands = sent.began + timeout;
            if listed.take().is_some() || matches!(outcome, FetchOutcome::Response { .. }) {
                outcome = failed(FetchFailure::Timeout);
            }
        }
        if self.random.chance(self.plan.lost) {
            match self.random.position(3) {
                0 => return,
                1 => lands = sent.began + timeout + 3 * SECOND,
                _ => {
                    lands = self.time;
                    (outcome, listed) = (failed(FetchFailure::Cancelled), None);
                }
            }
        }
        self.agenda.note(lands, Event::Land(sent, outcome, listed, stated));
    }

    /// Whether anyone has waited for too long.
    fn check(&mut self) -> Checked {
        let longest = longest_lookup(self.settings.fetch_timeout_seconds);
        if let Some(oldest) = self.callers.oldest()
            && self.time - oldest > longest
        {
            let detail = format!("since {oldest} ms, at {} ms", self.time);
            return Err(Violation { invariant: "no lookup waits forever", detail });
        }
        for (host, Host { store, .. }) in self.hosts.iter().enumerate() {
            self.oracle.size(host, store.size(), store.counters().evictions)?;
        }
        Ok(())
    }

    pub(super) fn note(&mut self, note: Note) {
        self.trace.note(self.time, note);
    }
}
