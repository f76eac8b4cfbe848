use web_sys::{DragEvent, HtmlTextAreaElement};
use yew::prelude::*;

use super::keys::key_fault;
use crate::hooks::{read_dropped, use_page};
use crate::language::Text;
use crate::state::{Action, KeySource, Keys};

const LABEL: Text = Text::new(
    "Keys that you have: a key set (JWKS), a JWK or a public key in PEM",
    "手元の鍵: 鍵セット (JWKS)、JWK、または PEM 形式の公開鍵",
);
const HINT: Text = Text::new(
    "Paste them, or drop a file. Whoever gives keys vouches for them: the page cannot know whose they are.",
    "貼り付けるか、ファイルをドロップしてください。鍵が誰のものかをページは判断できないため、鍵の出所は入力した人が保証することになります。",
);

/// Where keys are pasted or dropped.
#[component]
pub(super) fn GivenKeys() -> Html {
    let page = use_page();
    let text = use_state(String::new);
    let give = {
        let (dispatcher, text) = (page.dispatcher(), text.clone());
        Callback::from(move |given: String| {
            text.set(given.clone());
            dispatcher.dispatch(Action::GiveKeys(given));
        })
    };
    {
        // Keys that are not used, since they were forgotten or others were asked for, do not stay in the
        // field.
        let given = matches!(
            page.token_keys(),
            Keys::Known { source: KeySource::Given, .. } | Keys::Unreadable { .. }
        );
        let text = text.clone();
        use_effect_with(given, move |given| {
            if !*given {
                text.set(String::new());
            }
        });
    }
    let oninput = {
        let give = give.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                give.emit(area.value());
            }
        })
    };
    // What is dropped here is taken for keys, whatever it looks like.
    let ondrop = Callback::from(move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        read_dropped(&event, give.clone());
    });
    let unreadable = match page.token_keys() {
        Keys::Unreadable { fault } => Some(fault),
        _ => None,
    };
    html! {
        <div class="signature__given">
            <label class="signature__label" for="given-keys">{ page.text(LABEL) }</label>
            <textarea id="given-keys" class="field field--code" rows="3" data-testid="given-keys"
                value={(*text).clone()} {oninput} {ondrop}
                spellcheck="false" autocomplete="off" autocapitalize="off"
                aria-describedby="given-keys-hint given-keys-fault"
                aria-invalid={unreadable.is_some().to_string()} />
            <p id="given-keys-hint" class="hint">{ page.text(HINT) }</p>
            <div id="given-keys-fault" role="status">
                if let Some(unreadable) = unreadable {
                    { key_fault(&page, unreadable) }
                }
            </div>
        </div>
    }
}
