//! Eight octets at a time, as one number.

/// One in each octet.
pub(crate) const ONES: u64 = 0x0101_0101_0101_0101;

/// 2⁶⁴ over the golden ratio: an odd number whose bits are spread, so that a product with it depends on all octets.
pub(crate) const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The eight octets from `at` on, the first one lowest; zeros after the end.
#[inline(always)]
pub(crate) fn word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(octets) => u64::from_le_bytes(*octets),
        None => rest.iter().rev().fold(0, |word, octet| word << 8 | u64::from(*octet)),
    }
}

/// Marks the octets that are equal, by their highest bit; after the first one, others may be marked too.
pub(crate) fn equal(word: u64, octet: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(octet));
    difference.wrapping_sub(ONES) & !difference & (0x80 * ONES)
}

/// Marks the octets that are below a limit of at most 0x80, likewise.
pub(crate) fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(limit)) & !word & (0x80 * ONES)
}

/// How many octets stand before the first one that is marked.
pub(crate) fn before_mark(marks: u64) -> usize {
    (marks.trailing_zeros() / 8) as usize
}
