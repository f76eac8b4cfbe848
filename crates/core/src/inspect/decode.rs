//! Decoding what is broken, as far as it goes, and finding decoded places in the encoded text again.

use std::ops::Range;

use crate::base64url;

/// A part of a token, decoded as far as it goes.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    /// The bytes as text, with U+FFFD for what is not UTF-8.
    pub(super) text: String,
    /// Where the first bytes that are not UTF-8 stand among the bytes.
    pub(super) not_utf8: Option<Range<usize>>,
    /// What is wrong with the encoding, each kind of fault once, with its place in the part.
    pub(super) faults: Vec<(base64url::Fault, Range<usize>)>,
    /// Whether nothing of the part had to be left out.
    pub(super) is_whole: bool,
    /// Where each decoded character stands in the part, unless it is simply the first, the second…
    characters: Option<Vec<usize>>,
    /// Stretches of text and bytes that run alike: where each begins in the text, and in the bytes.
    stretches: Vec<(usize, usize)>,
}

impl Decoded {
    /// Decodes base64url. Padding, white space, plain base64's alphabet and stray bits are noted and
    /// read over; another character ends it.
    pub(super) fn read(part: &str) -> Self {
        let mut decoded = Self::characters_of(part);
        let text: String;
        let plain = match &decoded.characters {
            None => part,
            Some(_) => {
                text = part.chars().filter_map(Class::decoded).take(decoded.count(part)).collect();
                &text
            }
        };
        decoded.tail(plain);
        decoded.bytes = base64url::decode_forgivingly(plain);
        decoded.make_text();
        decoded
    }

    /// Finds the characters that are decoded, and notes the others.
    fn characters_of(part: &str) -> Self {
        let mut decoded = Self { is_whole: true, ..Self::default() };
        let Err(_) = base64url::decode(part) else { return decoded };
        let mut characters = Vec::with_capacity(part.len());
        let mut noted: Vec<Class> = Vec::new();
        let mut before = Class::Alphabet;
        for (offset, character) in part.char_indices() {
            let class = Class::of(character);
            let end = offset + character.len_utf8();
            if class == before && class != Class::Alphabet {
                if let Some((_, place)) = decoded.faults.last_mut().filter(|(_, p)| p.end == offset)
                {
                    place.end = end;
                }
            } else if class != Class::Alphabet && !noted.contains(&class) {
                let byte = part.as_bytes().get(offset).copied().unwrap_or_default();
                noted.push(class);
                decoded.faults.push((base64url::Fault::Character { byte, offset }, offset..end));
            }
            before = class;
            if class == Class::Other {
                decoded.is_whole = false;
                break;
            }
            if class.is_decoded() {
                characters.push(offset);
            }
        }
        decoded.characters = (!decoded.faults.is_empty()).then_some(characters);
        decoded
    }

    fn count(&self, part: &str) -> usize {
        self.characters.as_ref().map_or(part.len(), Vec::len)
    }

    /// Notes what is wrong with the last group of characters, unless it is not the last.
    fn tail(&mut self, plain: &str) {
        let Some(last) = plain.len().checked_sub(1).filter(|_| self.is_whole) else { return };
        let offset = self.character(last);
        match base64url::decode(plain) {
            Ok(_) => {}
            Err(base64url::Fault::NonCanonical { .. }) => {
                let fault = base64url::Fault::NonCanonical { offset };
                self.faults.push((fault, offset..offset + 1));
            }
            Err(fault) => {
                self.is_whole = false;
                self.faults.push((fault, offset..offset + 1));
            }
        }
    }

    fn make_text(&mut self) {
        let mut at = 0;
        for chunk in self.bytes.utf8_chunks() {
            self.stretches.push((self.text.len(), at));
            self.text.push_str(chunk.valid());
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.stretches.push((self.text.len(), at));
                self.text.push(char::REPLACEMENT_CHARACTER);
                let invalid = at..at + chunk.invalid().len();
                at = invalid.end;
                self.not_utf8.get_or_insert(invalid);
            }
        }
    }

    /// Where a range of the text stands in the encoded part.
    pub(super) fn encoded(&self, text: Range<usize>) -> Range<usize> {
        self.encoded_bytes(self.byte(text.start)..self.byte(text.end))
    }

    /// Where a range of the bytes stands in the encoded part: four characters stand for three bytes.
    pub(super) fn encoded_bytes(&self, bytes: Range<usize>) -> Range<usize> {
        let first = |byte: usize| byte / 3 * 4 + byte % 3;
        let last = |byte: usize| self.character(first(byte) + 1) + 1;
        if bytes.start < bytes.end {
            self.character(first(bytes.start))..last(bytes.end - 1)
        } else if bytes.start < self.bytes.len() {
            let at = self.character(first(bytes.start));
            at..at
        } else {
            let at = bytes.start.checked_sub(1).map_or(0, last);
            at..at
        }
    }

    /// The byte at which a character of the text begins.
    fn byte(&self, text: usize) -> usize {
        let next = self.stretches.partition_point(|(start, _)| *start <= text);
        let end = self.stretches.get(next).map_or(self.bytes.len(), |(_, bytes)| *bytes);
        let stretch = next.checked_sub(1).and_then(|index| self.stretches.get(index));
        let (start, bytes) = stretch.copied().unwrap_or_default();
        (bytes + (text - start)).min(end)
    }

    /// Where a decoded character stands in the part.
    fn character(&self, index: usize) -> usize {
        match &self.characters {
            None => index,
            Some(characters) => characters.get(index).or(characters.last()).copied().unwrap_or(0),
        }
    }
}

