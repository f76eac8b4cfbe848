use yew::prelude::*;

use crate::hooks::use_now;
use crate::language::{Language, Text};

const NOW: Text = Text::new("now", "現在");

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// When the token was issued, in seconds since the epoch.
    pub(super) issued: u64,
    /// When it expires; later than it was issued.
    pub(super) expires: u64,
    /// When its session ends.
    pub(super) session: Option<u64>,
    pub(super) language: Language,
}

/// Issue, expiry and the end of the session on a line, and where now is on it. It shows nothing that is not
/// said in words beside it.
#[component]
pub(super) fn TimeBar(props: &Props) -> Html {
    let now = use_now();
    let scale = Scale { from: props.issued, to: props.session.unwrap_or(0).max(props.expires) };
    let expires = scale.percent(props.expires);
    let at = scale.percent(now);
    let tone =
        if now < props.expires { "time-bar__life" } else { "time-bar__life time-bar__life--over" };
    let percent = |value: f64| format!("{value:.2}%");
    html! {
        <svg class="time-bar" width="100%" height="34" aria-hidden="true" focusable="false">
            <rect class="time-bar__track" x="0" y="4" width="100%" height="8" rx="4" />
            <rect class={tone} x="0" y="4" width={percent(expires.max(1.0))} height="8" rx="4" />
            { mark(expires, "exp") }
            if let Some(session) = props.session {
                if distance(scale.percent(session), expires) > 22.0 {
                    { mark(scale.percent(session), "original_session_exp") }
                }
            }
            if expires > 22.0 {
                { mark(0.0, "iat") }
            }
            if scale.holds(now) {
                <g class="time-bar__now">
                    <title>{ NOW.in_language(props.language) }</title>
                    <line x1={percent(at)} x2={percent(at)} y1="0" y2="16" />
                </g>
            }
        </svg>
    }
}

fn mark(at: f64, name: &'static str) -> Html {
    let anchor = match at {
        at if at < 20.0 => "start",
        at if at > 80.0 => "end",
        _ => "middle",
    };
    html! {
        <text class="time-bar__name" x={format!("{at:.2}%")} y="29" text-anchor={anchor}>{ name }</text>
    }
}

fn distance(one: f64, other: f64) -> f64 {
    (one - other).abs()
}

/// A span of time drawn as a line.
struct Scale {
    from: u64,
    to: u64,
}

impl Scale {
    fn holds(&self, at: u64) -> bool {
        (self.from..=self.to).contains(&at)
    }

    /// Where a time is on the line, in percent.
    #[expect(clippy::cast_precision_loss, reason = "it is drawn")]
    fn percent(&self, at: u64) -> f64 {
        let at = at.clamp(self.from, self.to);
        let length = self.to.saturating_sub(self.from).max(1);
        (at - self.from) as f64 * 100.0 / length as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn times_beyond_the_line_are_at_its_ends() {
        let scale = Scale { from: 100, to: 200 };
        let percent = |at| format!("{:.0}", scale.percent(at));
        assert_eq!([0, 100, 150, 200, u64::MAX].map(percent), ["0", "0", "50", "100", "100"]);
        assert!(scale.holds(200) && !scale.holds(201));
        let moment = Scale { from: 5, to: 5 };
        assert_eq!(format!("{:.0}", moment.percent(5)), "0");
    }
}
