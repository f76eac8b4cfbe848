//! Base64url without padding, in its one canonical spelling (RFC 4648, section 5; RFC 7515, section 2).

use std::fmt;

/// Why a text is not canonical unpadded base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A character outside the alphabet, at this offset in bytes; padding and line breaks included.
    Character {
        /// The offending byte.
        byte: u8,
        /// Where, in bytes.
        offset: usize,
    },
    /// A length that no base64url text has.
    Length,
    /// Bits after the last byte that are not zero, so that several spellings would mean the same.
    NonCanonical {
        /// Where, in bytes.
        offset: usize,
    },
}

/// What [`VALUES`] holds for characters outside the alphabet: more than any six bits.
const OUTSIDE: u8 = 0xff;

/// What each character stands for.
#[expect(clippy::indexing_slicing)] // The index stays below 128.
const VALUES: [u8; 256] = {
    let mut values = [OUTSIDE; 256];
    let mut character = 0;
    while character < 128 {
        let (value, byte) = (&mut values[character], character as u8);
        match byte {
            b'A'..=b'Z' => *value = byte - b'A',
            b'a'..=b'z' => *value = byte - b'a' + 26,
            b'0'..=b'9' => *value = byte - b'0' + 52,
            b'-' => *value = 62,
            b'_' => *value = 63,
            _ => {}
        }
        character += 1;
    }
    values
};

/// Decodes a text.
///
/// # Errors
/// The first fault in the text.
pub fn decode(text: &str) -> Result<Vec<u8>, Fault> {
    let (bytes, is_sound) = read(text);
    if is_sound { Ok(bytes) } else { Err(fault(text)) }
}

/// Decodes a text as far as it goes, for showing it: stray bits at the end, and a single character there that stands
/// for no whole byte, are left out. Characters outside the alphabet stand for anything.
pub fn decode_forgivingly(text: &str) -> Vec<u8> {
    read(text).0
}

/// The bytes of a text, and whether that is the one spelling of them.
fn read(text: &str) -> (Vec<u8>, bool) {
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    let mut out = vec![0; groups.len() * 3 + rest.len().saturating_sub(1)];
    let (whole, last) = out.as_chunks_mut::<3>();
    // Whether all is well is asked once, at the end.
    let mut seen = 0;
    for ([a, b, c, d], bytes) in groups.iter().zip(whole) {
        let (a, b, c, d) = (value(*a), value(*b), value(*c), value(*d));
        seen |= a | b | c | d;
        *bytes = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
    }
    let stray = match (rest, last) {
        ([], _) => 0,
        ([a, b], [first]) => {
            let (a, b) = (value(*a), value(*b));
            seen |= a | b;
            *first = a << 2 | b >> 4;
            b & 0xf
        }
        ([a, b, c], [first, second]) => {
            let (a, b, c) = (value(*a), value(*b), value(*c));
            seen |= a | b | c;
            [*first, *second] = [a << 2 | b >> 4, b << 4 | c >> 2];
            c & 3
        }
        _ => OUTSIDE,
    };
    (out, seen <= 63 && stray == 0)
}

#[expect(clippy::indexing_slicing)] // There are as many values as bytes.
fn value(character: u8) -> u8 {
    VALUES[usize::from(character)]
}

/// The first fault in a text that has one.
#[cold]
fn fault(text: &str) -> Fault {
    if let Some((offset, byte)) = text.bytes().enumerate().find(|(_, byte)| value(*byte) > 63) {
        return Fault::Character { byte, offset };
    }
    match text.len() % 4 {
        1 => Fault::Length,
        _ => Fault::NonCanonical { offset: text.len().saturating_sub(1) },
    }
}

/// Encodes bytes.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() / 3 * 4 + 3);
    for group in bytes.chunks(3) {
        let byte = |place| u32::from(group.get(place).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..=group.len() {
            out.push(character(bits >> (18 - 6 * place) & 63));
        }
    }
    out
}

/// The character that stands for six bits.
fn character(value: u32) -> char {
    char::from(match value as u8 {
        value @ 0..=25 => b'A' + value,
        value @ 26..=51 => b'a' + (value - 26),
        value @ 52..=61 => b'0' + (value - 52),
        62 => b'-',
        _ => b'_',
    })
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character { byte: b'=', offset } => write!(f, "padding at character {offset}"),
            Self::Character { byte: b'\n' | b'\r', offset } => {
                write!(f, "a line break at character {offset}")
            }
            Self::Character { byte: b' ' | b'\t', offset } => {
                write!(f, "white space at character {offset}")
            }
            Self::Character { byte: b'+' | b'/', offset } => {
                write!(f, "a character of plain base64 at character {offset}")
            }
            Self::Character { offset, .. } => {
                write!(f, "a character outside the alphabet at character {offset}")
            }
            Self::Length => f.write_str("a length that no base64url text has"),
            Self::NonCanonical { offset } => write!(f, "stray bits at character {offset}"),
        }
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::{Fault, decode, decode_forgivingly, encode};

    #[test]
    fn one_spelling_only() {
        assert_eq!(decode("").unwrap(), b"");
        assert_eq!(decode("_-8").unwrap(), [0xff, 0xef]);
        assert_eq!(encode(&[0xff, 0xef]), "_-8");
        assert_eq!(decode("_-9"), Err(Fault::NonCanonical { offset: 2 }));
        assert_eq!(decode("_-8="), Err(Fault::Character { byte: b'=', offset: 3 }));
        assert_eq!(decode("_\n-8"), Err(Fault::Character { byte: b'\n', offset: 1 }));
        assert_eq!(decode("/+8"), Err(Fault::Character { byte: b'/', offset: 0 }));
        assert_eq!(decode("abcde"), Err(Fault::Length));
    }

    #[test]
    fn what_is_left_out_where_all_is_forgiven() {
        for (text, bytes) in
            [("", &b""[..]), ("A", b""), ("_-9", &[0xff, 0xef]), ("_-8A", &[0xff, 0xef, 0])]
        {
            assert_eq!(decode_forgivingly(text), bytes, "{text:?}");
        }
        assert_eq!(decode_forgivingly("_-8A_"), [0xff, 0xef, 0]);
    }

    #[test]
    fn each_byte_at_each_place() {
        for (length, place) in (1..=9).flat_map(|length| (0..length).map(move |at| (length, at))) {
            for byte in 0..128 {
                let mut text = vec![b'A'; length];
                text[place] = byte;
                agrees(std::str::from_utf8(&text).unwrap());
            }
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let text = encode(&bytes);
            prop_assert_eq!(&text, &URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(decode(&text), Ok(bytes));
        }

        #[test]
        fn any_text_is_decoded_as_elsewhere(text in "[A-Za-z0-9_-]{0,40}[=+/ \n\u{80}é-]?[A-Z_-]{0,4}") {
            agrees(&text);
        }
    }

    /// The crate base64 decodes the same, and refuses the same.
    fn agrees(text: &str) {
        let theirs = URL_SAFE_NO_PAD.decode(text);
        match decode(text) {
            Ok(bytes) => assert_eq!(theirs, Ok(bytes), "{text:?}"),
            Err(fault) => {
                assert!(theirs.is_err(), "{text:?}");
                let inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
                let first = text.bytes().enumerate().find(|(_, byte)| !inside(byte));
                assert_eq!(
                    fault,
                    match first {
                        Some((offset, byte)) => Fault::Character { byte, offset },
                        None if text.len() % 4 == 1 => Fault::Length,
                        None => Fault::NonCanonical { offset: text.len() - 1 },
                    }
                );
            }
        }
    }
}
