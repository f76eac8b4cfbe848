//! What an account has of its own: its issuer's label, whether the feature is on, and its keys.

use rand_core::CryptoRng;

use crate::config::{Federation, IssuerForm};
use crate::key_ring::KeyRing;

/// The fixed end of every issuer's host name at AWS.
pub(crate) const AWS_ISSUER_SUFFIX: &str = ".tokens.sts.global.api.aws";

/// An account's state. All of it survives disabling and enabling the feature.
pub(crate) struct AccountState {
    pub(crate) label: String,
    pub(crate) federation: Federation,
    pub(crate) ring: KeyRing,
}

impl AccountState {
    pub(crate) fn new(federation: Federation, entropy: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self { label: random_uuid(entropy), federation, ring: KeyRing::default() }
    }

    /// The issuer identifier: the value of `iss`, without a trailing slash.
    pub(crate) fn issuer(&self, form: IssuerForm, base_url: &str) -> String {
        let label = &self.label;
        match form {
            IssuerForm::Aws => format!("https://{label}{AWS_ISSUER_SUFFIX}"),
            IssuerForm::Loopback => format!("{base_url}/{label}"),
        }
    }
}

/// A random UUID (RFC 9562, version 4).
pub(crate) fn random_uuid(entropy: &mut (impl CryptoRng + ?Sized)) -> String {
    let mut bytes = [0; 16];
    entropy.fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid().as_hyphenated().to_string()
}
