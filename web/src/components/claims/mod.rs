use std::rc::Rc;

use yew::prelude::*;

use crate::state::Token;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) token: Rc<Token>,
}

#[component]
pub(super) fn ClaimsCard(props: &Props) -> Html {
    html! { <section class="card">{ props.token.given.len() }</section> }
}
