//! What survives a restart: labels, whether the feature is on, and keys.

use std::collections::BTreeMap;
use std::fmt;

use p384::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use rsa::RsaPrivateKey;
use serde::{Deserialize, Serialize};

use crate::account::AccountState;
use crate::config::Federation;
use crate::key_ring::KeyRing;
use crate::keys::{Algorithm, PrivateKey, SigningKey};
use crate::time::Timestamp;

const VERSION: u32 = 1;

/// The issuer's state as data. Holds private keys: keep it where only its owner can read it.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    version: u32,
    accounts: BTreeMap<String, AccountSnapshot>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct AccountSnapshot {
    label: String,
    federation: Federation,
    next_es384: u32,
    next_rs256: u32,
    keys: Vec<KeySnapshot>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct KeySnapshot {
    kid: String,
    alg: Algorithm,
    /// Seconds since the epoch.
    withdrawn_at: Option<i64>,
    /// PKCS#8 (RFC 5958) in PEM.
    private_key: String,
}

impl Snapshot {
    /// Reads what [`Snapshot::to_json`] wrote.
    pub fn parse(json: &[u8]) -> Result<Self, StateError> {
        let snapshot: Self = serde_json::from_slice(json).map_err(|error| {
            // Only the place: the text around it may be a private key.
            let (line, column) = (error.line(), error.column());
            StateError::corrupt(&format!("it is malformed at line {line}, column {column}"))
        })?;
        if snapshot.version != VERSION {
            let version = snapshot.version;
            return Err(StateError::corrupt(&format!("its version is {version}, not {VERSION}")));
        }
        Ok(snapshot)
    }

    /// As JSON text.
    pub fn to_json(&self) -> Result<String, StateError> {
        serde_json::to_string_pretty(self).map_err(|_| StateError::unwritable())
    }

    pub(crate) fn of(states: &BTreeMap<String, AccountState>) -> Result<Self, StateError> {
        let accounts = states
            .iter()
            .map(|(id, state)| Ok((id.clone(), AccountSnapshot::of(state)?)))
            .collect::<Result<_, StateError>>()?;
        Ok(Self { version: VERSION, accounts })
    }

    pub(crate) fn states(&self) -> Result<BTreeMap<String, AccountState>, StateError> {
        let states = self.accounts.iter();
        states.map(|(id, account)| Ok((id.clone(), account.state()?))).collect()
    }
}

impl AccountSnapshot {
    fn of(state: &AccountState) -> Result<Self, StateError> {
        let keys = state.ring.keys().iter().map(KeySnapshot::of).collect::<Result<_, _>>()?;
        Ok(Self {
            label: state.label.clone(),
            federation: state.federation,
            next_es384: state.ring.next_number(Algorithm::Es384),
            next_rs256: state.ring.next_number(Algorithm::Rs256),
            keys,
        })
    }

    fn state(&self) -> Result<AccountState, StateError> {
        let Self { label, federation, next_es384, next_rs256, keys } = self;
        let keys = keys.iter().map(KeySnapshot::key).collect::<Result<_, _>>()?;
        let ring = KeyRing::new(keys, *next_es384, *next_rs256);
        Ok(AccountState { label: label.clone(), federation: *federation, ring })
    }
}

impl KeySnapshot {
    fn of(key: &SigningKey) -> Result<Self, StateError> {
        let pem = match key.private() {
            PrivateKey::Es384(private) => {
                p384::SecretKey::from(private.as_nonzero_scalar()).to_pkcs8_pem(LineEnding::LF)
            }
            PrivateKey::Rs256(private) => private.to_pkcs8_pem(LineEnding::LF),
        };
        Ok(Self {
            kid: key.kid().to_owned(),
            alg: key.algorithm(),
            withdrawn_at: key.withdrawn_at().map(Timestamp::unix_seconds),
            private_key: pem.map_err(|_| StateError::unwritable())?.to_string(),
        })
    }

    fn key(&self) -> Result<SigningKey, StateError> {
        let broken = || StateError::corrupt(&format!("the private key '{}' is damaged", self.kid));
        let private = match self.alg {
            Algorithm::Es384 => PrivateKey::Es384(
                p384::ecdsa::SigningKey::from_pkcs8_pem(&self.private_key).map_err(|_| broken())?,
            ),
            Algorithm::Rs256 => PrivateKey::rs256(
                RsaPrivateKey::from_pkcs8_pem(&self.private_key).map_err(|_| broken())?,
            ),
        };
        let withdrawn_at = self.withdrawn_at.map(Timestamp::from_unix_seconds);
        Ok(SigningKey::new(self.kid.clone(), private, withdrawn_at))
    }
}

/// Saved state that cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateError {
    /// A stable code: `state.corrupt`, `state.unreadable` or `state.unwritable`.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub fault: String,
    /// What to do, in another.
    pub remedy: &'static str,
}

impl StateError {
    fn corrupt(reason: &str) -> Self {
        Self {
            code: "state.corrupt",
            fault: format!("The saved state cannot be used: {reason}."),
            remedy: "Restore the file from a copy, or delete it to start with new issuers and keys.",
        }
    }

    /// Saved state that is there and cannot be read, for this reason.
    pub fn unreadable(reason: &dyn fmt::Display) -> Self {
        Self {
            code: "state.unreadable",
            fault: format!("The saved state cannot be read: {reason}."),
            remedy: "Make the folder and its state.json readable to this user.",
        }
    }

    fn unwritable() -> Self {
        Self {
            code: "state.unwritable",
            fault: "The state cannot be written as text.".into(),
            remedy: "Delete the saved state to start with new issuers and keys.",
        }
    }

    /// State that cannot be saved, for this reason.
    pub fn unsaved(reason: &dyn fmt::Display) -> Self {
        Self {
            code: "state.unwritable",
            fault: format!("The state cannot be saved: {reason}."),
            remedy: "Make the folder writable to this user, and check that its disk is not full.",
        }
    }
}

impl std::error::Error for StateError {}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} [{}]", self.fault, self.remedy, self.code)
    }
}
