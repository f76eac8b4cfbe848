//! From minting to verification over HTTP, between the program's own issuer and its own verifier.
#![cfg(unix)]
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test cannot do makes it fail"
)]

mod program;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

const AUDIENCE: &str = "https://api.example.com";
const BATCH: &str = "ASIAEXAMPLEBATCH0001";
const STRANGER: &str = "ASIAEXAMPLESTRANGER1";

/// A running `countersign issuer`; it ends with the test.
struct Issuer {
    child: Child,
    stdout: BufReader<ChildStdout>,
    address: String,
}

impl Issuer {
    fn start(arguments: &[&str]) -> Self {
        Self::of(&program::path(), arguments)
    }

    fn of(program: &Path, arguments: &[&str]) -> Self {
        let arguments = [&["issuer", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = command(program, &arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").unwrap().to_owned();
        Self { child, stdout, address }
    }

    fn mint(&self, access_key_id: &str) -> String {
        let form = "Action=GetWebIdentityToken&Version=2011-06-15&SigningAlgorithm=ES384\
                    &Audience.member.1=https%3A%2F%2Fapi.example.com";
        let signature = "0".repeat(64);
        let answer = self.http(&format!(
            "POST / HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\
             authorization: AWS4-HMAC-SHA256 Credential={access_key_id}/20260101/eu-west-1/sts/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature={signature}\r\n\
             x-amz-date: 20260101T000000Z\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.address,
            form.len(),
        ));
        let token =
            answer.split_once("<WebIdentityToken>").and_then(|(_, rest)| rest.split_once('<'));
        token.unwrap_or_else(|| panic!("{answer}")).0.to_owned()
    }

    fn post(&self, path: &str) -> String {
        let host = &self.address;
        let rest = "connection: close\r\ncontent-length: 0";
        self.http(&format!("POST {path} HTTP/1.1\r\nhost: {host}\r\n{rest}\r\n\r\n"))
    }

    fn http(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// Ends it as a service manager would, and returns the rest of what it said.
    fn stop(mut self) -> String {
        self.signal("-TERM");
        self.end()
    }

    fn end(&mut self) -> String {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        rest
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder for one test's files.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, content: &str) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }
}

fn countersign(arguments: &[&str]) -> Command {
    command(&program::path(), arguments)
}

fn command(program: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    // A proxy is of no use for what is on this host, and must not be asked.
    command.args(arguments).stdin(Stdio::null()).env("HTTP_PROXY", "http://127.0.0.1:1");
    command.env("ALL_PROXY", "http://127.0.0.1:1");
    command
}

fn verify(policy: &str, token: &str) -> (Option<i32>, Value) {
    let Output { status, stdout, stderr } =
        countersign(&["verify", "--json", "--policy", policy, token]).output().unwrap();
    let answer = serde_json::from_slice(&stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&stderr)));
    (status.code(), answer)
}

fn code(answer: &Value) -> &str {
    answer["rejection"]["code"].as_str().unwrap_or_default()
}

#[test]
fn a_minted_token_is_verified_with_keys_fetched_over_http() {
    let folder = Folder::new("minted");
    let issuer = Issuer::start(&[]);
    let origin = format!("http://{}", issuer.address);
    let policy = |audience: &str| {
        let policy = json!({
            "audience": audience,
            "trust": [{ "name": "ours", "organization": "o-abc1234567" }],
            "dangerLoopbackIssuers": [origin],
        });
        policy.to_string()
    };
    let ours = folder.write("policy.json", &policy(AUDIENCE));

    let token = issuer.mint(BATCH);
    let (exit, answer) = verify(&ours, &token);
    assert_eq!((exit, &answer["accepted"]), (Some(0), &json!(true)), "{answer}");
    assert_eq!(answer["identity"]["rule"], "ours");
    assert_eq!(answer["identity"]["subject"], "arn:aws:iam::111122223333:role/billing/Batch");
    assert_eq!(answer["identity"]["aws"]["sourceRegion"], "eu-west-1");

    let (exit, answer) = verify(&ours, &issuer.mint(STRANGER));
    assert_eq!((exit, code(&answer)), (Some(1), "trust.organization"));

    let other = folder.write("other.json", &policy("https://other.example.com"));
    let (exit, answer) = verify(&other, &token);
    assert_eq!((exit, code(&answer)), (Some(1), "audience.mismatch"));

    // A key that is withdrawn is gone for whoever fetches afresh.
    let path = "/_countersign/accounts/111122223333/";
    assert!(issuer.post(&format!("{path}rotate")).starts_with("HTTP/1.1 200"));
    assert_eq!(verify(&ours, &token).0, Some(0), "the old key is still published");
    assert!(issuer.post(&format!("{path}withdraw?kid=EC384_0")).starts_with("HTTP/1.1 200"));
    let (exit, answer) = verify(&ours, &token);
    assert_eq!((exit, code(&answer)), (Some(1), "key.unknown"));
    let (exit, _) = verify(&ours, &issuer.mint(BATCH));
    assert_eq!(exit, Some(0), "the new key serves");

    let said = issuer.stop();
    assert!(said.contains("export AWS_ENDPOINT_URL_STS=http://127.0.0.1:"), "{said}");
    assert!(said.ends_with("stopped\n"), "{said}");
    let (exit, answer) = verify(&ours, &token);
    assert_eq!((exit, code(&answer)), (Some(4), "key.unavailable"));
    assert_eq!(answer["rejection"]["retryable"], true);
}

#[test]
fn issuers_and_keys_survive_a_restart_where_there_is_a_state_folder() {
    let folder = Folder::new("restart");
    let arguments = ["--state", &folder.path("state"), "--issuer-form", "aws"];
    let first = Issuer::start(&arguments);
    let token = first.mint(BATCH);
    first.stop();

    // Another program may carry on from there, and the first one again from that.
    let native = Issuer::of(Path::new(env!("CARGO_BIN_EXE_countersign")), &arguments);
    assert_eq!(issuer_of(&native.mint(BATCH)), issuer_of(&token));
    native.post("/_countersign/accounts/111122223333/rotate");
    native.stop();

    // With AWS's form of issuer the keys must be given: they are served on loopback all the same.
    let second = Issuer::start(&arguments);
    let label = issuer_of(&token);
    let label = label.strip_prefix("https://").unwrap().split('.').next().unwrap();
    let answer = second.http(&format!(
        "GET /{label}/.well-known/jwks.json HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
        second.address
    ));
    let jwks = folder.write("jwks.json", answer.split_once("\r\n\r\n").unwrap().1);
    let policy = json!({
        "audience": AUDIENCE,
        "trust": [{ "issuer": issuer_of(&token), "account": "111122223333" }],
    });
    let policy = folder.write("policy.json", &policy.to_string());
    let output = countersign(&["verify", "--policy", &policy, "--jwks", &jwks, &token]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    second.stop();
}

#[test]
fn a_state_that_cannot_be_used_is_said_to_be() {
    let folder = Folder::new("unusable");
    let file = folder.write("file", "");
    folder.write("state.json", "{ \"version\": 1, \"accounts\": { \"secret");
    for (state, exit, fault) in [
        (folder.path("."), 3, "The saved state cannot be used: it is malformed at line 1"),
        (file, 5, "The state cannot be saved"),
    ] {
        let output = countersign(&["issuer", "--listen", "127.0.0.1:0", "--state", &state])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{said}");
        assert!(said.contains(fault) && said.contains("remedy:"), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[test]
fn a_request_that_never_ends_cannot_keep_the_issuer_up() {
    let mut issuer = Issuer::start(&[]);
    let mut stream = TcpStream::connect(&issuer.address).unwrap();
    let unfinished =
        format!("POST / HTTP/1.1\r\nhost: {}\r\ncontent-length: 9\r\n\r\n", issuer.address);
    stream.write_all(unfinished.as_bytes()).unwrap();
    // Once this is answered, the issuer has the unfinished request too.
    assert!(issuer.post("/nowhere").starts_with("HTTP/1.1 404"));
    issuer.signal("-INT");
    thread::sleep(Duration::from_millis(300));
    assert!(
        issuer.child.try_wait().unwrap().is_none(),
        "the request at hand may still be finished"
    );
    issuer.signal("-INT");
    assert!(issuer.end().ends_with("stopped\n"));
}

#[test]
fn an_address_that_is_taken_is_said_to_be() {
    let issuer = Issuer::start(&[]);
    let output = countersign(&["issuer", "--listen", &issuer.address]).output().unwrap();
    assert_eq!(output.status.code(), Some(5));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("cannot be listened on") && said.contains("--listen"), "{said}");
}

/// The issuer that a token names, as `inspect` shows it.
fn issuer_of(token: &str) -> String {
    let output = countersign(&["inspect", "--json", token]).output().unwrap();
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    let members = shown["payload"].as_array().unwrap();
    let issuer = members.iter().find(|member| member["name"] == "iss").unwrap();
    serde_json::from_str(issuer["value"].as_str().unwrap()).unwrap()
}
