//! AWS's side, played by the local issuer: a clock, randomness from a seed, and no network.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng as _;
use countersign::{
    Code, Detail, FetchOutcome, FreshnessHeaders, Judgement, Step, Verifier, base64url,
};
use countersign_issuer::{Config, DEFAULT_CONFIG, Issuer, Peer, Request, Response, Timestamp};
use serde_json::Value;

pub(crate) const AUDIENCE: &str = "https://api.example.com";
pub(crate) const ORGANIZATION: &str = "o-abc1234567";

/// Accounts and access key ids of the built-in configuration.
pub(crate) const PRODUCTION: &str = "111122223333";
pub(crate) const STRICT_ACCOUNT: &str = "222233334444";
pub(crate) const STRANGERS_ACCOUNT: &str = "999988887777";
pub(crate) const BATCH: &str = "ASIAEXAMPLEBATCH0001";
pub(crate) const EC2: &str = "ASIAEXAMPLEEC2000001";
pub(crate) const LAMBDA: &str = "ASIAEXAMPLELAMBDA001";
pub(crate) const SSO: &str = "ASIAEXAMPLESSO000001";
pub(crate) const STRICT: &str = "ASIAEXAMPLESTRICT001";
pub(crate) const STRANGER: &str = "ASIAEXAMPLESTRANGER1";

const BASE_URL: &str = "http://127.0.0.1:8460";

pub(crate) struct Aws {
    issuer: Issuer,
    entropy: ChaCha20Rng,
    /// Seconds since the epoch, on both sides.
    pub(crate) now: u64,
    /// How long tokens are asked for, in seconds.
    pub(crate) lifetime: u64,
    /// Every URL that was fetched, in order.
    pub(crate) fetched: Vec<String>,
    /// What a fetch is answered with instead of the issuer's answer.
    pub(crate) answer_instead: Option<FetchOutcome>,
}

impl Aws {
    /// Issuers `http://127.0.0.1:8460/<label>`.
    pub(crate) fn on_loopback() -> Self {
        Self::configured(DEFAULT_CONFIG)
    }

    /// Issuers `https://<label>.tokens.sts.global.api.aws`.
    pub(crate) fn in_the_cloud() -> Self {
        let config = DEFAULT_CONFIG.replace("form = \"loopback\"", "form = \"aws\"");
        assert_ne!(config, DEFAULT_CONFIG);
        Self::configured(&config)
    }

    fn configured(toml: &str) -> Self {
        let mut entropy = ChaCha20Rng::from_seed([7; 32]);
        let issuer = Issuer::new(Config::parse(toml).unwrap(), BASE_URL, &mut entropy);
        Self {
            issuer,
            entropy,
            now: 1_776_757_030,
            lifetime: 300,
            fetched: Vec::new(),
            answer_instead: None,
        }
    }

    pub(crate) fn issuer_of(&self, account: &str) -> String {
        self.issuer.issuers().find(|(id, _)| *id == account).unwrap().1
    }

    pub(crate) fn mint(&mut self, access_key: &str, algorithm: &str) -> String {
        self.mint_for(access_key, algorithm, AUDIENCE)
    }

    /// `GetWebIdentityToken`, as an SDK calls it.
    pub(crate) fn mint_for(&mut self, access_key: &str, algorithm: &str, audience: &str) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("Action", "GetWebIdentityToken")
            .append_pair("Version", "2011-06-15")
            .append_pair("Audience.member.1", audience)
            .append_pair("SigningAlgorithm", algorithm)
            .append_pair("DurationSeconds", &self.lifetime.to_string());
        if access_key == STRICT {
            // Its account requires this tag.
            form.append_pair("Tags.member.1.Key", "job-id").append_pair("Tags.member.1.Value", "7");
        }
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={access_key}/20260421/eu-west-1/sts/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature={}",
            "0".repeat(64)
        );
        let mut request = request("POST", "127.0.0.1:8460", "/");
        request.headers.push(("Authorization".to_owned(), authorization));
        request.body = form.finish().into_bytes();
        let response = self.respond(&request);
        let body = String::from_utf8(response.body).unwrap();
        assert_eq!(response.status, 200, "{body}");
        let (_, rest) = body.split_once("<WebIdentityToken>").unwrap();
        rest.split_once("</WebIdentityToken>").unwrap().0.to_owned()
    }

    /// An administration command of the local issuer, which must be obeyed.
    pub(crate) fn administer(&mut self, command: &str) {
        let target = format!("/_countersign/{command}");
        let response = self.respond(&request("POST", "127.0.0.1:8460", &target));
        assert_eq!(response.status, 200, "{}", String::from_utf8_lossy(&response.body));
    }

    /// Verifies a token as a host does: fetching what is asked for, by way of the issuer's `respond`.
    pub(crate) fn verify(&mut self, verifier: &mut Verifier, token: &str) -> Judgement {
        for _ in 0..10 {
            match verifier.step(token, self.now, Detail::Report) {
                Step::Judged { judgement, .. } => return *judgement,
                Step::Fetch(fetch) => {
                    let mut next = Some(fetch);
                    while let Some(fetch) = next {
                        self.fetched.push(fetch.url.clone());
                        let answer = self.answer(&fetch.url);
                        next = verifier.supply(fetch.id, answer, self.now).next;
                    }
                }
                Step::Wait { issuer, .. } => panic!("waits for {issuer}, and nobody fetches"),
            }
        }
        panic!("fetches without end: {:?}", self.fetched);
    }

    pub(crate) fn answer(&mut self, url: &str) -> FetchOutcome {
        if let Some(outcome) = &self.answer_instead {
            return outcome.clone();
        }
        let (_, rest) = url.split_once("://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        let response = self.respond(&request("GET", host, &format!("/{path}")));
        let header = |name: &str| {
            response
                .headers
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
        };
        FetchOutcome::Response {
            status: response.status,
            freshness: FreshnessHeaders {
                age: header("age"),
                cache_control: header("cache-control"),
                date: header("date"),
                expires: header("expires"),
            },
            body: response.body,
        }
    }

    fn respond(&mut self, request: &Request) -> Response {
        let now = Timestamp::from_unix_seconds(i64::try_from(self.now).unwrap());
        self.issuer.respond(request, now, &mut self.entropy)
    }
}

/// What a judgement came to: only its code.
pub(crate) fn outcome(judgement: &Judgement) -> Result<(), Code> {
    judgement.verdict().map(|_| ()).map_err(|rejection| rejection.code)
}

/// The token with its claims changed and its signature kept.
pub(crate) fn changed(token: &str, change: impl FnOnce(&mut Value)) -> String {
    let [header, payload, signature] = parts(token);
    let mut claims = decoded(payload);
    change(&mut claims);
    format!("{header}.{}.{signature}", base64url::encode(claims.to_string().as_bytes()))
}

/// The token with another key id and its signature kept.
pub(crate) fn renamed_key(token: &str, key_id: &str) -> String {
    let [header, payload, signature] = parts(token);
    let mut members = decoded(header);
    members["kid"] = Value::from(key_id);
    format!("{}.{payload}.{signature}", base64url::encode(members.to_string().as_bytes()))
}

fn parts(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().unwrap()
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&base64url::decode(part).unwrap()).unwrap()
}

fn request(method: &str, host: &str, target: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: vec![("Host".to_owned(), host.to_owned())],
        body: Vec::new(),
        peer: Peer::Loopback,
    }
}
