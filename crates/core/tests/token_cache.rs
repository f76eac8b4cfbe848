//! A verifier that keeps tokens is held beside one that does not: whatever happens to clock, keys and issuers,
//! both say the same, ask for the same fetches and count the same.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

#[expect(dead_code, reason = "most of it serves the property tests")]
mod support;

use std::sync::atomic::{AtomicU64, Ordering};

use countersign::keys::KeySetLimits;
use countersign::replay::{Replay, WhenUnavailable};
use countersign::token_cache::MAX_KEPT_BYTES;
use countersign::{
    Code, Detail, Fetch, FetchFailure, FetchOutcome, FreshnessHeaders, Judgement, KeySet,
    KeyStoreSettings, Policy, Snapshot, Step, Verifier, base64url,
};
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer as _;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use support::{ISSUER, NOW, POLICY, Signer, token_of, verifier};

const ISSUERS: [&str; 3] = [
    "https://a.tokens.sts.global.api.aws",
    "https://b.tokens.sts.global.api.aws",
    "https://c.tokens.sts.global.api.aws",
];

fn key(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

fn claims(issuer: &str) -> Value {
    let mut claims = support::claims();
    claims["iss"] = json!(issuer);
    claims
}

fn signed(number: u8, key_id: &str, claims: &Value) -> String {
    let header = json!({ "kid": key_id, "typ": "JWT", "alg": "ES256" });
    let encode = |value: &Value| base64url::encode(value.to_string().as_bytes());
    let input = format!("{}.{}", encode(&header), encode(claims));
    let signature: p256::ecdsa::Signature = key(number).sign(input.as_bytes());
    format!("{input}.{}", base64url::encode(&signature.to_bytes()))
}

/// A key set with these keys under these ids.
fn key_set(keys: &[(&str, u8)]) -> String {
    let keys: Vec<Value> = keys
        .iter()
        .map(|(key_id, number)| {
            let point = key(*number).verifying_key().to_sec1_point(false);
            let [x, y] = [point.x().unwrap(), point.y().unwrap()].map(|c| base64url::encode(c));
            json!({ "kty": "EC", "crv": "P-256", "kid": key_id, "x": x, "y": y })
        })
        .collect();
    json!({ "keys": keys }).to_string()
}

fn key_sets() -> Vec<String> {
    vec![
        key_set(&[("EC256_0", 7)]),
        key_set(&[("EC256_0", 7), ("EC256_1", 8)]),
        key_set(&[("EC256_0", 9)]),
        key_set(&[("EC256_1", 8)]),
        key_set(&[("EC256_0", 7), ("EC256_0", 9)]),
        "no key set".to_owned(),
    ]
}

fn tokens() -> Vec<String> {
    let mut tokens = Vec::new();
    for issuer in ISSUERS {
        let mut claims = claims(issuer);
        tokens.push(signed(7, "EC256_0", &claims));
        tokens.push(signed(9, "EC256_0", &claims));
        claims["nbf"] = json!(NOW + 20);
        claims["exp"] = json!(NOW + 100);
        tokens.push(signed(8, "EC256_1", &claims));
    }
    let other = claims("https://elsewhere.example");
    tokens.push(signed(7, "EC256_0", &other));
    tokens
}

fn settings() -> KeyStoreSettings {
    KeyStoreSettings {
        lifetime_seconds: 60,
        min_lifetime_seconds: 20,
        max_lifetime_seconds: 90,
        stale_if_error_seconds: 60,
        unknown_key_cooldown_seconds: 10,
        replaced_key_cooldown_seconds: 10,
        max_issuers: 2,
        ..KeyStoreSettings::default()
    }
}

fn policy() -> String {
    json!({
        "audience": "https://api.example.com", "algorithms": ["ES256"], "maxAgeSeconds": 200,
        "trust": [{ "organization": "o-abc1234567" }],
    })
    .to_string()
}

/// What happens next. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Event {
    Step(usize),
    Judge(usize),
    Explain(usize),
    Advance(u64),
    GoBack(u64),
    /// A fetch that is under way brings one of the key sets.
    Answer(usize, usize),
    Fail(usize),
    Snapshot,
    Restore(usize),
    Static(usize, usize),
}

