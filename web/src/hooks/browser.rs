//! What the browser tells the page: its address, its preferences, and what is dropped on it.

use gloo_events::EventListener;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Window};
use yew::prelude::*;

use super::Page;
use crate::language::Language;
use crate::state::{Action, Theme};

const THEME: &str = "countersign.theme";
const LANGUAGE: &str = "countersign.language";

/// What an element does with what is dragged over it and dropped on it.
pub struct DropTarget {
    /// For `ondragover`.
    pub over: Callback<DragEvent>,
    /// For `ondrop`.
    pub drop: Callback<DragEvent>,
}

/// Connects the page to the browser.
#[hook]
pub fn use_browser(page: &Page) -> DropTarget {
    let dispatcher = page.dispatcher();
    {
        let dispatcher = dispatcher.clone();
        use_effect_with((), move |()| {
            let window = web_sys::window();
            let listener = window.as_ref().map(|window| {
                let (theme, language) = stored(window);
                dispatcher.dispatch(Action::SetTheme(theme));
                dispatcher.dispatch(Action::SetLanguage(language));
                let read = move |window: &Window| {
                    if let Some(token) = take_fragment(window) {
                        dispatcher.dispatch(Action::Read(token));
                    }
                };
                read(window);
                let target = window.clone();
                let listener = EventListener::new(window, "hashchange", move |_| read(&target));
                if let Some(performance) = window.performance() {
                    // Measured by `cargo xtask bench`; a browser without it loses nothing.
                    let _ = performance.mark("countersign:interactive");
                }
                listener
            });
            move || drop(listener)
        });
    }
    use_effect_with(page.preferences, move |preferences| {
        if let Some(window) = web_sys::window() {
            show(&window, preferences.theme, preferences.language);
        }
    });
    DropTarget {
        over: Callback::from(|event: DragEvent| event.prevent_default()),
        drop: Callback::from(move |event: DragEvent| {
            event.prevent_default();
            let dispatcher = dispatcher.clone();
            read_dropped(&event, Callback::from(move |text| dispatcher.dispatch(dropped(text))));
        }),
    }
}

/// Reads what was dropped: the first file, or else the text.
pub fn read_dropped(event: &DragEvent, then: Callback<String>) {
    let Some(data) = event.data_transfer() else { return };
    match data.files().and_then(|files| files.item(0)) {
        Some(file) => spawn_local(async move {
            if let Ok(text) = JsFuture::from(file.text()).await {
                then.emit(text.as_string().unwrap_or_default());
            }
        }),
        None => {
            if let Ok(text) = data.get_data("text/plain") {
                then.emit(text);
            }
        }
    }
}

/// What a dropped text is: keys by their look, else a token.
fn dropped(text: String) -> Action {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_json_keys = start.starts_with('{')
        && ["\"keys\"", "\"kty\""].iter().any(|member| start.contains(member))
        && !start.contains("\"WebIdentityToken\"");
    if is_json_keys || start.starts_with("-----BEGIN") {
        Action::GiveKeys(text)
    } else {
        Action::Read(text)
    }
}

/// The token in the address's fragment, which is taken out of the address at once.
fn take_fragment(window: &Window) -> Option<String> {
    let location = window.location();
    let fragment = location.hash().ok()?;
    let token = fragment.strip_prefix("#token=")?;
    let address = location.pathname().ok()? + &location.search().unwrap_or_default();
    let history = window.history().ok()?;
    history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address)).ok()?;
    let decoded = js_sys::decode_uri_component(token).ok().and_then(|text| text.as_string());
    Some(decoded.unwrap_or_else(|| token.to_owned()))
}

/// The preferences that the browser keeps; failing these, those of the system.
fn stored(window: &Window) -> (Theme, Language) {
    let storage = window.local_storage().ok().flatten();
    let item = |name| storage.as_ref().and_then(|storage| storage.get_item(name).ok().flatten());
    let language = item(LANGUAGE).as_deref().and_then(Language::of_tag).or_else(|| {
        let languages = window.navigator().languages();
        languages.iter().find_map(|tag| Language::of_tag(&tag.as_string()?))
    });
    (Theme::of_name(item(THEME).as_deref()), language.unwrap_or_default())
}

/// Shows the preferences, and has the browser keep them. Nothing else is ever stored.
fn show(window: &Window, theme: Theme, language: Language) {
    if let Some(root) = window.document().and_then(|document| document.document_element()) {
        // These cannot fail: the names are sound.
        let _ = root.set_attribute("lang", language.tag());
        let _ = match theme.name() {
            Some(name) => root.set_attribute("data-theme", name),
            None => root.remove_attribute("data-theme"),
        };
    }
    if let Ok(Some(storage)) = window.local_storage() {
        // Storage may be switched off; the preferences then last as long as the page.
        let _ = storage.set_item(LANGUAGE, language.tag());
        let _ = match theme.name() {
            Some(name) => storage.set_item(THEME, name),
            None => storage.remove_item(THEME),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::dropped;
    use crate::state::Action;

    #[test]
    fn keys_are_known_by_their_look() {
        for keys in [r#"{"keys":[]}"#, "\u{feff} {\"kty\":\"EC\"}", "-----BEGIN PUBLIC KEY-----"] {
            assert!(matches!(dropped(keys.into()), Action::GiveKeys(_)), "{keys}");
        }
        for token in ["eyJ.e30.AA", r#"{"WebIdentityToken":"a.b.c","keys":1,"\"kty\"":2}"#, ""] {
            assert!(matches!(dropped(token.into()), Action::Read(_)), "{token}");
        }
    }
}
