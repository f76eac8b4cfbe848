use yew::prelude::*;

use super::super::data_text::data;
use super::facts::{MOST_SHOWN, and_more, group, row};
use crate::claims_view::{ClaimsView, Unit, UnitKind};
use crate::language::{Language, Text};

const TITLE: Text = Text::new("Organization", "組織");
const ID: Text = Text::new("Organization", "組織");
const PLACE: Text = Text::new("Place of the account", "アカウントの位置");
const STEP_ORGANIZATION: Text = Text::new("organization", "組織");
const STEP_ROOT: Text = Text::new("root", "ルート");
const STEP_UNIT: Text = Text::new("OU", "OU");
const STEP_ACCOUNT: Text = Text::new("account", "アカウント");

/// Where the account stands in its organization; nothing if the token does not say.
pub(super) fn organization(view: &ClaimsView, language: Language) -> Html {
    let Some(organization) = &view.organization else { return Html::default() };
    let text = |text: Text| text.in_language(language);
    let account = view.who.as_ref().and_then(|who| who.account.as_deref());
    let paths = &organization.paths;
    let inner = html! {
        <>
            <dl class="facts">
                if let Some(id) = &organization.id {
                    { row(text(ID), Some("org_id"), data(id)) }
                }
                { for paths.iter().take(MOST_SHOWN).map(|path| {
                    row(text(PLACE), Some("ou_path"), breadcrumb(path, account, language))
                }) }
            </dl>
            { and_more(paths.len(), language) }
        </>
    };
    group(text(TITLE), inner)
}

/// The way down from the organization to the account.
fn breadcrumb(path: &[Unit], account: Option<&str>, language: Language) -> Html {
    let step = |name: Option<Text>, id: &str| {
        html! {
            <li class="breadcrumb__step">
                if let Some(name) = name {
                    <span class="breadcrumb__kind">{ name.in_language(language) }</span>
                }
                { data(id) }
            </li>
        }
    };
    html! {
        <>
            <ol class="breadcrumb">
                { for path.iter().take(MOST_SHOWN).map(|unit| step(name(unit.kind), &unit.id)) }
                { for account.map(|account| step(Some(STEP_ACCOUNT), account)) }
            </ol>
            { and_more(path.len(), language) }
        </>
    }
}

fn name(kind: UnitKind) -> Option<Text> {
    match kind {
        UnitKind::Organization => Some(STEP_ORGANIZATION),
        UnitKind::Root => Some(STEP_ROOT),
        UnitKind::OrganizationalUnit => Some(STEP_UNIT),
        UnitKind::Unknown => None,
    }
}
