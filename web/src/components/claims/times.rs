use countersign::Instant;
use yew::prelude::*;

use super::super::data_text::data;
use super::super::time_text::{TimeSpan, duration};
use super::facts::{group, row};
use super::time_bar::TimeBar;
use crate::claims_view::{ClaimsView, Reading, TimeClaim, TimeName};
use crate::hooks::{use_now, use_page};
use crate::language::{Language, Text};

const TITLE: Text = Text::new("When", "時刻");
const ISSUED: Text = Text::new("Issued", "発行");
const NOT_BEFORE: Text = Text::new("Valid from", "有効期間の開始");
const EXPIRES: Text = Text::new("Expires", "有効期限");
const SESSION: Text = Text::new("Session ends", "セッションの終了");
const LIFETIME: Text = Text::new("Lifetime", "有効期間");
const IN: Text = Text::new("in {time}", "{time}後");
const AGO: Text = Text::new("{time} ago", "{time}前");
const NOW: Text = Text::new("now", "現在");
const MILLISECONDS: Text = Text::new(
    "This looks like milliseconds: as such it is {time}. Tokens use seconds.",
    "ミリ秒の値と思われます (その場合は {time})。トークンでは秒を使います。",
);
const UNREADABLE: Text = Text::new(
    "Not a whole number of seconds since the epoch.",
    "エポックからの秒数を表す整数ではありません。",
);
const NOT_RFC3339: Text = Text::new("Not an RFC 3339 time.", "RFC 3339 形式の時刻ではありません。");
const OUTLIVES: Text = Text::new(
    "The token outlives the session that asked for it. AWS issues no such tokens.",
    "トークンの有効期限が、要求元のセッションの終了より後になっています。AWS はこのようなトークンを発行しません。",
);

/// The token's times; nothing if it has none.
pub(super) fn times(view: &ClaimsView, language: Language) -> Html {
    if view.times.is_empty() {
        return Html::default();
    }
    let (issued, expires) = (view.time(TimeName::Issued), view.time(TimeName::Expires));
    let lifetime = issued.zip(expires).filter(|(issued, expires)| issued < expires);
    let inner = html! {
        <>
            if let Some((issued, expires)) = lifetime {
                <TimeBar {issued} {expires} session={view.time(TimeName::SessionEnds)} {language} />
            }
            <dl class="facts">
                { for view.times.iter().map(|time| {
                    row(name(time.name, language), Some(time.name.claim()), moment(time, language))
                }) }
                if let Some((issued, expires)) = lifetime {
                    { row(
                        LIFETIME.in_language(language),
                        None,
                        Html::from(duration(TimeSpan::between(issued, expires), language)),
                    ) }
                }
            </dl>
            if view.outlives_session() {
                <p class="note note--open" data-testid="outlives-session">
                    { OUTLIVES.in_language(language) }
                </p>
            }
        </>
    };
    group(TITLE.in_language(language), inner)
}

fn name(name: TimeName, language: Language) -> &'static str {
    match name {
        TimeName::Issued => ISSUED,
        TimeName::NotBefore => NOT_BEFORE,
        TimeName::Expires => EXPIRES,
        TimeName::SessionEnds => SESSION,
    }
    .in_language(language)
}

fn moment(time: &TimeClaim, language: Language) -> Html {
    match &time.reading {
        Reading::Seconds(at) => html! {
            <>
                <p class="time__relative"><Relative at={*at} /></p>
                <p class="time__exact">
                    if let Some(local) = local_time(*at, language) {
                        <span>{ local }</span>
                    }
                    <time class="time__utc" translate="no" datetime={Instant(*at).to_string()}>
                        { Instant(*at).to_string() }
                    </time>
                </p>
            </>
        },
        Reading::Milliseconds(at) => html! {
            <p class="note note--bad" data-testid="milliseconds">
                { MILLISECONDS.fill(language, &[("time", &Instant(*at))]) }
            </p>
        },
        Reading::Unreadable(text) => html! {
            <>
                { data(text) }
                <p class="note note--bad">
                    { match time.name {
                        TimeName::SessionEnds => NOT_RFC3339,
                        _ => UNREADABLE,
                    }.in_language(language) }
                </p>
            </>
        },
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct RelativeProps {
    /// In seconds since the epoch.
    at: u64,
}

/// How long until or since a time. It alone is drawn again each second.
#[component]
fn Relative(props: &RelativeProps) -> Html {
    let language = use_page().language();
    Html::from(relative(props.at, use_now(), language))
}

fn relative(at: u64, now: u64, language: Language) -> String {
    let words = |text: Text, from, to| {
        text.fill(language, &[("time", &duration(TimeSpan::between(from, to), language))])
    };
    match at.cmp(&now) {
        std::cmp::Ordering::Less => words(AGO, at, now),
        std::cmp::Ordering::Equal => NOW.in_language(language).to_owned(),
        std::cmp::Ordering::Greater => words(IN, now, at),
    }
}

/// The latest time that JavaScript's dates can hold, in seconds since the epoch (ECMA-262, "Time Values").
const LATEST_DATE: u64 = 8_640_000_000_000;

/// A time as people here write it, with its zone.
#[expect(clippy::cast_precision_loss, reason = "no date is too large to be exact")]
fn local_time(seconds: u64, language: Language) -> Option<String> {
    if seconds > LATEST_DATE {
        return None;
    }
    let options = js_sys::Object::new();
    for (name, style) in [("dateStyle", "medium"), ("timeStyle", "long")] {
        js_sys::Reflect::set(&options, &name.into(), &style.into()).ok()?;
    }
    let date = js_sys::Date::new(&(seconds as f64 * 1_000.0).into());
    Some(date.to_locale_string(language.tag(), &options).into())
}

#[cfg(test)]
mod tests {
    use super::relative;
    use crate::language::Language;

    #[test]
    fn until_and_since() {
        let words = |at, now| relative(at, now, Language::English);
        assert_eq!(words(100, 40), "in 1 min");
        assert_eq!(words(40, 100), "1 min ago");
        assert_eq!(words(40, 40), "now");
        assert_eq!(relative(45, 40, Language::Japanese), "5 秒後");
    }
}
