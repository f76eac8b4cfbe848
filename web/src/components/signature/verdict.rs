use countersign::Rejection;
use yew::prelude::*;

use super::super::app::Shown;
use super::super::data_text::data;
use crate::hooks::{Page, use_page};
use crate::language::Text;
use crate::language::core::{code_fault, code_remedy, expected, found};
use crate::verdicts::SignatureVerdict;

const HOLDS: Text = Text::new(
    "The signature holds: header and payload are exactly what the owner of this key signed.",
    "署名は有効です。ヘッダーとペイロードは、この鍵の所有者が署名した内容と完全に一致します。",
);
const NOT_CHECKED: Text = Text::new(
    "The signature has not been checked: the page has no keys of this issuer.",
    "この発行者の鍵がないため、署名は検証していません。",
);
const TAKEN_OFF: Text = Text::new(
    "There is no signature to check: it was taken off before the token was shared.",
    "共有前に署名が取り除かれているため、検証する署名がありません。",
);
const ALGORITHM: Text = Text::new("Algorithm", "アルゴリズム");
const KEY_ID: Text = Text::new("Key id", "鍵 ID (kid)");
const EXPECTED: Text = Text::new("Expected", "期待値");
const FOUND: Text = Text::new("Found", "実際の値");

/// What there is to say of the signature, with the evidence.
#[component]
pub(super) fn Verdict() -> Html {
    let page = use_page();
    let Some(Shown(verdicts)) = use_context::<Shown>() else { return Html::default() };
    match &verdicts.signature {
        SignatureVerdict::Nothing => Html::default(),
        SignatureVerdict::Impossible(rejection) | SignatureVerdict::Fails(rejection) => {
            refused(&page, rejection)
        }
        SignatureVerdict::TakenOff => note(&page, "note--open", TAKEN_OFF),
        SignatureVerdict::NotChecked => note(&page, "note--open", NOT_CHECKED),
        SignatureVerdict::Holds { key_id, algorithm, .. } => html! {
            <div class="note note--good">
                <p>{ page.text(HOLDS) }</p>
                <dl class="evidence">
                    <dt>{ page.text(ALGORITHM) }</dt>
                    <dd><code translate="no">{ algorithm.as_str() }</code></dd>
                    <dt>{ page.text(KEY_ID) }</dt>
                    <dd>{ data(key_id) }</dd>
                </dl>
            </div>
        },
    }
}

fn note(page: &Page, tone: &'static str, text: Text) -> Html {
    html! {
        <p class={classes!("note", tone)}>{ page.text(text) }</p>
    }
}

fn refused(page: &Page, rejection: &Rejection) -> Html {
    let language = page.language();
    let (check, code) = (rejection.check, rejection.code);
    let expected = expected(check, &rejection.expected, language);
    let found = found(check, Some(code), &rejection.found, language);
    html! {
        <div class="note note--bad">
            <p>
                { code_fault(rejection.code, language) }{ " " }
                <code class="signature__code" translate="no">{ rejection.code.as_str() }</code>
            </p>
            <p>{ code_remedy(rejection.code, language) }</p>
            <dl class="evidence">
                <dt>{ page.text(EXPECTED) }</dt>
                <dd class="data">{ expected }</dd>
                <dt>{ page.text(FOUND) }</dt>
                <dd class="data">{ found }</dd>
            </dl>
        </div>
    }
}
