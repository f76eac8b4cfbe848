use std::rc::Rc;

use countersign::{Asserter, MemberView, describe};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::super::data_text::data_within;
use super::super::prose::prose;
use super::arn::taken_apart;
use crate::claims_view::{Outline, arn_of, arn_parts, outline};
use crate::language::core::{asserter, claim_meaning, header_meaning};
use crate::language::{Language, Text};
use crate::state::Token;

const TITLE: Text = Text::new("Every member", "すべてのメンバー");
const HEADER: Text = Text::new("Header", "ヘッダー");
const PAYLOAD: Text = Text::new("Payload", "ペイロード");
const UNKNOWN: Text = Text::new("not in AWS's table", "AWS の表にない");
const CONDITION_KEY: Text = Text::new("IAM condition key", "IAM 条件キー");
const OBJECT: Text =
    Text::new("Object with {count} members", "{count} 個のメンバーを持つオブジェクト");
const ARRAY: Text = Text::new("Array of {count} elements", "{count} 個の要素を持つ配列");
const LONG: Text = Text::new("Value of {count} bytes", "{count} バイトの値");
const SHOW_ALL: Text = Text::new("Show all ({count})", "すべて表示 ({count} 件)");
const SHOWN: Text = Text::new(
    "The first {shown} of {count} members are shown.",
    "{count} 件中、先頭の {shown} 件を表示しています。",
);

/// So many members are shown at first.
const FEW: usize = 200;

/// Members that are drawn, and left alone, together.
const CHUNK: usize = 100;

/// So many are added at a time, so that the page answers in between.
const STEP: usize = CHUNK;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) token: Rc<Token>,
    /// Whether the token names an issuer of AWS's, without which no claim can be AWS's word.
    pub(super) of_aws: bool,
    pub(super) language: Language,
}

/// Every member of header and payload, in the token's order, with its exact value and what it means.
#[component]
pub(super) fn Members(props: &Props) -> Html {
    let progress = use_state(|| Progress::new(&props.token));
    // Of another token, few are shown again, from its first drawing on.
    let now = match Rc::ptr_eq(&progress.token, &props.token) {
        true => (*progress).clone(),
        false => Progress::new(&props.token),
    };
    let inspection = &props.token.inspection;
    let count = inspection.payload.len();
    {
        let progress = progress.setter();
        use_effect_with(now.clone(), move |now| {
            let next = Progress { shown: now.shown + STEP, ..now.clone() };
            let step = (now.everything && now.shown < count)
                .then(|| Timeout::new(0, move || progress.set(next)));
            move || drop(step)
        });
    }
    if inspection.header.is_empty() && inspection.payload.is_empty() {
        return Html::default();
    }
    let (language, of_aws) = (props.language, props.of_aws);
    let shown = now.shown.min(count);
    let show_all = Callback::from(move |_: MouseEvent| {
        progress.set(Progress { everything: true, ..now.clone() });
    });
    // A list of its own, each with its key: what is drawn already is then left alone.
    let chunks: Html = (0..shown)
        .step_by(CHUNK)
        .map(|from| {
            let to = (from + CHUNK).min(shown);
            html! {
                <Chunk key={from} token={props.token.clone()} {language} {of_aws}
                    part={Part::Payload} {from} {to} />
            }
        })
        .collect();
    html! {
        <section data-testid="members">
            <h3 class="claims__heading">{ TITLE.in_language(language) }</h3>
            if !inspection.header.is_empty() {
                <h4 class="members__part">{ HEADER.in_language(language) }</h4>
                <Chunk token={props.token.clone()} {language} {of_aws} part={Part::Header} from={0}
                    to={inspection.header.len().min(FEW)} />
                if inspection.header.len() > FEW {
                    <p class="hint">
                        { SHOWN.fill(language, &[("shown", &FEW), ("count", &inspection.header.len())]) }
                    </p>
                }
            }
            if count > 0 {
                <h4 class="members__part">{ PAYLOAD.in_language(language) }</h4>
                { chunks }
            }
            if shown < count {
                <div class="members__more">
                    <p class="hint">{ SHOWN.fill(language, &[("shown", &shown), ("count", &count)]) }</p>
                    <button type="button" class="button" onclick={show_all} data-testid="show-all-members">
                        { SHOW_ALL.fill(language, &[("count", &count)]) }
                    </button>
                </div>
            }
        </section>
    }
}

