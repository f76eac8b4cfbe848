//! What the host is asked for, as JSON.

use std::net::SocketAddr;

use countersign_command_line::{Exchange, Request, Stream};
use serde::Serialize;
use serde_json::json;

/// The end of the program.
pub(crate) fn exit(code: u8) -> String {
    json!({ "kind": "exit", "code": code }).to_string()
}

/// A request.
pub(crate) fn to_json(request: &Request) -> String {
    let json = match request {
        Request::ReadFile { path, limit, .. } => {
            json!({ "kind": "readFile", "path": path.to_string_lossy(), "limit": limit })
        }
        Request::ReadStandardInput { limit, .. } => {
            json!({ "kind": "readStandardInput", "limit": limit })
        }
        Request::Write { stream, text, .. } => {
            let stream = match stream {
                Stream::Stdout => "stdout",
                Stream::Stderr => "stderr",
            };
            json!({ "kind": "write", "stream": stream, "text": text })
        }
        Request::Fetch { exchange, .. } => {
            json!({ "kind": "fetch", "exchange": Get::of(exchange) })
        }
        Request::Listen { address, .. } => listen(*address),
        Request::OpenIssuer { issuer, .. } => json!({
            "kind": "openIssuer",
            "config": issuer.text,
            "url": issuer.url,
            "state": issuer.state.as_ref().map(|path| path.to_string_lossy()),
        }),
        Request::ServeIssuer { .. } => json!({ "kind": "serveIssuer" }),
        // The host knows no other, and says so.
        _ => json!({ "kind": "unknown" }),
    };
    json.to_string()
}

fn listen(address: SocketAddr) -> serde_json::Value {
    json!({ "kind": "listen", "host": address.ip(), "port": address.port() })
}

/// A GET request, word for word.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Get<'e> {
    url: &'e str,
    headers: [(&'static str, &'static str); 2],
    proxy: Option<Tunnel<'e>>,
    max_bytes: usize,
    timeout_seconds: u64,
}

#[derive(Serialize)]
struct Tunnel<'e> {
    tls: bool,
    host: &'e str,
    port: u16,
    authorization: Option<&'e str>,
}

impl<'e> Get<'e> {
    fn of(exchange: &'e Exchange) -> Self {
        let proxy = exchange.proxy.as_ref().map(|proxy| Tunnel {
            tls: proxy.tls,
            host: &proxy.host,
            port: proxy.port,
            authorization: proxy.authorization.as_deref(),
        });
        Self {
            url: &exchange.url,
            headers: [("accept", Exchange::ACCEPT), ("user-agent", Exchange::USER_AGENT)],
            proxy,
            max_bytes: exchange.max_bytes,
            timeout_seconds: exchange.timeout_seconds,
        }
    }
}
