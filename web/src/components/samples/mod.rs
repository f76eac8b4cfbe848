use yew::prelude::*;

#[component]
pub(super) fn Samples() -> Html {
    html! {}
}
