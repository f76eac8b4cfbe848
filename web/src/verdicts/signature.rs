use countersign::{Algorithm, Code, KeySet, Rejection, check_signature};

use crate::state::{KeySource, Keys, State};

/// Whether a token's signature holds.
#[derive(Clone, Debug)]
pub enum SignatureVerdict {
    /// There is no token.
    Nothing,
    /// Its form is unsound, or its header leaves no key to be looked for.
    Impossible(Rejection),
    /// The signature was taken off, as in a link that was shared.
    TakenOff,
    /// No keys are at hand, so nothing was verified.
    NotChecked,
    /// It holds.
    Holds {
        /// The key's id.
        key_id: String,
        /// The algorithm.
        algorithm: Algorithm,
        /// Where the key is from.
        source: KeySource,
    },
    /// It does not hold, or the keys at hand have none for it.
    Fails(Rejection),
}

impl SignatureVerdict {
    /// Judges the signature of the token in hand.
    pub fn of(state: &State) -> Self {
        let token = &state.token;
        if token.is_blank() {
            return Self::Nothing;
        }
        if token.is_redacted() {
            return Self::TakenOff;
        }
        match state.token_keys() {
            Keys::Known { set, source } => match check_signature(token.text(), set) {
                Ok(signed) => Self::Holds {
                    key_id: signed.key_id,
                    algorithm: signed.algorithm,
                    source: source.clone(),
                },
                Err(rejection) if is_about_keys(rejection.code) => Self::Fails(rejection),
                Err(rejection) => Self::Impossible(rejection),
            },
            _ => match check_signature(token.text(), &KeySet::default()) {
                Err(rejection) if !is_about_keys(rejection.code) => Self::Impossible(rejection),
                _ => Self::NotChecked,
            },
        }
    }
}

/// Whether a code says something about key or signature, and not about the token's form.
fn is_about_keys(code: Code) -> bool {
    let code = code.as_str();
    code.starts_with("key.") || code.starts_with("signature.")
}
