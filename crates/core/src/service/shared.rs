//! What all clones of a verifier share.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::event::Event;
use super::flight::Landing;
use super::host::Host;
use super::metrics::Meter;
use super::replay::UsedTokens;
use crate::verifier::Verifier;

pub(super) type Listener = Box<dyn Fn(&Event<'_>) + Send + Sync>;

pub(super) struct Shared {
    pub(super) host: Box<dyn Host>,
    pub(super) used_tokens: Option<UsedTokens>,
    pub(super) listener: Option<Listener>,
    pub(super) meter: Meter,
    state: RwLock<State>,
}

/// Held for as long as a verdict takes by readers, of whom there can be many, and never while anything is awaited.
pub(super) struct State {
    pub(super) verifier: Verifier,
    /// What is being fetched, by issuer.
    flights: HashMap<String, Landing>,
}

impl Shared {
    pub(super) fn new(
        verifier: Verifier,
        host: Box<dyn Host>,
        used_tokens: Option<UsedTokens>,
        listener: Option<Listener>,
    ) -> Self {
        let state = RwLock::new(State { verifier, flights: HashMap::new() });
        Self { host, used_tokens, listener, meter: Meter::default(), state }
    }

    /// A thread that panicked while it held the lock has left nothing half done that a verdict could rest on: keys
    /// are replaced whole.
    pub(super) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tell(&self, event: &Event<'_>) {
        self.meter.count(event);
        if let Some(listener) = &self.listener {
            listener(event);
        }
    }
}

impl State {
    pub(super) fn took_off(&mut self, issuer: &str, landing: Landing) {
        self.flights.insert(issuer.to_owned(), landing);
    }

    /// The fetch is over, and is forgotten unless another one has taken its place.
    pub(super) fn landed(&mut self, issuer: &str, landing: &Landing) {
        if self.flights.get(issuer).is_some_and(|known| known.id == landing.id) {
            self.flights.remove(issuer);
        }
    }

    pub(super) fn awaited(&self, issuer: &str) -> Option<&Landing> {
        self.flights.get(issuer)
    }
}
