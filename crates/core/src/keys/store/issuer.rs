//! What is known of one issuer, and what is done for someone who asks for a key of it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::budget::Bucket;
use super::generation::Generation;
use super::held::Held;
use super::key_ids::KeyIds;
use super::lookup::{Decision, Errand, Refusal};
use super::settings::KeyStoreSettings;
use super::time::Span;
use super::{FetchPurpose, Permits};
use crate::issuer::is_aws_issuer;
use crate::keys::algorithm::Algorithm;
use crate::keys::discovery::discovery_url;
use crate::keys::equipment::Equipment;
use crate::keys::key_set::KeySet;

/// How long after its planned time a repeated attempt may begin for stale keys to serve meanwhile. Where
/// nobody tried for longer, the issuer may well be back, and is asked first.
const RETRIED_WITHIN_SECONDS: u64 = 60;

#[derive(Debug)]
pub(super) struct Issuer {
    pub(super) keys: Keys,
    pub(super) generation: Generation,
    pub(super) place: Place,
    pub(super) flight: Option<Flight>,
    /// The failed fetches since the last one that succeeded.
    pub(super) failure: Option<Failure>,
    pub(super) key_ids: KeyIds,
    pub(super) budget: Bucket,
    /// Named by the policy, and never forgotten.
    pub(super) is_pinned: bool,
    /// A token of this issuer was accepted.
    pub(super) is_proven: AtomicBool,
    pub(super) last_use: AtomicU64,
}

#[derive(Debug)]
pub(super) enum Keys {
    /// Fetched.
    Held(Box<Held>),
    /// Not there.
    Missing,
    /// Given, and never fetched.
    Static(KeySet),
}

impl Keys {
    /// Puts a fetched key set in place of what was there.
    pub(super) fn replace(&mut self, mut held: Box<Held>) {
        if let Self::Held(before) = self {
            held.keys.succeed(&before.keys);
        }
        *self = Self::Held(held);
    }

    pub(super) fn equip(&self, equipment: &Equipment) {
        match self {
            Self::Held(held) => held.keys.equip(equipment),
            Self::Static(keys) => keys.equip(equipment),
            Self::Missing => {}
        }
    }
}

/// Where the issuer's key set is.
#[derive(Debug)]
pub(super) enum Place {
    /// Where AWS's issuers have it.
    Known,
    /// Where the discovery document says; believed for a while.
    Discovered { jwks_uri: String, span: Span },
    /// The discovery document has to be asked.
    Unknown,
}

/// A fetch that is under way.
#[derive(Debug)]
pub(super) struct Flight {
    pub(super) id: u64,
    pub(super) errand: Errand,
    /// The key ids that were asked for meanwhile, and are not there yet.
    pub(super) key_ids: Vec<String>,
    /// How long it is waited for.
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) struct Failure {
    pub(super) reason: String,
    /// How many there were in a row.
    pub(super) count: u32,
    /// How long nothing is fetched.
    pub(super) span: Span,
}

/// What is asked for, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    pub(super) issuer: &'a str,
    pub(super) key_id: &'a str,
    pub(super) algorithm: Algorithm,
    pub(super) now: u64,
}

impl Issuer {
    pub(super) fn new(
        issuer: &str,
        is_pinned: bool,
        settings: &KeyStoreSettings,
        now: u64,
    ) -> Self {
        Self {
            keys: Keys::Missing,
            generation: Generation::default(),
            place: Place::of(issuer),
            flight: None,
            failure: None,
            key_ids: KeyIds::default(),
            budget: Bucket::full(settings.issuer_rate(), now),
            is_pinned,
            is_proven: AtomicBool::new(false),
            last_use: AtomicU64::new(0),
        }
    }

    pub(super) fn is_static(&self) -> bool {
        matches!(self.keys, Keys::Static(_))
    }

    /// Whether strangers cannot have made it up.
    pub(super) fn is_known(&self) -> bool {
        self.is_pinned || self.is_proven.load(Ordering::Relaxed)
    }

