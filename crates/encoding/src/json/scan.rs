//! Strings, eight octets at a time.

use crate::octets::{SPREAD, before_mark, below, equal, word};

/// Where the first octet from `at` on stands that does not stand for itself in a JSON string: a quote, a
/// backslash, a control character, or the end. What is passed over goes into the mix.
#[inline(always)]
pub(super) fn plain(bytes: &[u8], mut at: usize, mix: &mut u64) -> usize {
    loop {
        let word = word(bytes, at);
        let special = equal(word, b'"') | equal(word, b'\\') | below(word, 0x20);
        if special == 0 {
            *mix = mixed(*mix, word);
            at += 8;
            continue;
        }
        let passed = before_mark(special);
        *mix = mixed(*mix, word & !(u64::MAX << (8 * passed)));
        // Zeros stand for what is missing at the end of the text.
        return at + passed;
    }
}

/// A number that is the same for equal strings, and hardly ever for others.
pub(super) fn fingerprint(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut mix = 0;
    for at in (0..=bytes.len()).step_by(8) {
        mix = mixed(mix, word(bytes, at));
    }
    fingerprint_of_mix(mix)
}

/// The fingerprint of a string from the mix of all its octets.
pub(super) fn fingerprint_of_mix(mix: u64) -> u32 {
    (mix.wrapping_mul(SPREAD) >> 32) as u32
}

fn mixed(mix: u64, word: u64) -> u64 {
    mix.rotate_left(5) ^ word
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fingerprint, fingerprint_of_mix, plain};

    fn is_plain(octet: u8) -> bool {
        octet >= 0x20 && octet != b'"' && octet != b'\\'
    }

    #[test]
    fn each_octet_at_each_place_after_each_beginning() {
        for at in 0..9 {
            for length in at..30 {
                for place in at..length {
                    for octet in 0..=255 {
                        let mut bytes = vec![b'x'; length];
                        bytes[place] = octet;
                        let found = if is_plain(octet) { length } else { place };
                        assert_eq!(plain(&bytes, at, &mut 0), found, "{octet} at {place}");
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_first_special_octet_is_found(
            bytes in prop::collection::vec(any::<u8>(), 0..60), at in 0_usize..20,
        ) {
            prop_assume!(at <= bytes.len());
            let first = bytes[at..].iter().position(|octet| !is_plain(*octet));
            let first = first.map_or(bytes.len(), |place| at + place);
            prop_assert_eq!(plain(&bytes, at, &mut 0), first);
        }

        #[test]
        fn a_fingerprint_is_that_of_the_scan(
            before in "[a-z]{0,8}", text in "[ -!#-\\[\\]-~é😀]{0,40}", after in "[ -~]{0,9}",
        ) {
            let mut mix = 0;
            let whole = format!("{before}{text}\"{after}");
            let end = before.len() + text.len();
            prop_assert_eq!(plain(whole.as_bytes(), before.len(), &mut mix), end);
            prop_assert_eq!(fingerprint_of_mix(mix), fingerprint(&text));
        }
    }
}
