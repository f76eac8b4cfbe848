use countersign::Instant;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::moment::{self, MomentFault};
use crate::hooks::{Page, use_now, use_page};
use crate::language::Text;
use crate::state::{Action, Clock};

const HEADING: Text = Text::new("Evaluate at", "評価時刻");
const RUNNING: Text = Text::new("Now, as time passes", "現在時刻 (経過中)");
const SET: Text = Text::new("Set: not now", "指定時刻 (現在ではありません)");
const SET_MEANS: Text = Text::new(
    "All verdicts are for this time, not for now.",
    "すべての判定は、現在ではなくこの時刻についてのものです。",
);
const LOCAL: Text = Text::new("Local time", "ローカル時刻");
const WRITTEN: Text =
    Text::new("Seconds since the epoch, or RFC 3339", "エポック秒または RFC 3339");
const SHORTCUTS: Text = Text::new("Times of the token", "トークンの時刻");
const NOW: Text = Text::new("Now", "現在");
const ISSUED: Text = Text::new("When issued", "発行時");
const BEFORE: Text = Text::new("1 s before expiry", "期限の 1 秒前");
const AFTER: Text = Text::new("1 s after expiry", "期限の 1 秒後");
const NOT_SAID: Text = Text::new(
    "The token in hand does not say when it was issued or when it expires.",
    "手元のトークンから発行時刻または有効期限を読み取れません。",
);
const TOLERANCE: Text = Text::new(
    "The policy lets clocks differ by {seconds} s, so a token counts as valid for that long after its expiry.",
    "ポリシーは時計の差を {seconds} 秒まで許容するため、期限後もその間は有効とみなされます。",
);
const NOT_A_TIME: Text = Text::new(
    "This is no time. Write seconds such as 1700000000, or RFC 3339 with its zone such as 2023-11-14T22:13:20Z.",
    "時刻として読み取れません。1700000000 のような秒数、または 2023-11-14T22:13:20Z のようなタイムゾーン付きの RFC 3339 で入力してください。",
);
const MILLISECONDS: Text = Text::new(
    "These are milliseconds. Leave out the last three digits.",
    "これはミリ秒です。末尾の 3 桁を除いてください。",
);
const TOO_LATE: Text =
    Text::new("This is after the year 9999.", "9999 年より後の時刻は指定できません。");

/// The clock for which tokens are judged: the host's, or one that is set.
#[component]
pub(super) fn EvaluateAt() -> Html {
    let page = use_page();
    let set = match page.clock {
        Clock::Running => None,
        Clock::Set(at) => Some(at),
    };
    html! {
        <section class="bench__section" aria-labelledby="evaluate-heading">
            <h3 id="evaluate-heading" class="bench__heading">{ page.text(HEADING) }</h3>
            <div class={classes!("clock", set.map(|_| "clock--set"))} data-testid="clock">
                <p class="clock__state">
                    <span class={classes!("badge", set.map(|_| "badge--open"))}>
                        { page.text(if set.is_some() { SET } else { RUNNING }) }
                    </span>
                    <Reading />
                </p>
                if set.is_some() {
                    <p class="hint">{ page.text(SET_MEANS) }</p>
                }
                <Shortcuts />
                <div class="clock__fields">
                    <LocalField />
                    <WrittenField />
                </div>
            </div>
        </section>
    }
}

/// The time itself: the one thing here that is drawn every second.
#[component]
fn Reading() -> Html {
    let now = use_now();
    html! {
        <time class="clock__reading" datetime={Instant(now).to_string()} translate="no"
            data-testid="clock-reading">
            { Instant(now).to_string() }
        </time>
    }
}

