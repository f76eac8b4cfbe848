//! Requests and responses as they cross.

use countersign_issuer::{Peer, Request, Response};
use serde::Serialize;

use crate::fault::Fault;

pub(crate) fn of(
    method: String,
    path: String,
    query: String,
    headers: &str,
    body: Vec<u8>,
    loopback: bool,
) -> Result<Request, Fault> {
    let headers = serde_json::from_str(headers)
        .map_err(|_| Fault::request("The headers are no names and values."))?;
    let peer = if loopback { Peer::Loopback } else { Peer::Remote };
    Ok(Request { method, path, query, headers, body, peer })
}

#[derive(Serialize)]
struct Answer<'a> {
    status: u16,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a str,
}

pub(crate) fn answer(response: &Response) -> String {
    let Response { status, content_type, headers, body } = response;
    let own = headers.iter().map(|(name, value)| (*name, value.as_str()));
    let typed = (!content_type.is_empty()).then_some(("content-type", *content_type));
    let answer = Answer {
        status: *status,
        headers: typed.into_iter().chain(own).collect(),
        // All documents and messages are text.
        body: str::from_utf8(body).unwrap_or_default(),
    };
    serde_json::to_string(&answer).unwrap_or_default()
}
