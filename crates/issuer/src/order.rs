//! A token that a test orders: for any principal, with or without a fault.
//!
//! An order is JSON. STS's own rules hold for it, with AWS's errors; only what is said under `flaw`, `claims` and
//! `header` comes afterwards, and AWS would never do it.

use rand_core::CryptoRng;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::authenticate::Caller;
use crate::aws::AwsError;
use crate::config::{Config, ConfigError, Principal, PrincipalEntry};
use crate::forgery::{Flaw, Forgery};
use crate::issuer::Issuer;
use crate::query::Parameters;
use crate::sts::{Mint, no_key};
use crate::time::Timestamp;

/// The order's shape.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    /// `{ "access_key_id": … }` for one of the configuration's, or whatever describes one there.
    principal: Map<String, Value>,
    region: String,
    audience: Option<Vec<String>>,
    signing_algorithm: Option<String>,
    duration_seconds: Option<i64>,
    #[serde(default)]
    tags: Vec<TagEntry>,
    flaw: Option<Flaw>,
    /// Changes to the claims, as a JSON Merge Patch (RFC 7396).
    #[serde(default)]
    claims: Map<String, Value>,
    /// Changes to the header, likewise.
    #[serde(default)]
    header: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TagEntry {
    key: String,
    value: String,
}

/// Why there is no token.
pub(crate) enum Refused {
    /// The order is none.
    Malformed(ConfigError),
    /// STS refuses.
    Aws(AwsError),
}

impl Order {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, Refused> {
        serde_json::from_slice(json).map_err(malformed)
    }

    /// The token.
    pub(crate) fn perform(
        self,
        issuer: &mut Issuer,
        now: Timestamp,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<String, Refused> {
        let parameters = self.parameters();
        let Issuer { config, base_url, states, revision, rsa_keys } = issuer;
        let principal = described(self.principal, config)?;
        let nowhere = || Refused::Aws(AwsError::internal_failure("The account has no state."));
        let account = config.accounts.get(principal.arn.account()).ok_or_else(nowhere)?;
        let state = states.get_mut(principal.arn.account()).ok_or_else(nowhere)?;
        let session_expiry = principal.session.expiry(now);
        let caller = Caller { account, principal: &principal, region: self.region, session_expiry };
        caller.check_session(now).map_err(Refused::Aws)?;

        let identifier = state.issuer(config.settings.form, base_url);
        let rsa_keys = *rsa_keys;
        let mint = Mint { config, caller: &caller, issuer: &identifier, now, rsa_keys };
        let grant = mint.grant(&parameters, state, entropy).map_err(Refused::Aws)?;
        let forgery = Forgery { flaw: self.flaw, claims: self.claims, header: self.header };
        mint.signing_key(grant.algorithm, &mut state.ring, revision, entropy)
            .map_err(|failure| Refused::Aws(no_key(failure)))?;
        let next = state.ring.next_number(grant.algorithm);
        let token = forgery.token(&grant, &mut state.ring, rsa_keys, entropy);
        // A key that counts as withdrawn may have been made for it, and its number is not given again.
        *revision += u64::from(state.ring.next_number(grant.algorithm) != next);
        token.map_err(|failure| Refused::Aws(no_key(failure)))
    }

    /// As a client of STS would send them.
    fn parameters(&self) -> Parameters {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut add = |name: String, value: &str| pairs.push((name, value.to_owned()));
        if let Some(audience) = &self.audience {
            // Clients write an empty list like this.
            if audience.is_empty() {
                add("Audience".into(), "");
            }
            for (audience, number) in audience.iter().zip(1..) {
                add(format!("Audience.member.{number}"), audience);
            }
        }
        if let Some(algorithm) = &self.signing_algorithm {
            add("SigningAlgorithm".into(), algorithm);
        }
        if let Some(seconds) = self.duration_seconds {
            add("DurationSeconds".into(), &seconds.to_string());
        }
        for (TagEntry { key, value }, number) in self.tags.iter().zip(1..) {
            add(format!("Tags.member.{number}.Key"), key);
            add(format!("Tags.member.{number}.Value"), value);
        }
        Parameters::of_pairs(pairs)
    }
}

/// What stands in place of an access key id: an order is not signed.
const NO_ACCESS_KEY: &str = "ORDEREDWITHOUTKEY";

fn described(mut entry: Map<String, Value>, config: &Config) -> Result<Principal, Refused> {
    if entry.len() == 1
        && let Some(key) = entry.get("access_key_id").and_then(Value::as_str)
    {
        let message = "The security token included in the request is invalid.";
        let unknown = || Refused::Aws(AwsError::new(403, "InvalidClientTokenId", message));
        return config.principals.get(key).cloned().ok_or_else(unknown);
    }
    entry.entry("access_key_id").or_insert_with(|| NO_ACCESS_KEY.into());
    let entry: PrincipalEntry = serde_json::from_value(entry.into()).map_err(|error| {
        Refused::Malformed(ConfigError::shape("principal".into(), &error.to_string()))
    })?;
    config.principal("principal", entry).map_err(Refused::Malformed)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn malformed(error: serde_json::Error) -> Refused {
    Refused::Malformed(ConfigError::json(&error))
}
