//! Verdicts are made side by side.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use countersign::keys::{HostCryptography, HostKey, Key};
use countersign::service::AsyncVerifier;
use countersign::{KeyStoreSettings, Verifier};

use crate::aws::Aws;

/// Cryptography that says yes, once it is asked by two at the same time.
#[derive(Clone, Debug, Default)]
struct Meeting(Arc<Place>);

#[derive(Debug, Default)]
struct Place {
    is_open: AtomicBool,
    come: Mutex<usize>,
    all_have_come: Condvar,
}

impl HostCryptography for Meeting {
    fn key(&self, _: &Key) -> Option<Box<dyn HostKey>> {
        Some(Box::new(self.clone()))
    }
}

impl HostKey for Meeting {
    fn verify(&self, _: &[u8], _: &[u8]) -> bool {
        let Meeting(place) = self;
        if !place.is_open.load(Ordering::SeqCst) {
            return true;
        }
        let mut come = place.come.lock().unwrap();
        *come += 1;
        place.all_have_come.notify_all();
        let waiting = place.all_have_come.wait_timeout_while(come, PATIENCE, |come| *come < 2);
        !waiting.unwrap().1.timed_out()
    }
}

const PATIENCE: Duration = Duration::from_secs(20);

/// If a verification kept others out, the first one would wait for the second in vain.
#[test]
fn two_threads_verify_at_the_same_time() {
    let meeting = Meeting::default();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.unwrap();
    let aws = runtime.block_on(Aws::start());
    let verifier = Verifier::new(aws.policy(), KeyStoreSettings::default()).unwrap();
    let verifier = verifier.with_host_cryptography(Arc::new(meeting.clone()));
    let verifier = AsyncVerifier::new(verifier, aws.host());
    // The first token brings the keys.
    runtime.block_on(verifier.verify(&aws.mint())).unwrap();

    meeting.0.is_open.store(true, Ordering::SeqCst);
    let calls: Vec<_> = (0..2)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), aws.mint());
            runtime.spawn(async move { verifier.verify(&token).await.map(drop) })
        })
        .collect();
    for call in calls {
        runtime.block_on(call).unwrap().unwrap();
    }
}

/// What services share between threads, and hand to tasks.
#[test]
fn a_verifier_goes_wherever_a_service_takes_it() {
    fn is_shared<T: Clone + Send + Sync + 'static>() {}
    fn is_sent<T: Send>(_: T) {}
    is_shared::<AsyncVerifier>();
    is_shared::<countersign::tower::AuthenticationLayer>();
    is_shared::<countersign::axum::Authenticated>();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let verifier = runtime.block_on(Aws::start()).verifier();
    is_sent(verifier.verify(""));
    is_sent(verifier.explain(""));
    is_sent(verifier.ready());
}
