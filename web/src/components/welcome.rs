use yew::prelude::*;

use crate::hooks::use_page;
use crate::language::Text;

const TITLE: Text = Text::new("What you will see", "このページでわかること");
const POINTS: [(Text, Text); 4] = [
    (
        Text::new("Three verdicts, never one", "3 つの判定を別々に表示"),
        Text::new(
            "Whether the signature holds, whether the time is right, and whether your policy takes the token are three questions.",
            "署名が有効か、有効期間内か、ポリシーが受理するか。この 3 つは別の問いです。",
        ),
    ),
    (
        Text::new("Whose word each claim is", "クレームごとの発言者"),
        Text::new(
            "AWS asserts the account and the role. Tags are the word of whoever may set them, and request tags are the caller's own.",
            "アカウントとロールは AWS が保証します。タグは付与できる人の申告であり、リクエストタグは呼び出し元が自由に選んだものです。",
        ),
    ),
    (
        Text::new("Why it would be refused", "拒否される理由"),
        Text::new(
            "Write a policy, or start one from the token: every check is listed with what it expects, what it finds and what to do.",
            "ポリシーを書くか、トークンから作成すると、各チェックの期待値、実際の値、対処方法が一覧で表示されます。",
        ),
    ),
    (
        Text::new("Nothing leaves the page", "データは外部に出ません"),
        Text::new(
            "Tokens are decoded and verified in your browser. No request is made before you press a button that names its address.",
            "トークンのデコードと検証はブラウザー内で行います。アドレスを示したボタンを押すまで、リクエストは送信されません。",
        ),
    ),
];

/// What the page is for, while there is no token.
#[component]
pub(super) fn Welcome() -> Html {
    let page = use_page();
    html! {
        <section class="welcome" aria-labelledby="welcome-title" data-testid="welcome">
            <h2 id="welcome-title" class="visually-hidden">{ page.text(TITLE) }</h2>
            <ul class="welcome__points">
                { for POINTS.iter().map(|(title, text)| html! {
                    <li class="welcome__point">
                        <h3 class="welcome__title">{ page.text(*title) }</h3>
                        <p>{ page.text(*text) }</p>
                    </li>
                }) }
            </ul>
        </section>
    }
}
