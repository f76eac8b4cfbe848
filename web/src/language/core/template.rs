//! Phrases with holes: told apart in one language, put together in the other.

/// A phrase in English and in Japanese. A hole is one character between braces, the same in both:
///
/// - `{a}`, a small letter: any text; it is copied as it is.
/// - `{1}`, a digit: a decimal number.
/// - `{A}`, a capital: a phrase itself, which is translated in turn.
pub(super) type Phrase = (&'static str, &'static str);

/// How deep phrases stand within phrases.
const DEEPEST: usize = 5;

/// Translates a text that one of the phrases covers from beginning to end; the first such phrase wins.
///
/// The time it takes is linear in the text: what stands between holes is looked for from the left, once.
pub(super) fn translate(phrases: &[Phrase], text: &str) -> Option<String> {
    within(phrases, text, DEEPEST)
}

fn within(phrases: &[Phrase], text: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    phrases.iter().find_map(|(english, japanese)| {
        let holes = read(english, text)?;
        fill(phrases, japanese, &holes, depth)
    })
}

/// What fills the holes of a phrase, if the text is that phrase.
fn read<'t>(english: &str, text: &'t str) -> Option<Vec<(char, &'t str)>> {
    let Some((start, mut pattern)) = english.split_once('{') else {
        return (english == text).then(Vec::new);
    };
    let mut rest = text.strip_prefix(start)?;
    let mut holes = Vec::new();
    loop {
        let (name, after) = pattern.split_once('}')?;
        let name = name.chars().next()?;
        let (value, next) = match after.split_once('{') {
            None => (rest.strip_suffix(after)?, None),
            Some((literal, further)) => {
                let end = find_unquoted(rest, literal)?;
                let value = rest.get(..end)?;
                rest = rest.get(end + literal.len()..)?;
                (value, Some(further))
            }
        };
        let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        if name.is_ascii_digit() && !is_number {
            return None;
        }
        holes.push((name, value));
        match next {
            None => return Some(holes),
            Some(further) => pattern = further,
        }
    }
}

fn fill(
    phrases: &[Phrase],
    japanese: &str,
    holes: &[(char, &str)],
    depth: usize,
) -> Option<String> {
    let mut filled = String::with_capacity(japanese.len());
    let mut rest = japanese;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let (name, value) = holes.iter().find(|(hole, _)| name.starts_with(*hole))?;
        filled.push_str(before);
        match name.is_ascii_uppercase() {
            true => filled.push_str(&within(phrases, value, depth)?),
            false => filled.push_str(value),
        }
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Where a literal stands first outside double quotes: what is quoted is data, whatever it says.
pub(super) fn find_unquoted(text: &str, literal: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    let literal_bytes = literal.as_bytes();
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(literal_bytes)) {
            return Some(at);
        } else {
            quoted = byte == b'"';
        }
    }
    // A quote that nothing closes is a character like any other.
    quoted.then(|| text.find(literal)).flatten()
}

#[cfg(test)]
mod tests {
    use super::{find_unquoted, read, translate};

    const PHRASES: &[super::Phrase] = &[
        ("{1} bytes", "{1} バイト"),
        ("the key {a} of {b}", "{b} の鍵 {a}"),
        ("{A} at byte {1}", "バイト位置 {1} に{A}"),
        ("a mark", "印"),
    ];

    fn said(text: &str) -> Option<String> {
        translate(PHRASES, text)
    }

    #[test]
    fn holes_move_to_their_places() {
        assert_eq!(said("the key \"k\" of x").as_deref(), Some("x の鍵 \"k\""));
        assert_eq!(said("a mark at byte 7").as_deref(), Some("バイト位置 7 に印"));
    }

    #[test]
    fn only_the_whole_text_counts() {
        for text in ["", "x 7 bytes", "7 bytes ", "seven bytes", " bytes", "a cross at byte 7"] {
            assert_eq!(said(text), None, "{text}");
        }
        assert_eq!(said(&format!("a mark{}", " at byte 1".repeat(50))), None, "depth has an end");
    }

    #[test]
    fn what_is_quoted_is_data() {
        let text = r#"the key "a\" of b" of c"#;
        assert_eq!(said(text).as_deref(), Some(r#"c の鍵 "a\" of b""#));
        assert_eq!(find_unquoted("a\" of b", " of "), Some(2), "a lone quote closes nothing");
        assert_eq!(read("{a} of {b}", "\" of \" of c").unwrap()[0], ('a', "\" of \""));
    }
}
