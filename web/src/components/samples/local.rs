use countersign::Algorithm;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::hooks::{Page, local_principals, mint_locally, use_page};
use crate::language::Text;
use crate::samples::{Form, FormFault, LocalPrincipal, Refusal};
use crate::state::Action;

const OPEN: Text = Text::new("Mint from the local issuer", "ローカル発行者で発行");
const ABOUT: Text = Text::new(
    "The issuer runs on this machine and signs what AWS would; nothing outside trusts it.",
    "このマシン上で動作する発行者が、AWS と同じ形式のトークンに署名します。外部からは信頼されません。",
);
const LOADING: Text = Text::new("Asking the issuer …", "発行者に問い合わせています…");
const PRINCIPAL: Text = Text::new("Principal", "プリンシパル");
const AUDIENCES: Text = Text::new("Audiences, one a line", "オーディエンス (1 行に 1 つ)");
const ALGORITHM: Text = Text::new("Signing algorithm", "署名アルゴリズム");
const DURATION: Text = Text::new("Lifetime in seconds", "有効期間 (秒)");
const TAGS: Text =
    Text::new("Request tags, key=value, one a line", "リクエストタグ (1 行に 1 つ、key=value)");
const MINT: Text = Text::new("Mint token", "トークンを発行");
const CLOSE: Text = Text::new("Close", "閉じる");
const UNREACHABLE: Text = Text::new(
    "No answer that could be read came from the local issuer. Is it still running?",
    "ローカル発行者から有効な応答がありませんでした。起動しているか確認してください。",
);
const BAD_DURATION: Text = Text::new(
    "\"{text}\" is no whole number of seconds.",
    "「{text}」は秒数 (整数) ではありません。",
);
const BAD_TAG: Text = Text::new(
    "The line \"{text}\" is not key=value.",
    "「{text}」の行が key=value の形式ではありません。",
);
const TAG_TWICE: Text =
    Text::new("The tag \"{text}\" is there twice.", "タグ「{text}」が重複しています。");

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The local issuer's address.
    pub(super) issuer: AttrValue,
}

/// What the dialog knows of the issuer.
#[derive(Clone, PartialEq)]
enum Answer {
    Awaited,
    Principals(Vec<LocalPrincipal>),
    Refused(Refusal),
}

/// A button, and the dialog that mints a token of the local issuer. Nothing is asked before it opens.
#[component]
pub(super) fn LocalIssuer(props: &Props) -> Html {
    let page = use_page();
    let dialog = use_node_ref();
    let answer = use_state_eq(|| Answer::Awaited);
    let form = use_state_eq(initial);
    let problem = use_state_eq(|| None::<String>);
    let busy = use_state_eq(|| false);

    let open = {
        let (dialog, answer, problem) = (dialog.clone(), answer.clone(), problem.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(shown) = dialog.cast::<HtmlDialogElement>() else { return };
            // It fails only for a dialog that is open already.
            let _ = shown.show_modal();
            problem.set(None);
            answer.set(Answer::Awaited);
            let answer = answer.clone();
            spawn_local(async move {
                answer.set(match local_principals().await {
                    Ok(principals) => Answer::Principals(principals),
                    Err(refusal) => Answer::Refused(refusal),
                });
            });
        })
    };
    let close = {
        let dialog = dialog.clone();
        move || {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    let onsubmit = {
        let (page, form, answer) = (page.clone(), form.clone(), answer.clone());
        let (problem, busy, close) = (problem.clone(), busy.clone(), close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let minting = match chosen(&form, &answer).read() {
                Ok(minting) => minting,
                Err(fault) => return problem.set(Some(fault_words(&page, &fault))),
            };
            let (page, problem, busy, close) =
                (page.clone(), problem.clone(), busy.clone(), close.clone());
            busy.set(true);
            problem.set(None);
            spawn_local(async move {
                match mint_locally(&minting).await {
                    Ok(token) => {
                        page.dispatch(Action::Read(token));
                        close();
                    }
                    Err(refusal) => problem.set(Some(refusal_words(&page, &refusal))),
                }
                busy.set(false);
            });
        })
    };
    let onclose = Callback::from(move |_: MouseEvent| close());
    html! {
        <>
            <button type="button" class="button" data-testid="local-issuer" onclick={open}
                aria-haspopup="dialog">
                { page.text(OPEN) }
            </button>
            <dialog ref={dialog} class="mint card" aria-labelledby="mint-title">
                <div class="card__head">
                    <h2 id="mint-title" class="card__title">{ page.text(OPEN) }</h2>
                    <button type="button" class="button" onclick={onclose}>
                        { page.text(CLOSE) }
                    </button>
                </div>
                <div class="stack">
                    <p class="hint">
                        <span class="data" translate="no">{ props.issuer.clone() }</span>
                        <br />
                        { page.text(ABOUT) }
                    </p>
                    { match &*answer {
                        Answer::Awaited => html! { <p role="status">{ page.text(LOADING) }</p> },
                        Answer::Refused(refusal) => note(refusal_words(&page, refusal)),
                        Answer::Principals(principals) => html! {
                            <form class="mint__form" {onsubmit} novalidate=true>
                                { fields(&page, &form, &chosen(&form, &answer), principals) }
                                if let Some(problem) = &*problem {
                                    { note(problem.clone()) }
                                }
                                <button type="submit" class="button button--primary"
                                    disabled={*busy} aria-busy={busy.to_string()}
                                    data-testid="mint-submit">
                                    { page.text(MINT) }
                                </button>
                            </form>
                        },
                    } }
                </div>
            </dialog>
        </>
    }
}

