//! The inspector: a page that shows what an AWS token says, and why it would be refused.

pub mod claims_view;
pub mod comparison;
pub mod completion;
pub mod components;
pub mod draft;
pub mod exports;
pub mod hooks;
pub mod language;
pub mod samples;
pub mod state;
pub mod verdicts;

use crate::components::App;

/// Puts the page where the shell (`index.html`) has its place.
pub fn start() {
    let place = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    match place {
        Some(place) => {
            // What the shell shows until now is not the application's.
            place.set_text_content(None);
            yew::Renderer::<App>::with_root(place).render();
        }
        None => {
            yew::Renderer::<App>::new().render();
        }
    }
}
