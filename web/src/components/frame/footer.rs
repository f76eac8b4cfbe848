use yew::prelude::*;

use crate::hooks::use_page;
use crate::language::Text;

const PRIVATE: Text = Text::new("Private by construction", "設計からプライベート");
const PROMISE: Text = Text::new(
    "Tokens stay in this page: everything is decoded, verified and judged by your browser. Nothing is \
     sent, stored or counted. The page loads nothing from elsewhere and works offline after the first \
     visit. The only request it ever makes to another place is the one you press a button for, to the \
     address on that button; its Content-Security-Policy has the browser enforce this.",
    "トークンはこのページの外に出ません。デコード、検証、評価はすべてブラウザー内で行われ、送信、保存、\
     計測は一切行いません。外部のリソースは読み込まず、一度開けばオフラインでも動作します。外部への\
     リクエストは、ボタンを押したときに、そのボタンに示されたアドレスへ送られるものだけです。これは \
     Content-Security-Policy によりブラウザーが強制します。",
);
const STORED: Text = Text::new(
    "Only your choice of language and theme is kept, in this browser.",
    "このブラウザーに保存されるのは、言語とテーマの選択だけです。",
);

/// What the page promises about what is pasted into it.
#[component]
pub(crate) fn Footer() -> Html {
    let page = use_page();
    html! {
        <footer class="footer">
            <h2 class="footer__title">{ page.text(PRIVATE) }</h2>
            <p>{ page.text(PROMISE) }{ " " }{ page.text(STORED) }</p>
            <p class="footer__version" translate="no">
                { concat!("Countersign ", env!("CARGO_PKG_VERSION")) }
            </p>
        </footer>
    }
}