/// The kinds of characters in what should be base64url.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Alphabet,
    LineBreak,
    Other,
    Padding,
    Plain,
    Space,
}

impl Class {
    fn of(character: char) -> Self {
        match character {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '_' => Self::Alphabet,
            '+' | '/' => Self::Plain,
            '=' => Self::Padding,
            '\n' | '\r' => Self::LineBreak,
            ' ' | '\t' => Self::Space,
            _ => Self::Other,
        }
    }

    fn is_decoded(self) -> bool {
        matches!(self, Self::Alphabet | Self::Plain)
    }

    /// The character of base64url's alphabet that is meant.
    fn decoded(character: char) -> Option<char> {
        match character {
            '+' => Some('-'),
            '/' => Some('_'),
            character => Some(character).filter(|c| Self::of(*c).is_decoded()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decoded;
    use crate::base64url::{self, encode};

    fn faults(part: &str) -> Vec<(String, &str)> {
        let faults = Decoded::read(part).faults;
        faults.into_iter().map(|(fault, place)| (fault.to_string(), &part[place])).collect()
    }

    #[test]
    fn what_is_not_base64url_is_found_at_its_place() {
        assert_eq!(faults("eyJhIjoxfQ"), []);
        assert_eq!(faults("eyJhIjoxfQ=="), [("padding at character 10".to_owned(), "==")]);
        assert_eq!(faults("eyJhIjoxfR"), [("stray bits at character 9".to_owned(), "R")]);
        let length = "a length that no base64url text has".to_owned();
        assert_eq!(faults("eyJhI"), [(length, "I")]);
        assert_eq!(
            faults("_-\r\n8+/a é_=é"),
            [
                ("a line break at character 2".to_owned(), "\r\n"),
                ("a character of plain base64 at character 5".to_owned(), "+/"),
                ("white space at character 8".to_owned(), " "),
                ("a character outside the alphabet at character 9".to_owned(), "é"),
            ]
        );
        // As the strict decoder says first.
        for part in ["_\n8=", "a=b", "ab\u{200b}", "+", "abcde="] {
            let first = Decoded::read(part).faults.remove(0).0;
            assert_eq!(Err(first), base64url::decode(part).map(|_| ()), "{part:?}");
        }
    }

    #[test]
    fn decoding_goes_as_far_as_it_can() {
        for (part, text, is_whole) in [
            ("", "", true),
            ("eyJhIjoxfQ", "{\"a\":1}", true),
            ("eyJh Ijox\nfR==", "{\"a\":1}", true),
            ("eyJhIjox!fQ", "{\"a\":1", false),
            ("eyJhIjoxf", "{\"a\":1", false),
            ("!", "", false),
        ] {
            let decoded = Decoded::read(part);
            assert_eq!((&*decoded.text, decoded.is_whole), (text, is_whole), "{part}");
        }
    }

    /// A character stands for 6 bits and a byte has 8.
    #[test]
    fn decoded_places_are_found_in_the_encoded_text() {
        let text = "{\"é\":\"日本\",\"b\":12345}";
        let encoded = encode(text.as_bytes());
        let broken = format!("{}\n{} {}=", &encoded[..5], &encoded[5..12], &encoded[12..]);
        for part in [&encoded, &broken] {
            let decoded = Decoded::read(part);
            assert_eq!(decoded.text, text);
            let bits_before = |at: usize| {
                part[..at].chars().filter(|character| !" \n=".contains(*character)).count() * 6
            };
            for start in 0..text.len() {
                assert!(decoded.encoded(start..start).is_empty());
                for end in start + 1..=text.len() {
                    let place = decoded.encoded(start..end);
                    let (from, to) = (bits_before(place.start), bits_before(place.end));
                    assert!(from <= start * 8 && start * 8 < from + 6, "{start}..{end}");
                    assert!(to >= end * 8 && end * 8 + 6 > to, "{start}..{end}");
                    let ends = [place.start, place.end - 1].map(|at| &part[at..=at]);
                    assert!(!ends.iter().any(|end| " \n=".contains(end)), "{start}..{end}");
                }
            }
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_keep_their_place() {
        let part = encode(b"ab\xff\xfecd\xe3\x81");
        let decoded = Decoded::read(&part);
        assert_eq!(decoded.text, "ab\u{fffd}\u{fffd}cd\u{fffd}");
        assert_eq!(decoded.not_utf8, Some(2..3));
        let at = |what: &str| {
            let start = decoded.text.find(what).unwrap();
            decoded.byte(start)..decoded.byte(start + what.len())
        };
        assert_eq!(at("ab"), 0..2);
        assert_eq!(at("\u{fffd}\u{fffd}"), 2..4);
        assert_eq!(at("cd"), 4..6);
        assert_eq!(at("d\u{fffd}"), 5..8);
    }
}
