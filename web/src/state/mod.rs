//! What the page knows. Pure: the clock, the network and the browser are told to it as actions.

mod action;
mod clock;
mod key_place;
mod keys;
mod policy;
mod preferences;
mod reduce;
#[cfg(test)]
mod tests;
mod token;

pub use action::Action;
pub use clock::Clock;
pub use key_place::KeyPlace;
pub use keys::{FetchProblem, KeySource, Keys};
pub use policy::PolicyText;
pub use preferences::{Preferences, Theme};
pub use token::Token;

use std::collections::BTreeMap;
use std::rc::Rc;

/// Everything that the page shows is drawn from this.
///
/// The time is not in it: it passes every second, and little of the page depends on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Language and theme.
    pub preferences: Preferences,
    /// For which time tokens are judged.
    pub clock: Clock,
    /// What was pasted, and what it says.
    pub token: Rc<Token>,
    /// A second text, to compare the first with; `None` while nothing is compared.
    pub other: Option<Rc<Token>>,
    /// Keys that were given while there was no token: they wait for the next one's issuer.
    pub waiting_keys: Option<String>,
    /// Keys, by the issuer whose they are taken to be.
    pub keys: BTreeMap<String, Keys>,
    /// The policy, and whether it can be one.
    pub policy: Rc<PolicyText>,
    /// The policy that was replaced last, so that it can be brought back.
    pub former_policy: Option<String>,
    /// The policy that came with the last sample: nobody misses it when it is replaced.
    pub sample_policy: Option<String>,
    /// Whether the page shows the token without its signature, to be shared.
    pub redacted: bool,
}

impl State {
    /// The keys for the token in hand.
    pub fn token_keys(&self) -> &Keys {
        self.keys.get(self.token.key_issuer()).unwrap_or(&Keys::Missing)
    }
}
