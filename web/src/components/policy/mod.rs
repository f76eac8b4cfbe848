//! The bench: a policy, what is wrong with it, and what it makes of the token in hand.

mod checks;
mod editor;
mod evaluate_at;
mod moment;
mod start;
mod take_away;

use yew::prelude::*;

use crate::hooks::use_page;
use crate::language::Text;
use checks::Checks;
use editor::Editor;
use evaluate_at::EvaluateAt;
use start::StartFromToken;
use take_away::TakeAway;

const TITLE: Text = Text::new("Policy bench", "ポリシーベンチ");
const PURPOSE: Text = Text::new(
    "A policy says whom you trust, and for which audience a token must have been issued. Write one, or start from this token, and see each check that a verifier would make.",
    "ポリシーは、信頼する相手と、トークンが向けられるべきオーディエンスを定めます。新しく書くか、このトークンから作成すると、検証側が行う各チェックを確認できます。",
);

/// A policy against the token: written, checked, and taken elsewhere.
#[component]
pub(super) fn PolicyCard() -> Html {
    let page = use_page();
    html! {
        <section class="card bench" aria-labelledby="policy-title">
            <div class="card__head">
                <h2 id="policy-title" class="card__title">{ page.text(TITLE) }</h2>
            </div>
            if page.policy.outcome.is_none() {
                <p class="hint">{ page.text(PURPOSE) }</p>
            }
            <StartFromToken />
            <Editor />
            <EvaluateAt />
            <Checks />
            <TakeAway />
        </section>
    }
}
