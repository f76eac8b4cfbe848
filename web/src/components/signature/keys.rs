use countersign::keys::{Key, KeySetFault, SkippedKey};
use countersign::{Algorithm, KeySet};
use yew::prelude::*;

use super::super::data_text::data;
use crate::hooks::{Page, use_page};
use crate::language::Text;
use crate::language::core::{key_set_fault, skipped_key};
use crate::state::{Action, KeySource, Keys};

const FETCHED: Text = Text::new("Fetched from", "取得元:");
const GIVEN: Text = Text::new(
    "Given by you, and taken to be this issuer's.",
    "入力された鍵です。この発行者の鍵とみなしています。",
);
const SAMPLE: Text = Text::new(
    "Made in this page for the sample; its private half was not kept.",
    "サンプル用にこのページで作成した鍵です。秘密鍵は保持していません。",
);
const FORGET: Text = Text::new("Forget keys", "鍵を破棄");
const NAMED: Text = Text::new("named by the token", "トークンが指定");
const CURVE: Text = Text::new("EC, {curve}", "EC、{curve}");
const RSA: Text = Text::new("RSA, {bits} bits", "RSA、{bits} ビット");
const NO_KEYS: Text =
    Text::new("There is no usable key among them.", "使用できる鍵が含まれていません。");
const SKIPPED: Text = Text::new("Keys that are not used", "使用しない鍵");
const NO_ID: Text =
    Text::new("key {position}, without a usable id", "{position} 番目の鍵 (有効な ID なし)");

/// The keys that the page has of the token's issuer.
#[component]
pub(super) fn KnownKeys() -> Html {
    let page = use_page();
    let Keys::Known { set, source } = page.token_keys() else { return Html::default() };
    let forget = {
        let dispatcher = page.dispatcher();
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(Action::DropKeys))
    };
    html! {
        <div class="stack">
            { list(&page, set) }
            { skipped(&page, set.skipped()) }
            <div class="signature__source">
                <p class="hint">
                    { match source {
                        KeySource::Fetched(url) => html! {
                            <>{ page.text(FETCHED) }{ " " }{ data(url) }</>
                        },
                        KeySource::Given => Html::from(page.text(GIVEN)),
                        KeySource::Sample => Html::from(page.text(SAMPLE)),
                    } }
                </p>
                <button type="button" class="button" onclick={forget} data-testid="forget-keys">
                    { page.text(FORGET) }
                </button>
            </div>
        </div>
    }
}

/// What is wrong with a text that was given or fetched as keys.
pub(super) fn key_fault(page: &Page, fault: &KeySetFault) -> Html {
    let (message, remedy) = key_set_fault(fault, page.language());
    html! {
        <div class="note note--bad" data-testid="keys-fault">
            <p>
                { message }{ " " }
                <code class="signature__code" translate="no">{ fault.code.as_str() }</code>
            </p>
            <p>{ remedy }</p>
        </div>
    }
}

fn list(page: &Page, set: &KeySet) -> Html {
    if set.keys().is_empty() {
        return html! { <p class="note note--open">{ page.text(NO_KEYS) }</p> };
    }
    let named = page.token.key_id.as_deref();
    html! {
        <ul class="keys">
            { for set.keys().iter().map(|key| html! {
                <li class="keys__key">
                    <span class="keys__id">{ data(key.key_id()) }</span>
                    <code translate="no">{ key.algorithm().as_str() }</code>
                    <span class="hint">{ kind(page, key) }</span>
                    if named == Some(key.key_id()) {
                        <span class="badge badge--good">{ page.text(NAMED) }</span>
                    }
                </li>
            }) }
        </ul>
    }
}

fn kind(page: &Page, key: &Key) -> String {
    match key.algorithm() {
        Algorithm::Es256 => page.fill(CURVE, &[("curve", &"P-256")]),
        Algorithm::Es384 => page.fill(CURVE, &[("curve", &"P-384")]),
        // As long as the key, to the byte, as RSA keys are named.
        Algorithm::Rs256 => page.fill(RSA, &[("bits", &(key.signature_bytes() * 8))]),
    }
}

fn skipped(page: &Page, skipped: &[SkippedKey]) -> Html {
    if skipped.is_empty() {
        return Html::default();
    }
    html! {
        <div class="note note--open" data-testid="skipped-keys">
            <h4 class="keys__heading">{ page.text(SKIPPED) }</h4>
            <ul class="keys">
                { for skipped.iter().map(|key| html! {
                    <li>
                        { match &key.key_id {
                            Some(id) => data(id),
                            None => {
                                let position = key.position + 1;
                                Html::from(page.fill(NO_ID, &[("position", &position)]))
                            }
                        } }
                        { ": " }{ skipped_key(key, page.language()).0 }{ " " }
                        <code class="signature__code" translate="no">
                            { key.reason.code.as_str() }
                        </code>
                    </li>
                }) }
            </ul>
        </div>
    }
}