    /// What to do for someone who asks for a key.
    pub(super) fn decide(&self, question: Question<'_>, permits: &Permits<'_>) -> Decision {
        match &self.keys {
            Keys::Static(keys) => match keys.find(question.key_id, question.algorithm) {
                Ok(key) => Decision::Ready { key: key.clone(), stale: false, refresh: None },
                Err(refusal) => Decision::Refused(refusal),
            },
            Keys::Held(held) if !held.fresh.is_over(question.now) => {
                self.decide_fresh(held, question, permits)
            }
            Keys::Held(held) => self.decide_expired(held, question, permits),
            Keys::Missing => match self.to_be_fetched(question.issuer, question.now, permits) {
                Ok(errand) => Decision::Fetch(errand),
                Err(obstacle) => obstacle.into(),
            },
        }
    }

    /// What to do for someone whose signature does not match a key that is there, or who found it unfit:
    /// it may have been replaced. Nothing when it was fetched only just now.
    pub(super) fn doubt(&self, question: Question<'_>, permits: &Permits<'_>) -> Option<Decision> {
        let Keys::Held(held) = &self.keys else { return None };
        let cooldown = permits.settings.replaced_key_cooldown_seconds;
        let is_new = !Span::new(held.fresh.start(), cooldown).is_over(question.now);
        if is_new || question.now == held.arrived_at {
            return None;
        }
        match self.to_be_fetched_for_key_id(held, question.issuer, question.now, permits) {
            Ok(errand) => Some(Decision::Fetch(errand)),
            Err(Obstacle::UnderWay { until }) => Some(Decision::Wait { until }),
            Err(_) => None,
        }
    }

    /// A fetch that renews the keys ahead of time, if it is time for it.
    pub(super) fn refresh(&self, issuer: &str, now: u64, permits: &Permits<'_>) -> Option<Errand> {
        match &self.keys {
            Keys::Held(held) if now >= held.refresh_at && now != held.arrived_at => {
                self.to_be_fetched(issuer, now, permits).ok()
            }
            _ => None,
        }
    }

