use yew::prelude::*;

use super::super::data_text::data;
use super::labels::label;
use crate::claims_view::Fact;
use crate::language::{Language, Text};

const APART: Text = Text::new("Taken apart", "内訳");

/// An ARN, and what its parts are for whoever opens it.
pub(super) fn arn(text: &str, parts: &[Fact], language: Language) -> Html {
    html! { <>{ data(text) }{ taken_apart(parts, language) }</> }
}

/// The parts of an ARN, folded.
pub(super) fn taken_apart(parts: &[Fact], language: Language) -> Html {
    html! {
        <details class="arn">
            <summary class="arn__summary">{ APART.in_language(language) }</summary>
            <dl class="arn__parts">
                { for parts.iter().map(|part| html! {
                    <div class="arn__part">
                        <dt>{ label(part.label, language) }</dt>
                        <dd>{ data(&part.value) }</dd>
                    </div>
                }) }
            </dl>
        </details>
    }
}
