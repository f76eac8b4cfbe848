use std::rc::Rc;

use yew::prelude::*;

use super::ViewProps;
use super::json_text::JsonText;
use super::marks::Mark;
use crate::language::Text;

const HEADER: Text = Text::new("Header, decoded", "ヘッダー (デコード後)");
const PAYLOAD: Text = Text::new("Payload, decoded", "ペイロード (デコード後)");
const SIGNATURE: Text = Text::new("Signature", "署名");
const LAYOUT: Text = Text::new("How decoded parts are shown", "デコードしたパートの表示方法");
const INDENTED: Text = Text::new("Indented", "整形");
const AS_SENT: Text = Text::new("As sent", "そのまま");
const ONLY_SPACE: Text = Text::new(
    "Only white space is added between the parts of the JSON text; every other byte is as it was sent.",
    "JSON の要素間に空白を加えただけで、それ以外は送られたバイトのままです。",
);
const EXACT: Text = Text::new("Every byte is as it was sent.", "送られたバイトのままです。");
const BYTES: Text = Text::new("{bytes} bytes.", "{bytes} バイト。");
const NO_SIGNATURE: Text = Text::new(
    "There is none, so the token proves nothing.",
    "署名がないため、このトークンでは何も証明できません。",
);

/// Header and payload, decoded as far as they go; of the signature only its length.
#[component]
pub(super) fn Decoded(props: &ViewProps) -> Html {
    let language = props.language;
    let indented = use_state(|| true);
    let choice = |value: bool, text: Text| {
        let chosen = indented.clone();
        let onclick = Callback::from(move |_: MouseEvent| chosen.set(value));
        html! {
            <button type="button" class="button" aria-pressed={(*indented == value).to_string()}
                data-testid={if value { "indented" } else { "as-sent" }} {onclick}>
                { text.in_language(language) }
            </button>
        }
    };
    let part = |name: &'static str, title: Text, marks: &[Mark]| {
        let view = props.token.inspection.parts.iter().find(|part| part.name == name);
        match view.and_then(|view| view.text.clone()) {
            None => Html::default(),
            Some(text) => html! {
                <div>
                    <h3 class="token__part-title">{ title.in_language(language) }</h3>
                    <JsonText {language} {name} label={title.in_language(language)} text={Rc::<str>::from(text)}
                        token={props.token.clone()} marks={Rc::<[Mark]>::from(marks)}
                        indented={*indented} />
                </div>
            },
        }
    };
    let signature = props.token.inspection.parts.iter().find(|part| part.name == "signature");
    html! {
        <div class="stack">
            <div class="token__layout">
                <div class="card__actions" role="group" aria-label={LAYOUT.in_language(language)}>
                    { choice(true, INDENTED) }
                    { choice(false, AS_SENT) }
                </div>
                <p class="hint">{ (if *indented { ONLY_SPACE } else { EXACT }).in_language(language) }</p>
            </div>
            { part("header", HEADER, &props.marks.header) }
            { part("payload", PAYLOAD, &props.marks.payload) }
            <div>
                <h3 class="token__part-title">{ SIGNATURE.in_language(language) }</h3>
                <p class="hint">
                    { match signature {
                        Some(part) => BYTES.fill(language, &[("bytes", &part.bytes)]),
                        None => NO_SIGNATURE.in_language(language).to_owned(),
                    } }
                </p>
            </div>
        </div>
    }
}
