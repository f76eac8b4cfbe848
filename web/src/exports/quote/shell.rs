use std::fmt::Write as _;

use countersign::is_deceptive;

/// One word of the POSIX shell ("Shell Command Language", Quoting).
///
/// Within single quotes everything stands for itself. Characters that would deceive a reader are written
/// as bytes that `printf` makes; a line break, which a command's output would lose at its end, stays.
pub(in super::super) fn shell(text: &str) -> String {
    let mut out = String::from("'");
    for character in text.chars() {
        match character {
            '\'' => out.push_str(r"'\''"),
            '\n' => out.push('\n'),
            _ if is_deceptive(character) => {
                out.push_str("'\"$(printf '");
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\{byte:03o}");
                }
                out.push_str("')\"'");
            }
            _ => out.push(character),
        }
    }
    out.push('\'');
    out
}

/// Commands that write JSON to a file. JSON of several lines has none that is the delimiter alone.
pub(in super::super) fn heredoc(file: &str, json: &str) -> String {
    format!("cat > {file} <<'END_OF_JSON'\n{json}\nEND_OF_JSON\n")
}
