//! Having an issuer's keys when they are needed, without doing any input or output.

mod budget;
mod counters;
mod fetch;
mod form;
mod generation;
mod held;
mod issuer;
mod jitter;
mod key_ids;
mod landing;
mod lookup;
mod permits;
mod settings;
mod size;
mod snapshot;
#[cfg(test)]
mod tests;
mod time;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use countersign_signatures::PreparedKeys;

pub use counters::Counters;
pub use fetch::{Effect, Fetch, FetchFailure, FetchOutcome, FetchPurpose, Supplied};
pub use form::FormFault;
pub(crate) use generation::{Generation, Renewing};
pub use lookup::{Lookup, Preparation, Readiness, Refusal};
pub use settings::{KeyStoreSettings, SettingsFault};
pub use size::Size;
pub use snapshot::{IssuerSnapshot, Restored, SkippedIssuer, Snapshot, SnapshotFault};

use super::algorithm::Algorithm;
use super::equipment::{Equipment, HostCryptography};
use super::key_set::KeySet;
use crate::by_name::{ByName, Names};
use budget::Bucket;
use counters::{Counting, count};
use issuer::{Flight, Issuer, Keys, Obstacle, Question};
use jitter::Jitter;
use landing::Reading;
use lookup::{Decision, Errand};
use permits::Permits;
use time::Span;

/// The keys of many issuers: what is known, what is being fetched, and what should be fetched next.
///
/// It is asked for a key and answers with a [`Lookup`]; a [`Fetch`] in that answer is for the host to
/// carry out, and its outcome comes back through [`KeyStore::supply`], after which the key is asked for
/// again. Time is an argument, in seconds since the epoch, and may go backwards without harm.
///
/// Keys are identified by issuer and key id together: two issuers never share any.
#[derive(Debug)]
pub struct KeyStore {
    settings: KeyStoreSettings,
    jitter: Jitter,
    issuers: HashMap<String, Issuer>,
    /// Issuers that are never forgotten, whether anything is known of them or not.
    pinned: Names,
    /// Whose each fetch is that is under way.
    flights: Vec<(u64, String)>,
    next_id: u64,
    /// The newest of all issuers' keys.
    newest: Generation,
    /// What is left of the budget that all issuers share.
    shared: Bucket,
    /// Counts uses, so that the issuer that was not used for longest is known.
    uses: AtomicU64,
    counting: Counting,
    equipment: Equipment,
}

/// How many key ids one fetch is remembered to have been for.
const KEY_IDS_OF_A_FLIGHT: usize = 16;

impl KeyStore {
    /// An empty store. Settings from outside are to be checked first ([`KeyStoreSettings::check`]);
    /// ones that make no sense cost fetches or memory, but never accept a key that should be refused.
    pub fn new(settings: KeyStoreSettings) -> Self {
        let shared = Bucket::full(settings.rate(), 0);
        let prepared = PreparedKeys::new(settings.max_prepared_keys);
        let equipment = Equipment { prepared, host: None };
        Self {
            settings,
            jitter: Jitter::default(),
            issuers: HashMap::new(),
            pinned: Names::default(),
            flights: Vec::new(),
            next_id: 0,
            newest: Generation::default(),
            shared,
            uses: AtomicU64::new(0),
            counting: Counting::default(),
            equipment,
        }
    }

    /// Has this store renew keys and try again at other moments than stores with another seed do: hosts
    /// that start together would otherwise ask issuers together. Any random number serves.
    #[must_use]
    pub fn with_jitter(mut self, seed: u64) -> Self {
        self.jitter = Jitter::new(seed);
        self
    }

    /// Has keys verify by the host's cryptography where it has a form of them: of those that are added or
    /// arrive from now on.
    #[must_use]
    pub fn with_host_cryptography(mut self, host: Arc<dyn HostCryptography>) -> Self {
        self.equipment.host = Some(host);
        self
    }

