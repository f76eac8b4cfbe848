use gloo_timers::callback::Interval;
use yew::prelude::*;

use super::use_page;

/// The host's time, in seconds since the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now(pub u64);

/// The host's time, as it passes.
#[hook]
pub fn use_host_time() -> Now {
    let time = use_state_eq(host_time);
    {
        let time = time.clone();
        use_effect_with((), move |()| {
            let interval = Interval::new(250, move || time.set(host_time()));
            move || drop(interval)
        });
    }
    Now(*time)
}

/// The time for which tokens are judged, in seconds since the epoch: the host's, or the one that is set.
#[hook]
pub fn use_now() -> u64 {
    let page = use_page();
    let Now(host_time) = use_context().unwrap_or(Now(0));
    page.clock.now(host_time)
}

/// The host's time at this moment, in seconds since the epoch, whatever time tokens are judged for.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds of a clock are a number that is not negative and far from the limits"
)]
pub fn host_time() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}
