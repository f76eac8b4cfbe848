use countersign::is_deceptive;

use super::push_unicode_escape;

/// A string literal of the Common Expression Language ("Language Definition", String and Bytes Values).
pub(in super::super) fn cel(text: &str) -> String {
    let mut out = String::from("'");
    for character in text.chars() {
        match character {
            '\'' | '\\' => out.extend(['\\', character]),
            _ if is_deceptive(character) => push_unicode_escape(&mut out, character),
            _ => out.push(character),
        }
    }
    out.push('\'');
    out
}