    /// The settings that the store was made with.
    pub fn settings(&self) -> &KeyStoreSettings {
        &self.settings
    }

    /// What the store has done so far.
    pub fn counters(&self) -> Counters {
        self.counting.read()
    }

    /// How much the store holds now.
    pub fn size(&self) -> Size {
        Size::of(self)
    }

    /// Never forgets this issuer's keys to make room for others', and keeps a part of the budget for it.
    pub fn pin(&mut self, issuer: impl Into<String>) {
        let issuer = issuer.into();
        if let Some(known) = self.issuers.get_mut(&issuer) {
            known.is_pinned = true;
        }
        self.pinned.insert(&issuer, ());
    }

    /// Takes note that a token of this issuer was accepted. Strangers cannot have made up such an issuer:
    /// those they make up are forgotten before it, and do not use up its part of the budget.
    pub fn prove(&self, issuer: &str) {
        self.accept(issuer);
    }

    /// Gives the store an issuer's keys. Such an issuer is never fetched, and its keys never expire.
    pub fn add_static(&mut self, issuer: impl Into<String>, keys: KeySet) {
        let name = issuer.into();
        keys.equip(&self.equipment);
        let mut issuer = self.blank(&name, 0);
        issuer.keys = Keys::Static(keys);
        issuer.generation = self.newest.next();
        self.issuers.insert(name, issuer);
    }

    /// Asks for a key, and takes note of the [`Fetch`] that the answer may hold: the host must carry
    /// it out, or the next answer for this issuer is [`Lookup::Wait`] until the fetch is given up.
    pub fn lookup(&mut self, issuer: &str, key_id: &str, algorithm: Algorithm, now: u64) -> Lookup {
        let question = Question { issuer, key_id, algorithm, now };
        let decision = self.ask(issuer, now, |known, permits| known.decide(question, permits));
        self.carry_out(question, decision)
    }

    /// Asks for a key that is there already. Where [`KeyStore::lookup`] would fetch or wait, the answer
    /// is [`Refusal::NotLoaded`].
    pub fn peek(&self, issuer: &str, key_id: &str, algorithm: Algorithm, now: u64) -> Lookup {
        let question = Question { issuer, key_id, algorithm, now };
        match self.ask(issuer, now, |known, permits| known.decide(question, permits)) {
            Decision::Ready { key, stale, .. } => self.ready(key, stale, None),
            Decision::Refused(refusal) => self.refused(refusal),
            Decision::Fetch(_) | Decision::Wait { .. } => self.refused(Refusal::NotLoaded),
        }
    }

    /// What [`KeyStore::lookup`] would answer, where that is not to fetch or to wait, nor to renew keys besides.
    pub(crate) fn at_hand(
        &self,
        issuer: &str,
        key_id: &str,
        algorithm: Algorithm,
        now: u64,
    ) -> Option<Lookup> {
        let question = Question { issuer, key_id, algorithm, now };
        match self.ask(issuer, now, |known, permits| known.decide(question, permits)) {
            Decision::Ready { key, stale, refresh: None } => Some(self.ready(key, stale, None)),
            Decision::Refused(refusal) => Some(self.refused(refusal)),
            Decision::Ready { .. } | Decision::Fetch(_) | Decision::Wait { .. } => None,
        }
    }

    /// Whether [`KeyStore::doubt`] would answer.
    pub(crate) fn may_doubt(
        &self,
        issuer: &str,
        key_id: &str,
        algorithm: Algorithm,
        now: u64,
    ) -> bool {
        let question = Question { issuer, key_id, algorithm, now };
        self.ask(issuer, now, |known, permits| known.doubt(question, permits)).is_some()
    }

    /// Asks whether a key that did not verify a token, or is not fit to, should be fetched again before
    /// the token is refused: it may have been replaced under its old id. The answer is a fetch, or word
    /// that one is under way; nothing when the keys are too new for that.
    pub fn doubt(
        &mut self,
        issuer: &str,
        key_id: &str,
        algorithm: Algorithm,
        now: u64,
    ) -> Option<Lookup> {
        let question = Question { issuer, key_id, algorithm, now };
        let decision = self.ask(issuer, now, |known, permits| known.doubt(question, permits))?;
        Some(self.carry_out(question, decision))
    }

