//! Places in a text as Rust counts them (bytes) and as a text area does (UTF-16 code units).

/// The byte at which the code unit with this number begins; the end of the text if there are fewer.
pub(super) fn byte_of(text: &str, unit: usize) -> usize {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        if units >= unit {
            return byte;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// The number of code units before this byte.
pub(super) fn unit_of(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, c)| c.len_utf16()).sum()
}

/// The line in which this byte is, from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::{byte_of, line_of, unit_of};

    #[test]
    fn both_ways() {
        let text = "a日\u{1f511}\nz";
        for (byte, unit) in [(0, 0), (1, 1), (4, 2), (8, 4), (9, 5), (10, 6)] {
            assert_eq!(unit_of(text, byte), unit, "byte {byte}");
            assert_eq!(byte_of(text, unit), byte, "unit {unit}");
        }
        assert_eq!(byte_of(text, 3), 8, "within a pair: after it");
        assert_eq!(byte_of(text, 99), text.len());
        assert_eq!(unit_of(text, 99), 6);
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(line_of("", 0), 1);
        assert_eq!(line_of("a\nb\n", 1), 1);
        assert_eq!(line_of("a\nb\n", 2), 2);
        assert_eq!(line_of("a\nb\n", 99), 3);
    }
}
