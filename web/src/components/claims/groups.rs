use std::rc::Rc;

use yew::prelude::*;

use super::contexts::contexts;
use super::kind::kind_notes;
use super::organization::organization;
use super::origin::{audience, origin};
use super::tags::tags;
use super::times::times;
use super::who::who;
use crate::claims_view::ClaimsView;
use crate::language::Language;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) view: Rc<Option<ClaimsView>>,
    pub(super) language: Language,
}

/// The claims in groups: who, from where, for whom, when, and what is around the caller. The language is an
/// argument, so that nothing here is drawn again when something else on the page changes.
#[component]
pub(super) fn Groups(props: &Props) -> Html {
    let Some(view) = &*props.view else { return Html::default() };
    let language = props.language;
    html! {
        <>
            { kind_notes(view, language) }
            <div class="claims__groups">
                { who(view, language) }
                { origin(view, language) }
                { audience(view, language) }
                { times(view, language) }
                { organization(view, language) }
                { contexts(view, language) }
                { tags(view, language) }
            </div>
        </>
    }
}
