//! Each token is accepted once, by a store that may be slow.

use std::num::NonZeroUsize;
use std::sync::Mutex;

use countersign::replay::{Once, Replay, ReplayMemory, WhenUnavailable};
use countersign::service::{AsyncVerifier, ReplayStore, Work};
use countersign::{Code, KeyStoreSettings, Verifier};

use crate::aws::Aws;

fn protected(aws: &Aws, store: impl ReplayStore, when: WhenUnavailable) -> AsyncVerifier {
    let verifier = Verifier::new(aws.policy(), KeyStoreSettings::default()).unwrap();
    let verifier = verifier.with_token_cache(100).unwrap();
    AsyncVerifier::builder(verifier, aws.host()).replay_protection(store, when).build()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_show_one_token_at_once_one_is_accepted() {
    let aws = Aws::start().await;
    let memory = ReplayMemory::new(NonZeroUsize::new(1000).unwrap());
    let verifier = protected(&aws, Mutex::new(memory), WhenUnavailable::Refuse);
    let token = aws.mint();
    assert!(verifier.explain(&token).await.accepted, "a report uses nothing up");
    let calls: Vec<_> = (0..30)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token.clone());
            tokio::spawn(async move { verifier.verify(&token).await.map_err(|error| error.code) })
        })
        .collect();
    let mut accepted = 0;
    for call in calls {
        match call.await.unwrap() {
            Ok(_) => accepted += 1,
            Err(code) => assert_eq!(code, Code::TokenReplayed),
        }
    }
    assert_eq!(accepted, 1);
    assert!(!verifier.explain(&token).await.accepted);
    verifier.verify(&aws.mint()).await.unwrap();
}

/// A store that never answers.
struct Silent;

impl ReplayStore for Silent {
    fn once<'a>(&'a self, _: &'a Once, _: u64) -> Work<'a, Replay> {
        Box::pin(std::future::pending())
    }

    fn peek<'a>(&'a self, _: &'a Once, _: u64) -> Work<'a, Replay> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_store_that_does_not_answer_holds_nobody_up_for_ever() {
    let aws = Aws::start().await;
    for (when, expected) in
        [(WhenUnavailable::Refuse, Err(Code::ReplayUnavailable)), (WhenUnavailable::Accept, Ok(()))]
    {
        let verifier = protected(&aws, Silent, when);
        let verdict = verifier.verify(&aws.mint()).await;
        assert_eq!(verdict.map(drop).map_err(|error| error.code), expected);
    }
}

#[tokio::test]
async fn protection_without_a_store_accepts_nothing() {
    let aws = Aws::start().await;
    let verifier = Verifier::new(aws.policy(), KeyStoreSettings::default()).unwrap();
    let verifier = verifier.with_replay_protection(WhenUnavailable::Accept);
    let verifier = AsyncVerifier::new(verifier, aws.host());
    let rejection = verifier.verify(&aws.mint()).await.unwrap_err();
    assert_eq!(rejection.code, Code::ReplayUnavailable);
}
