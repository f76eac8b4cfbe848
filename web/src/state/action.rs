use countersign::KeySet;

use super::{Clock, FetchProblem, Theme};
use crate::language::Language;

/// What can happen to the page.
#[derive(Clone, Debug)]
pub enum Action {
    /// A text was pasted, typed, dropped or handed over in the address.
    Read(String),
    /// A second text to compare with; `None` ends the comparison.
    ReadOther(Option<String>),
    /// The user is done with the tokens: neither stays in the page.
    Clear,
    /// The policy's text is now this.
    WritePolicy(String),
    /// The policy's text is replaced as a whole by this; a former one can be brought back.
    ReplacePolicy(String),
    /// The policy that was replaced last and the present one change places.
    UndoPolicy,
    /// Tokens are judged for this time from now on.
    SetClock(Clock),
    /// The user asked for an issuer's keys, and they are being fetched.
    FetchStarted {
        /// The issuer.
        issuer: String,
        /// The one URL that is fetched.
        url: String,
    },
    /// The fetch of an issuer's keys has ended.
    FetchEnded {
        /// The issuer.
        issuer: String,
        /// The one URL that was fetched.
        url: String,
        /// The key set, or what went wrong.
        outcome: Result<KeySet, FetchProblem>,
    },
    /// The user gave a text as the keys of the token's issuer: a key set, a key, or PEM.
    GiveKeys(String),
    /// The user took the keys of the token's issuer away.
    DropKeys,
    /// A sample was minted: the token, and the key set and the policy that go with it.
    Sample {
        /// The token, or a text around it.
        token: String,
        /// The key set of its issuer.
        key_set: String,
        /// A policy that covers it.
        policy: String,
    },
    /// The token is shown without its signature, or in full again.
    Redact(bool),
    /// The page's language.
    SetLanguage(Language),
    /// The page's theme.
    SetTheme(Theme),
}
