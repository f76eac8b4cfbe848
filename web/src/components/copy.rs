use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::hooks::use_page;
use crate::language::Text;

const COPIED: Text = Text::new("Copied", "コピーしました");
const FAILED: Text = Text::new("Could not copy", "コピーできませんでした");
const SELECTED: Text =
    Text::new("Selected: copy it with the keyboard", "選択しました。キー操作でコピーしてください");

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// What is copied.
    pub(super) text: AttrValue,
    /// What the button says.
    pub(super) label: Text,
    /// Whether it is what most people want here.
    #[prop_or_default]
    pub(super) primary: bool,
    /// What a test finds it by.
    #[prop_or("copy")]
    pub(super) testid: &'static str,
    /// The element that shows the text: what is in it is selected if the text cannot be copied.
    #[prop_or_default]
    pub(super) shown: NodeRef,
}

/// A button that copies a text, and says so.
#[component]
pub(super) fn CopyButton(props: &Props) -> Html {
    let page = use_page();
    let outcome = use_state(|| None::<Text>);
    let copy = {
        let (text, shown, outcome) = (props.text.clone(), props.shown.clone(), outcome.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, shown, outcome) = (text.clone(), shown.clone(), outcome.clone());
            spawn_local(async move {
                outcome.set(Some(if copied(&text).await {
                    COPIED
                } else if selected(&shown) {
                    SELECTED
                } else {
                    FAILED
                }));
                Timeout::new(2_000, move || outcome.set(None)).forget();
            });
        })
    };
    let said = outcome.map(|outcome| page.text(outcome));
    html! {
        <>
            <button type="button" data-testid={props.testid} onclick={copy}
                class={classes!("button", props.primary.then_some("button--primary"))}>
                { said.unwrap_or_else(|| page.text(props.label)) }
            </button>
            <span class="visually-hidden" role="status">{ said }</span>
        </>
    }
}

/// Whether the browser took the text.
async fn copied(text: &str) -> bool {
    // Without a secure context there is no clipboard at all.
    match web_sys::window().filter(web_sys::Window::is_secure_context) {
        Some(window) => {
            JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
        }
        None => false,
    }
}

/// Selects what an element holds, if it is on the page.
fn selected(shown: &NodeRef) -> bool {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    match (shown.get(), selection) {
        (Some(shown), Some(selection)) => selection.select_all_children(&shown).is_ok(),
        _ => false,
    }
}
