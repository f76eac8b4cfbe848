use yew::prelude::*;

#[component]
pub(super) fn SignatureCard() -> Html {
    html! {}
}
