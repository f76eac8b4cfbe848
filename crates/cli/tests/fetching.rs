//! Fetching keys: the same limits, whoever carries it out.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test cannot do makes it fail"
)]

mod program;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;

use countersign::base64url::encode;
use serde_json::{Value, json};

/// A token of this issuer that is right in form, so that its keys are fetched.
fn token(issuer: &str) -> String {
    let header = json!({ "kid": "EC384_0", "typ": "JWT", "alg": "ES384" });
    let payload = json!({
        "iss": issuer, "aud": "https://api.example.com", "sub": "arn:aws:iam::111122223333:role/R",
        "iat": 1_767_225_600, "exp": 1_767_226_500, "jti": "1",
        "https://sts.amazonaws.com/": { "aws_account": "111122223333" },
    });
    let part = |part: &Value| encode(part.to_string().as_bytes());
    format!("{}.{}.{}", part(&header), part(&payload), encode([1; 96].as_slice()))
}

/// The rejection's code and what was found, with these variables in the environment.
fn rejected(issuer: &str, loopback: &[&str], environment: &[(&str, &str)]) -> (String, String) {
    let mut policy =
        json!({ "audience": "https://api.example.com", "trust": [{ "issuer": issuer }] });
    if !loopback.is_empty() {
        policy["dangerLoopbackIssuers"] = json!(loopback);
    }
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("fetching-{}.json", encode(issuer.as_bytes())));
    std::fs::write(&path, policy.to_string()).unwrap();
    let mut command = Command::new(program::path());
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command
        .args(["verify", "--json", "--at", "1767225660", "--policy"])
        .args([path.to_str().unwrap(), &token(issuer)])
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}"));
    assert_eq!(output.status.code(), Some(4), "{answer}");
    let text = |name: &str| answer["rejection"][name].as_str().unwrap().to_owned();
    (text("code"), text("found"))
}

/// Answers the first request with this, and returns it.
fn answering(answer: Vec<u8>) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.push(byte[0]);
        }
        // The client may end the connection before it has read all.
        let _ = stream.write_all(&answer);
        String::from_utf8(request).unwrap()
    });
    (address, server)
}

fn found(answer: Vec<u8>) -> String {
    let (address, server) = answering(answer);
    let origin = format!("http://{address}");
    // A proxy is never asked for what is on this host.
    let environment = [("ALL_PROXY", "http://127.0.0.1:1")];
    let (code, found) = rejected(&format!("{origin}/a"), &[&origin], &environment);
    assert_eq!(code, "key.unavailable", "{found}");
    let request = server.join().unwrap().to_lowercase();
    assert!(request.starts_with("get /a/.well-known/"), "{request}");
    for header in ["accept: application/json\r\n", "user-agent: countersign/"] {
        assert!(request.contains(header), "{request}");
    }
    found
}

#[test]
fn redirects_are_not_followed() {
    let answer = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let found = found(answer.into());
    assert!(found.contains("302"), "{found}");
}

#[test]
fn reading_ends_at_the_limit_whatever_length_was_announced() {
    let mut answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
    answer.resize(8 * 1024 * 1024, b' ');
    let found = found(answer);
    assert!(found.contains("more than") && found.contains("bytes"), "{found}");
}

#[test]
fn a_refused_connection_is_told_with_its_cause() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (_, found) = rejected(&format!("{origin}/b"), &[&origin], &[]);
    assert!(found.contains("io: Connection refused (os error"), "{found}");
}

#[test]
fn the_proxy_of_the_environment_is_asked_for_what_is_elsewhere() {
    let (address, server) =
        answering(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n".into());
    let issuer = "https://c.tokens.sts.global.api.aws";
    let proxy = format!("http://Aladdin:open%20sesame@{address}");
    let (code, _) = rejected(issuer, &[], &[("HTTPS_PROXY", &proxy)]);
    assert_eq!(code, "key.unavailable");
    let request = server.join().unwrap().to_lowercase();
    assert!(
        request.starts_with("connect c.tokens.sts.global.api.aws:443 http/1.1\r\n"),
        "{request}"
    );
    // The example of RFC 7617, section 2.
    let authorization = "proxy-authorization: basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==".to_lowercase();
    assert!(request.contains(&authorization), "{request}");
}

#[test]
fn a_proxy_that_cannot_be_used_is_named() {
    let issuer = "https://d.tokens.sts.global.api.aws";
    let (_, found) = rejected(issuer, &[], &[("ALL_PROXY", "socks5://u:hush@127.0.0.1:1")]);
    assert!(found.contains("ALL_PROXY is no URL of an http or https proxy"), "{found}");
    assert!(!found.contains("hush"), "{found}");
}
