use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::samples::Samples;
use crate::hooks::use_page;
use crate::language::Text;
use crate::language::core::peeled_layer;
use crate::state::Action;

const LABEL: Text = Text::new("Token", "トークン");
const PLACEHOLDER: Text = Text::new(
    "Paste a token, or drop a file. Bearer …, export X=…, and the JSON or XML that STS returns are fine too.",
    "トークンを貼り付けるか、ファイルをドロップしてください。Bearer …、export X=…、STS が返す JSON や XML のままでも構いません。",
);
const PEELED: Text = Text::new(
    "Taken off from around the token: {layers}.",
    "トークンの周囲から取り除いたもの: {layers}。",
);
const CLEAR: Text = Text::new("Clear", "クリア");
const COMPARE: Text = Text::new("Compare", "比較");
const SHARE: Text = Text::new("Share without signature", "署名なしで共有");

/// Where tokens are pasted.
#[component]
pub(super) fn Reader() -> Html {
    let page = use_page();
    let oninput = {
        let page = page.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                page.dispatch(Action::Read(area.value()));
            }
        })
    };
    let act = |action: Action| {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| page.dispatch(action.clone()))
    };
    let blank = page.token.is_blank();
    let layers: Vec<_> =
        page.token.layers.iter().map(|layer| peeled_layer(layer, page.language())).collect();
    let separator = page.text(Text::new(", then ", "、"));
    html! {
        <section class="card reader" aria-labelledby="token-label">
            <div class="card__head">
                <h2 class="card__title">
                    <label id="token-label" for="token">{ page.text(LABEL) }</label>
                </h2>
                <div class="card__actions">
                    <Samples />
                    <button type="button" class="button" data-testid="compare"
                        disabled={blank && page.other.is_none()}
                        aria-pressed={page.other.is_some().to_string()}
                        onclick={act(Action::ReadOther(page.other.is_none().then(String::new)))}>
                        { page.text(COMPARE) }
                    </button>
                    <button type="button" class="button" data-testid="share" disabled={blank}
                        onclick={act(Action::Redact(true))}>
                        { page.text(SHARE) }
                    </button>
                    <button type="button" class="button" data-testid="clear"
                        disabled={blank && page.other.is_none()} onclick={act(Action::Clear)}>
                        { page.text(CLEAR) }
                    </button>
                </div>
            </div>
            <textarea id="token" class="field field--code"
                data-testid="token" rows={if blank { "7" } else { "3" }}
                placeholder={page.text(PLACEHOLDER)} value={page.token.given.clone()} {oninput}
                spellcheck="false" autocomplete="off" autocapitalize="off" autofocus=true
                aria-describedby="token-peeled" />
            <p id="token-peeled" class="hint" data-testid="peeled">
                if !layers.is_empty() {
                    { page.fill(PEELED, &[("layers", &layers.join(separator))]) }
                }
            </p>
        </section>
    }
}
