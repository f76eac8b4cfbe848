//! What can stand at the caret: a list to choose from while writing.

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::super::super::prose::prose;
use super::area;
use crate::completion::{self, Completions, ItemKind, Known};
use crate::hooks::{Page, use_page};
use crate::language::Text;
use crate::state::Action;

const LIST: Text = Text::new("Suggestions", "候補");
const COUNT: Text = Text::new(
    "{count} suggestions, choose with Up, Down and Enter",
    "候補 {count} 件。上下キーと Enter で選択します",
);

const LIST_ID: &str = "policy-suggestions";

/// The list while it is open.
#[derive(Clone, PartialEq)]
struct Open {
    completions: Rc<Completions>,
    /// Which item Enter takes.
    active: usize,
    /// Where the caret was, in bytes: once it is elsewhere, the list is about something else.
    caret: usize,
}

/// The list, and what the text area tells it.
#[derive(Clone, PartialEq)]
pub(super) struct Suggestions {
    open: Option<Open>,
    /// Where the caret is, in bytes, once there is one.
    pub(super) caret: Option<usize>,
    choose: Callback<usize>,
    point: Callback<usize>,
    /// The text was changed.
    pub(super) on_input: Callback<InputEvent>,
    /// A key was pressed.
    pub(super) on_key: Callback<KeyboardEvent>,
    /// The caret may have moved.
    pub(super) on_caret: Callback<()>,
    /// The text area was left.
    pub(super) on_leave: Callback<()>,
}

impl Suggestions {
    /// Where the list belongs in the text, in bytes, while it is open.
    pub(super) fn anchor(&self) -> Option<usize> {
        self.open.as_ref().map(|open| open.completions.begun.start)
    }

    /// The id of the list while it is open.
    pub(super) fn list_id(&self) -> Option<&'static str> {
        self.open.as_ref().map(|_| LIST_ID)
    }

    /// The id of the item that Enter takes.
    pub(super) fn active_id(&self) -> Option<String> {
        self.open.as_ref().map(|open| item_id(open.active))
    }
}

