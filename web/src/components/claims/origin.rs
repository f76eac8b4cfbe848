use countersign::is_aws_issuer;
use yew::prelude::*;

use super::super::data_text::data;
use super::facts::{MOST_SHOWN, and_more, group, row, value};
use crate::claims_view::ClaimsView;
use crate::language::{Language, Text};

const FROM: Text = Text::new("From where", "発行元");
const ISSUER: Text = Text::new("Issuer", "発行者 (issuer)");
const LABEL: Text = Text::new("The account's label", "アカウントのラベル");
const AWS: Text = Text::new("AWS issuer", "AWS の発行者");
const NOT_AWS: Text = Text::new("Not an AWS issuer", "AWS の発行者ではない");
const REGION: Text = Text::new("Region", "リージョン");
const TOKEN_ID: Text = Text::new("Token id", "トークン ID");
const ABSENT: Text = Text::new("Not there, or not a text", "なし、または文字列ではない");
const FOR: Text = Text::new("For whom", "宛先");
const AUDIENCE: Text = Text::new("Audience", "オーディエンス");
const SEVERAL: Text = Text::new(
    "For several audiences: each of them could hand the token on to the others.",
    "複数のオーディエンス宛てです。いずれかの宛先が、受け取ったトークンを他の宛先で使うこともできます。",
);
const NOBODY: Text = Text::new(
    "The token names no audience, so it would be for everybody.",
    "オーディエンスの指定がなく、誰にでも宛てられたトークンになっています。",
);

/// Who issued the token, and where.
pub(super) fn origin(view: &ClaimsView, language: Language) -> Html {
    let text = |text: Text| text.in_language(language);
    let absent = || html! { <span class="hint">{ text(ABSENT) }</span> };
    let inner = html! {
        <dl class="facts">
            { row(text(ISSUER), Some("iss"), match &view.issuer {
                Some(issuer) => html! { <>{ data(issuer) }{ " " }{ form(issuer, language) }</> },
                None => absent(),
            }) }
            if let Some(label) = view.issuer.as_deref().and_then(account_label) {
                { row(text(LABEL), None, data(label)) }
            }
            if let Some(region) = &view.source_region {
                { row(text(REGION), Some("source_region"), data(region)) }
            }
            { row(text(TOKEN_ID), Some("jti"), match &view.token_id {
                Some(id) => data(id),
                None => absent(),
            }) }
        </dl>
    };
    group(text(FROM), inner)
}

fn form(issuer: &str, language: Language) -> Html {
    let (class, text) = match is_aws_issuer(issuer) {
        true => ("badge", AWS),
        false => ("badge badge--open", NOT_AWS),
    };
    html! { <span {class}>{ text.in_language(language) }</span> }
}

/// The id by which an AWS issuer's host stands for its account.
fn account_label(issuer: &str) -> Option<&str> {
    is_aws_issuer(issuer).then(|| issuer.strip_prefix("https://")?.split('.').next())?
}

/// Whom the token is for.
pub(super) fn audience(view: &ClaimsView, language: Language) -> Html {
    let text = |text: Text| text.in_language(language);
    let inner = match view.audiences.as_slice() {
        [] => html! { <p class="note note--bad">{ text(NOBODY) }</p> },
        audiences => html! {
            <>
                <dl class="facts">
                    { row(text(AUDIENCE), Some("aud"), html! {
                        <ul>
                            { for audiences.iter().take(MOST_SHOWN).map(|one| html! {
                                <li>{ value(one, language) }</li>
                            }) }
                        </ul>
                    }) }
                </dl>
                { and_more(audiences.len(), language) }
                if audiences.len() > 1 {
                    <p class="note note--open">{ text(SEVERAL) }</p>
                }
            </>
        },
    };
    group(text(FOR), inner)
}
