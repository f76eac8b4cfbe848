//! Texts in parts: tokens with dots between them, names with colons.

use crate::octets::{before_mark, equal, word};

/// Splits a text at a separator, which must be ASCII, into as many parts as there is room for. The last one
/// takes all that is left. Answers how many there are: at least one.
pub fn split<'a>(text: &'a str, separator: u8, parts: &mut [&'a str]) -> usize {
    let mut rest = text;
    let mut count = 0;
    let last = parts.len().saturating_sub(1);
    for (place, part) in parts.iter_mut().enumerate() {
        count += 1;
        let at = if place == last { None } else { find(rest.as_bytes(), separator) };
        let split = at.and_then(|at| Some((rest.get(..at)?, rest.get(at + 1..)?)));
        let Some((before, after)) = split else {
            *part = rest;
            break;
        };
        *part = before;
        rest = after;
    }
    count
}

/// Where an octet other than zero first stands.
fn find(bytes: &[u8], octet: u8) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        let marks = equal(word(bytes, at), octet);
        if marks != 0 {
            return Some(at + before_mark(marks));
        }
        at += 8;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::split;

    proptest! {
        #[test]
        fn parts_are_those_of_splitn(text in "[.:-;/é]{0,12}([a-zA-Z0-9]{0,20}[.:é]?){0,5}", room in 1_usize..8) {
            for separator in ['.', ':', '/', ';'] {
                let mut parts = vec![""; room];
                let count = split(&text, separator as u8, &mut parts);
                let expected: Vec<&str> = text.splitn(room, separator).collect();
                prop_assert_eq!(&parts[..count], expected);
            }
        }
    }
}
