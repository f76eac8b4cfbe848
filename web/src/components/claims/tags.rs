use countersign::Asserter;
use yew::prelude::*;

use super::super::data_text::data;
use super::facts::{MOST_SHOWN, and_more, group, value};
use crate::claims_view::ClaimsView;
use crate::language::core::asserter;
use crate::language::{Language, Text};

const PRINCIPAL: Text = Text::new("Tags of the role and its session", "ロールとセッションのタグ");
const REQUEST: Text = Text::new("Tags of the request", "リクエストのタグ");
const CONTEXT: Text = Text::new(
    "Context, never identity: the caller chose these freely when it asked for the token.",
    "参考情報であり、身元の根拠にはなりません。トークンの要求時に呼び出し元が自由に指定したものです。",
);
const KEY: Text = Text::new("Key", "キー");
const VALUE: Text = Text::new("Value", "値");

/// The tags in the token, and whose word they are; nothing if there are none.
pub(super) fn tags(view: &ClaimsView, language: Language) -> Html {
    html! {
        <>
            { table(PRINCIPAL, "principal_tags", &view.principal_tags, Asserter::Tagger, language) }
            { table(REQUEST, "request_tags", &view.request_tags, Asserter::Caller, language) }
        </>
    }
}

fn table(
    title: Text,
    claim: &'static str,
    tags: &[(String, String)],
    whose: Asserter,
    language: Language,
) -> Html {
    if tags.is_empty() {
        return Html::default();
    }
    let title = title.in_language(language);
    let inner = html! {
        <>
            <p class="claims__whose">
                <code class="fact__claim" translate="no">{ claim }</code>{ " " }
                <span class="badge badge--open">{ asserter(whose, language) }</span>
            </p>
            if whose == Asserter::Caller {
                <p class="hint">{ CONTEXT.in_language(language) }</p>
            }
            <table class="tags" data-testid={claim}>
                <caption class="visually-hidden">{ title }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ KEY.in_language(language) }</th>
                        <th scope="col">{ VALUE.in_language(language) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for tags.iter().take(MOST_SHOWN).map(|(key, text)| html! {
                        <tr>
                            <th scope="row">{ data(key) }</th>
                            <td>{ value(text, language) }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
            { and_more(tags.len(), language) }
        </>
    };
    group(title, inner)
}