/// Suggestions for a text area that holds the policy.
#[hook]
pub(super) fn use_suggestions(page: &Page, area: &NodeRef) -> Suggestions {
    let open = use_state_eq(|| None::<Open>);
    let caret = use_state_eq(|| None::<usize>);
    let known = use_memo(page.token.clone(), |token| Known::of(token.claims.as_ref()));

    let suggest = {
        let (open, caret, language) = (open.clone(), caret.clone(), page.language());
        move |area: &HtmlTextAreaElement, asked: bool| {
            let text = area.value();
            let at = area::caret(area);
            caret.set(Some(at));
            let completions = completion::complete(&text, at, &known, language);
            let worth = !completions.items.is_empty() && (asked || is_begun(&text, &completions));
            let completions = Rc::new(completions);
            open.set(worth.then_some(Open { completions, active: 0, caret: at }));
        }
    };
    let choose = {
        let (open, area, suggest) = (open.clone(), area.clone(), suggest.clone());
        Callback::from(move |number: usize| {
            let Some(list) = &*open else { return };
            let Some(item) = list.completions.items.get(number) else { return };
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            let replaced = &list.completions.replace;
            open.set(None);
            area::replace(&area, replaced.start, replaced.end, &item.insert);
            if item.kind == ItemKind::Member {
                // A name wants a value.
                suggest(&area, true);
            }
        })
    };
    let point = {
        let open = open.clone();
        Callback::from(move |number: usize| {
            if let Some(list) = &*open {
                open.set(Some(Open { active: number, ..list.clone() }));
            }
        })
    };
    let on_input = {
        let (page, open, suggest) = (page.clone(), open.clone(), suggest.clone());
        let caret = caret.clone();
        Callback::from(move |event: InputEvent| {
            let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            page.dispatch(Action::WritePolicy(area.value()));
            let typed = match event.input_type().as_str() {
                // More than a character at once was not typed.
                "insertText" => event.data().is_some_and(|data| data.chars().count() == 1),
                "deleteContentBackward" => open.is_some(),
                _ => false,
            };
            if typed {
                suggest(&area, false);
            } else {
                caret.set(Some(area::caret(&area)));
                open.set(None);
            }
        })
    };
    let on_key = {
        let (open, choose) = (open.clone(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            if event.key() == " " && event.ctrl_key() {
                event.prevent_default();
                suggest(&area, true);
                return;
            }
            let Some(list) = &*open else { return };
            // While a word is being composed, keys belong to the input method.
            if event.is_composing() {
                return;
            }
            let count = list.completions.items.len();
            let moved_to = |active: usize| open.set(Some(Open { active, ..list.clone() }));
            match event.key().as_str() {
                "ArrowDown" => moved_to((list.active + 1) % count.max(1)),
                "ArrowUp" => moved_to((list.active + count.saturating_sub(1)) % count.max(1)),
                "Enter" | "Tab" if !event.shift_key() => choose.emit(list.active),
                "Escape" => open.set(None),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let on_caret = {
        let (open, area, caret) = (open.clone(), area.clone(), caret.clone());
        Callback::from(move |()| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            let at = area::caret(&area);
            caret.set(Some(at));
            if (*open).as_ref().is_some_and(|list| list.caret != at) {
                open.set(None);
            }
        })
    };
    let on_leave = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    Suggestions {
        open: (*open).clone(),
        caret: *caret,
        choose,
        point,
        on_input,
        on_key,
        on_caret,
        on_leave,
    }
}

/// Whether someone has begun to write something that an item would complete.
fn is_begun(text: &str, completions: &Completions) -> bool {
    let begun = text.get(completions.begun.clone()).unwrap_or_default();
    let is_whole = completions.items.iter().any(|item| item.label == begun.trim_matches('"'));
    !begun.is_empty() && !is_whole
}

fn item_id(number: usize) -> String {
    format!("policy-suggestion-{number}")
}

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) suggestions: Suggestions,
    /// The element at whose place in the text the list belongs.
    pub(super) anchor: NodeRef,
}

/// The list itself, below the line that is being written.
#[component]
pub(super) fn SuggestionList(props: &Props) -> Html {
    let page = use_page();
    let list = use_node_ref();
    {
        let (anchor, list) = (props.anchor.clone(), list.clone());
        use_effect_with(props.suggestions.clone(), move |suggestions| {
            if suggestions.open.is_some()
                && let (Some(anchor), Some(list)) =
                    (anchor.cast::<HtmlElement>(), list.cast::<HtmlElement>())
            {
                place(&anchor, &list);
            }
        });
    }
    let Some(open) = &props.suggestions.open else {
        return html! { <p class="visually-hidden" role="status"></p> };
    };
    let items = open.completions.items.iter().enumerate().map(|(number, item)| {
        let choose = props.suggestions.choose.clone();
        let point = props.suggestions.point.clone();
        html! {
            <li id={item_id(number)} role="option" class="suggestion"
                aria-selected={(number == open.active).to_string()}
                onmousedown={Callback::from(move |event: MouseEvent| {
                    // The text area keeps the focus.
                    event.prevent_default();
                    choose.emit(number);
                })}
                onmousemove={Callback::from(move |_: MouseEvent| point.emit(number))}>
                <code class="suggestion__label" translate="no">{ item.label.clone() }</code>
                if !item.detail.is_empty() {
                    <span class="suggestion__detail">{ prose(&item.detail) }</span>
                }
            </li>
        }
    });
    html! {
        <>
            <p class="visually-hidden" role="status">
                { page.fill(COUNT, &[("count", &open.completions.items.len())]) }
            </p>
            // It can have the focus because it scrolls; while it is open, Tab takes an item instead.
            <ul id={LIST_ID} class="suggestions" role="listbox" tabindex="0"
                aria-label={page.text(LIST)} ref={list} data-testid="policy-suggestions"
                onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())}>
                { for items }
            </ul>
        </>
    }
}

/// Puts the list below the anchor, within the editor's width.
fn place(anchor: &HtmlElement, list: &HtmlElement) {
    let Some(editor) = list.offset_parent() else { return };
    let (at, frame) = (anchor.get_bounding_client_rect(), editor.get_bounding_client_rect());
    let room = (frame.width() - f64::from(list.offset_width())).max(0.0);
    let left = (at.left() - frame.left()).clamp(0.0, room);
    let top = at.bottom() - frame.top();
    // Neither fails: the names and values are sound.
    let _ = list.style().set_property("left", &format!("{left}px"));
    let _ = list.style().set_property("top", &format!("{top}px"));
    scroll_to_active(list);
}

fn scroll_to_active(list: &HtmlElement) {
    let Ok(Some(active)) = list.query_selector("[aria-selected=true]") else { return };
    let (row, frame) = (active.get_bounding_client_rect(), list.get_bounding_client_rect());
    #[expect(clippy::cast_possible_truncation, reason = "pixels on a screen are few")]
    let by = if row.bottom() > frame.bottom() {
        (row.bottom() - frame.bottom()).ceil() as i32
    } else if row.top() < frame.top() {
        (row.top() - frame.top()).floor() as i32
    } else {
        0
    };
    list.set_scroll_top(list.scroll_top() + by);
}
