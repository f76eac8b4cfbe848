use yew::prelude::*;

use super::super::copy::CopyButton;
use super::keys::key_fault;
use crate::hooks::{Page, fetch_keys, use_page};
use crate::language::Text;
use crate::state::{FetchProblem, KeyPlace, Keys};

const FETCH: Text = Text::new("Fetch keys from", "鍵を取得:");
const FETCHING: Text = Text::new("Fetching keys from", "鍵を取得しています:");
const ONLY_THEN: Text = Text::new(
    "Nothing is asked before you press, then only this URL: without cookies, without the token.",
    "ボタンを押すまで通信は発生しません。押した後も、この URL だけに、Cookie もトークンも付けずにアクセスします。",
);
const ELSEWHERE: Text = Text::new(
    "The page fetches keys only of issuers of AWS's form (<label>.tokens.sts.global.api.aws) and of this \
     machine (127.0.0.1 or localhost); its Content-Security-Policy lets it connect to nothing else. Fetch the keys yourself (this \
     needs curl and jq) and paste them below:",
    "このページが鍵を取得するのは、AWS 形式の発行者 (<label>.tokens.sts.global.api.aws) とこのマシン上 (127.0.0.1 または localhost) の発行者だけです。\
     それ以外への接続は Content-Security-Policy で禁止しています。次のコマンド (curl と jq が必要) で鍵を取得し、下に貼り付けてください。",
);
const INSECURE: Text = Text::new(
    "This issuer is plain http to another machine: anyone on the way could answer with keys of their own. \
     Keys are not fetched from there, and no verifier should.",
    "この発行者は別のマシンへの暗号化されない http です。通信経路上の誰でも別の鍵を返せるため、鍵は取得しません。\
     検証側も信頼すべきではありません。",
);
const STS_SERVICE: Text = Text::new(
    "This is the STS service, not an issuer of tokens: it serves no keys. An AWS token names its account's \
     own issuer.",
    "これは STS のサービスエンドポイントで、トークンの発行者ではないため、鍵は公開されていません。AWS のトークンには、\
     アカウント固有の発行者が記載されます。",
);
const NO_URL: Text = Text::new(
    "The issuer is not a URL that keys could be fetched from. If you have its keys, paste them below.",
    "発行者が鍵を取得できる URL ではありません。鍵をお持ちの場合は、下に貼り付けてください。",
);
const UNNAMED: Text = Text::new(
    "The token names no issuer, so nothing says where its keys are. If you have them, paste them below.",
    "トークンに発行者の記載がないため、鍵の場所が分かりません。鍵をお持ちの場合は、下に貼り付けてください。",
);

const BLOCKED: Text = Text::new(
    "No answer reached the page. Browsers do not tell pages why: the issuer may not allow web pages to read \
     its keys (CORS), it may have sent the browser elsewhere, or the network failed.",
    "ページは応答を受け取れませんでした。理由はブラウザーからページには通知されません。発行者が Web ページからの読み取りを\
     許可していない (CORS)、別の URL へリダイレクトした、またはネットワークの障害が考えられます。",
);
const STATUS: Text = Text::new(
    "The answer had HTTP status {status}; keys come with 200.",
    "応答の HTTP ステータスは {status} でした (正常な場合は 200)。",
);
const TIMEOUT: Text = Text::new(
    "There was no whole answer within 10 seconds.",
    "10 秒以内に応答が完了しませんでした。",
);
const TOO_LARGE: Text = Text::new(
    "The answer was larger than a key set may be (64 KiB).",
    "応答が鍵セットの上限 (64 KiB) を超えていました。",
);
const BY_HAND: Text = Text::new(
    "Fetch the keys with this command and paste what it prints below:",
    "次のコマンドで鍵を取得し、出力を下に貼り付けてください。",
);
const COPY: Text = Text::new("Copy command", "コマンドをコピー");

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// Where the keys of the token's issuer are.
    pub(super) place: KeyPlace,
}

/// Where keys can be had: a button that names the URL, or a command.
#[component]
pub(super) fn Asking(Props { place }: &Props) -> Html {
    let page = use_page();
    let note = |text| html! { <p class="note note--open">{ page.text(text) }</p> };
    match place {
        KeyPlace::Askable(url) => html! {
            <>
                { button(&page, url) }
                if let Keys::Unreachable { problem, .. } = page.token_keys() {
                    <div role="alert" data-testid="fetch-problem">{ unreachable(&page, problem) }</div>
                    { command(&page, BY_HAND, place) }
                } else {
                    <p class="hint">{ page.text(ONLY_THEN) }</p>
                }
            </>
        },
        KeyPlace::Elsewhere(_) => command(&page, ELSEWHERE, place),
        KeyPlace::Insecure => note(INSECURE),
        KeyPlace::StsService => note(STS_SERVICE),
        KeyPlace::NoUrl => note(NO_URL),
        KeyPlace::Unnamed => note(UNNAMED),
    }
}

/// The one button that makes the page ask another machine.
fn button(page: &Page, url: &str) -> Html {
    let fetching = matches!(page.token_keys(), Keys::Fetching { .. });
    let wanted = page.token_keys().known().is_none();
    let onclick = {
        let (page, url) = (page.clone(), url.to_owned());
        Callback::from(move |_: MouseEvent| {
            fetch_keys(&page, page.token.key_issuer().to_owned(), url.clone());
        })
    };
    html! {
        <button type="button" data-testid="fetch-keys" {onclick}
            class={classes!("button", "signature__fetch", wanted.then_some("button--primary"))}
            disabled={fetching} aria-busy={fetching.to_string()}>
            <span>{ page.text(if fetching { FETCHING } else { FETCH }) }</span>
            <span class="data" translate="no">{ url.to_owned() }</span>
        </button>
    }
}

fn command(page: &Page, introduction: Text, place: &KeyPlace) -> Html {
    let Some(command) = place.command() else { return Html::default() };
    html! {
        <div class="signature__command">
            <p>{ page.text(introduction) }</p>
            <pre class="code-block code-block--wrap" translate="no" data-testid="curl">
                <code>{ command.clone() }</code>
            </pre>
            <CopyButton text={command} label={COPY} testid="copy-curl" />
        </div>
    }
}

fn unreachable(page: &Page, problem: &FetchProblem) -> Html {
    let words = match problem {
        FetchProblem::Blocked => page.text(BLOCKED).to_owned(),
        FetchProblem::Status(status) => page.fill(STATUS, &[("status", status)]),
        FetchProblem::Timeout => page.text(TIMEOUT).to_owned(),
        FetchProblem::TooLarge => page.text(TOO_LARGE).to_owned(),
        FetchProblem::NotAKeySet(fault) => return key_fault(page, fault),
    };
    html! { <p class="note note--bad">{ words }</p> }
}
