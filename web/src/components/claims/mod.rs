//! What a token says, explained: in groups first, then every member.

mod arn;
mod contexts;
mod facts;
mod groups;
mod kind;
mod labels;
mod members;
mod organization;
mod origin;
mod standing;
mod tags;
mod time_bar;
mod times;
mod who;

use std::rc::Rc;

use yew::prelude::*;

use crate::claims_view::ClaimsView;
use crate::hooks::use_page;
use crate::language::Text;
use crate::state::Token;
use groups::Groups;
use members::Members;
use standing::Standing;

const TITLE: Text = Text::new("Claims explained", "クレームの説明");
const NO_OBJECT: Text = Text::new(
    "The payload is not a JSON object, so there are no claims to explain.",
    "ペイロードが JSON オブジェクトではないため、説明できるクレームがありません。",
);

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) token: Rc<Token>,
}

/// The claims of the token, explained.
#[component]
pub(super) fn ClaimsCard(props: &Props) -> Html {
    let page = use_page();
    let view = use_memo(props.token.clone(), |token| ClaimsView::of(token));
    if props.token.is_blank() {
        return Html::default();
    }
    let language = page.language();
    let of_aws = view.as_ref().as_ref().is_some_and(|view| view.kind.is_outbound());
    html! {
        <section class="card claims stack" aria-labelledby="claims-title" data-testid="claims-card">
            <h2 id="claims-title" class="card__title">{ page.text(TITLE) }</h2>
            <Standing />
            if view.is_some() {
                <Groups {view} {language} />
            } else {
                <p class="note note--bad">{ page.text(NO_OBJECT) }</p>
            }
            <Members token={props.token.clone()} {of_aws} {language} />
        </section>
    }
}