    /// Asks for an issuer's keys ahead of any token, and for renewing them when it is time.
    pub fn prepare(&mut self, issuer: &str, now: u64) -> Preparation {
        let decision = self.ask(issuer, now, |known, permits| prepare(known, issuer, permits, now));
        match decision {
            Prepared::Done { ready, reason } => {
                Preparation::Done(Readiness { issuer: issuer.to_owned(), ready, reason })
            }
            Prepared::Fetch(errand) => {
                Preparation::Fetch(self.begin(issuer, Vec::new(), errand, now))
            }
            Prepared::Wait { until } => Preparation::Wait { until },
        }
    }

    /// Tells the store what came of a [`Fetch`]. An outcome that nobody waits for any more is ignored:
    /// an unknown id, one that was answered before, or one that comes after its time.
    pub fn supply(&mut self, id: u64, outcome: FetchOutcome, now: u64) -> Supplied {
        let ignored = Supplied { next: None, effect: Effect::Ignored };
        let Some(name) = self.take_flight(id) else { return ignored };
        let Some(issuer) = self.issuers.get_mut(&name) else { return ignored };
        let Some(flight) = issuer.flight.take_if(|flight| flight.id == id) else { return ignored };
        if flight.span.is_over(now) {
            return ignored;
        }
        let key_ids = flight.key_ids.clone();
        let (settings, jitter) = (&self.settings, self.jitter);
        let reading = Reading { issuer: &name, settings, jitter, now };
        let had_keys = matches!(issuer.keys, Keys::Held(_));
        let (effect, next) = issuer.land(flight, outcome, reading);
        issuer.keys.equip(&self.equipment);
        if effect.is_of_other_keys(had_keys) {
            issuer.generation = self.newest.next();
        }
        if matches!(effect, Effect::Failed { .. }) {
            count(&self.counting.failed_fetches);
        }
        let permits = Permits { settings: &self.settings, shared: self.shared };
        // Where the common budget is used up, those who wait are told so.
        let next = next.filter(|_| permits.follow_up(issuer, now).is_ok());
        let next = next.map(|errand| self.begin(&name, key_ids, errand, now));
        Supplied { next, effect }
    }

    /// All keys that were fetched, as text for [`KeyStore::restore`].
    pub fn snapshot(&self) -> Snapshot {
        let mut names: Vec<String> = self.issuers.keys().cloned().collect();
        names.sort_unstable();
        let mut issuers = Vec::new();
        for name in names {
            let known = self.issuers.get(&name);
            issuers.extend(known.and_then(|known| IssuerSnapshot::of(&name, known)));
        }
        Snapshot { version: Snapshot::VERSION, issuers }
    }

    /// The keys of one issuer, if they were fetched.
    pub fn snapshot_of(&self, issuer: &str) -> Option<Snapshot> {
        let entry = IssuerSnapshot::of(issuer, self.issuers.get(issuer)?)?;
        Some(Snapshot { version: Snapshot::VERSION, issuers: vec![entry] })
    }

