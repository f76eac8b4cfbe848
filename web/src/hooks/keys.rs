//! The page's one request to an issuer: for its keys, when the user asks for them.

use countersign::{KeySet, KeySetLimits};
use gloo_net::http::{Request, Response};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, ReadableStreamReadResult, ReferrerPolicy,
    RequestCache, RequestCredentials, RequestRedirect,
};

use super::Page;
use crate::state::{Action, FetchProblem};

/// How long the whole answer may take, in milliseconds.
const TIMEOUT: u32 = 10_000;

/// Fetches the keys of an issuer from exactly this URL, and tells the page.
pub fn fetch_keys(page: &Page, issuer: String, url: String) {
    let dispatcher = page.dispatcher();
    dispatcher.dispatch(Action::FetchStarted { issuer: issuer.clone(), url: url.clone() });
    spawn_local(async move {
        let signal = AbortSignal::timeout_with_u32(TIMEOUT);
        let outcome = fetch(&url, &signal).await;
        let outcome = match outcome {
            // Whatever went wrong first, the time was over.
            Err(FetchProblem::Blocked) if signal.aborted() => Err(FetchProblem::Timeout),
            outcome => outcome,
        };
        dispatcher.dispatch(Action::FetchEnded { issuer, url, outcome });
    });
}

async fn fetch(url: &str, signal: &AbortSignal) -> Result<KeySet, FetchProblem> {
    let response = Request::get(url)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(signal))
        .send()
        .await
        .map_err(|_| FetchProblem::Blocked)?;
    if response.status() != 200 {
        return Err(FetchProblem::Status(response.status()));
    }
    let limits = KeySetLimits::default();
    let bytes = body(&response, limits.max_bytes).await?;
    KeySet::parse(&bytes, limits).map_err(FetchProblem::NotAKeySet)
}

/// The body, read no further than the limit.
async fn body(response: &Response, max_bytes: usize) -> Result<Vec<u8>, FetchProblem> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let read = JsFuture::from(reader.read()).await.map_err(|_| FetchProblem::Blocked)?;
        let read: ReadableStreamReadResult = read.unchecked_into();
        if read.get_done() == Some(true) {
            return Ok(bytes);
        }
        let chunk: Uint8Array = read.get_value().unchecked_into();
        if bytes.len() + chunk.length() as usize > max_bytes {
            // Nobody waits for the rest; whether the browser manages to end it changes nothing.
            spawn_local(async move { drop(JsFuture::from(reader.cancel()).await) });
            return Err(FetchProblem::TooLarge);
        }
        bytes.extend(chunk.to_vec());
    }
}
