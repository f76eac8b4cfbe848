//! Two tokens side by side.

mod table;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::comparison::{Change, compare};
use crate::hooks::use_page;
use crate::language::Text;
use crate::state::Action;
use table::Differences;

const TITLE: Text = Text::new("Compare with another token", "別のトークンと比較");
const LABEL: Text = Text::new("The other token", "比較するトークン");
const CLOSE: Text = Text::new("End comparison", "比較を終了");
const SWAP: Text = Text::new("Swap", "入れ替え");
const SHOW_ALL: Text = Text::new("Show what is the same too", "同じ項目も表示");
const SUMMARY: Text = Text::new(
    "Changed: {changed}. Only in the first: {removed}. Only in the second: {added}. The same: {same}.",
    "変更: {changed}、最初のトークンのみ: {removed}、比較するトークンのみ: {added}、同じ: {same}。",
);
const SIGNATURE: Text = Text::new(
    "Signatures are not compared: they differ whenever anything else does.",
    "署名は比較しません。他の内容が異なれば必ず異なるためです。",
);

/// What differs between the token in hand and another.
#[component]
pub(super) fn Comparison() -> Html {
    let page = use_page();
    let everything = use_state(|| false);
    let Some(other) = page.other.clone() else { return Html::default() };
    let oninput = {
        let page = page.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                page.dispatch(Action::ReadOther(Some(area.value())));
            }
        })
    };
    let close = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| page.dispatch(Action::ReadOther(None)))
    };
    let swap = {
        let page = page.clone();
        let texts = (page.token.given.clone(), other.given.clone());
        Callback::from(move |_: MouseEvent| {
            page.dispatch(Action::Read(texts.1.clone()));
            page.dispatch(Action::ReadOther(Some(texts.0.clone())));
        })
    };
    let toggle = {
        let everything = everything.clone();
        Callback::from(move |_: Event| everything.set(!*everything))
    };
    let differences = if other.is_blank() { Vec::new() } else { compare(&page.token, &other) };
    let count = |change| differences.iter().filter(|one| one.change() == change).count();
    let summary = page.fill(
        SUMMARY,
        &[
            ("changed", &count(Change::Changed)),
            ("removed", &count(Change::Removed)),
            ("added", &count(Change::Added)),
            ("same", &count(Change::Same)),
        ],
    );
    let shown: Vec<_> = differences
        .iter()
        .filter(|one| *everything || one.change() != Change::Same)
        .cloned()
        .collect();
    html! {
        <section class="card compare" aria-labelledby="compare-title" data-testid="comparison">
            <div class="card__head">
                <h2 id="compare-title" class="card__title">{ page.text(TITLE) }</h2>
                <div class="card__actions">
                    <button type="button" class="button" disabled={other.is_blank()} onclick={swap}
                        data-testid="compare-swap">
                        { page.text(SWAP) }
                    </button>
                    <button type="button" class="button" onclick={close} data-testid="compare-close">
                        { page.text(CLOSE) }
                    </button>
                </div>
            </div>
            <div class="stack">
                <label class="compare__label" for="other">{ page.text(LABEL) }</label>
                <textarea id="other" class="field field--code" rows="3" data-testid="other"
                    value={other.given.clone()} {oninput} spellcheck="false" autocomplete="off" />
                if !other.is_blank() {
                    <p role="status" data-testid="compare-summary">{ summary }</p>
                    <label class="compare__toggle">
                        <input type="checkbox" checked={*everything} onchange={toggle} />
                        { page.text(SHOW_ALL) }
                    </label>
                    <Differences {shown} />
                    <p class="hint">{ page.text(SIGNATURE) }</p>
                }
            </div>
        </section>
    }
}
