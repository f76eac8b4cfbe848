//! What is known of one issuer, and how that changes.

use super::fetch::{FetchOutcome, FetchPurpose, Missed};
use super::lookup::{Decision, Refusal};
use super::settings::KeyStoreSettings;
use super::time::Span;
use crate::keys::algorithm::Algorithm;
use crate::keys::cache_control;
use crate::keys::discovery::{Discovery, discovery_url};
use crate::keys::key_set::{KeySet, KeySetLimits};

/// The state of one issuer; an issuer of which nothing is known has none.
#[derive(Debug)]
pub(super) enum State {
    /// The discovery document was read; nobody has asked for the key set yet.
    Discovered { jwks_uri: String, span: Span },
    /// The discovery document is being fetched.
    Discovering(Flight),
    /// The keys could not be fetched, and are left alone for a while.
    Failed(Failure),
    /// The key set is being fetched, for the first time or again after it expired.
    Fetching { flight: Flight, jwks_uri: String },
    /// The keys are there.
    Loaded(Loaded),
    /// The keys were given, and are never fetched.
    Static(KeySet),
}

/// A fetch that is under way.
#[derive(Debug)]
pub(super) struct Flight {
    pub(super) id: u64,
    /// The key id that was asked for when it began.
    pub(super) key_id: String,
    /// How long it is waited for.
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) struct Failure {
    reason: String,
    /// How long nothing is fetched.
    span: Span,
}

#[derive(Debug)]
pub(super) struct Loaded {
    keys: KeySet,
    jwks_uri: String,
    /// How long the keys are used.
    span: Span,
    refetch: Refetch,
}

/// How things stand with fetching the key set once more, for a key id that it does not have.
#[derive(Debug)]
enum Refetch {
    /// It was fetched for this key id (for any, where there is none) and is believed for a while.
    Answered { key_id: Option<String>, span: Span },
    /// That failed; the keys that are there still serve.
    Failed(Failure),
    /// It may be fetched.
    Idle,
    /// It is being fetched.
    InFlight(Flight),
}

impl State {
    pub(super) fn is_static(&self) -> bool {
        matches!(self, Self::Static(_))
    }

    /// The fetch that is under way.
    pub(super) fn flight(&self) -> Option<&Flight> {
        match self {
            Self::Discovering(flight)
            | Self::Fetching { flight, .. }
            | Self::Loaded(Loaded { refetch: Refetch::InFlight(flight), .. }) => Some(flight),
            _ => None,
        }
    }

    /// What to do for someone who asks for a key; nothing when it is best to begin anew.
    pub(super) fn decide(&self, key_id: &str, algorithm: Algorithm, now: u64) -> Option<Decision> {
        match self {
            Self::Discovered { jwks_uri, span } => {
                (!span.is_over(now)).then(|| fetch_key_set(jwks_uri))
            }
            Self::Discovering(flight) | Self::Fetching { flight, .. } => flight.wait(now),
            Self::Failed(failure) => failure.refuse(now),
            Self::Loaded(loaded) if loaded.span.is_over(now) => match &loaded.refetch {
                Refetch::InFlight(flight) => flight.wait(now),
                Refetch::Failed(failure) => failure.refuse(now),
                Refetch::Answered { .. } | Refetch::Idle => None,
            },
            Self::Loaded(loaded) => Some(
                answer(&loaded.keys, key_id, algorithm)
                    .unwrap_or_else(|| loaded.decide_unknown(key_id, now)),
            ),
            Self::Static(keys) => {
                Some(answer(keys, key_id, algorithm).unwrap_or_else(|| unknown(keys)))
            }
        }
    }

    /// The state once a fetch that was decided on is under way.
    pub(super) fn departed(known: Option<Self>, purpose: FetchPurpose, flight: Flight) -> Self {
        match (purpose, known) {
            (FetchPurpose::KeySet, Some(Self::Discovered { jwks_uri, .. })) => {
                Self::Fetching { flight, jwks_uri }
            }
            (FetchPurpose::KeySet, Some(Self::Loaded(loaded))) => {
                Self::Loaded(Loaded { refetch: Refetch::InFlight(flight), ..loaded })
            }
            _ => Self::Discovering(flight),
        }
    }

