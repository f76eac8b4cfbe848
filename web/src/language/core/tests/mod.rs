//! Nothing that the core says is left in English, and nothing that a token says is changed.

mod complete;
mod hostile;
mod reached;
mod source;

/// Whether a text has Japanese in it.
fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='龯'))
}

/// Whether a text is free of English prose: outside quotes and backticks no two words of small letters
/// follow each other.
fn is_free_of_prose(text: &str) -> bool {
    let plain = without_quoted(&without_quoted(text, '`'), '"');
    let words: Vec<&str> = plain.split_whitespace().collect();
    let is_word = |text: &str| text.chars().all(|c| c.is_ascii_lowercase());
    // A mark may follow the second: with one after the first, they could be a list of values.
    !words.windows(2).any(|pair| match pair {
        [first, second] => is_word(first) && is_word(second.trim_end_matches([',', '.', ';', ':'])),
        _ => false,
    })
}

fn without_quoted(text: &str, quote: char) -> String {
    let mut out = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        match (quoted, c) {
            (true, _) if escaped => escaped = false,
            (true, '\\') => escaped = true,
            (_, c) if c == quote => {
                quoted = !quoted;
                out.push('\'');
            }
            (true, _) => {}
            (false, c) => out.push(c),
        }
    }
    out
}
