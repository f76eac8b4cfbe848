use countersign::is_deceptive;

/// A string literal of Rust (The Rust Reference, "Tokens").
pub(in super::super) fn rust(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            _ if is_deceptive(character) => out.extend(character.escape_unicode()),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
