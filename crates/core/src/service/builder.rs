//! Setting up a verifier that fetches.

use std::fmt;
use std::time::Duration;

use super::event::Event;
use super::host::Host;
use super::replay::{ReplayStore, UsedTokens};
use super::shared::{Listener, Shared};
use super::verifier::AsyncVerifier;
use crate::replay::WhenUnavailable;
use crate::verifier::Verifier;

/// How long a store of used tokens may take, unless said otherwise.
const REPLAY_TIMEOUT: Duration = Duration::from_secs(1);

/// Sets up an [`AsyncVerifier`]. What is judged is the [`Verifier`]'s own: static keys, settings of the key store,
/// tokens that are kept.
#[must_use]
pub struct AsyncVerifierBuilder {
    verifier: Verifier,
    host: Box<dyn Host>,
    used_tokens: Option<UsedTokens>,
    listener: Option<Listener>,
}

impl AsyncVerifierBuilder {
    pub(super) fn new(verifier: Verifier, host: Box<dyn Host>) -> Self {
        Self { verifier, host, used_tokens: None, listener: None }
    }

    /// Has each token accepted once, by this store. One that takes longer than a second counts as one that does not
    /// answer; what becomes of a token then is for `when_unavailable` to say.
    pub fn replay_protection(
        self,
        store: impl ReplayStore,
        when_unavailable: WhenUnavailable,
    ) -> Self {
        let used_tokens = Some(UsedTokens::new(store, REPLAY_TIMEOUT));
        let verifier = self.verifier.with_replay_protection(when_unavailable);
        Self { verifier, used_tokens, ..self }
    }

    /// Has this function told of verdicts, fetches and changes of keys as they happen, on the thread where they do:
    /// it should be quick, and not panic.
    pub fn listener(self, listener: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        Self { listener: Some(Box::new(listener)), ..self }
    }

    /// The verifier.
    pub fn build(self) -> AsyncVerifier {
        let Self { verifier, host, used_tokens, listener } = self;
        AsyncVerifier::over(Shared::new(verifier, host, used_tokens, listener))
    }
}

impl fmt::Debug for AsyncVerifierBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncVerifierBuilder").finish_non_exhaustive()
    }
}
