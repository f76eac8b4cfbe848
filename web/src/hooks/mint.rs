//! Tokens made at the user's wish: signed by the browser's own cryptography, or by a local issuer.

use countersign::Algorithm;
use gloo_net::http::{Request, Response};
use js_sys::{JSON, Reflect, Uint8Array};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Crypto, CryptoKeyPair, HtmlMetaElement, RequestCache, RequestCredentials,
    RequestRedirect, Window,
};

use crate::samples::{Ids, LocalPrincipal, Minting, Recipe, Refusal, Sample, minted, principals};
use crate::state::Action;

/// How long the local issuer may take, in milliseconds.
const TIMEOUT: u32 = 10_000;

/// Whether the browser makes keys for this page: only for pages from https or from this machine.
pub fn can_sign() -> bool {
    web_sys::window().is_some_and(|window| window.is_secure_context())
}

/// Makes a key, signs a sample with it, and forgets the private half.
///
/// # Errors
/// What the browser says.
pub async fn mint_sample(sample: Sample) -> Result<Action, String> {
    signed(sample).await.map_err(|error| error_text(&error))
}

async fn signed(sample: Sample) -> Result<Action, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let crypto = window.crypto()?;
    let ids = Ids { label: crypto.random_uuid(), token: crypto.random_uuid() };
    let recipe = Recipe::of(sample, super::time::host_time(), &ids);
    let pair = key_pair(&crypto, recipe.algorithm).await?;
    let signing = crypto.subtle().sign_with_object_and_u8_array(
        &parsed(signing_parameters(recipe.algorithm))?.into(),
        &pair.get_private_key(),
        recipe.signing_input.as_bytes(),
    )?;
    // ECDSA signatures are r and s here, as in a JWS (RFC 7518, section 3.4), not in DER.
    let signature = Uint8Array::new(&JsFuture::from(signing).await?).to_vec();
    let public = crypto.subtle().export_key("jwk", &pair.get_public_key())?;
    let public = JSON::stringify(&JsFuture::from(public).await?)?;
    let public: Value = serde_json::from_str(&String::from(public)).unwrap_or_default();
    Ok(Action::Sample {
        token: recipe.finished(&signature),
        key_set: recipe.key_set(&public),
        policy: recipe.policy,
    })
}

async fn key_pair(crypto: &Crypto, algorithm: Algorithm) -> Result<CryptoKeyPair, JsValue> {
    let parameters = parsed(key_parameters(algorithm))?;
    if algorithm == Algorithm::Rs256 {
        let exponent = Uint8Array::from([1, 0, 1].as_slice());
        Reflect::set(&parameters, &"publicExponent".into(), &exponent)?;
    }
    // The private half can be used for signing, and never be read.
    let usages = parsed(r#"["sign","verify"]"#)?;
    let made = crypto.subtle().generate_key_with_object(&parameters.into(), false, &usages)?;
    Ok(JsFuture::from(made).await?.unchecked_into())
}

fn key_parameters(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Es256 => r#"{"name":"ECDSA","namedCurve":"P-256"}"#,
        Algorithm::Es384 => r#"{"name":"ECDSA","namedCurve":"P-384"}"#,
        Algorithm::Rs256 => r#"{"name":"RSASSA-PKCS1-v1_5","modulusLength":2048,"hash":"SHA-256"}"#,
    }
}

fn signing_parameters(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Es256 => r#"{"name":"ECDSA","hash":"SHA-256"}"#,
        Algorithm::Es384 => r#"{"name":"ECDSA","hash":"SHA-384"}"#,
        Algorithm::Rs256 => r#"{"name":"RSASSA-PKCS1-v1_5"}"#,
    }
}

fn parsed(json: &str) -> Result<JsValue, JsValue> {
    JSON::parse(json)
}

fn error_text(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || format!("{error:?}"),
        |error| format!("{}: {}", String::from(error.name()), String::from(error.message())),
    )
}

/// The local issuer next to the page, if whoever serves the page has named one.
pub fn local_issuer() -> Option<String> {
    let document = web_sys::window().as_ref().and_then(Window::document)?;
    let meta = document.query_selector(r#"meta[name="countersign-local-issuer"]"#).ok()??;
    Some(meta.dyn_into::<HtmlMetaElement>().ok()?.content()).filter(|url| !url.is_empty())
}

/// For whom the local issuer mints tokens.
///
/// # Errors
/// The issuer's refusal.
pub async fn local_principals() -> Result<Vec<LocalPrincipal>, Refusal> {
    let request = Request::get("./local-issuer/state")
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
    principals(&answer(request.send().await).await?)
}

/// A token of the local issuer.
///
/// # Errors
/// The issuer's refusal.
pub async fn mint_locally(minting: &Minting) -> Result<String, Refusal> {
    let body = serde_json::to_string(minting).unwrap_or_default();
    let request = Request::post("./local-issuer/token")
        .header("content-type", "application/json")
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)))
        .body(body)
        .map_err(|_| Refusal::default())?;
    minted(&answer(request.send().await).await?)
}

async fn answer(response: Result<Response, gloo_net::Error>) -> Result<String, Refusal> {
    let response = response.map_err(|_| Refusal::default())?;
    response.text().await.map_err(|_| Refusal::default())
}
