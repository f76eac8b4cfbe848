use yew::prelude::*;

#[component]
pub(super) fn Redacted() -> Html {
    html! {}
}