/// How much of a token is shown.
#[derive(Clone)]
struct Progress {
    token: Rc<Token>,
    shown: usize,
    /// Whether more is to be shown until everything is.
    everything: bool,
}

impl Progress {
    fn new(token: &Rc<Token>) -> Self {
        Self { token: token.clone(), shown: FEW, everything: false }
    }
}

impl PartialEq for Progress {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.token, &other.token)
            && (self.shown, self.everything) == (other.shown, other.everything)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Header,
    Payload,
}

#[derive(Properties)]
struct ChunkProps {
    token: Rc<Token>,
    language: Language,
    of_aws: bool,
    part: Part,
    from: usize,
    to: usize,
}

impl PartialEq for ChunkProps {
    fn eq(&self, other: &Self) -> bool {
        // Comparing tokens by their text, once for each chunk, would cost more than it saves.
        let place = |props: &Self| (props.language, props.of_aws, props.part, props.from, props.to);
        Rc::ptr_eq(&self.token, &other.token) && place(self) == place(other)
    }
}

/// Some members, one after the other.
#[component]
fn Chunk(props: &ChunkProps) -> Html {
    let members = match props.part {
        Part::Header => &props.token.inspection.header,
        Part::Payload => &props.token.inspection.payload,
    };
    let some = members.get(props.from..props.to).unwrap_or_default();
    html! {
        <ol class={classes!("members", (some.len() == CHUNK).then_some("members--many"))} start={(props.from + 1).to_string()}>
            { for some.iter().map(|one| member(one, props)) }
        </ol>
    }
}

fn member(member: &MemberView, shown: &ChunkProps) -> Html {
    let (part, language) = (shown.part, shown.language);
    let description = match part {
        Part::Header => None,
        Part::Payload => describe(&member.name, member.within_aws_claim),
    };
    let meaning = match part {
        Part::Header => header_meaning(member, language),
        Part::Payload => description.map(|claim| claim_meaning(claim, language)),
    };
    let class = classes!("member", member.within_aws_claim.then_some("member--inner"));
    html! {
        <li {class}>
            <p class="member__head">
                <strong class="member__name data" translate="no">{ data_within(&member.name) }</strong>
                if let Some(whose) = member.asserter.filter(|_| shown.of_aws) {
                    { whose_word(whose, language) }
                }
                if meaning.is_none() {
                    <span class="badge badge--open">{ UNKNOWN.in_language(language) }</span>
                }
            </p>
            <div class="member__body">
                { value(member, language) }
                if let Some(meaning) = meaning {
                    <p class="member__meaning">{ prose(meaning) }</p>
                }
                if let Some(key) = member.condition_key {
                    <p class="member__meaning">
                        { CONDITION_KEY.in_language(language) }{ ": " }<code translate="no">{ key }</code>
                    </p>
                }
            </div>
        </li>
    }
}

/// Whose word a claim would be, if the signature held.
fn whose_word(whose: Asserter, language: Language) -> Html {
    let class = match whose {
        Asserter::Aws => "badge",
        _ => "badge badge--open",
    };
    html! { <span {class}>{ asserter(whose, language) }</span> }
}

/// A value's JSON text; a long one is folded.
fn value(member: &MemberView, language: Language) -> Html {
    let raw = &member.value;
    let short = match outline(raw) {
        Outline::Whole => None,
        Outline::Object(count) => Some(OBJECT.fill(language, &[("count", &count)])),
        Outline::Array(count) => Some(ARRAY.fill(language, &[("count", &count)])),
        Outline::Long(count) => Some(LONG.fill(language, &[("count", &count)])),
    };
    let whole = html! { <div class="member__value data" translate="no">{ data_within(raw) }</div> };
    match short {
        None => html! {
            <>
                { whole }
                if let Some(parts) = arn_of(raw).as_deref().and_then(arn_parts) {
                    { taken_apart(&parts, language) }
                }
            </>
        },
        Some(short) => html! {
            <details class="member__fold">
                <summary>{ short }</summary>
                { whole }
            </details>
        },
    }
}
