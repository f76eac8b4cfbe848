//! Signature Version 4 at the local issuer's side. An input is a request as HTTP/1.1 writes it: `POST /?query`,
//! header lines, an empty line, the body. `Signature=SIGN` stands for the signature that AWS's
//! documentation makes of the request.

use std::cell::RefCell;

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng as _;
use countersign_issuer::{Config, Issuer, Peer, Request, Response, Timestamp};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::issuer_query::xml_texts;
use crate::shared::text;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// One account with one user, whose secret is known.
const CONFIG: &str = r#"
[[accounts]]
id = "111122223333"
federation = "enabled"

[[principals]]
access_key_id = "AKIAEXAMPLEALICE0001"
secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
arn = "arn:aws:iam::111122223333:user/alice"
"#;

/// 2026-04-21T07:37:10Z.
const NOW: i64 = 1_776_757_030;

thread_local! {
    static ISSUER: RefCell<Issuer> = RefCell::new({
        let config = Config::parse(CONFIG).unwrap();
        Issuer::new(config, "http://127.0.0.1:8080", &mut ChaCha20Rng::from_seed([7; 32]))
    });
}

/// Runs the target.
pub fn run(data: &[u8]) {
    let Some(mut request) = request(data) else { return };
    let signature = signature(&request);
    let mut is_signed = false;
    for (name, value) in &mut request.headers {
        if name.eq_ignore_ascii_case("authorization") {
            // Only the last: a list of signed headers may hold the same text, and is signed as it stands.
            if let Some((before, after)) = value.rsplit_once("Signature=SIGN") {
                *value = format!("{before}Signature={signature}{after}");
                is_signed = true;
            }
        }
    }
    let answer = Answer::of(&request);
    if answer.is_authenticated {
        let stated = parameter(&request, "Signature").to_ascii_lowercase();
        assert_eq!(stated, signature, "accepted, and nobody signed it");
        for (what, changed) in changes(&request) {
            let answer = Answer::of(&changed);
            assert!(!answer.is_authenticated, "accepted with another {what}");
        }
    } else if is_signed && answer.code == "SignatureDoesNotMatch" {
        let differs = answer.message.starts_with("The request signature we calculated");
        assert!(!differs, "refused, and signed as AWS documents");
    }
    if signature.len() == 64 {
        assert!(!answer.message.contains(&signature), "the signature stands in the answer");
    }
}

fn request(data: &[u8]) -> Option<Request> {
    let end = data.windows(2).position(|pair| pair == b"\n\n").unwrap_or(data.len());
    let body = data.get(end + 2..).unwrap_or_default().to_vec();
    let mut lines = text(&data[..end]).split('\n');
    let (method, target) = lines.next()?.split_once(' ')?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    Some(Request {
        method: method.into(),
        path: path.into(),
        query: query.into(),
        headers: headers.collect(),
        body,
        peer: Peer::Remote,
    })
}

struct Answer {
    is_authenticated: bool,
    code: String,
    message: String,
}

impl Answer {
    fn of(request: &Request) -> Self {
        let now = Timestamp::from_unix_seconds(NOW);
        let mut entropy = ChaCha20Rng::from_seed([9; 32]);
        let Response { status, content_type, body, .. } =
            ISSUER.with_borrow_mut(|issuer| issuer.respond(request, now, &mut entropy));
        assert!((200..500).contains(&status), "{status}");
        let none = Self { is_authenticated: false, code: String::new(), message: String::new() };
        if content_type != "text/xml" {
            return none;
        }
        let mut texts = xml_texts(std::str::from_utf8(&body).unwrap());
        let mut take = |name: &str| texts.remove(name).unwrap_or_default();
        let (code, message) = (take("Code"), take("Message"));
        // All others come after the question who is calling.
        let before = [
            "ExpiredToken",
            "IncompleteSignature",
            "InvalidAction",
            "InvalidClientTokenId",
            "MissingAction",
            "MissingAuthenticationToken",
            "SignatureDoesNotMatch",
        ];
        Self { is_authenticated: !before.contains(&&*code), code, message }
    }
}

/// The request with one thing changed that its signature covers.
fn changes(request: &Request) -> Vec<(String, Request)> {
    let mut changes = Vec::new();
    let mut change = |what: String, change: &dyn Fn(&mut Request)| {
        let mut changed = request.clone();
        change(&mut changed);
        changes.push((what, changed));
    };
    let other = if request.method == "POST" { "GET" } else { "POST" };
    change("method".into(), &|request| request.method = other.into());
    change("query".into(), &|request| request.query.push_str("&X=1"));
    change("body".into(), &|request| request.body.push(b'&'));
    for name in parameter(request, "SignedHeaders").split(';') {
        change(name.into(), &|request| match request
            .headers
            .iter_mut()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
        {
            Some((_, value)) => value.push('x'),
            None => request.headers.push((name.into(), "x".into())),
        });
    }
    changes
}

/// The signature as "Create a signed AWS API request" in the IAM User Guide makes it.
fn signature(request: &Request) -> String {
    let signed = parameter(request, "SignedHeaders");
    let credential = parameter(request, "Credential");
    let scope: Vec<&str> = credential.split('/').skip(1).collect();
    let mut query: Vec<(String, String)> = form_urlencoded::parse(request.query.as_bytes())
        .map(|(name, value)| (encoded(&name), encoded(&value)))
        .collect();
    query.sort();
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let headers = signed.split(';').map(|name| {
        let values = request.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        let values = values.map(|(_, value)| {
            let words: Vec<&str> = value.split(' ').filter(|word| !word.is_empty()).collect();
            words.join(" ")
        });
        format!("{name}:{}\n", values.collect::<Vec<_>>().join(","))
    });
    let canonical = [
        request.method.clone(),
        request.path.clone(),
        query.join("&"),
        headers.collect(),
        signed.clone(),
        hex(&Sha256::digest(&request.body)),
    ]
    .join("\n");
    let date = header(request, "x-amz-date");
    let digest = hex(&Sha256::digest(canonical));
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{}\n{digest}", scope.join("/"));
    let mut key = format!("AWS4{SECRET}").into_bytes();
    for step in &scope {
        key = mac(&key, step);
    }
    hex(&mac(&key, &text))
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn header<'r>(request: &'r Request, name: &str) -> &'r str {
    let found = request.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.map_or("", |(_, value)| value)
}

/// A part of the `Authorization` header; the last, if it stands there several times.
fn parameter(request: &Request, name: &str) -> String {
    let authorization = header(request, "authorization");
    let parts = authorization.strip_prefix("AWS4-HMAC-SHA256").unwrap_or_default().split(',');
    let mut named = parts.filter_map(|part| part.trim().split_once('='));
    named.rfind(|(found, _)| *found == name).map_or("", |(_, value)| value).to_owned()
}
