use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, Node};
use yew::prelude::*;

use crate::hooks::{can_sign, mint_sample, use_page};
use crate::language::Text;
use crate::samples::Sample;

const SAMPLES: Text = Text::new("Samples", "サンプル");
const GENUINE: Text = Text::new("As AWS issues them", "AWS が発行する形式");
const REFUSED: Text = Text::new("Refused, each for its reason", "拒否される例");
const ABOUT: Text = Text::new(
    "Minted now, in this page, with a fresh key that is not kept.",
    "その場で新しい鍵を作成し、このページ内で発行します。鍵は保持しません。",
);
const INSECURE: Text = Text::new(
    "Browsers make keys only for pages from https or from this machine (localhost), so there are no samples \
     here.",
    "ブラウザーが鍵を作成できるのは、https またはこのマシン (localhost) から開いたページだけです。そのため、ここでは\
     サンプルを発行できません。",
);
const FAILED: Text = Text::new("The browser made no token:", "トークンを発行できませんでした:");

/// A menu of samples.
#[component]
pub(super) fn SampleMenu() -> Html {
    let page = use_page();
    let open = use_state_eq(|| false);
    let busy = use_state_eq(|| None::<Sample>);
    let problem = use_state_eq(|| None::<String>);
    let (root, button) = (use_node_ref(), use_node_ref());

    {
        // Whoever opens the menu is in it.
        let root = root.clone();
        use_effect_with(*open, move |open| {
            if *open {
                focus(items(&root).first());
            }
        });
    }
    let close = {
        let (open, button) = (open.clone(), button.clone());
        move || {
            open.set(false);
            focus(button.cast::<HtmlElement>().as_ref());
        }
    };
    let toggle = {
        let (open, problem) = (open.clone(), problem.clone());
        Callback::from(move |_: MouseEvent| {
            problem.set(None);
            open.set(!*open);
        })
    };
    let onkeydown = {
        let (root, open, close) = (root.clone(), open.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            match (key.as_str(), *open) {
                ("Escape", true) => close(),
                ("ArrowDown" | "ArrowUp", false) => open.set(true),
                ("ArrowDown" | "ArrowUp" | "Home" | "End", true) => step(&items(&root), &key),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onfocusout = {
        let (root, open) = (root.clone(), open.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
            if !root.cast::<Node>().is_some_and(|root| root.contains(to.as_ref())) {
                open.set(false);
            }
        })
    };
    let mint = {
        let (page, busy, problem) = (page.clone(), busy.clone(), problem.clone());
        move |sample: Sample| {
            let (page, busy, problem, close) =
                (page.clone(), busy.clone(), problem.clone(), close.clone());
            Callback::from(move |_: MouseEvent| {
                if busy.is_some() {
                    return;
                }
                busy.set(Some(sample));
                let (page, busy, problem, close) =
                    (page.clone(), busy.clone(), problem.clone(), close.clone());
                spawn_local(async move {
                    match mint_sample(sample).await {
                        Ok(action) => {
                            page.dispatch(action);
                            close();
                        }
                        Err(error) => problem.set(Some(error)),
                    }
                    busy.set(None);
                });
            })
        }
    };
    let usable = can_sign();
    let item = |sample: Sample| {
        let minting = *busy == Some(sample);
        html! {
            <button type="button" role="menuitem" tabindex="-1" class="samples__item"
                data-testid={format!("sample-{}", sample.id())} onclick={mint(sample)}
                aria-busy={minting.to_string()}>
                <span class="samples__title">{ page.text(sample.title()) }</span>
                <span class="hint">{ page.text(sample.about()) }</span>
            </button>
        }
    };
    let group = |id: &'static str, title: Text, samples: &[Sample]| {
        html! {
            <div role="group" class="samples__group" aria-labelledby={id}>
                <span {id} role="presentation" class="samples__heading">{ page.text(title) }</span>
                { for samples.iter().copied().map(item) }
            </div>
        }
    };
    html! {
        <div class="samples" ref={root} {onkeydown} {onfocusout}>
            <button ref={button} type="button" class="button" data-testid="samples" onclick={toggle}
                aria-haspopup="menu" aria-expanded={open.to_string()}
                aria-controls={open.then_some("samples-menu")}>
                { page.text(SAMPLES) }
                <span class="samples__arrow" aria-hidden="true"></span>
            </button>
            if *open {
                // It can have the focus, so that a press beside its items does not close it.
                <div class="samples__panel" tabindex="-1">
                    if let Some(problem) = &*problem {
                        <p class="note note--bad" role="alert">
                            { page.text(FAILED) }{ " " }
                            <span class="data" translate="no">{ problem.clone() }</span>
                        </p>
                    }
                    if usable {
                        <p class="hint" id="samples-about">{ page.text(ABOUT) }</p>
                        <div id="samples-menu" role="menu" class="samples__menu"
                            aria-label={page.text(SAMPLES)} aria-describedby="samples-about">
                            { group("samples-genuine", GENUINE, &Sample::GENUINE) }
                            { group("samples-refused", REFUSED, &Sample::REFUSED) }
                        </div>
                    } else {
                        <p class="note note--open">{ page.text(INSECURE) }</p>
                    }
                </div>
            }
        </div>
    }
}

/// The items of the menu, in order.
fn items(root: &NodeRef) -> Vec<HtmlElement> {
    let Some(root) = root.cast::<Element>() else { return Vec::new() };
    let items = root.get_elements_by_class_name("samples__item");
    (0..items.length()).filter_map(|at| items.item(at)?.dyn_into().ok()).collect()
}

/// Moves the focus as the key says, from the last item to the first and back.
fn step(items: &[HtmlElement], key: &str) {
    let active = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element());
    let at = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
    let last = items.len().saturating_sub(1);
    let next = match (key, at) {
        ("Home", _) => 0,
        ("End", _) | ("ArrowUp", None | Some(0)) => last,
        ("ArrowUp", Some(at)) => at - 1,
        (_, Some(at)) if at < last => at + 1,
        _ => 0,
    };
    focus(items.get(next));
}

fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        // Nothing depends on it, and an element that is there takes the focus.
        let _ = element.focus();
    }
}
