use countersign::is_deceptive;

use super::push_utf16_escape;

/// A single-quoted string constant of Snowflake's SQL, in which a backslash begins an escape.
pub(in super::super) fn sql(text: &str) -> String {
    let mut out = String::from("'");
    for character in text.chars() {
        match character {
            '\'' => out.push_str("''"),
            '\\' => out.push_str(r"\\"),
            _ if is_deceptive(character) => push_utf16_escape(&mut out, character),
            _ => out.push(character),
        }
    }
    out.push('\'');
    out
}