fn event() -> impl Strategy<Value = Event> {
    let any = || 0..1000_usize;
    prop_oneof![
        // Mostly of the same few tokens, as callers show them.
        14 => prop_oneof![select(vec![0, 0, 0, 3, 1]), any()].prop_map(Event::Step),
        6 => prop_oneof![select(vec![0, 0, 3]), any()].prop_map(Event::Judge),
        1 => any().prop_map(Event::Explain),
        3 => (0_u64..15).prop_map(Event::Advance),
        1 => (15_u64..120).prop_map(Event::Advance),
        1 => select(vec![3_u64, 30, 100]).prop_map(Event::GoBack),
        // The first key sets are what issuers publish nearly always.
        6 => (any(), select(vec![0, 0, 0, 1, 1, 2, 3, 4, 5])).prop_map(|(f, s)| Event::Answer(f, s)),
        1 => any().prop_map(Event::Fail),
        1 => Just(Event::Snapshot),
        1 => any().prop_map(Event::Restore),
        1 => (any(), select(vec![0, 2, 3])).prop_map(|(issuer, set)| Event::Static(issuer, set)),
    ]
}

/// A verifier, and what it waits for.
struct Host {
    verifier: Verifier,
    now: u64,
    fetches: Vec<Fetch>,
    snapshots: Vec<Snapshot>,
}

impl Host {
    fn new(max_tokens: Option<usize>) -> Self {
        let policy = Policy::from_json(&policy()).unwrap();
        let verifier = Verifier::new(policy, settings()).unwrap().with_jitter(1);
        let verifier = match max_tokens {
            Some(max_tokens) => verifier.with_token_cache(max_tokens).unwrap(),
            None => verifier,
        };
        Self { verifier, now: NOW, fetches: Vec::new(), snapshots: Vec::new() }
    }

    /// Has an event happen. Answers all that can be seen of it.
    fn see(&mut self, event: &Event, tokens: &[String]) -> String {
        let seen = match event {
            Event::Step(token) => {
                let token = &tokens[token % tokens.len()];
                match self.verifier.step(token, self.now, Detail::Verdict) {
                    Step::Fetch(fetch) => self.begin(fetch),
                    Step::Judged { judgement, refresh } => {
                        let refresh = refresh.map(|fetch| self.begin(fetch));
                        format!("{}, {refresh:?}", told(&judgement))
                    }
                    Step::Wait { issuer, until } => format!("wait for {issuer} until {until}"),
                }
            }
            Event::Judge(token) => {
                let token = &tokens[token % tokens.len()];
                told(&self.verifier.judge(token, self.now, Detail::Verdict))
            }
            Event::Explain(token) => {
                let token = &tokens[token % tokens.len()];
                let judgement = self.verifier.judge(token, self.now, Detail::Report);
                format!("{} {:?}", told(&judgement), judgement.report())
            }
            Event::Advance(seconds) => {
                self.now += seconds;
                String::new()
            }
            Event::GoBack(seconds) => {
                self.now -= seconds;
                String::new()
            }
            Event::Answer(fetch, set) => {
                let body = key_sets()[*set].clone().into_bytes();
                let freshness = FreshnessHeaders::default();
                self.supply(*fetch, FetchOutcome::Response { status: 200, freshness, body })
            }
            Event::Fail(fetch) => {
                let reason = FetchFailure::Timeout;
                self.supply(*fetch, FetchOutcome::Failed { reason, detail: String::new() })
            }
            Event::Snapshot => {
                let snapshot = self.verifier.keys().snapshot();
                self.snapshots.push(snapshot.clone());
                snapshot.to_json()
            }
            Event::Restore(snapshot) => match self.snapshots.len() {
                0 => String::new(),
                count => {
                    let snapshot = self.snapshots[snapshot % count].clone();
                    format!("{:?}", self.verifier.restore(&snapshot, self.now))
                }
            },
            Event::Static(issuer, set) => {
                let keys =
                    KeySet::parse(key_sets()[*set].as_bytes(), KeySetLimits::default()).unwrap();
                // Of the last issuer alone, so that the others stay as they are.
                let issuer = if issuer % 10 == 0 { ISSUERS[2] } else { "https://d.example" };
                self.verifier.add_static_keys(issuer, keys);
                String::new()
            }
        };
        format!("{seen} {:?} {:?}", self.verifier.keys().counters(), self.verifier.keys().size())
    }

    fn begin(&mut self, fetch: Fetch) -> String {
        let text = format!("{fetch:?}");
        self.fetches.push(fetch);
        text
    }

