use std::ops::Range;

use countersign::MAX_TOKEN_BYTES;
use yew::prelude::*;

use super::super::data_text::data_within;
use super::ViewProps;
use super::marks::{Mark, Stretch, Tone, stretches};
use crate::language::core::finding_message;
use crate::language::{Language, Text};
use crate::state::Token;

const LABEL: Text = Text::new("The token, its parts told apart", "パート別に示したトークン");
const HEADER: Text = Text::new("Header", "ヘッダー");
const PAYLOAD: Text = Text::new("Payload", "ペイロード");
const SIGNATURE: Text = Text::new("Signature", "署名");
const SURPLUS: Text = Text::new("Should not be there", "余分なパート");
const SIZE: Text =
    Text::new("{characters} characters, {bytes} bytes", "{characters} 文字、{bytes} バイト");
const EMPTY: Text = Text::new("empty", "空");
const CUT: Text = Text::new(
    "The first {shown} characters are shown; there are {left} more.",
    "先頭の {shown} 文字を表示しています。残りは {left} 文字です。",
);

/// No more of a text than this is shown: a verifier reads no more.
const MOST_SHOWN: usize = MAX_TOKEN_BYTES;

/// The parts that belong to a token, and what is left.
const PARTS: [(&str, Text); 3] =
    [("header", HEADER), ("payload", PAYLOAD), ("signature", SIGNATURE)];
const REST: (&str, Text) = ("rest", SURPLUS);

/// The token, each part in its own colour and with its own underline.
#[component]
pub(super) fn Encoded(props: &ViewProps) -> Html {
    let language = props.language;
    let whole = props.token.text();
    let text = whole.get(..whole.floor_char_boundary(MOST_SHOWN)).unwrap_or_default();
    let left = whole.len() - text.len();
    let stretches = stretches(text, &props.marks.token);
    html! {
        <>
            <div class="token__text" tabindex="0" role="region" aria-label={LABEL.in_language(language)}
                data-testid="token-text" translate="no">
                { for parts(text).map(|(index, start)| {
                    part(language, &props.token, text, index, start, &stretches)
                }) }
            </div>
            if left > 0 {
                <p class="hint">{ CUT.fill(language, &[("shown", &text.len()), ("left", &left)]) }</p>
            }
            <ul class="token__legend">
                { for PARTS.iter().chain(has_rest(text).then_some(&REST)).map(|(name, title)| {
                    legend(language, &props.token, name, *title)
                }) }
            </ul>
        </>
    }
}

/// The parts of a text: which of [`PARTS`], and where it begins. The third dot ends the token.
fn parts(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.splitn(4, '.')
        .scan(0, |at, part| {
            let start = *at;
            *at += part.len() + 1;
            Some(start)
        })
        .enumerate()
}

fn has_rest(text: &str) -> bool {
    text.split('.').nth(PARTS.len()).is_some()
}

fn part(
    language: Language,
    token: &Token,
    text: &str,
    index: usize,
    start: usize,
    stretches: &[Stretch<'_>],
) -> Html {
    let (name, _) = PARTS.get(index).copied().unwrap_or(REST);
    let rest = text.get(start..).unwrap_or_default();
    let length =
        if index < PARTS.len() { rest.find('.').unwrap_or(rest.len()) } else { rest.len() };
    let end = start + length;
    let within = |of: Range<usize>, edges: bool| {
        let shown = stretches.iter().filter_map(|one| Some((one, clip(&one.place, &of, edges)?)));
        shown
            .map(|(one, place)| {
                let first = place.start == one.place.start;
                let inner = data_within(text.get(place).unwrap_or_default());
                match one.mark {
                    None => inner,
                    Some(mark) => marked(language, token, mark, first, inner),
                }
            })
            .collect::<Html>()
    };
    html! {
        <>
            if index > 0 {
                <span class="token__dot">{ within(start - 1..start, false) }</span>
            }
            <span class={format!("token__part token__part--{name}")}>{ within(start..end, true) }</span>
        </>
    }
}

/// What of a stretch lies within a part; an empty one may lie at its edges too.
fn clip(place: &Range<usize>, part: &Range<usize>, edges: bool) -> Option<Range<usize>> {
    if place.is_empty() {
        let within = part.start <= place.start && place.start <= part.end;
        return (edges && within).then(|| place.clone());
    }
    let clipped = place.start.max(part.start)..place.end.min(part.end);
    (!clipped.is_empty()).then_some(clipped)
}

/// A marked piece of a text; the first piece of a mark bears its number.
pub(super) fn marked(
    language: Language,
    token: &Token,
    mark: &Mark,
    first: bool,
    inner: Html,
) -> Html {
    let class = match mark.tone {
        Tone::Bad => "fault fault--bad",
        Tone::Open => "fault fault--open",
        Tone::Quiet => "fault",
    };
    let message = (mark.number.checked_sub(1))
        .and_then(|index| token.inspection.findings.get(index))
        .map(|finding| finding_message(finding, language));
    html! {
        <mark {class} data-number={first.then(|| mark.number.to_string())} title={message}
            aria-describedby={format!("finding-{}", mark.number)}>
            { inner }
        </mark>
    }
}

fn legend(language: Language, token: &Token, name: &str, title: Text) -> Html {
    let part = token.inspection.parts.iter().find(|part| part.name == name);
    let size = part
        .map(|part| SIZE.fill(language, &[("characters", &part.length), ("bytes", &part.bytes)]));
    html! {
        <li class="token__entry">
            <span class={format!("token__name token__part--{name}")}>{ title.in_language(language) }</span>
            if name != REST.0 {
                <span class="hint">{ size.unwrap_or_else(|| EMPTY.in_language(language).to_owned()) }</span>
            }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::{clip, has_rest, parts};

    #[test]
    fn a_stretch_is_shown_in_the_parts_that_it_is_in() {
        assert_eq!(clip(&(2..9), &(0..5), true), Some(2..5));
        assert_eq!(clip(&(2..9), &(6..8), true), Some(6..8));
        assert_eq!(clip(&(2..5), &(5..8), true), None);
        assert_eq!(clip(&(5..5), &(0..5), true), Some(5..5));
        assert_eq!(clip(&(5..5), &(5..6), false), None, "the dot is no part");
        assert_eq!(clip(&(7..7), &(0..5), true), None);
        assert_eq!(clip(&(6..6), &(6..6), true), Some(6..6), "an empty part");
    }

    #[test]
    fn a_part_begins_after_each_of_three_dots() {
        let starts = |text| parts(text).map(|(_, start)| start).collect::<Vec<_>>();
        assert_eq!(starts("ab.c.d"), [0, 3, 5]);
        assert_eq!(starts("..."), [0, 1, 2, 3]);
        assert_eq!(starts("a.b.c.d.e.f"), [0, 2, 4, 6]);
        assert_eq!(starts("ab"), [0]);
        assert!(has_rest("a.b.c.") && !has_rest("a.b.c"));
    }
}
