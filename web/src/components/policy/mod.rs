use yew::prelude::*;

#[component]
pub(super) fn PolicyCard() -> Html {
    html! {}
}
