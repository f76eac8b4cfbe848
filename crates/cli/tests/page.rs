//! The page's server over HTTP, next to the program's own issuer.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "what a test cannot do makes it fail")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const SHELL: &str = "<!doctype html><html><head>\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\" /></head></html>";

/// A server of the program; it ends with the test.
struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// `127.0.0.1:<port>`.
    address: String,
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on http://").unwrap();
        Self { child, stdout, address: url.trim_end_matches('/').to_owned() }
    }

    fn issuer() -> Self {
        Self::start(countersign().args(["issuer", "--listen", "127.0.0.1:0"]))
    }

    fn page(arguments: &[&str]) -> Self {
        Self::start(countersign().args(["page", "--listen", "127.0.0.1:0"]).args(arguments))
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The answer's status line and headers, and its body.
    fn http(&self, request: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    fn get(&self, path: &str) -> (String, String) {
        let host = &self.address;
        self.http(&format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"))
    }

    fn mint(&self, origin: &str, wish: &Value) -> (String, Value) {
        let (host, wish) = (&self.address, wish.to_string());
        let (head, body) = self.http(&format!(
            "POST /local-issuer/token HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\norigin: {origin}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{wish}",
            wish.len()
        ));
        (head, serde_json::from_str(&body).unwrap())
    }

    /// The next line of what it says that is not empty.
    fn line(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.stdout.read_line(&mut line).unwrap() > 0, "it says no more");
            if !line.trim().is_empty() {
                return line.trim().to_owned();
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn countersign() -> Command {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
}

/// A folder of the test's own with a page in it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("index.html"), SHELL).unwrap();
    folder
}

#[test]
fn the_page_is_served_with_its_own_policy() {
    let folder = folder("served");
    let page = Server::page(&["--dir", folder.to_str().unwrap()]);
    let (head, body) = page.get("/");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.contains("content-security-policy: default-src 'none'; frame-ancestors 'none'"));
    assert!(head.contains("x-content-type-options: nosniff"));
    assert_eq!(body, SHELL);
    assert!(page.get("/../Cargo.toml").0.starts_with("HTTP/1.1 404"));
    assert!(page.get("/local-issuer/state").0.starts_with("HTTP/1.1 404"), "there is no issuer");
    let foreign = page.http("GET / HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\n\r\n");
    assert!(foreign.0.starts_with("HTTP/1.1 403"), "{}", foreign.0);
    // What is built anew is served at once.
    fs::write(folder.join("index.html"), "anew").unwrap();
    assert_eq!(page.get("/").1, "anew");
}

#[test]
fn the_page_mints_from_the_issuer_next_to_it() {
    let issuer = Server::issuer();
    let folder = folder("mints");
    let page = Server::page(&["--dir", folder.to_str().unwrap(), "--issuer", &issuer.url()]);
    assert!(page.get("/").1.contains(&format!("content=\"{}\"", issuer.url())));

    let state: Value = serde_json::from_str(&page.get("/local-issuer/state").1).unwrap();
    let principals = state["principals"].as_array().unwrap();
    assert!(principals.iter().any(|one| one["access_key_id"] == "ASIAEXAMPLEBATCH0001"), "{state}");

    let wish = |algorithm: &str| {
        json!({
            "accessKeyId": "ASIAEXAMPLEBATCH0001", "audience": ["https://api.example.com"],
            "signingAlgorithm": algorithm, "durationSeconds": 120, "tags": { "job": "7" },
        })
    };
    for algorithm in ["ES384", "RS256"] {
        let (head, minted) = page.mint(&page.url(), &wish(algorithm));
        assert!(head.starts_with("HTTP/1.1 200"), "{head} {minted}");
        assert!(verifies(minted["token"].as_str().unwrap(), &issuer.url()), "{algorithm}");
        assert!(minted["expiration"].as_str().unwrap().ends_with('Z'));
    }

    // Errors are the issuer's own.
    let (head, error) = page.mint(&page.url(), &wish("none!"));
    assert!(head.starts_with("HTTP/1.1 400"), "{head}");
    assert_eq!(error["code"], "ValidationError");
    // Other pages cannot mint.
    let (head, error) = page.mint("http://127.0.0.1:1", &wish("ES384"));
    assert!(head.starts_with("HTTP/1.1 403"), "{head}");
    assert_eq!(error["code"], "page.origin");
}

/// Whether the command line takes a token of the issuer at this URL.
fn verifies(token: &str, issuer: &str) -> bool {
    let policy = json!({
        "audience": "https://api.example.com",
        "trust": [{ "organization": "o-abc1234567", "account": "111122223333", "requestTags": { "job": "7" } }],
        "dangerLoopbackIssuers": [issuer],
    });
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page-policy.json");
    fs::write(&file, policy.to_string()).unwrap();
    let mut command = countersign();
    command.args(["verify", "--policy"]).arg(file).arg(token);
    command.status().unwrap().success()
}

#[test]
fn an_issuer_that_does_not_answer_holds_nothing_up() {
    // Connections are taken by the system, and nobody ever answers them.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = folder("silent");
    let issuer = format!("http://{}", silent.local_addr().unwrap());
    let mut page = Server::page(&["--dir", folder.to_str().unwrap(), "--issuer", &issuer]);
    let mut asking = TcpStream::connect(&page.address).unwrap();
    let host = &page.address;
    write!(asking, "GET /local-issuer/state HTTP/1.1\r\nhost: {host}\r\n\r\n").unwrap();
    // The page has asked the issuer once the connection is there.
    let _connection = silent.accept().unwrap();
    assert!(page.get("/").0.starts_with("HTTP/1.1 200"));
    let interrupted = Instant::now();
    let kill = Command::new("kill").args(["-INT", &page.child.id().to_string()]).status();
    assert!(kill.unwrap().success());
    assert!(page.child.wait().unwrap().success());
    assert!(interrupted.elapsed() < Duration::from_secs(15), "{:?}", interrupted.elapsed());
}

#[test]
fn the_browser_is_handed_the_token_in_the_fragment() {
    let folder = folder("opened");
    let opener = folder.join("xdg-open");
    let opened = folder.join("opened-with");
    fs::write(&opener, format!("#!/bin/sh\necho \"$1\" > '{}'\n", opened.display())).unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = countersign();
    command.args(["page", "--listen", "127.0.0.1:0", "--open", "--token", "a.b.c", "--dir"]);
    command.arg(&folder).env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
    let mut page = Server::start(&mut command);
    assert_eq!(page.line(), "The inspector is at");
    let address = format!("{}/#token=a.b.c", page.url());
    assert_eq!(page.line(), address);
    if cfg!(target_os = "linux") {
        let end = Instant::now() + Duration::from_secs(20);
        let mut asked = String::new();
        while !asked.ends_with('\n') {
            assert!(Instant::now() < end, "the browser was not asked");
            thread::sleep(Duration::from_millis(20));
            asked = fs::read_to_string(&opened).unwrap_or_default();
        }
        // Arguments can be read by everyone: the token is in none, and the address for it works once.
        let path = asked.trim().strip_prefix(&page.url()).unwrap();
        assert!(path.starts_with("/open/"), "{asked}");
        let (head, _) = page.get(path);
        assert!(head.starts_with("HTTP/1.1 303"), "{head}");
        assert!(head.contains("\r\nlocation: /#token=a.b.c\r\n"), "{head}");
        assert!(head.contains("\r\ncache-control: no-store\r\n"), "{head}");
        assert!(page.get(path).0.starts_with("HTTP/1.1 410"), "it works once");
    }
}

#[test]
fn what_cannot_be_served_is_refused_with_a_remedy() {
    let folder = folder("refused");
    let folder = folder.to_str().unwrap();
    let cases: [(&[&str], i32, &str); 4] = [
        (&["--dir", "/nonexistent"], 5, "has no page"),
        (&["--dir", folder, "--listen", "0.0.0.0:0"], 2, "not a loopback address"),
        (&["--dir", folder, "--issuer", "https://example.com"], 2, "not the URL of a local issuer"),
        (&["--dir", folder, "--listen", "x"], 2, "not an address"),
    ];
    for (arguments, code, fault) in cases {
        let output = countersign().arg("page").args(arguments).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
        assert!(stderr.contains(fault) && stderr.contains("remedy:"), "{arguments:?}: {stderr}");
    }
}
