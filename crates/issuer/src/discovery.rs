//! The two documents of an issuer: OpenID Connect discovery and the key set (RFC 7517 §5).

use rand_core::CryptoRng;
use serde::Serialize;

use crate::http::{Request, Response};
use crate::issuer::Issuer;
use crate::keys::{Algorithm, Jwk};
use crate::time::Timestamp;

/// A document that an issuer publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Document {
    Configuration,
    KeySet,
}

impl Document {
    pub(crate) fn at(path: &str) -> Option<Self> {
        match path {
            "/.well-known/openid-configuration" => Some(Self::Configuration),
            "/.well-known/jwks.json" => Some(Self::KeySet),
            _ => None,
        }
    }
}

/// Answers for one document. Both stay served while the feature is disabled.
pub(crate) fn respond(
    issuer: &mut Issuer,
    request: &Request,
    account: &str,
    document: Document,
    now: Timestamp,
    entropy: &mut (impl CryptoRng + ?Sized),
) -> Response {
    let cors = issuer.config.settings.cors;
    let allow_any_origin = |response: Response| match cors {
        true => response.with_header("access-control-allow-origin", "*"),
        false => response,
    };
    match request.method.as_str() {
        "GET" | "HEAD" => {}
        "OPTIONS" if cors => {
            return allow_any_origin(Response::new(204, "", []))
                .with_header("access-control-allow-methods", "GET, HEAD")
                .with_header("access-control-max-age", "600");
        }
        _ => return Response::text(405, "Method not allowed\n").with_header("allow", "GET, HEAD"),
    }
    let body = match document {
        Document::Configuration => configuration(issuer, account),
        Document::KeySet => key_set(issuer, account, now, entropy),
    };
    let Some(body) = body else {
        return Response::text(500, "The issuer could not make its keys\n");
    };
    let max_age = issuer.config.settings.cache_max_age_seconds;
    allow_any_origin(Response::new(200, "application/json", body))
        .with_header("cache-control", format!("public, max-age={max_age}"))
}

/// Members in the order AWS publishes them, and no others: there is no authorization or token endpoint.
#[derive(Serialize)]
struct Configuration<'a> {
    claims_supported: [&'a str; 7],
    id_token_signing_alg_values_supported: &'a [Algorithm],
    issuer: &'a str,
    jwks_uri: String,
    response_types_supported: [&'a str; 1],
    subject_types_supported: [&'a str; 1],
}

fn configuration(issuer: &Issuer, account: &str) -> Option<Vec<u8>> {
    let state = issuer.states.get(account)?;
    let identifier = state.issuer(issuer.config.settings.form, &issuer.base_url);
    let document = Configuration {
        claims_supported: ["sub", "iss", "aud", "exp", "iat", "jti", "https://sts.amazonaws.com/"],
        id_token_signing_alg_values_supported: &issuer.config.settings.algorithms,
        issuer: &identifier,
        jwks_uri: format!("{identifier}/.well-known/jwks.json"),
        response_types_supported: ["id_token"],
        subject_types_supported: ["public"],
    };
    serde_json::to_vec(&document).ok()
}

#[derive(Serialize)]
struct KeySet<'a> {
    keys: Vec<Jwk<'a>>,
}

fn key_set(
    issuer: &mut Issuer,
    account: &str,
    now: Timestamp,
    entropy: &mut (impl CryptoRng + ?Sized),
) -> Option<Vec<u8>> {
    let states_alg = issuer.config.settings.rsa_keys_state_alg;
    let state = issuer.states.get_mut(account)?;
    let mut changed = state.ring.forget_withdrawn(now);
    for algorithm in &issuer.config.settings.algorithms {
        // A cached key set must already hold the keys of tokens that are minted later.
        changed |= state.ring.ensure(*algorithm, issuer.rsa_keys, entropy).ok()?;
    }
    issuer.revision += u64::from(changed);
    let keys = state.ring.published(now).into_iter().map(|key| key.jwk(states_alg)).collect();
    serde_json::to_vec(&KeySet { keys }).ok()
}
