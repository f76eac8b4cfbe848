//! The local issuer for JavaScript hosts, renamed.
//!
//! Requests come in as text and octets, and answers go out as JSON text. Everything else that can be asked of an
//! issuer, such as rotating keys or ordering a token, is a request to its administration.

mod fault;
mod request;

use chacha20::ChaCha20Rng;
use countersign_issuer::{Config, Response, Snapshot, Timestamp};
use rand_core::SeedableRng;
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::Fault;

#[wasm_bindgen(raw_module = "countersign-rsa-keys")]
extern "C" {
    /// A new RSA key of the host's, as PKCS#8 in DER; nothing if it has no quick way to make one.
    #[wasm_bindgen(js_name = makeRsaKey)]
    fn make_rsa_key() -> Option<Vec<u8>>;
}

/// AWS's answer, as JSON, for a host that could not do its part.
#[wasm_bindgen(js_name = internalFailure)]
pub fn internal_failure(message: &str) -> String {
    request::answer(&Response::internal_failure(message))
}

/// See [`countersign_issuer::Issuer`].
#[wasm_bindgen]
pub struct Issuer {
    issuer: countersign_issuer::Issuer,
    entropy: ChaCha20Rng,
}

#[wasm_bindgen]
impl Issuer {
    /// An issuer from a configuration, TOML or JSON (which begins with a brace), reached at `base_url`. It carries on
    /// from `state`, what `snapshot` gave, if there is one. All randomness comes from `seed`, which has to be
    /// unpredictable unless the same seed is to give the same keys and tokens: then without `host_keys`, RSA keys of
    /// the host's making.
    ///
    /// # Errors
    /// Every fault of the configuration, or the state's.
    #[wasm_bindgen(constructor)]
    pub fn new(
        config: &str,
        base_url: &str,
        state: Option<String>,
        seed: &[u8],
        host_keys: bool,
    ) -> Result<Self, Fault> {
        let is_json = config.trim_start().starts_with('{');
        let config = if is_json { Config::from_json(config) } else { Config::parse(config) };
        let config = config.map_err(|error| Fault::config(&error))?;
        let mut entropy = ChaCha20Rng::from_seed(Sha256::digest(seed).into());
        let issuer = match state {
            None => countersign_issuer::Issuer::new(config, base_url, &mut entropy),
            Some(state) => {
                let snapshot = Snapshot::parse(state.as_bytes()).map_err(Fault::state)?;
                countersign_issuer::Issuer::restore(config, base_url, &snapshot, &mut entropy)
                    .map_err(Fault::state)?
            }
        };
        let issuer = if host_keys { issuer.with_rsa_keys_of(make_rsa_key) } else { issuer };
        Ok(Self { issuer, entropy })
    }

    /// The answer to one request, as JSON: `status`, `headers` and `body`, which is text. `headers` is a JSON array of
    /// names and values; `now` is in milliseconds since the epoch.
    ///
    /// # Errors
    /// When `headers` is no such array.
    #[expect(clippy::too_many_arguments, reason = "each part crosses as it is")]
    pub fn respond(
        &mut self,
        method: String,
        path: String,
        query: String,
        headers: &str,
        body: Vec<u8>,
        loopback: bool,
        now: f64,
    ) -> Result<String, Fault> {
        let request = request::of(method, path, query, headers, body, loopback)?;
        let now = Timestamp::from_unix_millis(now as i64);
        let response = self.issuer.respond(&request, now, &mut self.entropy);
        Ok(request::answer(&response))
    }

    /// Says where the issuer is reached from now on.
    #[wasm_bindgen(js_name = setBaseUrl)]
    pub fn set_base_url(&mut self, base_url: &str) {
        self.issuer.set_base_url(base_url);
    }

    /// Every account with its issuer identifier, as a JSON array of pairs.
    pub fn issuers(&self) -> String {
        let issuers: Vec<_> = self.issuer.issuers().collect();
        serde_json::json!(issuers).to_string()
    }

    /// A number that grows whenever the snapshot would differ.
    pub fn revision(&self) -> f64 {
        self.issuer.revision() as f64
    }

    /// Everything that must survive a restart, private keys included.
    ///
    /// # Errors
    /// When a key cannot be written, which none of ours is known to do.
    pub fn snapshot(&self) -> Result<String, Fault> {
        let snapshot = self.issuer.snapshot().map_err(Fault::state)?;
        snapshot.to_json().map_err(Fault::state)
    }
}