    /// The state once the outcome of the fetch is there; nothing when that leaves nothing known.
    pub(super) fn landed(
        self,
        issuer: &str,
        outcome: FetchOutcome,
        now: u64,
        settings: &KeyStoreSettings,
    ) -> Option<Self> {
        let failure = |url: &str, why: String| Failure {
            reason: format!("{url}: {why}"),
            span: Span::new(now, settings.failure_cooldown_seconds),
        };
        let discovered = |jwks_uri: String| {
            let span = Span::new(now, settings.min_lifetime_seconds);
            Self::Discovered { jwks_uri, span }
        };
        Some(match self {
            Self::Discovering(_) => match read_discovery(outcome, issuer, settings) {
                Ok(discovery) => discovered(discovery.jwks_uri),
                Err(Missed::Cancelled) => return None,
                Err(Missed::Failed(why)) => {
                    let url = discovery_url(issuer).unwrap_or_else(|_| issuer.to_owned());
                    Self::Failed(failure(&url, why))
                }
            },
            Self::Fetching { flight, jwks_uri } => match read_keys(outcome, now, settings) {
                Ok((keys, span)) => {
                    let cooldown = Span::new(now, settings.unknown_key_cooldown_seconds);
                    let refetch = Refetch::Answered { key_id: Some(flight.key_id), span: cooldown };
                    Self::Loaded(Loaded { keys, jwks_uri, span, refetch })
                }
                Err(Missed::Cancelled) => discovered(jwks_uri),
                Err(Missed::Failed(why)) => Self::Failed(failure(&jwks_uri, why)),
            },
            Self::Loaded(Loaded { keys, jwks_uri, span, refetch: Refetch::InFlight(_) }) => {
                let (keys, span, refetch) = match read_keys(outcome, now, settings) {
                    Ok((keys, span)) => {
                        let cooldown = Span::new(now, settings.unknown_key_cooldown_seconds);
                        (keys, span, Refetch::Answered { key_id: None, span: cooldown })
                    }
                    Err(Missed::Cancelled) => (keys, span, Refetch::Idle),
                    Err(Missed::Failed(why)) => {
                        (keys, span, Refetch::Failed(failure(&jwks_uri, why)))
                    }
                };
                Self::Loaded(Loaded { keys, jwks_uri, span, refetch })
            }
            waiting_for_nothing => waiting_for_nothing,
        })
    }
}

impl Flight {
    fn wait(&self, now: u64) -> Option<Decision> {
        (!self.span.is_over(now)).then(|| Decision::Wait { until: self.span.end() })
    }
}

impl Failure {
    fn refuse(&self, now: u64) -> Option<Decision> {
        let (reason, retry_at) = (self.reason.clone(), self.span.end());
        (!self.span.is_over(now))
            .then_some(Decision::Refused(Refusal::Unavailable { reason, retry_at }))
    }
}

impl Loaded {
    /// One fetch settles for everyone which keys there are, so that tokens with made-up key ids cannot
    /// make this host fetch again and again.
    fn decide_unknown(&self, key_id: &str, now: u64) -> Decision {
        let settled = match &self.refetch {
            Refetch::Answered { key_id: asked, span } => {
                let believed = asked.as_deref().is_none_or(|asked| asked == key_id);
                (believed && !span.is_over(now)).then(|| unknown(&self.keys))
            }
            Refetch::Failed(failure) => failure.refuse(now),
            Refetch::Idle => None,
            Refetch::InFlight(flight) => flight.wait(now),
        };
        settled.unwrap_or_else(|| fetch_key_set(&self.jwks_uri))
    }
}

/// What a key set says about a key id, unless it says nothing.
fn answer(keys: &KeySet, key_id: &str, algorithm: Algorithm) -> Option<Decision> {
    match keys.find(key_id, algorithm) {
        Ok(key) => Some(Decision::Ready(key.clone())),
        Err(Refusal::UnknownKey { .. }) => None,
        Err(refusal) => Some(Decision::Refused(refusal)),
    }
}

fn unknown(keys: &KeySet) -> Decision {
    Decision::Refused(Refusal::UnknownKey { published: keys.key_ids() })
}

fn fetch_key_set(jwks_uri: &str) -> Decision {
    Decision::Fetch { purpose: FetchPurpose::KeySet, url: jwks_uri.to_owned() }
}

fn read_discovery(
    outcome: FetchOutcome,
    issuer: &str,
    settings: &KeyStoreSettings,
) -> Result<Discovery, Missed> {
    let arrived = outcome.arrived(settings.max_document_bytes)?;
    Discovery::parse(&arrived.body, issuer).map_err(|fault| Missed::Failed(fault.to_string()))
}

fn read_keys(
    outcome: FetchOutcome,
    now: u64,
    settings: &KeyStoreSettings,
) -> Result<(KeySet, Span), Missed> {
    let arrived = outcome.arrived(settings.max_document_bytes)?;
    let limits = KeySetLimits { max_bytes: settings.max_document_bytes, ..KeySetLimits::default() };
    let keys =
        KeySet::parse(&arrived.body, limits).map_err(|fault| Missed::Failed(fault.to_string()))?;
    let max_age = arrived.cache_control.as_deref().and_then(cache_control::max_age);
    Ok((keys, Span::new(now, settings.lifetime(max_age))))
}
