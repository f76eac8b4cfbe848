//! The token as it stands, what is wrong with it, and what its parts decode to.

mod decoded;
mod encoded;
mod findings;
mod json_text;
pub(super) mod layout;
pub(super) mod lexer;
mod marks;
mod places;

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::use_page;
use crate::language::{Language, Text};
use crate::state::Token;
use decoded::Decoded;
use encoded::Encoded;
use findings::Findings;
use places::Marks;

const TITLE: Text = Text::new("The token", "トークンの内容");

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) token: Rc<Token>,
}

/// What a view of the whole token is drawn from.
#[derive(PartialEq, Properties)]
struct ViewProps {
    language: Language,
    token: Rc<Token>,
    marks: Rc<Marks>,
}

/// The token in colour, its findings, and its parts decoded.
#[component]
pub(super) fn TokenCard(props: &Props) -> Html {
    let page = use_page();
    let marks = use_memo(props.token.clone(), |token| Marks::of(token));
    if props.token.is_blank() {
        return Html::default();
    }
    let (token, language) = (&props.token, page.language());
    html! {
        <section class="card token" aria-labelledby="token-title">
            <div class="card__head">
                <h2 id="token-title" class="card__title">{ page.text(TITLE) }</h2>
            </div>
            <div class="token__sides">
                <div class="stack">
                    <Encoded {language} token={token.clone()} marks={marks.clone()} />
                    <Findings {language} token={token.clone()} />
                </div>
                <Decoded {language} token={token.clone()} {marks} />
            </div>
        </section>
    }
}
