//! JSON as it is written: as short as it gets.

use super::scan;

/// Adds a string: quoted, with escapes for what must not stand in one as it is (RFC 8259, section 7).
pub fn push_string(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    out.push('"');
    let mut plain = 0;
    loop {
        let at = scan::plain(text.as_bytes(), plain, &mut 0);
        out.push_str(text.get(plain..at).unwrap_or_default());
        let Some(byte) = text.as_bytes().get(at) else { break };
        push_escape(out, *byte);
        plain = at + 1;
    }
    out.push('"');
}

#[cold]
fn push_escape(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push('\\');
    match byte {
        b'"' | b'\\' => out.push(char::from(byte)),
        0x08 => out.push('b'),
        0x0c => out.push('f'),
        b'\n' => out.push('n'),
        b'\r' => out.push('r'),
        b'\t' => out.push('t'),
        other => {
            out.push_str("u00");
            for digit in [other >> 4, other & 15] {
                out.push(DIGITS.get(usize::from(digit)).map_or('0', |digit| char::from(*digit)));
            }
        }
    }
}

/// Adds a whole number.
pub fn push_number(out: &mut String, number: u64) {
    const LONGEST: usize = 20;
    let mut digits = [b'0'; LONGEST];
    let mut rest = number;
    let mut length = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        length += 1;
        if rest == 0 {
            break;
        }
    }
    let written = digits.get(LONGEST - length..).unwrap_or_default();
    out.extend(written.iter().copied().map(char::from));
}

#[cfg(test)]
mod tests {
    use super::{push_number, push_string};
    use crate::json::{Document, Limits};

    #[test]
    fn a_string_comes_back_as_it_was() {
        let hostile: String =
            (0..0x300).filter_map(char::from_u32).chain("\u{2028}😀\"\\".chars()).collect();
        for text in ["", "plain", &hostile, &hostile[1..]] {
            let mut out = String::new();
            push_string(&mut out, text);
            let document = Document::parse(out, Limits::default()).unwrap();
            assert_eq!(document.root().as_str().unwrap(), text);
        }
    }

    #[test]
    fn escapes_are_the_short_ones() {
        let mut out = String::new();
        push_string(&mut out, "\"\\\u{8}\u{c}\n\r\t\u{0}\u{1f}/\u{7f}");
        assert_eq!(out, "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\u{7f}\"");
    }

    #[test]
    fn numbers_are_written_whole() {
        for number in [0, 7, 10, 4_294_967_296, u64::MAX] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string());
        }
    }
}
