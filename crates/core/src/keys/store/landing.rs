//! What the outcome of a fetch changes in what is known of an issuer.

use super::fetch::{Effect, FetchOutcome, FetchPurpose, Missed};
use super::held::{Changes, Held};
use super::issuer::{Failure, Flight, Issuer, Keys, Place};
use super::jitter::Jitter;
use super::lookup::Errand;
use super::settings::KeyStoreSettings;
use super::time::Span;
use crate::keys::discovery::{Discovery, discovery_url};
use crate::keys::key_set::KeySet;

/// What an outcome is read with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    pub(super) issuer: &'a str,
    pub(super) settings: &'a KeyStoreSettings,
    pub(super) jitter: Jitter,
    pub(super) now: u64,
}

impl Issuer {
    /// Takes the outcome of a fetch. Answers what came of it, and what is to be fetched at once.
    pub(super) fn land(
        &mut self,
        flight: Flight,
        outcome: FetchOutcome,
        reading: Reading<'_>,
    ) -> (Effect, Option<Errand>) {
        let landed = outcome.arrived(reading.settings.max_document_bytes).and_then(|arrived| {
            match flight.errand.purpose {
                FetchPurpose::Discovery => Discovery::parse(&arrived.body, reading.issuer)
                    .map(|discovery| Landed::Place(discovery.jwks_uri))
                    .map_err(|fault| Missed::Failed(fault.to_string())),
                FetchPurpose::KeySet => {
                    let (url, since) = (flight.errand.url.clone(), flight.span.start());
                    Held::read(&arrived, url, since, reading)
                        .map(|held| Landed::Keys(Box::new(held)))
                }
            }
        });
        match landed {
            Ok(Landed::Keys(held)) if self.has_newer_than(&held, reading.now) => {
                self.failure = None;
                (Effect::Ignored, None)
            }
            Ok(Landed::Keys(held)) => (self.load(held, flight.key_ids, reading), None),
            Ok(Landed::Place(jwks_uri)) => {
                let span = Span::new(reading.now, reading.settings.min_lifetime_seconds);
                let next = Errand { purpose: FetchPurpose::KeySet, url: jwks_uri.clone() };
                self.place = Place::Discovered { jwks_uri, span };
                (Effect::Discovery { issuer: reading.issuer.to_owned() }, Some(next))
            }
            Err(Missed::Cancelled) => (Effect::Ignored, None),
            Err(Missed::NotFound(_)) if self.is_where_aws_has_it(&flight.errand) => {
                // The next fetch begins here again all the same: it may only have been away.
                let next = discovery_url(reading.issuer).ok();
                let next = next.map(|url| Errand { purpose: FetchPurpose::Discovery, url });
                (Effect::Discovery { issuer: reading.issuer.to_owned() }, next)
            }
            Err(Missed::Failed(why) | Missed::NotFound(why)) => {
                if flight.errand.purpose == FetchPurpose::Discovery {
                    // Where AWS's form has the key set is looked first again: it may only have been away.
                    self.place = Place::of(reading.issuer);
                }
                (self.fail(&flight.errand.url, &why, reading), None)
            }
        }
    }

    /// Whether this was asked for without any word of the issuer's on its place.
    fn is_where_aws_has_it(&self, errand: &Errand) -> bool {
        errand.purpose == FetchPurpose::KeySet && matches!(self.place, Place::Known)
    }

    /// Whether keys are there that were asked for later: a snapshot may have brought them meanwhile, and
    /// what they lack was withdrawn. Keys from the future are of a clock that was set back.
    fn has_newer_than(&self, held: &Held, now: u64) -> bool {
        match &self.keys {
            Keys::Held(known) => {
                known.fresh.start() > held.fresh.start() && known.fresh.start() <= now
            }
            Keys::Missing | Keys::Static(_) => false,
        }
    }

    fn load(&mut self, held: Box<Held>, asked: Vec<String>, reading: Reading<'_>) -> Effect {
        let empty = KeySet::default();
        let before = match &self.keys {
            Keys::Held(held) => &held.keys,
            Keys::Missing | Keys::Static(_) => &empty,
        };
        let Changes { added, replaced, withdrawn } = held.changes(before);
        let cooldown = Span::new(reading.now, reading.settings.unknown_key_cooldown_seconds);
        self.key_ids.arrived(asked, &before.key_ids(), &held.keys.key_ids(), cooldown);
        self.failure = None;
        let fresh_until = held.fresh.end();
        self.keys.replace(held);
        Effect::Loaded {
            issuer: reading.issuer.to_owned(),
            added,
            replaced,
            withdrawn,
            fresh_until,
        }
    }

    fn fail(&mut self, url: &str, why: &str, reading: Reading<'_>) -> Effect {
        let Reading { issuer, settings, jitter, now } = reading;
        let count = self.failure.as_ref().map_or(0, |failure| failure.count).saturating_add(1);
        let (first, most) =
            (settings.failure_cooldown_seconds, settings.max_failure_cooldown_seconds);
        let span = Span::new(now, jitter.back_off(issuer, count, first, most));
        let reason = format!("{url}: {why}");
        self.failure = Some(Failure { reason: reason.clone(), count, span });
        Effect::Failed { issuer: issuer.to_owned(), reason, failures: count, retry_at: span.end() }
    }
}

enum Landed {
    Keys(Box<Held>),
    Place(String),
}
