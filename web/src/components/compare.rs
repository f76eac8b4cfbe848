use yew::prelude::*;

#[component]
pub(super) fn Comparison() -> Html {
    html! {}
}