fn initial() -> Form {
    Form {
        access_key: String::new(),
        audiences: "https://api.example.com".to_owned(),
        algorithm: Algorithm::Es384,
        duration: "300".to_owned(),
        tags: String::new(),
    }
}

/// The form, with the first principal unless another was chosen that is still there.
fn chosen(form: &Form, answer: &Answer) -> Form {
    let Answer::Principals(principals) = answer else { return form.clone() };
    let mut form = form.clone();
    if !principals.iter().any(|one| one.access_key == form.access_key) {
        form.access_key = principals.first().map(|one| one.access_key.clone()).unwrap_or_default();
    }
    form
}

fn fields(
    page: &Page,
    form: &UseStateHandle<Form>,
    chosen: &Form,
    principals: &[LocalPrincipal],
) -> Html {
    let area = |change: fn(&mut Form, String)| {
        let form = form.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                set(&form, change, area.value());
            }
        })
    };
    let select = |change: fn(&mut Form, String)| {
        let form = form.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                set(&form, change, select.value());
            }
        })
    };
    let duration = {
        let form = form.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                set(&form, |form, text| form.duration = text, input.value());
            }
        })
    };
    let principal = select(|form, key| form.access_key = key);
    let algorithm = select(|form, name| {
        if let Some(algorithm) = Algorithm::parse(&name) {
            form.algorithm = algorithm;
        }
    });
    html! {
        <>
            <label class="mint__field">
                <span>{ page.text(PRINCIPAL) }</span>
                <select class="choice__select" data-testid="mint-principal" onchange={principal}
                    translate="no">
                    { for principals.iter().map(|one| html! {
                        <option value={one.access_key.clone()}
                            selected={one.access_key == chosen.access_key}>
                            { format!("{} ({})", one.arn, one.access_key) }
                        </option>
                    }) }
                </select>
            </label>
            <label class="mint__field">
                <span>{ page.text(AUDIENCES) }</span>
                <textarea class="field field--code" rows="2" data-testid="mint-audience"
                    value={form.audiences.clone()} spellcheck="false"
                    oninput={area(|form, text| form.audiences = text)} />
            </label>
            <div class="mint__pair">
                <label class="mint__field">
                    <span>{ page.text(ALGORITHM) }</span>
                    <select class="choice__select" data-testid="mint-algorithm" translate="no"
                        onchange={algorithm}>
                        { for [Algorithm::Es384, Algorithm::Rs256].into_iter().map(|one| html! {
                            <option selected={one == form.algorithm}>{ one.as_str() }</option>
                        }) }
                    </select>
                </label>
                <label class="mint__field">
                    <span>{ page.text(DURATION) }</span>
                    <input class="field field--code" inputmode="numeric" autocomplete="off"
                        value={form.duration.clone()}
                        oninput={duration} />
                </label>
            </div>
            <label class="mint__field">
                <span>{ page.text(TAGS) }</span>
                <textarea class="field field--code" rows="2"
                    value={form.tags.clone()} spellcheck="false"
                    oninput={area(|form, text| form.tags = text)} />
            </label>
        </>
    }
}

fn set(form: &UseStateHandle<Form>, change: fn(&mut Form, String), text: String) {
    let mut next = (**form).clone();
    change(&mut next, text);
    form.set(next);
}

fn note(words: String) -> Html {
    html! { <p class="note note--bad data" role="alert" data-testid="mint-problem">{ words }</p> }
}

fn fault_words(page: &Page, fault: &FormFault) -> String {
    match fault {
        FormFault::Duration(text) => page.fill(BAD_DURATION, &[("text", text)]),
        FormFault::TagLine(text) => page.fill(BAD_TAG, &[("text", text)]),
        FormFault::TagTwice(text) => page.fill(TAG_TWICE, &[("text", text)]),
    }
}

fn refusal_words(page: &Page, refusal: &Refusal) -> String {
    if refusal.code.is_empty() && refusal.message.is_empty() {
        page.text(UNREACHABLE).to_owned()
    } else {
        format!("{}: {}", refusal.code, refusal.message)
    }
}
