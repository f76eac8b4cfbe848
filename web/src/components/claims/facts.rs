//! A value under its name.

use yew::prelude::*;

use super::super::data_text::data;
use super::arn::arn;
use super::labels::label;
use crate::claims_view::{Fact, Label, arn_parts};
use crate::language::{Language, Text};

const MORE: Text =
    Text::new("{count} more are not shown here.", "他に {count} 件あります (表示を省略)。");

/// No list in a group is longer: a hostile token's may have thousands of entries.
pub(super) const MOST_SHOWN: usize = 50;

/// A group of facts under a heading.
pub(super) fn group(title: &str, inner: Html) -> Html {
    html! {
        <section class="claims__group">
            <h3 class="claims__heading">{ title }</h3>
            { inner }
        </section>
    }
}

/// A name, the claim that it stands in, and the value.
pub(super) fn row(name: &str, claim: Option<&'static str>, value: Html) -> Html {
    html! {
        <div class="fact">
            <dt class="fact__name">
                { name }
                if let Some(claim) = claim {
                    { " " }<code class="fact__claim" translate="no">{ claim }</code>
                }
            </dt>
            <dd class="fact__value">{ value }</dd>
        </div>
    }
}

/// A fact; an ARN can be opened and seen apart.
pub(super) fn fact(fact: &Fact, language: Language) -> Html {
    let name = match fact.label {
        Label::Resource if fact.value.starts_with("arn:") => "ARN",
        other => label(other, language),
    };
    row(name, fact.claim, value(&fact.value, language))
}

/// Untrusted text; an ARN can be opened and seen apart.
pub(super) fn value(text: &str, language: Language) -> Html {
    match arn_parts(text) {
        Some(parts) => arn(text, &parts, language),
        None => data(text),
    }
}

/// Says how many of a list are not shown.
pub(super) fn and_more(total: usize, language: Language) -> Html {
    match total.saturating_sub(MOST_SHOWN) {
        0 => Html::default(),
        count => html! { <p class="hint">{ MORE.fill(language, &[("count", &count)]) }</p> },
    }
}
