//! Verdicts are made side by side.

use std::time::{Duration, Instant};

use countersign::service::AsyncVerifier;

use crate::aws::Aws;

/// Verdicts in a quarter of a second, by so many threads that share one verifier.
fn verdicts(threads: usize, verifier: &AsyncVerifier, token: &str) -> u64 {
    let until = Instant::now() + Duration::from_millis(250);
    let count = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut count = 0;
            while Instant::now() < until {
                verifier.verify(token).await.unwrap();
                count += 1;
            }
            count
        })
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(count)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}

#[test]
fn two_threads_verify_more_than_one() {
    if std::thread::available_parallelism().is_ok_and(|threads| threads.get() < 2) {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let aws = runtime.block_on(Aws::start());
    let (verifier, token) = (aws.verifier(), aws.mint());
    runtime.block_on(verifier.verify(&token)).unwrap();
    // Other work of this machine comes and goes: one round that shows it is enough.
    let mut best = 0.0_f64;
    for _ in 0..40 {
        let one = verdicts(1, &verifier, &token);
        best = best.max(verdicts(2, &verifier, &token) as f64 / one as f64);
        if best > 1.3 {
            println!("two threads: {best:.2} times as many verdicts as one");
            return;
        }
    }
    panic!("two threads make only {best:.2} times as many verdicts as one");
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