    /// Takes keys from a snapshot, at `now` (seconds since the epoch), of the issuers that `is_trusted`
    /// names. Each is checked as if it had just been fetched, keeps the time at which it was, and gives
    /// way to newer keys that are there: nothing that was withdrawn comes back this way.
    pub fn restore(
        &mut self,
        snapshot: &Snapshot,
        is_trusted: impl Fn(&str) -> bool,
        now: u64,
    ) -> Restored {
        let mut restored = Restored::default();
        // All are judged before any is taken: one that makes room for another must not come back older.
        let judged: Vec<_> = snapshot
            .issuers
            .iter()
            .map(|entry| match is_trusted(&entry.issuer) {
                true => {
                    let (issuer, settings, jitter) = (&entry.issuer, &self.settings, self.jitter);
                    entry.held(self.issuers.get(issuer), Reading { issuer, settings, jitter, now })
                }
                false => Err("no trust rule covers it".to_owned()),
            })
            .collect();
        let mut taken: ByName<u64> = ByName::default();
        for (entry, held) in snapshot.issuers.iter().zip(judged) {
            let issuer = entry.issuer.clone();
            match held {
                // An issuer that stands twice: the newest counts.
                Ok(held) if taken.get(&issuer) >= Some(&held.fresh.start()) => {
                    let reason = "newer keys of it stand in the same snapshot".to_owned();
                    restored.skipped.push(SkippedIssuer { issuer, reason });
                }
                Err(reason) => restored.skipped.push(SkippedIssuer { issuer, reason }),
                Ok(held) => {
                    taken.insert(&entry.issuer, held.fresh.start());
                    let (equipment, generation) = (self.equipment.clone(), self.newest.next());
                    let known = self.entry(&issuer, now);
                    known.generation = generation;
                    known.keys.replace(Box::new(held));
                    known.keys.equip(&equipment);
                    known.is_proven.fetch_or(entry.proven, Ordering::Relaxed);
                    restored.loaded.push(issuer);
                }
            }
        }
        restored
    }

