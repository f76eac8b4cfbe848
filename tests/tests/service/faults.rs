//! Issuers that fail, callers that go away, runtimes that end.

use std::time::{Duration, Instant};

use countersign::service::{AsyncVerifier, HttpHost};
use countersign::{Code, KeyStoreSettings, Policy, Verifier};
use serde_json::json;

use crate::aws::{Aws, Mode, nobody};

fn quick() -> KeyStoreSettings {
    KeyStoreSettings { fetch_timeout_seconds: 1, ..KeyStoreSettings::default() }
}

#[tokio::test]
async fn keys_serve_on_while_their_issuer_is_down_and_not_for_ever() {
    let aws = Aws::start().await;
    let verifier = aws.verifier_with(KeyStoreSettings {
        stale_if_error_seconds: 3600,
        ..KeyStoreSettings::default()
    });
    verifier.verify(&aws.mint()).await.unwrap();
    aws.answer(Mode::Down);
    aws.pass(301);
    for _ in 0..20 {
        verifier.verify(&aws.mint()).await.unwrap();
    }
    let metrics = verifier.metrics();
    assert_eq!((metrics.verified, metrics.stale_serves), (21, 20));
    assert!(metrics.failed_fetches >= 1 && metrics.fetches < 6, "{metrics:?}");
    aws.pass(3600);
    assert_eq!(verifier.verify(&aws.mint()).await.unwrap_err().code, Code::KeyUnavailable);
    aws.answer(Mode::Well);
    aws.pass(301);
    verifier.verify(&aws.mint()).await.unwrap();
}

#[tokio::test]
async fn what_an_issuer_should_not_answer_is_no_key_set() {
    for (mode, why) in [
        (Mode::Down, "500"),
        (Mode::Elsewhere, "redirects are not followed"),
        (Mode::Huge, "larger than allowed"),
        (Mode::Stalled, "no whole answer in time"),
        (Mode::Late(Duration::from_secs(3)), "no whole answer in time"),
    ] {
        let aws = Aws::start().await;
        aws.answer(mode);
        let verifier = aws.verifier_with(quick());
        let rejection = verifier.verify(&aws.mint()).await.unwrap_err();
        assert_eq!(rejection.code, Code::KeyUnavailable, "{mode:?}");
        assert!(rejection.found.contains(why), "{mode:?}: {rejection}");
        assert_eq!(aws.fetched(), 1, "{mode:?}");
    }
}

#[tokio::test]
async fn nobody_listens() {
    let address = nobody().await;
    let policy = json!({
        "audience": "https://api.example.com",
        "trust": [{ "issuer": format!("http://{address}/a") }],
        "dangerLoopbackIssuers": [format!("http://{address}")],
    });
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let verifier = Verifier::new(policy, quick()).unwrap();
    let readiness = AsyncVerifier::new(verifier, HttpHost::new().unwrap()).ready().await;
    assert!(!readiness[0].ready);
    let reason = readiness[0].reason.as_deref().unwrap();
    assert!(reason.to_lowercase().contains("refused"), "{reason}");
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_the_fetch_to_the_others() {
    let aws = Aws::start().await;
    aws.answer(Mode::Late(Duration::from_millis(150)));
    let (verifier, token) = (aws.verifier(), aws.mint());
    let first = {
        let (verifier, token) = (verifier.clone(), token.clone());
        tokio::spawn(async move { verifier.verify(&token).await })
    };
    tokio::time::sleep(Duration::from_millis(40)).await;
    let second = {
        let (verifier, token) = (verifier.clone(), token.clone());
        tokio::spawn(async move { verifier.verify(&token).await })
    };
    tokio::time::sleep(Duration::from_millis(40)).await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(aws.fetched(), 2, "nothing was fetched a second time");
}

#[tokio::test]
async fn strangers_who_come_and_go_have_keys_fetched_once() {
    let aws = Aws::start().await;
    // Long enough for all of them to have come and gone, however busy the machine is.
    aws.answer(Mode::Late(Duration::from_millis(500)));
    let (verifier, token) = (aws.verifier(), aws.mint());
    for _ in 0..10 {
        let call = verifier.verify(&token);
        tokio::time::timeout(Duration::from_millis(2), call).await.unwrap_err();
    }
    verifier.verify(&token).await.unwrap();
    assert_eq!(aws.fetched(), 2, "what they began was of use");
}

#[test]
fn a_runtime_that_ends_takes_nobody_elses_keys_along() {
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
    };
    let (world, lasting, brief) = (runtime(), runtime(), runtime());
    let aws = world.block_on(Aws::start());
    aws.answer(Mode::Late(Duration::from_millis(400)));
    let settings = KeyStoreSettings { fetch_timeout_seconds: 60, ..KeyStoreSettings::default() };
    let (verifier, token) = (aws.verifier_with(settings), aws.mint());
    let begun = {
        let (verifier, token) = (verifier.clone(), token.clone());
        brief.spawn(async move { verifier.verify(&token).await })
    };
    std::thread::sleep(Duration::from_millis(100));
    let waiting = {
        let (verifier, token) = (verifier.clone(), token.clone());
        lasting.spawn(async move { verifier.verify(&token).await })
    };
    std::thread::sleep(Duration::from_millis(100));
    let started = Instant::now();
    brief.shutdown_background();
    lasting.block_on(waiting).unwrap().unwrap();
    // Otherwise it would have waited for as long as a fetch may take.
    assert!(started.elapsed() < Duration::from_secs(40), "it waited for a fetch that was gone");
    assert!(lasting.block_on(begun).is_err(), "it ended with its runtime");
}

#[test]
fn outside_of_a_runtime_is_no_panic_and_no_hang() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let aws = runtime.block_on(Aws::start());
    let (verifier, token) = (aws.verifier(), aws.mint());
    let rejection = poll_to_the_end(verifier.verify(&token)).unwrap_err();
    assert_eq!(rejection.code, Code::KeyUnavailable);
    assert!(rejection.found.contains("Tokio runtime"), "{rejection}");
}

fn poll_to_the_end<T>(future: impl Future<Output = T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut future = std::pin::pin!(future);
    for _ in 0..1000 {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("it hangs")
}
