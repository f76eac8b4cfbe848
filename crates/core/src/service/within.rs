//! Waiting for one of two, or for all of many.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use super::host::Work;

/// What came of the work, or nothing if the timer ended first.
pub(super) async fn within<T>(
    work: impl Future<Output = T>,
    timer: impl Future<Output = ()>,
) -> Option<T> {
    let (mut work, mut timer) = (pin!(work), pin!(timer));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// All results, in order.
pub(super) async fn all<T>(work: Vec<Work<'_, T>>) -> Vec<T> {
    enum One<'a, T> {
        UnderWay(Work<'a, T>),
        Done(T),
    }
    let mut all: Vec<_> = work.into_iter().map(One::UnderWay).collect();
    poll_fn(|context| {
        let mut is_done = true;
        for one in &mut all {
            if let One::UnderWay(work) = one {
                match work.as_mut().poll(context) {
                    Poll::Ready(value) => *one = One::Done(value),
                    Poll::Pending => is_done = false,
                }
            }
        }
        if is_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    let done = all.into_iter().filter_map(|one| match one {
        One::Done(value) => Some(value),
        One::UnderWay(_) => None,
    });
    done.collect()
}
