//! What the editor does with its text area.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use super::offsets::{byte_of, unit_of};

/// The byte before which the caret stands: the end of what is selected.
pub(super) fn caret(area: &HtmlTextAreaElement) -> usize {
    let unit = area.selection_end().ok().flatten().unwrap_or_default();
    byte_of(&area.value(), usize::try_from(unit).unwrap_or_default())
}

/// Selects a stretch of the text, in bytes, and has it ready to be typed over.
pub(super) fn select(area: &HtmlTextAreaElement, start: usize, end: usize) {
    let text = area.value();
    // Neither fails on an element of the page.
    let _ = area.focus();
    let _ = area.set_selection_range(unit(&text, start), unit(&text, end));
}

/// Puts `with` in place of a stretch of the text, as if it had been typed: the browser's own undo takes it
/// back, and an input event tells of it.
pub(super) fn replace(area: &HtmlTextAreaElement, start: usize, end: usize, with: &str) {
    select(area, start, end);
    let typed = area
        .owner_document()
        .and_then(|document| document.dyn_into::<HtmlDocument>().ok())
        .and_then(|document| {
            document.exec_command_with_show_ui_and_value("insertText", false, with).ok()
        });
    if typed != Some(true) {
        // The command is old, and a browser may drop it: then without undo.
        let text = area.value();
        if area
            .set_range_text_with_start_and_end(with, unit(&text, start), unit(&text, end))
            .is_ok()
            && let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &bubbling())
        {
            let _ = area.dispatch_event(&event);
        }
    }
}

fn bubbling() -> web_sys::EventInit {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    options
}

fn unit(text: &str, byte: usize) -> u32 {
    u32::try_from(unit_of(text, byte)).unwrap_or(u32::MAX)
}
