use yew::prelude::*;

use super::claims::ClaimsCard;
use super::copy::CopyButton;
use super::token_text::TokenCard;
use crate::hooks::use_page;
use crate::language::Text;
use crate::state::Action;

const TITLE: Text = Text::new("The token without its signature", "署名を除いたトークン");
const ABOUT: Text = Text::new(
    "Nobody can use this: the signature is gone. It still says everything that the token said, account \
     and role included. Take a picture of this page, or share the link; the token in it stands after the \
     #, which browsers do not send to servers.",
    "署名がないため、誰もこのトークンを使えません。ただし、アカウントやロールなど、トークンの内容はそのまま\
     含まれます。このページを画像として保存するか、リンクを共有してください。リンク内のトークンは # の後に\
     あり、ブラウザーからサーバーへは送信されません。",
);
const COPY_LINK: Text = Text::new("Copy link", "リンクをコピー");
const BACK: Text = Text::new("Back to the whole token", "元のトークンに戻る");
const TOO_BROKEN: Text = Text::new(
    "The text does not have three parts, so no signature can be told apart from the rest: it cannot be \
     shared safely.",
    "テキストが 3 つの部分に分かれておらず、署名を区別できないため、安全に共有できません。",
);

/// The token as it can be shown to others: in a picture, or by a link.
#[component]
pub(super) fn Redacted() -> Html {
    let page = use_page();
    let back = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| page.dispatch(Action::Redact(false)))
    };
    let redacted = page.token.without_signature();
    html! {
        <>
            <section class="card" aria-labelledby="share-title" data-testid="redacted">
                <div class="card__head">
                    <h2 id="share-title" class="card__title">{ page.text(TITLE) }</h2>
                    <div class="card__actions">
                        if let Some(token) = &redacted {
                            <CopyButton text={link(token.text())} label={COPY_LINK}
                                primary=true testid="copy-link" />
                        }
                        <button type="button" class="button" onclick={back} data-testid="share-back">
                            { page.text(BACK) }
                        </button>
                    </div>
                </div>
                <p class="hint">
                    { page.text(if redacted.is_some() { ABOUT } else { TOO_BROKEN }) }
                </p>
            </section>
            if let Some(token) = redacted {
                <div class="columns">
                    <div class="columns__column"><TokenCard token={token.clone()} /></div>
                    <div class="columns__column"><ClaimsCard {token} /></div>
                </div>
            }
        </>
    }
}

/// The page's own address, with the token in its fragment.
fn link(token: &str) -> String {
    let address = web_sys::window().and_then(|window| {
        let location = window.location();
        Some(location.origin().ok()? + &location.pathname().ok()?)
    });
    // A token is base64url and dots; anything else in a broken one must not end the fragment.
    let token = js_sys::encode_uri_component(token);
    format!("{}#token={token}", address.unwrap_or_default())
}
