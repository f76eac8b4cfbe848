//! Keys come when they are needed, once for however many wait.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign::service::{AsyncVerifier, Event};
use countersign::{Code, Effect, KeyStoreSettings, Verifier};

use crate::aws::{Aws, Mode};

/// The issuer's discovery document and its key set.
const DOCUMENTS: usize = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_callers_of_a_cold_verifier_share_one_fetch() {
    let aws = Aws::start().await;
    aws.answer(Mode::Late(Duration::from_millis(100)));
    let (verifier, token) = (aws.verifier(), aws.mint());
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token.clone());
            tokio::spawn(async move { verifier.verify(&token).await })
        })
        .collect();
    for call in calls {
        let verified = call.await.unwrap().unwrap();
        assert_eq!(verified.principal().name, "Batch");
    }
    assert_eq!(aws.fetched(), DOCUMENTS);
    let metrics = verifier.metrics();
    assert_eq!((metrics.verified, metrics.hits, metrics.fetches), (50, 0, 2));
    verifier.verify(&token).await.unwrap();
    assert_eq!((aws.fetched(), verifier.metrics().hits), (0, 1));
}

#[tokio::test]
async fn a_rotation_is_noticed_by_the_first_token_of_the_new_key() {
    let aws = Aws::start().await;
    let verifier = aws.verifier();
    let old = aws.mint();
    verifier.verify(&old).await.unwrap();
    aws.fetched();
    aws.rotate();
    aws.pass(20);
    let new = aws.mint();
    assert_eq!(verifier.verify(&new).await.unwrap().principal().name, "Batch");
    assert_eq!(aws.fetched(), 1);
    assert_eq!(verifier.verify(&old).await.unwrap_err().code, Code::KeyUnknown);
}

#[tokio::test]
async fn keys_are_renewed_in_the_background_before_their_time_is_over() {
    let aws = Aws::start().await;
    let settings = KeyStoreSettings { fetch_timeout_seconds: 60, ..KeyStoreSettings::default() };
    let verifier = aws.verifier_with(settings);
    verifier.verify(&aws.mint()).await.unwrap();
    aws.fetched();
    let fetched_at_first = verifier.snapshot().to_json();
    // The issuer gives them 300 seconds.
    aws.pass(299);
    aws.answer(Mode::Held);
    for _ in 0..3 {
        verifier.verify(&aws.mint()).await.unwrap();
    }
    // No document of the renewal has come, so no token waited for it.
    assert_eq!(verifier.metrics().fetches, 2);
    aws.answer(Mode::Well);
    let renewed = async {
        while verifier.snapshot().to_json() == fetched_at_first {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(50), renewed).await.unwrap();
    // Where the key set is has to be asked again, too.
    assert_eq!(aws.fetched(), DOCUMENTS);
    aws.pass(200);
    verifier.verify(&aws.mint()).await.unwrap();
    assert_eq!((aws.fetched(), verifier.metrics().hits), (0, 4));
}

#[tokio::test]
async fn ready_has_keys_there_ahead_of_the_first_token_and_says_what_could_not_be_had() {
    let aws = Aws::start().await;
    let verifier = aws.verifier();
    aws.answer(Mode::Down);
    let readiness = verifier.ready().await;
    assert_eq!((readiness.len(), readiness[0].ready), (1, false));
    assert!(readiness[0].reason.as_deref().unwrap().contains("500"), "{readiness:?}");
    aws.answer(Mode::Well);
    aws.pass(60);
    let readiness = verifier.ready().await;
    assert!(readiness[0].ready, "{readiness:?}");
    aws.fetched();
    verifier.verify(&aws.mint()).await.unwrap();
    assert_eq!(aws.fetched(), 0);
}

#[tokio::test]
async fn a_snapshot_starts_another_verifier_warm() {
    let aws = Aws::start().await;
    let (verifier, token) = (aws.verifier(), aws.mint());
    verifier.verify(&token).await.unwrap();
    let snapshot = verifier.snapshot().to_json();
    let another = aws.verifier();
    let snapshot = countersign::Snapshot::from_json(&snapshot).unwrap();
    assert_eq!(another.restore(&snapshot).loaded, std::slice::from_ref(&aws.issuer));
    aws.fetched();
    another.verify(&token).await.unwrap();
    assert_eq!(aws.fetched(), 0);
}

#[tokio::test]
async fn explain_agrees_with_verify_and_listeners_hear_of_everything() {
    let aws = Aws::start().await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&heard);
    let verifier = Verifier::new(aws.policy(), KeyStoreSettings::default()).unwrap();
    let verifier = AsyncVerifier::builder(verifier, aws.host())
        .listener(move |event| {
            listener.lock().unwrap().push(match event {
                Event::Fetched { answer, background, .. } => format!("{answer:?} {background}"),
                Event::Keys(Effect::Loaded { added, .. }) => format!("{} keys", added.len()),
                Event::Keys(_) => "no keys".to_owned(),
                Event::Verified { waits, stale, .. } => format!("verified {waits} {stale}"),
                Event::Refused { code, waits, .. } => format!("{code} {waits}"),
                other => format!("{other:?}"),
            });
        })
        .build();
    let report = verifier.explain(&aws.mint()).await;
    assert!(report.accepted && !report.checks.is_empty());
    verifier.verify(&aws.mint()).await.unwrap();
    let foreign = aws.mint_for("https://other.example.com");
    let rejection = verifier.verify(&foreign).await.unwrap_err();
    assert_eq!(verifier.explain(&foreign).await.rejection, Some(rejection));
    let heard = heard.lock().unwrap();
    let keys = "2 keys";
    assert!(
        heard.iter().map(String::as_str).eq([
            "Ok(200) false",
            "no keys",
            "Ok(200) false",
            keys,
            "verified 0 false",
            "audience.mismatch 0",
        ]),
        "{heard:?}"
    );
    assert_eq!(verifier.metrics().refused, [(Code::AudienceMismatch, 1)].into());
}
