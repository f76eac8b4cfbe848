//! The issuer on a real socket, with a real state folder.

#![cfg(feature = "server")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign_issuer::{Bind, Config, Exposure, Server, base_url, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const MINT: &str =
    "Action=GetWebIdentityToken&Version=2011-06-15&Audience.member.1=a&SigningAlgorithm=ES384";

struct Running {
    address: SocketAddr,
    issuers: Vec<(String, String)>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Starts on a free port; the base URL is fixed, so that issuers compare across restarts.
    async fn start(folder: Option<&Path>) -> Self {
        let bind = Bind::parse("127.0.0.1:0", Exposure::LoopbackOnly).unwrap();
        let listener = TcpListener::bind(bind.address()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let config = Config::built_in().unwrap();
        let server = Arc::new(Server::open(config, "http://issuer", folder).unwrap());
        let issuers = server.issuers();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(serve(listener, server, async { drop(stopped.await) }));
        Self { address, issuers, stop, task }
    }

    async fn exchange(&self, head: &str, body: &str) -> String {
        let address = self.address;
        let length = body.len();
        let request = format!(
            "{head}\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let exchange = move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        tokio::task::spawn_blocking(exchange).await.unwrap()
    }

    async fn mint(&self) -> String {
        let head = "POST / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 \
                    Credential=AKIAEXAMPLEALICE0001/20260421/eu-west-1/sts/aws4_request, \
                    SignedHeaders=host, \
                    Signature=0000000000000000000000000000000000000000000000000000000000000000";
        self.exchange(head, MINT).await
    }

    async fn key_set(&self) -> String {
        let path = self.issuers[0].1.strip_prefix("http://issuer").unwrap();
        let answer = self.exchange(&format!("GET {path}/.well-known/jwks.json HTTP/1.1"), "").await;
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap().unwrap();
    }
}

/// A folder of this test's own, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let name = format!("countersign-issuer-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn state(&self) -> PathBuf {
        self.0.join("state.json")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serves_and_stops() {
    let running = Running::start(None).await;
    let answer = running.mint().await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("<WebIdentityToken>ey"), "{answer}");
    let state = running.exchange("GET /_countersign/state HTTP/1.1", "").await;
    assert!(state.contains("\"account\":\"111122223333\""), "{state}");
    let head = running.exchange("HEAD /nowhere HTTP/1.1", "").await;
    assert!(head.starts_with("HTTP/1.1 404 Not Found\r\n"), "{head}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_are_limited() {
    let running = Running::start(None).await;
    let body = "a".repeat(600 * 1024);
    let answer = running.exchange("POST / HTTP/1.1", &body).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn state_survives_a_restart() {
    let scratch = Scratch::new("restart");
    let first = Running::start(Some(&scratch.0)).await;
    assert!(first.mint().await.contains("<WebIdentityToken>"));
    let (issuers, keys) = (first.issuers.clone(), first.key_set().await);
    first.stop().await;

    let second = Running::start(Some(&scratch.0)).await;
    assert_eq!(second.issuers, issuers);
    assert_eq!(second.key_set().await, keys);
    second.stop().await;
    assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 1, "nothing but state.json is left");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn state_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let scratch = Scratch::new("mode");
    // What a crash may have left behind, readable by all.
    fs::write(scratch.0.join("state.json.new"), "{").unwrap();
    let running = Running::start(Some(&scratch.0)).await;
    running.mint().await;
    let mode = fs::metadata(scratch.state()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_cannot_be_kept_is_not_given() {
    let scratch = Scratch::new("unsaved");
    let running = Running::start(Some(&scratch.0)).await;
    fs::remove_dir_all(&scratch.0).unwrap();
    let answer = running.mint().await;
    assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
    assert!(answer.contains("<Code>InternalFailure</Code>"), "{answer}");
    assert!(answer.contains("[state.unwritable]"), "{answer}");
    fs::create_dir_all(&scratch.0).unwrap();
    assert!(running.mint().await.contains("<WebIdentityToken>"), "saved at the next occasion");
    assert!(fs::read_to_string(scratch.state()).unwrap().contains("EC384_0"));
    running.stop().await;
}

#[test]
fn damaged_state_is_refused_and_kept() {
    let scratch = Scratch::new("damaged");
    fs::write(scratch.state(), "{\"version\":1").unwrap();
    let config = Config::built_in().unwrap();
    let error = Server::open(config, "http://issuer", Some(&scratch.0)).unwrap_err();
    assert_eq!(error.code, "state.corrupt");
    assert_eq!(fs::read_to_string(scratch.state()).unwrap(), "{\"version\":1");
}

#[test]
fn a_folder_that_is_a_file_is_refused() {
    let scratch = Scratch::new("file");
    fs::write(scratch.state(), "").unwrap();
    let config = Config::built_in().unwrap();
    let error = Server::open(config, "http://issuer", Some(&scratch.state())).unwrap_err();
    assert_eq!(error.code, "state.unwritable");
}

#[test]
fn the_base_url_is_that_of_the_listener() {
    assert_eq!(base_url("127.0.0.1:8080".parse().unwrap()), "http://127.0.0.1:8080");
}
