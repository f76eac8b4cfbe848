use countersign::is_deceptive;

use super::push_unicode_escape;

/// A quoted template of HCL, Terraform's language, in which nothing is interpolated.
pub(in super::super) fn hcl(text: &str) -> String {
    let mut out = String::from("\"");
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            // `${` and `%{` begin templates; doubled, the sign stands for itself. Further signs before it
            // must not be counted with these two.
            '$' | '%' if characters.peek() == Some(&character) => {
                push_unicode_escape(&mut out, character);
            }
            '$' | '%' if characters.peek() == Some(&'{') => out.extend([character, character]),
            _ if is_deceptive(character) => push_unicode_escape(&mut out, character),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