    fn supply(&mut self, fetch: usize, outcome: FetchOutcome) -> String {
        if self.fetches.is_empty() {
            return String::new();
        }
        let fetch = self.fetches.remove(fetch % self.fetches.len());
        let supplied = self.verifier.supply(fetch.id, outcome, self.now);
        let text = format!("{supplied:?}");
        self.fetches.extend(supplied.next);
        text
    }
}

/// All that a judgement says.
fn told(judgement: &Judgement) -> String {
    let verdict = judgement.verdict().map(|verified| serde_json::to_string(&verified.identity()));
    format!(
        "{verdict:?} {} {:?} {:?} {:?}",
        judgement.has_stale_key(),
        judgement.once(),
        judgement.standing(),
        judgement.report()
    )
}

#[test]
fn whatever_happens_keeping_tokens_changes_nothing_that_can_be_seen() {
    static HITS: AtomicU64 = AtomicU64::new(0);
    let tokens = tokens();
    let config =
        ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    let events = (1..8_usize, prop::collection::vec(event(), 1..120));
    proptest::test_runner::TestRunner::new(config)
        .run(&events, |(max_tokens, events)| {
            let (mut keeping, mut plain) = (Host::new(Some(max_tokens)), Host::new(None));
            let first = [Event::Step(0), Event::Answer(0, 0), Event::Step(0)];
            for event in first.iter().chain(&events) {
                let seen = keeping.see(event, &tokens);
                prop_assert_eq!(seen, plain.see(event, &tokens), "{:?}", event);
            }
            HITS.fetch_add(keeping.verifier.token_cache_counters().hits, Ordering::Relaxed);
            prop_assert_eq!(plain.verifier.token_cache_counters().hits, 0);
            Ok(())
        })
        .unwrap();
    let hits = HITS.load(Ordering::Relaxed);
    assert!(hits > 50, "only {hits} tokens were recalled: this shows nothing");
}

/// A verifier that keeps tokens and knows [`ISSUER`]'s keys.
fn keeping(max_tokens: usize) -> Verifier {
    verifier(POLICY).with_token_cache(max_tokens).unwrap()
}

fn hits(verifier: &Verifier) -> u64 {
    verifier.token_cache_counters().hits
}

fn code(verifier: &Verifier, token: &str, now: u64) -> Option<Code> {
    let judgement = verifier.judge(token, now, Detail::Verdict);
    judgement.verdict().err().map(|rejection| rejection.code)
}

#[test]
fn the_whole_text_decides() {
    let verifier = keeping(10);
    let token = token_of(Signer::Es256, &support::claims());
    assert_eq!(code(&verifier, &token, NOW), None);
    assert_eq!((code(&verifier, &token, NOW), hits(&verifier)), (None, 1));
    for at in 0..token.len() {
        let mut changed = token.clone();
        let other = if token[at..].starts_with('A') { "B" } else { "A" };
        changed.replace_range(at..=at, other);
        assert!(code(&verifier, &changed, NOW).is_some(), "changed at {at}");
    }
    for changed in [format!("{token} "), format!(" {token}"), token[1..].to_owned(), String::new()]
    {
        assert!(code(&verifier, &changed, NOW).is_some(), "{changed:?}");
    }
    assert_eq!(hits(&verifier), 1);
    assert_eq!((code(&verifier, &token, NOW), hits(&verifier)), (None, 2));
}

