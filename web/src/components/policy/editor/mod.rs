//! Where a policy is written.

mod area;
mod faults;
mod layout;
mod mirror;
mod offsets;
mod pieces;
mod suggestions;

use std::ops::Range;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::super::data_text::data;
use super::super::prose::prose;
use crate::completion;
use crate::hooks::{Page, read_dropped, use_page};
use crate::language::Text;
use crate::state::Action;
use faults::Faults;
use mirror::Mirror;
use suggestions::{SuggestionList, use_suggestions};

const LABEL: Text = Text::new("Policy, as JSON", "ポリシー (JSON)");
const PLACEHOLDER: Text = Text::new(
    "{ \"audience\": \"https://api.example.com\", \"trust\": [ … ] }",
    "{ \"audience\": \"https://api.example.com\", \"trust\": [ … ] }",
);
const KEYS: Text = Text::new(
    "Ctrl+Space suggests what can stand at the caret; Escape closes the list.",
    "Ctrl+Space でカーソル位置の候補を表示し、Escape で閉じます。",
);
const FORMAT: Text = Text::new("Format", "整形");
const UNDO: Text = Text::new("Undo: bring back the former policy", "元に戻す (以前のポリシー)");

/// The policy's text, with its faults marked while it is written.
#[component]
pub(super) fn Editor() -> Html {
    let page = use_page();
    let area = use_node_ref();
    let anchor_ref = use_node_ref();
    let suggestions = use_suggestions(&page, &area);
    let places = use_memo(page.policy.clone(), |policy| match policy.faults() {
        Some(faults) => {
            let mut places = vec![None; faults.as_slice().len()];
            for (range, number) in completion::fault_ranges(&policy.text, faults) {
                if let Some(place) = places.get_mut(number) {
                    *place = Some(range);
                }
            }
            places
        }
        None => Vec::new(),
    });
    let marks: Vec<Range<usize>> = places.iter().flatten().cloned().collect();
    let faulty = page.policy.faults().is_some();
    let meaning = suggestions.caret.and_then(|caret| meaning(&page, caret));
    html! {
        <div class="bench__section">
            <div class="bench__bar">
                <h3 class="bench__heading">
                    <label for="policy-text">{ page.text(LABEL) }</label>
                </h3>
                <div class="bench__row">
                    if page.former_policy.is_some() {
                        <button type="button" class="button button--plain" data-testid="policy-undo"
                            onclick={act(&page, Action::UndoPolicy)}>
                            { page.text(UNDO) }
                        </button>
                    }
                    <Format area={area.clone()} />
                </div>
            </div>
            <div class={classes!("editor", faulty.then_some("editor--faulty"))}>
                <div class="editor__pane">
                    <Mirror text={page.policy.text.clone()} {marks} anchor={suggestions.anchor()}
                        anchor_ref={anchor_ref.clone()} />
                    <textarea id="policy-text" class="editor__area" data-testid="policy-text"
                        ref={area.clone()} value={page.policy.text.clone()}
                        placeholder={page.text(PLACEHOLDER)}
                        spellcheck="false" autocomplete="off" autocapitalize="off" translate="no"
                        aria-describedby="policy-keys policy-faults"
                        aria-invalid={faulty.to_string()}
                        aria-autocomplete="list" aria-haspopup="listbox"
                        aria-controls={suggestions.list_id()}
                        aria-activedescendant={suggestions.active_id()}
                        oninput={suggestions.on_input.clone()}
                        onkeydown={suggestions.on_key.clone()}
                        onkeyup={suggestions.on_caret.reform(|_: KeyboardEvent| ())}
                        onclick={suggestions.on_caret.reform(|_: MouseEvent| ())}
                        onselect={suggestions.on_caret.reform(|_: Event| ())}
                        ondrop={on_drop(&page)}
                        onblur={suggestions.on_leave.reform(|_: FocusEvent| ())} />
                </div>
                <SuggestionList {suggestions} anchor={anchor_ref} />
            </div>
            <div class="editor__foot hint">
                <p id="policy-keys" class={meaning.as_ref().map(|_| "visually-hidden")}>
                    { page.text(KEYS) }
                </p>
                { for meaning }
            </div>
            <Faults places={(*places).clone()} area={area.clone()} />
        </div>
    }
}

/// A file that is dropped here is a policy, whatever it looks like; text goes where it is dropped.
fn on_drop(page: &Page) -> Callback<DragEvent> {
    let dispatcher = page.dispatcher();
    Callback::from(move |event: DragEvent| {
        event.stop_propagation();
        let files = event.data_transfer().and_then(|data| data.files());
        if files.is_some_and(|files| files.length() > 0) {
            event.prevent_default();
            let dispatcher = dispatcher.clone();
            let take = move |text| dispatcher.dispatch(Action::ReplacePolicy(text));
            read_dropped(&event, Callback::from(take));
        }
    })
}

fn act(page: &Page, action: Action) -> Callback<MouseEvent> {
    let page = page.clone();
    Callback::from(move |_| page.dispatch(action.clone()))
}

/// What the member at the caret means.
fn meaning(page: &Page, caret: usize) -> Option<Html> {
    let text = &page.policy.text;
    let member = completion::hover(text, caret, page.language())?;
    let name = text.get(member.range)?.trim_matches('"');
    Some(html! {
        <p>{ data(name) }{ ": " }{ prose(&member.text) }</p>
    })
}

#[derive(PartialEq, Properties)]
struct FormatProps {
    area: NodeRef,
}

/// The button that lays the policy out over lines.
#[component]
fn Format(props: &FormatProps) -> Html {
    let page = use_page();
    let laid_out = layout::laid_out(&page.policy.text);
    let there_is_nothing_to_do =
        laid_out.as_ref().is_none_or(|laid_out| *laid_out == page.policy.text);
    let onclick = {
        let area = props.area.clone();
        Callback::from(move |_: MouseEvent| {
            if let (Some(area), Some(laid_out)) = (area.cast::<HtmlTextAreaElement>(), &laid_out) {
                area::replace(&area, 0, area.value().len(), laid_out);
            }
        })
    };
    html! {
        <button type="button" class="button"
            disabled={there_is_nothing_to_do} {onclick}>
            { page.text(FORMAT) }
        </button>
    }
}