    /// The fetch that brings the keys, or brings them nearer.
    pub(super) fn to_be_fetched(
        &self,
        issuer: &str,
        now: u64,
        permits: &Permits<'_>,
    ) -> Result<Errand, Obstacle<'_>> {
        self.may_fetch(now)?;
        permits.renewal(self, now).map_err(|retry_at| Obstacle::Budget { retry_at })?;
        self.place.errand(issuer, now).map_err(|why| Obstacle::NoUrl {
            why,
            retry_at: now.saturating_add(permits.settings.failure_cooldown_seconds),
        })
    }

    fn decide_fresh(&self, held: &Held, question: Question<'_>, permits: &Permits<'_>) -> Decision {
        let Question { issuer, key_id, algorithm, now } = question;
        match held.keys.find(key_id, algorithm) {
            Ok(key) => {
                let refresh = self.refresh(issuer, now, permits);
                Decision::Ready { key: key.clone(), stale: false, refresh }
            }
            Err(refusal @ Refusal::UnknownKey { .. }) => {
                if self.key_ids.was_asked(key_id, now) {
                    return Decision::Refused(refusal);
                }
                let published = held.keys.key_ids();
                let cooldown = permits.settings.unknown_key_cooldown_seconds;
                // Where answers take longer than that, it ends with the second in which they arrive: of
                // many who waited, one after the other would have the next fetched.
                let on_the_way = held.arrived_at.saturating_sub(held.fresh.start());
                let shared = Span::new(held.fresh.start(), cooldown.max(on_the_way + 1));
                // It does not wait for others' fetches either: of those there may be one after the other.
                if !self.key_ids.is_worth_a_fetch(key_id, &published, shared, now) {
                    return Decision::Refused(refusal);
                }
                match self.to_be_fetched_for_key_id(held, issuer, now, permits) {
                    Ok(errand) => Decision::Fetch(errand),
                    Err(obstacle) => obstacle.into(),
                }
            }
            Err(unfit) => Decision::Refused(unfit),
        }
    }

    /// Past their lifetime keys serve only while their issuer fails to renew them, and is asked again
    /// and again.
    fn decide_expired(
        &self,
        held: &Held,
        question: Question<'_>,
        permits: &Permits<'_>,
    ) -> Decision {
        let Question { issuer, key_id, algorithm, now } = question;
        let usable =
            if held.usable.is_over(now) { None } else { held.keys.find(key_id, algorithm).ok() };
        let stale =
            |refresh| usable.map(|key| Decision::Ready { key: key.clone(), stale: true, refresh });
        let is_retried = self
            .failure
            .as_ref()
            .is_some_and(|failure| !failure.span.extended(RETRIED_WITHIN_SECONDS).is_over(now));
        match self.to_be_fetched(issuer, now, permits) {
            Ok(errand) if is_retried => {
                stale(Some(errand.clone())).unwrap_or(Decision::Fetch(errand))
            }
            Ok(errand) => Decision::Fetch(errand),
            Err(Obstacle::UnderWay { until }) if !is_retried => Decision::Wait { until },
            Err(obstacle) => stale(None).unwrap_or_else(|| obstacle.into()),
        }
    }

    /// Like [`Self::to_be_fetched`], on behalf of a token that may be a stranger's invention.
    fn to_be_fetched_for_key_id(
        &self,
        held: &Held,
        issuer: &str,
        now: u64,
        permits: &Permits<'_>,
    ) -> Result<Errand, Obstacle<'_>> {
        self.may_fetch(now)?;
        permits.key_id(self, now).map_err(|retry_at| Obstacle::Budget { retry_at })?;
        // Where the keys came from before: whether they moved is asked when they are renewed.
        match self.place {
            Place::Unknown => self.to_be_fetched(issuer, now, permits),
            _ => Ok(Errand { purpose: FetchPurpose::KeySet, url: held.jwks_uri.clone() }),
        }
    }

    fn may_fetch(&self, now: u64) -> Result<(), Obstacle<'_>> {
        if let Some(until) = self.awaited(now) {
            return Err(Obstacle::UnderWay { until });
        }
        match &self.failure {
            Some(failure) if !failure.span.is_over(now) => Err(Obstacle::Failed(failure)),
            _ => Ok(()),
        }
    }

    /// Whether a fetch is under way.
    pub(super) fn is_awaited(&self, now: u64) -> bool {
        self.awaited(now).is_some()
    }

    /// Until when a fetch that is under way is waited for.
    fn awaited(&self, now: u64) -> Option<u64> {
        self.flight
            .as_ref()
            .filter(|flight| !flight.span.is_over(now))
            .map(|flight| flight.span.end())
    }
}

impl Place {
    /// Where it is looked for first.
    pub(super) fn of(issuer: &str) -> Self {
        if is_aws_issuer(issuer) { Self::Known } else { Self::Unknown }
    }

    fn errand(&self, issuer: &str, now: u64) -> Result<Errand, &'static str> {
        let key_set = |url: String| Errand { purpose: FetchPurpose::KeySet, url };
        Ok(match self {
            Self::Known => key_set(format!("{issuer}/.well-known/jwks.json")),
            Self::Discovered { jwks_uri, span } if !span.is_over(now) => key_set(jwks_uri.clone()),
            Self::Discovered { .. } | Self::Unknown => {
                Errand { purpose: FetchPurpose::Discovery, url: discovery_url(issuer)? }
            }
        })
    }
}

/// Why nothing is fetched now.
#[derive(Debug)]
pub(super) enum Obstacle<'a> {
    Budget { retry_at: u64 },
    Failed(&'a Failure),
    NoUrl { why: &'static str, retry_at: u64 },
    UnderWay { until: u64 },
}

impl From<Obstacle<'_>> for Decision {
    fn from(obstacle: Obstacle<'_>) -> Self {
        let (reason, retry_at) = match obstacle {
            Obstacle::UnderWay { until } => return Self::Wait { until },
            Obstacle::Budget { retry_at } => (
                "as much as may be fetched was fetched (the budget is used up)".to_owned(),
                retry_at,
            ),
            Obstacle::Failed(failure) => (failure.reason.clone(), failure.span.end()),
            Obstacle::NoUrl { why, retry_at } => {
                (format!("the issuer is not a URL to fetch keys from: {why}"), retry_at)
            }
        };
        Self::Refused(Refusal::Unavailable { reason, retry_at })
    }
}
