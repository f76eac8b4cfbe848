//! An issuer with a clock of its own, and readers for its answers.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20::ChaCha20Rng;
use p384::ecdsa::signature::Verifier;
use rand_core::SeedableRng;
use serde_json::Value;

use crate::{Config, Issuer, Peer, Request, Response, Timestamp};

pub(super) const BASE_URL: &str = "http://127.0.0.1:8080";
/// 2026-04-21T07:37:10.250Z.
pub(super) const START_MILLIS: i64 = 1_776_757_030_250;

pub(super) const BATCH: &str = "ASIAEXAMPLEBATCH0001";
pub(super) const ALICE: &str = "AKIAEXAMPLEALICE0001";

/// The parameters of the plainest good request.
pub(super) const GOOD: [(&str, &str); 2] =
    [("Audience.member.1", "https://api.example.com"), ("SigningAlgorithm", "ES384")];

pub(super) struct Aws {
    pub(super) issuer: Issuer,
    pub(super) now: Timestamp,
    pub(super) entropy: ChaCha20Rng,
}

impl Aws {
    pub(super) fn built_in() -> Self {
        Self::with(Config::built_in().unwrap())
    }

    pub(super) fn configured(toml: &str) -> Self {
        Self::with(Config::parse(toml).unwrap())
    }

    pub(super) fn with(config: Config) -> Self {
        let mut entropy = ChaCha20Rng::from_seed([7; 32]);
        let issuer = Issuer::new(config, BASE_URL, &mut entropy);
        Self { issuer, now: Timestamp::from_unix_millis(START_MILLIS), entropy }
    }

    pub(super) fn wait(&mut self, seconds: u32) {
        self.now = self.now.plus_seconds(seconds);
    }

    pub(super) fn respond(&mut self, request: &Request) -> Response {
        self.issuer.respond(request, self.now, &mut self.entropy)
    }

    pub(super) fn sts(&mut self, key: &str, action: &str, parameters: &[(&str, &str)]) -> Answer {
        Answer::of(&self.respond(&call(key, "sts", action, "2011-06-15", parameters)))
    }

    pub(super) fn iam(&mut self, key: &str, action: &str) -> Answer {
        Answer::of(&self.respond(&call(key, "iam", action, "2010-05-08", &[])))
    }

    pub(super) fn token(&mut self, key: &str, parameters: &[(&str, &str)]) -> Answer {
        self.sts(key, "GetWebIdentityToken", parameters)
    }

    /// Mints a token that must be granted.
    pub(super) fn mint(&mut self, key: &str, parameters: &[(&str, &str)]) -> Token {
        let answer = self.token(key, parameters);
        assert_eq!(answer.status, 200, "{}", answer.body);
        Token(answer.text("WebIdentityToken"))
    }

    pub(super) fn fetch(&mut self, url: &str) -> Response {
        let path = url.strip_prefix(BASE_URL).unwrap();
        self.respond(&http("GET", path))
    }

    pub(super) fn issuer_of(&self, account: &str) -> String {
        self.issuer.issuers().find(|(id, _)| *id == account).unwrap().1
    }

    pub(super) fn key_set(&mut self, account: &str) -> Value {
        let url = format!("{}/.well-known/jwks.json", self.issuer_of(account));
        serde_json::from_slice(&self.fetch(&url).body).unwrap()
    }

    pub(super) fn kids(&mut self, account: &str) -> Vec<String> {
        let set = self.key_set(account);
        let keys = set["keys"].as_array().unwrap().iter();
        keys.map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    }

    pub(super) fn admin(&mut self, method: &str, path: &str) -> (u16, Value) {
        let response = self.respond(&http(method, &format!("/_countersign/{path}")));
        (response.status, serde_json::from_slice(&response.body).unwrap())
    }
}

/// A request without credentials, from this machine.
pub(super) fn http(method: &str, target: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.into(),
        path: path.into(),
        query: query.into(),
        headers: vec![("Host".into(), "127.0.0.1:8080".into())],
        body: Vec::new(),
        peer: Peer::Loopback,
    }
}

/// A call of the query API, as an SDK sends it.
pub(super) fn call(
    key: &str,
    service: &str,
    action: &str,
    version: &str,
    parameters: &[(&str, &str)],
) -> Request {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", action).append_pair("Version", version);
    form.extend_pairs(parameters);
    let mut request = Request { body: form.finish().into_bytes(), ..http("POST", "/") };
    let signature = "0".repeat(64);
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={key}/20260421/eu-west-1/{service}/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature={signature}"
    );
    request.headers.push(("Authorization".into(), authorization));
    request
}

/// An XML answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn of(response: &Response) -> Self {
        assert_eq!(response.content_type, "text/xml");
        Self { status: response.status, body: String::from_utf8(response.body.clone()).unwrap() }
    }

    /// The text of the first element called `name`.
    pub(super) fn text(&self, name: &str) -> String {
        let (_, rest) = self.body.split_once(&format!("<{name}>")).unwrap();
        let (text, _) = rest.split_once(&format!("</{name}>")).unwrap();
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    /// Status, code and message of an error.
    pub(super) fn error(&self) -> (u16, String, String) {
        assert!(self.body.starts_with("<ErrorResponse "), "{}", self.body);
        (self.status, self.text("Code"), self.text("Message"))
    }
}

/// A compact token.
#[derive(Debug)]
pub(super) struct Token(pub(super) String);

impl Token {
    fn segment(&self, index: usize) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(self.0.split('.').nth(index).unwrap()).unwrap()
    }

    pub(super) fn header(&self) -> String {
        String::from_utf8(self.segment(0)).unwrap()
    }

    pub(super) fn payload(&self) -> String {
        String::from_utf8(self.segment(1)).unwrap()
    }

    pub(super) fn claims(&self) -> Value {
        serde_json::from_str(&self.payload()).unwrap()
    }

    pub(super) fn aws(&self) -> Value {
        self.claims()["https://sts.amazonaws.com/"].clone()
    }

    pub(super) fn signature(&self) -> Vec<u8> {
        self.segment(2)
    }

    pub(super) fn kid(&self) -> String {
        let header: Value = serde_json::from_str(&self.header()).unwrap();
        header["kid"].as_str().unwrap().to_owned()
    }

    /// Whether the key that `set` publishes under this token's `kid` made its signature.
    pub(super) fn verifies_with(&self, set: &Value) -> bool {
        let (message, _) = self.0.rsplit_once('.').unwrap();
        let signature = self.segment(2);
        let Some(key) = set["keys"].as_array().unwrap().iter().find(|key| key["kid"] == self.kid())
        else {
            return false;
        };
        let member = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
        if key["kty"] == "EC" {
            let point = [vec![4], member("x"), member("y")].concat();
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&point).unwrap();
            let signature = p384::ecdsa::Signature::from_slice(&signature).unwrap();
            return key.verify(message.as_bytes(), &signature).is_ok();
        }
        let number = |name: &str| rsa::BoxedUint::from_be_slice_vartime(&member(name));
        let key = rsa::RsaPublicKey::new(number("n"), number("e")).unwrap();
        let key = rsa::pkcs1v15::VerifyingKey::<sha2::Sha256>::new(key);
        let signature = rsa::pkcs1v15::Signature::try_from(signature.as_slice()).unwrap();
        key.verify(message.as_bytes(), &signature).is_ok()
    }
}