#[component]
fn Shortcuts() -> Html {
    let page = use_page();
    let claims = page.token.claims.as_ref();
    let issued = claims.and_then(|claims| claims.issued_at.clone().ok());
    let expires = claims.and_then(|claims| claims.expires_at.clone().ok());
    let times = [
        ("clock-now", NOW, Some(Clock::Running)),
        ("clock-issued", ISSUED, issued.map(Clock::Set)),
        ("clock-before", BEFORE, expires.map(|at| Clock::Set(at.saturating_sub(1)))),
        ("clock-after", AFTER, expires.map(|at| Clock::Set(at.saturating_add(1)))),
    ];
    let silent = !page.token.is_blank() && (issued.is_none() || expires.is_none());
    let tolerance = page.policy.policy().map(|policy| policy.document().clock_tolerance_seconds);
    html! {
        <>
            <div class="bench__row" role="group" aria-label={page.text(SHORTCUTS)}>
                { for times.map(|(id, label, clock)| shortcut(&page, id, label, clock)) }
            </div>
            if silent {
                <p class="hint">{ page.text(NOT_SAID) }</p>
            }
            if let Some(seconds) = tolerance.filter(|seconds| *seconds > 0 && expires.is_some()) {
                <p class="hint">{ page.fill(TOLERANCE, &[("seconds", &seconds)]) }</p>
            }
        </>
    }
}

fn shortcut(page: &Page, id: &'static str, label: Text, clock: Option<Clock>) -> Html {
    let onclick = clock.map(|clock| {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| page.dispatch(Action::SetClock(clock)))
    });
    let pressed = clock == Some(page.clock);
    html! {
        <button type="button" class="button" data-testid={id} disabled={clock.is_none()}
            aria-pressed={pressed.to_string()} {onclick}>
            { page.text(label) }
        </button>
    }
}

#[component]
fn LocalField() -> Html {
    let page = use_page();
    let value = match page.clock {
        Clock::Running => String::new(),
        Clock::Set(at) => moment::local_text(at),
    };
    let onchange = {
        let page = page.clone();
        Callback::from(move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let clock = match moment::read_local(&field.value()) {
                Some(at) => Clock::Set(at),
                // Emptied: nothing is set any more.
                None if field.value().is_empty() => Clock::Running,
                None => return,
            };
            page.dispatch(Action::SetClock(clock));
        })
    };
    html! {
        <label class="clock__field">
            <span class="bench__label">{ page.text(LOCAL) }</span>
            <input type="datetime-local" step="1" class="field field--line" {value} {onchange} />
        </label>
    }
}

#[component]
fn WrittenField() -> Html {
    let page = use_page();
    // What is being written, until it is a time.
    let draft = use_state_eq(|| None::<String>);
    {
        let draft = draft.clone();
        use_effect_with(page.clock, move |_| draft.set(None));
    }
    let fault = draft
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .and_then(|text| moment::read(text).err());
    let value = match (draft.as_ref(), page.clock) {
        (Some(text), _) => text.clone(),
        (None, Clock::Set(at)) => Instant(at).to_string(),
        (None, Clock::Running) => String::new(),
    };
    let onchange = {
        let (page, draft) = (page.clone(), draft.clone());
        Callback::from(move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let text = field.value();
            match moment::read(&text) {
                Ok(at) => {
                    draft.set(None);
                    page.dispatch(Action::SetClock(Clock::Set(at)));
                }
                Err(_) if text.trim().is_empty() => {
                    draft.set(None);
                    page.dispatch(Action::SetClock(Clock::Running));
                }
                Err(_) => draft.set(Some(text)),
            }
        })
    };
    html! {
        <div class="clock__field">
            <label class="bench__label" for="clock-written">{ page.text(WRITTEN) }</label>
            <input id="clock-written" class="field field--line field--code" {value} {onchange}
                spellcheck="false" autocomplete="off" inputmode="text"
                aria-invalid={fault.is_some().to_string()} aria-describedby="clock-fault"
                data-testid="clock-written" />
            <p id="clock-fault" class="clock__fault" role="status" data-testid="clock-fault">
                if let Some(fault) = fault {
                    { page.text(words(fault)) }
                }
            </p>
        </div>
    }
}

fn words(fault: MomentFault) -> Text {
    match fault {
        MomentFault::NotATime => NOT_A_TIME,
        MomentFault::Milliseconds => MILLISECONDS,
        MomentFault::TooLate => TOO_LATE,
    }
}