    fn ask<T>(&self, issuer: &str, now: u64, question: impl Fn(&Issuer, &Permits<'_>) -> T) -> T {
        let permits = Permits { settings: &self.settings, shared: self.shared };
        match self.issuers.get(issuer) {
            Some(known) => {
                known.last_use.store(self.count_use(), Ordering::Relaxed);
                question(known, &permits)
            }
            None => question(&self.blank(issuer, now), &permits),
        }
    }

    fn carry_out(&mut self, question: Question<'_>, decision: Decision) -> Lookup {
        let Question { issuer, key_id, now, .. } = question;
        match decision {
            Decision::Ready { key, stale, refresh } => {
                let refresh = refresh.map(|errand| self.begin(issuer, Vec::new(), errand, now));
                self.ready(key, stale, refresh)
            }
            Decision::Fetch(errand) => {
                Lookup::Fetch(self.begin(issuer, vec![key_id.to_owned()], errand, now))
            }
            Decision::Wait { until } => {
                self.wait_for(question);
                Lookup::Wait { issuer: issuer.to_owned(), until }
            }
            Decision::Refused(refusal) => self.refused(refusal),
        }
    }

    fn ready(&self, key: super::Key, stale: bool, refresh: Option<Fetch>) -> Lookup {
        count(&self.counting.hits);
        if stale {
            count(&self.counting.stale_hits);
        }
        Lookup::Ready { key, stale, refresh }
    }

    fn refused(&self, refusal: Refusal) -> Lookup {
        count(&self.counting.refusals);
        Lookup::Refused(refusal)
    }

    fn begin(&mut self, issuer: &str, key_ids: Vec<String>, errand: Errand, now: u64) -> Fetch {
        self.next_id += 1;
        let id = self.next_id;
        let timeout_seconds = self.settings.fetch_timeout_seconds;
        let Errand { purpose, url } = errand.clone();
        let rate = self.settings.issuer_rate();
        let flight = Flight { id, errand, key_ids, span: Span::flight(now, timeout_seconds) };
        let known = self.entry(issuer, now);
        known.budget.take(rate, now);
        if let Some(lost) = known.flight.replace(flight) {
            self.take_flight(lost.id);
        }
        self.flights.push((id, issuer.to_owned()));
        self.shared.take(self.settings.rate(), now);
        count(&self.counting.fetches);
        let max_bytes = self.settings.max_document_bytes;
        Fetch { id, issuer: issuer.to_owned(), url, purpose, max_bytes, timeout_seconds }
    }

    /// Whose fetch this is. It is under way no longer.
    fn take_flight(&mut self, id: u64) -> Option<String> {
        let at = self.flights.iter().position(|(known, _)| *known == id)?;
        Some(self.flights.swap_remove(at).1)
    }

    /// Takes note that the fetch that is under way is for this key id too; not where it began before: the
    /// issuer may have answered already, and published the key only then.
    fn wait_for(&mut self, question: Question<'_>) {
        let Question { issuer, key_id, now, .. } = question;
        let flight = self.issuers.get_mut(issuer).and_then(|known| known.flight.as_mut());
        if let Some(flight) = flight
            && flight.span.start() >= now
            && flight.key_ids.len() < KEY_IDS_OF_A_FLIGHT
            && !flight.key_ids.iter().any(|known| known == key_id)
        {
            flight.key_ids.push(key_id.to_owned());
        }
    }

    /// What is known of an issuer, to be added to.
    fn entry(&mut self, issuer: &str, now: u64) -> &mut Issuer {
        if !self.issuers.contains_key(issuer) {
            self.make_room(now);
        }
        let (blank, last_use) = (self.blank(issuer, now), self.count_use());
        let known = self.issuers.entry(issuer.to_owned()).or_insert(blank);
        known.last_use.store(last_use, Ordering::Relaxed);
        known
    }

    /// An issuer of which nothing is known.
    fn blank(&self, issuer: &str, now: u64) -> Issuer {
        Issuer::new(issuer, self.pinned.contains(issuer), &self.settings, now)
    }

    /// Forgets issuers, where there are as many as there may be: of those of which no token was ever
    /// accepted the one that was not used for longest, and only then one of the others. One that is being
    /// fetched for the first time is left alone, or a flood would have each displace the other before its
    /// keys arrive; the budget bounds how many there are.
    fn make_room(&mut self, now: u64) {
        loop {
            let settled = || {
                self.issuers.iter().filter(|(_, known)| {
                    !known.is_static()
                        && !known.is_pinned
                        && (known.is_known() || !known.is_awaited(now))
                })
            };
            if settled().count() < self.settings.max_issuers {
                return;
            }
            let order = |known: &Issuer| (known.is_known(), known.last_use.load(Ordering::Relaxed));
            let oldest = settled().min_by_key(|(_, known)| order(known));
            let Some(name) = oldest.map(|(name, _)| name.clone()) else { return };
            if let Some(Issuer { flight: Some(flight), .. }) = self.issuers.remove(&name) {
                self.take_flight(flight.id);
            }
            count(&self.counting.evictions);
        }
    }

    fn count_use(&self) -> u64 {
        self.uses.fetch_add(1, Ordering::Relaxed)
    }
}

impl Default for KeyStore {
    fn default() -> Self {
        Self::new(KeyStoreSettings::default())
    }
}

/// What to do to have an issuer's keys ready.
enum Prepared {
    Done { ready: bool, reason: Option<String> },
    Fetch(Errand),
    Wait { until: u64 },
}

fn prepare(known: &Issuer, issuer: &str, permits: &Permits<'_>, now: u64) -> Prepared {
    let done = |ready, reason| Prepared::Done { ready, reason };
    let is_usable = match &known.keys {
        Keys::Static(_) => return done(true, None),
        Keys::Held(held) if !held.fresh.is_over(now) => {
            let refresh = known.refresh(issuer, now, permits);
            return refresh.map_or(done(true, None), Prepared::Fetch);
        }
        Keys::Held(held) => !held.usable.is_over(now),
        Keys::Missing => false,
    };
    match known.to_be_fetched(issuer, now, permits) {
        Ok(errand) => Prepared::Fetch(errand),
        Err(Obstacle::UnderWay { until }) => Prepared::Wait { until },
        Err(obstacle) => match Decision::from(obstacle) {
            Decision::Refused(refusal) => done(is_usable, Some(refusal.to_string())),
            _ => done(is_usable, None),
        },
    }
}
