use yew::prelude::*;

use super::super::prose::prose;
use crate::draft::{Draft, Start, start};
use crate::hooks::{Page, use_page};
use crate::language::Text;
use crate::state::Action;

const HEADING: Text = Text::new("Start from this token", "このトークンから作成");
const NO_TOKEN: Text = Text::new(
    "With a token in hand, one click writes a policy that takes it.",
    "トークンがあれば、それを受け入れるポリシーをワンクリックで作成できます。",
);
const NO_CLAIMS: Text = Text::new(
    "The token has no claims that can be read, so there is nothing to start from.",
    "トークンのクレームを読み取れないため、ポリシーを作成できません。",
);
const STARTED: Text =
    Text::new("The policy was started from the token.", "トークンからポリシーを作成しました。");
const ONLY_CLAIMED: Text = Text::new(
    "Its values are what the token says, whether or not the token is genuine.",
    "値はトークンの記載どおりです。トークンが真正かどうかは問いません。",
);

/// Buttons that write a policy for the token in hand.
#[component]
pub(super) fn StartFromToken() -> Html {
    let page = use_page();
    // What was started last: what it says to look at holds as long as nothing of it is changed.
    let draft = use_state(|| None::<Draft>);
    let started = (*draft).as_ref().filter(|draft| draft.text == page.policy.text);
    let body = match (&page.token.claims, page.token.is_blank()) {
        (_, true) => html! { <p class="hint">{ page.text(NO_TOKEN) }</p> },
        (None, false) => html! { <p class="hint">{ page.text(NO_CLAIMS) }</p> },
        (Some(claims), false) => {
            let starts = Start::ALL.map(|one| (one, one.label(claims), start(one, claims)));
            let reasons = starts.iter().filter_map(|(one, label, outcome)| {
                let reason = outcome.as_ref().err()?;
                let id = reason_id(*one);
                Some(html! {
                    <p {id} class="hint" data-testid={format!("why-not-{}", name(*one))}>
                        <strong>{ page.text(*label) }</strong>{ ": " }
                        { prose(page.text(reason.text())) }
                    </p>
                })
            });
            let reasons: Vec<Html> = reasons.collect();
            html! {
                <>
                    <div class="bench__row">
                        { for starts.into_iter().map(|(one, label, outcome)| {
                            button(&page, &draft, one, label, outcome.ok())
                        }) }
                    </div>
                    if !reasons.is_empty() {
                        <div class="start__reasons">{ for reasons }</div>
                    }
                </>
            }
        }
    };
    html! {
        <section class="bench__section" aria-labelledby="start-heading">
            <h3 id="start-heading" class="bench__heading bench__heading--above">{ page.text(HEADING) }</h3>
            { body }
            <div role="status">
                if let Some(draft) = started {
                    <div class="note note--open start__notes">
                        <p>{ page.text(STARTED) }{ " " }{ page.text(ONLY_CLAIMED) }</p>
                        <ul class="start__list">
                            { for draft.notes.iter().map(|note| html! {
                                <li>{ prose(page.text(*note)) }</li>
                            }) }
                        </ul>
                    </div>
                }
            </div>
        </section>
    }
}

fn button(
    page: &Page,
    draft: &UseStateHandle<Option<Draft>>,
    one: Start,
    label: Text,
    outcome: Option<Draft>,
) -> Html {
    let describedby = outcome.is_none().then(|| reason_id(one));
    let disabled = outcome.is_none();
    let onclick = {
        let (page, draft) = (page.clone(), draft.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(outcome) = &outcome {
                page.dispatch(Action::ReplacePolicy(outcome.text.clone()));
                draft.set(Some(outcome.clone()));
            }
        })
    };
    html! {
        <button type="button" class="button" {disabled} {onclick} aria-describedby={describedby}
            data-testid={format!("start-{}", name(one))}>
            { page.text(label) }
        </button>
    }
}

fn name(start: Start) -> &'static str {
    match start {
        Start::Role => "role",
        Start::Account => "account",
        Start::Organization => "organization",
    }
}

fn reason_id(start: Start) -> String {
    format!("start-why-not-{}", name(start))
}
