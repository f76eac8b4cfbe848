//! Tokens for whoever has none at hand: samples, and those of a local issuer.

mod local;
mod menu;

use yew::prelude::*;

use self::local::LocalIssuer;
use self::menu::SampleMenu;
use crate::hooks::local_issuer;

/// The buttons for tokens of one's own.
#[component]
pub(super) fn Samples() -> Html {
    let issuer = use_memo((), |()| local_issuer());
    html! {
        <>
            <SampleMenu />
            if let Some(issuer) = &*issuer {
                <LocalIssuer issuer={issuer.clone()} />
            }
        </>
    }
}
