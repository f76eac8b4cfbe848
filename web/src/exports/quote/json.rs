use countersign::is_deceptive;
use serde::Serialize;

use super::push_utf16_escape;

/// Indented JSON (RFC 8259).
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    // The values of this crate have text keys and no failing parts.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        // A line break is never within a string: there it is an escape already.
        if character != '\n' && is_deceptive(character) {
            push_utf16_escape(&mut out, character);
        } else {
            out.push(character);
        }
    }
    out
}

/// A value as an object literal of JavaScript and TypeScript.
///
/// JSON is one, except for the member `__proto__`, which a literal takes for the object's prototype unless
/// its name is computed.
pub(in super::super) fn object_literal<T: Serialize>(value: &T) -> String {
    json(value).lines().map(member).collect::<Vec<_>>().join("\n")
}

/// A line of indented JSON: a member's name can only stand at its beginning.
fn member(line: &str) -> String {
    let text = line.trim_start();
    let indent = line.get(..line.len() - text.len()).unwrap_or_default();
    match text.strip_prefix('"').and_then(|rest| rest.split_once("\":")) {
        Some(("__proto__", value)) => format!("{indent}[\"__proto__\"]:{value}"),
        Some((name, value)) if is_identifier(name) => format!("{indent}{name}:{value}"),
        _ => line.to_owned(),
    }
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}
