use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlSelectElement, Url};
use yew::prelude::*;

use super::super::app::Shown;
use super::super::copy::CopyButton;
use super::super::data_text::data_lines;
use super::super::prose::prose;
use crate::exports::{Export, Note, TokenFacts, export};
use crate::hooks::{Page, host_time, use_page};
use crate::language::Text;
use crate::state::KeySource;
use crate::verdicts::SignatureVerdict;

const HEADING: Text = Text::new("Copy as", "別の形式でコピー");
const FORM: Text = Text::new("Form", "形式");
const PROGRAMS: Text = Text::new("For programs", "プログラム向け");
const SERVICES: Text = Text::new("For services that take tokens", "トークンを受け取るサービス向け");
const AWS: Text =
    Text::new("For the account that asks for tokens", "トークンを要求するアカウント向け");
const COPY: Text = Text::new("Copy", "コピー");
const DOWNLOAD: Text = Text::new("Download {name}", "{name} をダウンロード");
const FAILED: Text = Text::new(
    "The browser does not let the page make a file. Copy the text instead.",
    "ブラウザがファイルの作成を許可しませんでした。テキストをコピーしてください。",
);
const NO_POLICY: Text =
    Text::new("There is no policy to copy yet.", "コピーできるポリシーがまだありません。");
const FAULTY: Text = Text::new(
    "Mend the policy first: what has faults is not taken elsewhere.",
    "先にポリシーを修正してください。誤りのあるポリシーは書き出せません。",
);
const WARNING: Text = Text::new("Warning", "警告");
const SOURCE: Text = Text::new("Documentation", "ドキュメント");

/// The policy in the form that others take.
#[component]
pub(super) fn TakeAway() -> Html {
    let page = use_page();
    let Some(Shown(verdicts)) = use_context::<Shown>() else { return Html::default() };
    // A sample's issuer is made up: that its signature holds is no reason to trust it elsewhere.
    let verified = matches!(
        &verdicts.signature,
        SignatureVerdict::Holds { source, .. } if *source != KeySource::Sample
    );
    let reason = match &page.policy.outcome {
        None => Some(NO_POLICY),
        Some(Err(_)) => Some(FAULTY),
        Some(Ok(_)) => None,
    };
    html! {
        <section class="bench__section" aria-labelledby="take-heading">
            <h3 id="take-heading" class="bench__heading bench__heading--above">{ page.text(HEADING) }</h3>
            if let Some(reason) = reason {
                <p class="hint" data-testid="export-reason">{ page.text(reason) }</p>
            } else {
                <Forms {verified} />
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct Props {
    /// Whether the signature of the token in hand holds, with keys that are its issuer's.
    verified: bool,
}

#[component]
fn Forms(props: &Props) -> Html {
    let page = use_page();
    let chosen = use_state_eq(|| Export::Json);
    let text_ref = use_node_ref();
    let refused = use_state_eq(|| false);
    let exported = {
        let of = (*chosen, page.policy.clone(), page.token.clone(), props.verified);
        use_memo(of, |(kind, policy, token, verified)| {
            let facts = TokenFacts::of(token, *verified);
            let document = policy.policy()?.document();
            Some(export(*kind, document, facts.as_ref(), host_time()))
        })
    };
    let Some(exported) = Option::as_ref(&exported) else { return Html::default() };
    let choose = {
        let (chosen, refused) = (chosen.clone(), refused.clone());
        Callback::from(move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let value = field.value();
            if let Some(kind) = Export::ALL.into_iter().find(|kind| kind.file_name() == value) {
                refused.set(false);
                chosen.set(kind);
            }
        })
    };
    let download = {
        let (name, text, refused) =
            (chosen.file_name(), Rc::<str>::from(exported.text.as_str()), refused.clone());
        Callback::from(move |_: MouseEvent| refused.set(downloaded(name, &text).is_none()))
    };
    let nothing = exported.text.is_empty();
    html! {
        <>
            <div class="take__bar">
                <label class="choice">
                    <span class="choice__label">{ page.text(FORM) }</span>
                    <select class="choice__select" onchange={choose} data-testid="export-kind">
                        { options(&page, PROGRAMS, *chosen, Group::Programs) }
                        { options(&page, SERVICES, *chosen, Group::Services) }
                        { options(&page, AWS, *chosen, Group::Aws) }
                    </select>
                </label>
                if !nothing {
                    <div class="bench__row">
                        <button type="button" class="button" onclick={download}
                            data-testid="export-download">
                            { page.fill(DOWNLOAD, &[("name", &chosen.file_name())]) }
                        </button>
                        <CopyButton text={exported.text.clone()} label={COPY} primary=true
                            testid="export-copy" shown={text_ref.clone()} />
                    </div>
                }
            </div>
            <div role="status">
                if *refused {
                    <p class="note note--bad">{ page.text(FAILED) }</p>
                }
            </div>
            { for exported.warnings.iter().map(|warning| note(&page, warning, true)) }
            { for exported.notes.iter().map(|one| note(&page, one, false)) }
            if !nothing {
                <pre class="code-block take__text" tabindex="0" role="region" translate="no"
                    aria-label={chosen.name().in_language(page.language())} data-testid="export-text">
                    <code ref={text_ref}>{ data_lines(&exported.text) }</code>
                </pre>
            }
        </>
    }
}

/// For whom a form is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Programs,
    Services,
    Aws,
}

impl Group {
    fn of(kind: Export) -> Self {
        match kind {
            Export::Json | Export::TypeScript | Export::Rust | Export::CommandLine => {
                Self::Programs
            }
            Export::IamPolicy => Self::Aws,
            _ => Self::Services,
        }
    }
}

fn options(page: &Page, label: Text, chosen: Export, group: Group) -> Html {
    let kinds = Export::ALL.into_iter().filter(|kind| Group::of(*kind) == group);
    html! {
        <optgroup label={page.text(label)}>
            { for kinds.map(|kind| html! {
                <option value={kind.file_name()} selected={kind == chosen}>
                    { kind.name().in_language(page.language()) }
                </option>
            }) }
        </optgroup>
    }
}

fn note(page: &Page, note: &Note, warning: bool) -> Html {
    let class = if warning { "note note--open" } else { "note" };
    let testid = if warning { "export-warning" } else { "export-note" };
    html! {
        <p {class} data-testid={testid}>
            if warning {
                <strong>{ page.text(WARNING) }{ ": " }</strong>
            }
            { prose(&note.in_language(page.language())) }
            if let Some(source) = note.source {
                { " " }
                <a href={source} rel="noreferrer" target="_blank">{ page.text(SOURCE) }</a>
            }
        </p>
    }
}

/// Has the browser save a text as a file, without any request; `None` if it refuses.
fn downloaded(name: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("text/plain;charset=utf-8");
    let parts = js_sys::Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let anchor = web_sys::window()?.document()?.create_element("a").ok()?;
    let anchor = anchor.dyn_into::<HtmlAnchorElement>().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser may read it only after the click.
    Timeout::new(KEPT_MS, move || drop(Url::revoke_object_url(&url))).forget();
    Some(())
}

/// How long a text is kept for the browser to save it.
const KEPT_MS: u32 = 60_000;
