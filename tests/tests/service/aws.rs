//! AWS's side on a socket, which counts what it is asked and answers as it is told to.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use axum::routing::any;
use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng as _;
use countersign::service::{AsyncVerifier, HttpHost};
use countersign::{KeyStoreSettings, Policy, Verifier};
use countersign_issuer::{Config, Issuer, Peer, Request, Timestamp};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) const AUDIENCE: &str = "https://api.example.com";
pub(crate) const PRODUCTION: &str = "111122223333";
const BATCH: &str = "ASIAEXAMPLEBATCH0001";
const START: u64 = 1_776_757_030;

/// How documents are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Well,
    /// By status 500.
    Down,
    /// By a redirect to where the same document would be.
    Elsewhere,
    /// By more than anyone should read.
    Huge,
    /// Not before another way to answer is told, and then in that one.
    Held,
    /// After this time.
    Late(Duration),
    /// By headers, and then nothing for a long time.
    Stalled,
}

/// The local issuer on a socket. Its clock is the verifier's too, and stands still unless it is set.
pub(crate) struct Aws {
    shared: Arc<Shared>,
    pub(crate) issuer: String,
    server: JoinHandle<()>,
}

struct Shared {
    issuer: Mutex<(Issuer, ChaCha20Rng)>,
    now: AtomicU64,
    mode: Mutex<Mode>,
    fetched: Mutex<Vec<String>>,
}

impl Aws {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let mut entropy = ChaCha20Rng::from_seed([7; 32]);
        let issuer = Issuer::new(Config::built_in().unwrap(), &base, &mut entropy);
        let url = issuer.issuers().find(|(account, _)| *account == PRODUCTION).unwrap().1;
        let shared = Arc::new(Shared {
            issuer: Mutex::new((issuer, entropy)),
            now: AtomicU64::new(START),
            mode: Mutex::new(Mode::Well),
            fetched: Mutex::default(),
        });
        let app = axum::Router::new().fallback(any(answer)).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { shared, issuer: url, server }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.shared.now.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn answer(&self, mode: Mode) {
        *self.shared.mode.lock().unwrap() = mode;
    }

    /// How many documents were asked for since this was asked last.
    pub(crate) fn fetched(&self) -> usize {
        std::mem::take(&mut *self.shared.fetched.lock().unwrap()).len()
    }

    pub(crate) fn mint(&self) -> String {
        self.mint_for(AUDIENCE)
    }

    pub(crate) fn mint_for(&self, audience: &str) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("Action", "GetWebIdentityToken")
            .append_pair("Version", "2011-06-15")
            .append_pair("Audience.member.1", audience)
            .append_pair("SigningAlgorithm", "ES384");
        let credential = format!("{BATCH}/20260421/eu-west-1/sts/aws4_request");
        let signature = "0".repeat(64);
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature={signature}"
        );
        let headers = vec![("Authorization".to_owned(), authorization)];
        let body = self.shared.respond("POST", "/", headers, form.finish().into_bytes()).1;
        let body = String::from_utf8(body).unwrap();
        let (_, rest) = body.split_once("<WebIdentityToken>").unwrap_or_else(|| panic!("{body}"));
        rest.split_once("</WebIdentityToken>").unwrap().0.to_owned()
    }

    /// Has new keys sign from now on, and the old ones gone.
    pub(crate) fn rotate(&self) {
        let path = format!("/_countersign/accounts/{PRODUCTION}/rotate?overlap_seconds=0");
        assert_eq!(self.shared.respond("POST", &path, Vec::new(), Vec::new()).0, 200);
    }

    pub(crate) fn policy(&self) -> Policy {
        let (base, _) = self.issuer.rsplit_once('/').unwrap();
        let policy = serde_json::json!({
            "audience": AUDIENCE, "trust": [{ "issuer": self.issuer }],
            "dangerLoopbackIssuers": [base],
        });
        Policy::from_json(&policy.to_string()).unwrap()
    }

    pub(crate) fn host(&self) -> HttpHost {
        let shared = Arc::clone(&self.shared);
        HttpHost::new().unwrap().with_clock(move || shared.now.load(Ordering::SeqCst))
    }

    pub(crate) fn verifier(&self) -> AsyncVerifier {
        self.verifier_with(KeyStoreSettings::default())
    }

    pub(crate) fn verifier_with(&self, settings: KeyStoreSettings) -> AsyncVerifier {
        AsyncVerifier::new(Verifier::new(self.policy(), settings).unwrap(), self.host())
    }
}

impl Drop for Aws {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn respond(
        &self,
        method: &str,
        target: &str,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    ) -> (u16, Vec<u8>, Vec<(&'static str, String)>) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let host = ("Host".to_owned(), "127.0.0.1".to_owned());
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: headers.into_iter().chain([host]).collect(),
            body,
            peer: Peer::Loopback,
        };
        let now = self.now.load(Ordering::SeqCst);
        let now = Timestamp::from_unix_seconds(i64::try_from(now).unwrap());
        let (issuer, entropy) = &mut *self.issuer.lock().unwrap();
        let response = issuer.respond(&request, now, entropy);
        (response.status, response.body, response.headers)
    }
}

impl Shared {
    async fn mode_when_let_go(&self) -> Mode {
        loop {
            let mode = *self.mode.lock().unwrap();
            if mode != Mode::Held {
                return mode;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: axum::extract::Request) -> Response {
    let path = request.uri().path().to_owned();
    assert!(request.headers().get("authorization").is_none(), "no credentials go to an issuer");
    if !path.starts_with("/elsewhere") {
        shared.fetched.lock().unwrap().push(path.clone());
    }
    let mode = shared.mode_when_let_go().await;
    if let Mode::Late(time) = mode {
        tokio::time::sleep(time).await;
    }
    let respond = |status: u16| Response::builder().status(status);
    match mode {
        Mode::Down => respond(500).body(Body::empty()).unwrap(),
        Mode::Elsewhere if !path.starts_with("/elsewhere") => respond(302)
            .header("location", format!("/elsewhere{path}"))
            .body(Body::empty())
            .unwrap(),
        Mode::Huge => respond(200).body(Body::from(" ".repeat(3_000_000))).unwrap(),
        Mode::Stalled => {
            let stalled = Stalled { said: false };
            respond(200).body(Body::new(stalled)).unwrap()
        }
        Mode::Well | Mode::Held | Mode::Late(_) | Mode::Elsewhere => {
            let path = path.strip_prefix("/elsewhere").unwrap_or(&path);
            let (status, body, headers) = shared.respond("GET", path, Vec::new(), Vec::new());
            let response = headers
                .into_iter()
                .fold(respond(status), |response, (name, value)| response.header(name, value));
            response.body(Body::from(body)).unwrap()
        }
    }
}

/// A body that begins and never ends.
struct Stalled {
    said: bool,
}

impl http_body::Body for Stalled {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        if std::mem::replace(&mut self.said, true) {
            return std::task::Poll::Pending;
        }
        let begun = axum::body::Bytes::from_static(b"{\"keys\":[");
        std::task::Poll::Ready(Some(Ok(http_body::Frame::data(begun))))
    }
}

/// An address on this host where nobody listens.
pub(crate) async fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}
