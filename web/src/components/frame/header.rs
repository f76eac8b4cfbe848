use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::use_page;
use crate::language::{Language, Text};
use crate::state::{Action, Theme};

const SKIP: Text = Text::new("Skip to the content", "本文へ移動");
const TAGLINE: Text = Text::new(
    "See what an AWS token says, and why it would be refused",
    "AWS トークンの内容と、拒否される理由を確認できます",
);
const LANGUAGE: Text = Text::new("Language", "言語");
const THEME: Text = Text::new("Theme", "テーマ");
const SYSTEM: Text = Text::new("System", "システム");
const LIGHT: Text = Text::new("Light", "ライト");
const DARK: Text = Text::new("Dark", "ダーク");

/// The product's name, and the page's language and theme.
#[component]
pub(crate) fn Header() -> Html {
    let page = use_page();
    let set_language = {
        let page = page.clone();
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            if let Some(language) = chosen.as_deref().and_then(Language::of_tag) {
                page.dispatch(Action::SetLanguage(language));
            }
        })
    };
    let set_theme = {
        let page = page.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                page.dispatch(Action::SetTheme(Theme::of_name(Some(&select.value()))));
            }
        })
    };
    let theme_name = |theme: Theme| {
        page.text(match theme {
            Theme::Dark => DARK,
            Theme::Light => LIGHT,
            Theme::System => SYSTEM,
        })
    };
    html! {
        <header class="header">
            <a class="skip" href="#main">{ page.text(SKIP) }</a>
            <div class="header__product">
                <img src="icon.svg" width="36" height="36" alt="" />
                <div>
                    <h1 class="header__name" translate="no">{ "Countersign" }</h1>
                    <p class="header__tagline">{ page.text(TAGLINE) }</p>
                </div>
            </div>
            <div class="header__preferences">
                <label class="choice">
                    <span class="choice__label">{ page.text(LANGUAGE) }</span>
                    <select class="choice__select" data-testid="language" onchange={set_language}>
                        { for Language::ALL.map(|language| html! {
                            <option value={language.tag()} lang={language.tag()}
                                selected={language == page.language()}>
                                { language.own_name() }
                            </option>
                        }) }
                    </select>
                </label>
                <label class="choice">
                    <span class="choice__label">{ page.text(THEME) }</span>
                    <select class="choice__select" data-testid="theme" onchange={set_theme}>
                        { for Theme::ALL.map(|theme| html! {
                            <option value={theme.name().unwrap_or("system")}
                                selected={theme == page.preferences.theme}>
                                { theme_name(theme) }
                            </option>
                        }) }
                    </select>
                </label>
            </div>
        </header>
    }
}
