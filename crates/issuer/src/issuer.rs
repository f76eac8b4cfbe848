//! The issuer: its state, and the way a request takes through it.

use std::collections::BTreeMap;

use rand_core::CryptoRng;

use crate::account::{AWS_ISSUER_SUFFIX, AccountState};
use crate::config::Config;
use crate::discovery::Document;
use crate::http::{Request, Response};
use crate::keys::RsaKeySource;
use crate::snapshot::{Snapshot, StateError};
use crate::time::Timestamp;
use crate::{admin, api, discovery};

/// AWS's side: every account's issuer, and the API that mints tokens.
pub struct Issuer {
    pub(crate) config: Config,
    pub(crate) base_url: String,
    pub(crate) states: BTreeMap<String, AccountState>,
    pub(crate) revision: u64,
    pub(crate) rsa_keys: Option<RsaKeySource>,
}

impl Issuer {
    /// A new issuer, reached at `base_url`, whose accounts get random labels.
    pub fn new(config: Config, base_url: &str, entropy: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self::with_states(config, base_url, BTreeMap::new(), entropy)
    }

    /// An issuer that carries on from a snapshot. Accounts that the snapshot does not know are new; for
    /// those it knows, its word on whether the feature is enabled counts, not the configuration's.
    pub fn restore(
        config: Config,
        base_url: &str,
        snapshot: &Snapshot,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, StateError> {
        Ok(Self::with_states(config, base_url, snapshot.states()?, entropy))
    }

    /// The same issuer, whose new RSA keys come from the host.
    #[must_use]
    pub fn with_rsa_keys_of(mut self, source: RsaKeySource) -> Self {
        self.rsa_keys = Some(source);
        self
    }

    /// The same issuer, reached at another URL. Issuer identifiers of the loopback form change with it.
    pub fn set_base_url(&mut self, base_url: &str) {
        base_url.trim_end_matches('/').clone_into(&mut self.base_url);
    }

    /// Everything that must survive a restart, private keys included.
    pub fn snapshot(&self) -> Result<Snapshot, StateError> {
        Snapshot::of(&self.states)
    }

    /// A number that grows whenever the snapshot would differ.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Every account with its issuer identifier, in the order of account numbers.
    pub fn issuers(&self) -> impl Iterator<Item = (&str, String)> {
        self.config.accounts.keys().filter_map(|account| {
            let state = self.states.get(account)?;
            Some((account.as_str(), state.issuer(self.config.settings.form, &self.base_url)))
        })
    }

    /// Answers one request. `now` is the time of the answer; `entropy` must be unpredictable, since keys
    /// are made from it.
    pub fn respond(
        &mut self,
        request: &Request,
        now: Timestamp,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Response {
        if let Some(path) = request.path.strip_prefix("/_countersign/") {
            return admin::respond(self, request, path, now, entropy);
        }
        if let Some((account, document)) = self.document(request) {
            return discovery::respond(self, request, &account, document, now, entropy);
        }
        match (request.path.as_str(), request.method.as_str()) {
            ("/", "GET" | "POST") => api::respond(self, request, now, entropy),
            ("/", _) => {
                Response::text(405, "Method not allowed\n").with_header("allow", "GET, POST")
            }
            _ => Response::text(404, "Not found\n"),
        }
    }

    /// The account and the document that a request asks for, by path or by host name.
    fn document(&self, request: &Request) -> Option<(String, Document)> {
        let (label, path) = match request.host_name().strip_suffix(AWS_ISSUER_SUFFIX) {
            Some(label) => (label, request.path.as_str()),
            None => {
                let path = request.path.strip_prefix('/')?;
                path.split_at_checked(path.find('/')?)?
            }
        };
        let document = Document::at(path)?;
        let account = self.account_labelled(label)?;
        Some((account.to_owned(), document))
    }

    fn account_labelled(&self, label: &str) -> Option<&str> {
        let mut known = self.states.iter().filter(|(account, state)| {
            state.label == label && self.config.accounts.contains_key(*account)
        });
        known.next().map(|(account, _)| account.as_str())
    }

    fn with_states(
        config: Config,
        base_url: &str,
        mut states: BTreeMap<String, AccountState>,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Self {
        for (id, account) in &config.accounts {
            states
                .entry(id.clone())
                .or_insert_with(|| AccountState::new(account.federation, entropy));
        }
        let base_url = base_url.trim_end_matches('/').to_owned();
        // The first snapshot differs from having none.
        Self { config, base_url, states, revision: 1, rsa_keys: None }
    }
}
