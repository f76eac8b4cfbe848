//! HTTP around [`Issuer::respond`]: nothing but translation, time, randomness and saving.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use tokio::net::TcpListener;

use super::folder::Folder;
use crate::config::Config;
use crate::http::{Peer, Request, Response};
use crate::issuer::Issuer;
use crate::snapshot::StateError;
use crate::time::Timestamp;

/// Fifty tags of four-byte characters, each written as `%xx`, stay below this.
const MAX_BODY_BYTES: usize = 512 * 1024;

/// An issuer shared by connections, with the folder that keeps its state.
pub struct Server {
    shared: Mutex<Shared>,
    folder: Option<Folder>,
}

struct Shared {
    issuer: Issuer,
    saved_revision: u64,
}

impl Server {
    /// An issuer reached at `base_url`. With a folder, it carries on from the state saved there.
    pub fn open(config: Config, base_url: &str, folder: Option<&Path>) -> Result<Self, StateError> {
        let mut entropy = UnwrapErr(SysRng);
        let folder = folder.map(Folder::open).transpose()?;
        let saved = folder.as_ref().map(Folder::load).transpose()?.flatten();
        let issuer = match saved {
            Some(snapshot) => Issuer::restore(config, base_url, &snapshot, &mut entropy)?,
            None => Issuer::new(config, base_url, &mut entropy),
        };
        let server = Self { shared: Mutex::new(Shared { issuer, saved_revision: 0 }), folder };
        server.with_shared(|shared| server.save(shared))?;
        Ok(server)
    }

    /// Every account with its issuer identifier.
    pub fn issuers(&self) -> Vec<(String, String)> {
        self.with_shared(|shared| {
            shared.issuer.issuers().map(|(account, issuer)| (account.to_owned(), issuer)).collect()
        })
    }

    /// Answers one request at the system's time. Blocks: making an RSA key takes a while.
    fn respond(&self, request: &Request) -> Response {
        self.with_shared(|shared| {
            let response = shared.issuer.respond(request, now(), &mut UnwrapErr(SysRng));
            // Saved before it is answered: no token may outlive its key because of a crash.
            match self.save(shared) {
                Ok(()) => response,
                Err(error) => Response::internal_failure(&error.to_string()),
            }
        })
    }

    fn save(&self, shared: &mut Shared) -> Result<(), StateError> {
        let revision = shared.issuer.revision();
        if let Some(folder) = &self.folder
            && revision != shared.saved_revision
        {
            folder.save(&shared.issuer.snapshot()?)?;
            shared.saved_revision = revision;
        }
        Ok(())
    }

    fn with_shared<T>(&self, act: impl FnOnce(&mut Shared) -> T) -> T {
        // The issuer's state is consistent between any two statements, so a poisoned lock is harmless.
        act(&mut self.shared.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Serves until `shutdown` completes, then finishes the requests at hand.
pub async fn serve(
    listener: TcpListener,
    server: Arc<Server>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = Router::new()
        .fallback(handle)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(server)
        .into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(shutdown).await
}

async fn handle(
    State(server): State<Arc<Server>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> axum::response::Response {
    let peer = if peer.ip().to_canonical().is_loopback() { Peer::Loopback } else { Peer::Remote };
    let headers = headers
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let request = Request {
        method: method.as_str().to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        headers,
        body: body.into(),
        peer,
    };
    let answered = tokio::task::spawn_blocking(move || server.respond(&request)).await;
    into_http(answered.unwrap_or_else(|_| Response::internal_failure("The request failed.")))
}

fn into_http(response: Response) -> axum::response::Response {
    let Response { status, content_type, headers, body } = response;
    let mut answer = axum::response::Response::builder().status(status);
    if !content_type.is_empty() {
        answer = answer.header(header::CONTENT_TYPE, content_type);
    }
    for (name, value) in headers {
        answer = answer.header(name, value);
    }
    answer.body(Body::from(body)).unwrap_or_else(|_| {
        let mut failure = axum::response::Response::new(Body::empty());
        *failure.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        failure
    })
}

fn now() -> Timestamp {
    // A clock before 1970 reads as 1970.
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}
