use yew::prelude::*;

use super::super::app::Shown;
use crate::hooks::use_page;
use crate::language::Text;
use crate::language::core::notice;
use crate::verdicts::SignatureVerdict;

const SIGNED: Text = Text::new(
    "The signature holds: whoever has this issuer's key says what follows. Whether you trust that issuer is for the policy to say.",
    "署名は有効です。以下の内容は、この発行者の鍵の持ち主が述べたものです。その発行者を信頼するかどうかはポリシーで決まります。",
);
const FALSE: Text = Text::new(
    "The signature does not hold: nothing of what follows can be believed.",
    "署名が無効です。以下の内容は一切信用できません。",
);
const UNSOUND: Text = Text::new(
    "No signature can be checked on a token of this form: nothing of what follows can be believed.",
    "この形式のトークンでは署名を検証できません。以下の内容は一切信用できません。",
);

/// Whether what is explained below is anybody's word.
#[component]
pub(super) fn Standing() -> Html {
    let page = use_page();
    let Some(Shown(verdicts)) = use_context::<Shown>() else { return Html::default() };
    let (class, words) = match &verdicts.signature {
        // What is shown is the token without its signature: whoever sees it cannot verify it.
        _ if page.redacted => ("note note--open", notice(page.language())),
        SignatureVerdict::Holds { .. } => ("note note--good", page.text(SIGNED)),
        SignatureVerdict::Fails(_) => ("note note--bad", page.text(FALSE)),
        SignatureVerdict::Impossible(_) => ("note note--bad", page.text(UNSOUND)),
        _ => ("note note--open", notice(page.language())),
    };
    html! { <p {class}>{ words }</p> }
}
