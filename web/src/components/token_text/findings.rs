use std::rc::Rc;

use countersign::Finding;
use yew::prelude::*;

use super::super::data_text::data_within;
use super::super::prose::prose;
use super::marks::Tone;
use super::places::tone;
use crate::language::core::finding_message;
use crate::language::{Language, Text};
use crate::state::Token;

const TITLE: Text = Text::new("Findings", "検出事項");
const NONE: Text = Text::new(
    "Nothing remarkable in the token's form. Nothing has been verified by that.",
    "トークンの形式に目立った点はありません。ただし、これは検証ではありません。",
);
const AT_BYTE: Text = Text::new("{part}, byte {at}", "{part}、{at} バイト目");
const AT_CHARACTER: Text =
    Text::new("{part}, character {at} of the token", "{part}、トークンの {at} 文字目");
const SHOW_ALL: Text = Text::new("Show all {count} findings", "{count} 件すべてを表示");
const HEADER: Text = Text::new("header", "ヘッダー");
const PAYLOAD: Text = Text::new("payload", "ペイロード");
const SIGNATURE: Text = Text::new("signature", "署名");
const TOKEN: Text = Text::new("token", "トークン");

/// No more findings are listed at first.
const FEW: usize = 12;

/// No more findings are listed at all: a hostile token can have one for each member.
const MOST: usize = 1_000;

/// So much of the text around a fault is shown, in bytes on either side.
const AROUND: usize = 40;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) language: Language,
    pub(super) token: Rc<Token>,
}

/// What is remarkable or wrong, numbered as it is marked in the texts.
#[component]
pub(super) fn Findings(props: &Props) -> Html {
    let language = props.language;
    let everything = use_state(|| false);
    {
        let everything = everything.clone();
        use_effect_with(props.token.clone(), move |_| everything.set(false));
    }
    let findings = &props.token.inspection.findings;
    let shown = if *everything { MOST } else { FEW };
    let show_all = Callback::from(move |_: MouseEvent| everything.set(true));
    html! {
        <div>
            <h3 class="token__part-title">{ TITLE.in_language(language) }</h3>
            if findings.is_empty() {
                <p class="hint">{ NONE.in_language(language) }</p>
            }
            <ol class="findings" data-testid="findings">
                { for findings.iter().take(shown).enumerate().map(|(index, one)| {
                    finding(language, &props.token, index + 1, one)
                }) }
            </ol>
            if findings.len() > shown && shown == FEW {
                <button type="button" class="button" onclick={show_all}>
                    { SHOW_ALL.fill(language, &[("count", &findings.len().min(MOST))]) }
                </button>
            }
        </div>
    }
}

fn finding(language: Language, token: &Token, number: usize, finding: &Finding) -> Html {
    let class = match tone(finding) {
        Tone::Bad => "finding note note--bad",
        Tone::Open => "finding note note--open",
        Tone::Quiet => "finding note",
    };
    html! {
        <li {class}>
            <span class="finding__number" aria-hidden="true">{ number }</span>
            <div>
                <p id={format!("finding-{number}")} class="finding__message">
                    { prose(&finding_message(finding, language)) }
                </p>
                <p class="hint">
                    <code translate="no">{ finding.code.as_str() }</code>
                    if let Some(place) = position(language, finding) {
                        { " · " }{ place }
                    }
                </p>
                if let Some(line) = around(token, finding) {
                    <pre class="finding__line data" translate="no">
                        { line.before }<mark class="fault">{ line.fault }</mark>{ line.after }
                    </pre>
                }
            </div>
        </li>
    }
}

/// Where a finding is, in words.
fn position(language: Language, finding: &Finding) -> Option<String> {
    let place = finding.place?;
    let part = (match place.part {
        "header" => HEADER,
        "payload" => PAYLOAD,
        "signature" => SIGNATURE,
        _ => TOKEN,
    })
    .in_language(language);
    Some(match place.decoded {
        Some(decoded) => AT_BYTE.fill(language, &[("part", &part), ("at", &decoded.start)]),
        None => AT_CHARACTER.fill(language, &[("part", &part), ("at", &place.start)]),
    })
}

/// A fault within the text around it.
struct Line {
    before: Html,
    fault: Html,
    after: Html,
}

/// The decoded text around a finding; for what stands only in the token's own text, nothing: it is
/// marked there.
fn around(token: &Token, finding: &Finding) -> Option<Line> {
    let place = finding.place?;
    let decoded = place.decoded?;
    let part = token.inspection.parts.iter().find(|part| part.name == place.part)?;
    let text = part.text.as_deref()?;
    let from = text.floor_char_boundary(decoded.start.saturating_sub(AROUND));
    let fault_end = text.floor_char_boundary(decoded.end.min(decoded.start + 2 * AROUND));
    let to = text.floor_char_boundary(fault_end + AROUND);
    let ellipsis = |there: bool| if there { "…" } else { "" };
    let before = text.get(from..decoded.start)?;
    let (fault, after) = (text.get(decoded.start..fault_end)?, text.get(fault_end..to)?);
    Some(Line {
        before: html! { <>{ ellipsis(from > 0) }{ data_within(before) }</> },
        fault: html! { <>{ data_within(fault) }{ ellipsis(fault_end < decoded.end) }</> },
        after: html! { <>{ data_within(after) }{ ellipsis(to < text.len()) }</> },
    })
}