#[test]
fn nothing_outlives_the_times_of_the_token() {
    let policy = POLICY.replacen('{', r#"{"clockToleranceSeconds":7,"maxAgeSeconds":200,"#, 1);
    for (exp, first, last) in
        [(NOW + 100, NOW - 40 - 7, NOW + 106), (NOW + 900, NOW - 40 - 7, NOW + 147)]
    {
        let verifier = verifier(&policy).with_token_cache(10).unwrap();
        let mut claims = support::claims();
        // `iat` is NOW - 60: the age ends at NOW + 140, and the tolerance after that.
        claims["nbf"] = json!(NOW - 40);
        claims["exp"] = json!(exp);
        let token = token_of(Signer::Es256, &claims);
        assert_eq!(code(&verifier, &token, NOW), None);
        for (now, hit) in [(first, true), (last, true), (first - 1, false), (last + 1, false)] {
            let before = hits(&verifier);
            assert_eq!(code(&verifier, &token, now).is_none(), hit, "{now}");
            assert_eq!(hits(&verifier) - before, u64::from(hit));
        }
        assert_eq!(code(&verifier, &token, 0), Some(Code::TimeIssuedInFuture), "a clock set back");
    }
}

#[test]
fn only_what_was_accepted_is_kept_and_junk_displaces_nothing() {
    let verifier = keeping(1);
    let token = token_of(Signer::Es256, &support::claims());
    assert_eq!(code(&verifier, &token, NOW), None);
    let mut strange = support::claims();
    strange["aud"] = json!("https://elsewhere.example");
    let strange = token_of(Signer::Es256, &strange);
    for _ in 0..3 {
        assert_eq!(code(&verifier, &strange, NOW), Some(Code::AudienceMismatch));
    }
    assert_eq!(hits(&verifier), 0);
    assert_eq!((code(&verifier, &token, NOW), hits(&verifier)), (None, 1));
}

#[test]
fn a_long_token_is_accepted_and_not_kept() {
    let verifier = keeping(10);
    let mut claims = support::claims();
    claims["padding"] = json!("x".repeat(MAX_KEPT_BYTES));
    let token = token_of(Signer::Es256, &claims);
    for _ in 0..2 {
        assert_eq!((code(&verifier, &token, NOW), hits(&verifier)), (None, 0));
    }
}

#[test]
fn a_report_is_made_anew() {
    let verifier = keeping(10);
    let token = token_of(Signer::Es256, &support::claims());
    let report = || verifier.judge(&token, NOW, Detail::Report).report();
    let before = report();
    assert_eq!(code(&verifier, &token, NOW), None);
    assert_eq!(hits(&verifier), 0, "a report is not kept either");
    assert_eq!(format!("{:?}", report()), format!("{before:?}"));
    assert_eq!(hits(&verifier), 0);
}

#[test]
fn replay_protection_sees_every_token_that_is_recalled() {
    let verifier = keeping(10).with_replay_protection(WhenUnavailable::Refuse);
    let token = token_of(Signer::Es256, &support::claims());
    for (round, answer) in [Replay::First, Replay::Seen].into_iter().enumerate() {
        let judgement = verifier.judge(&token, NOW, Detail::Verdict);
        assert_eq!(judgement.verdict().unwrap_err().code, Code::ReplayUnavailable);
        assert!(judgement.once().is_some());
        assert_eq!(judgement.standing(), None, "whoever kept this would not ask again");
        let settled = judgement.with_replay(answer);
        assert_eq!(settled.verdict().is_ok(), round == 0);
        assert_eq!(settled.standing(), None);
        assert_eq!(hits(&verifier), round as u64);
    }
}

#[test]
fn a_standing_is_given_for_what_a_verifier_would_accept_again() {
    let mut verifier = verifier(POLICY);
    let token = token_of(Signer::Es256, &support::claims());
    let judgement = verifier.judge(&token, NOW, Detail::Verdict);
    let standing = judgement.standing().unwrap();
    assert!(
        verifier.stands_by(&standing, NOW) && verifier.stands_by_without_fetching(&standing, NOW)
    );
    assert!(!verifier.stands_by(&standing, NOW + 1_000));
    assert_eq!(verifier.judge(&token, 0, Detail::Verdict).standing(), None);
    verifier.add_static_keys(ISSUER, support::keys());
    assert!(!verifier.stands_by(&standing, NOW), "nobody compared these keys with the ones before");
}

#[test]
fn threads_share_what_is_kept() {
    let verifier = keeping(10);
    let token = token_of(Signer::Es256, &support::claims());
    assert_eq!(code(&verifier, &token, NOW), None);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..250).for_each(|_| assert_eq!(code(&verifier, &token, NOW), None)));
        }
    });
    assert_eq!(hits(&verifier), 1000);
}

#[test]
fn a_verdict_by_a_key_past_its_lifetime_is_not_kept() {
    let mut host = Host::new(Some(10));
    let tokens = tokens();
    let event = |host: &mut Host, event: Event| host.see(&event, &tokens);
    event(&mut host, Event::Step(0));
    event(&mut host, Event::Answer(0, 0));
    event(&mut host, Event::Advance(70));
    event(&mut host, Event::Step(0));
    event(&mut host, Event::Fail(0));
    for _ in 0..2 {
        let judgement = host.verifier.judge(&tokens[0], host.now, Detail::Verdict);
        assert!(judgement.has_stale_key() && judgement.verdict().is_ok());
        assert_eq!(judgement.standing(), None);
    }
    assert_eq!(hits(&host.verifier), 0);
}
