//! Whole numbers of up to 384 bits, as they come and go: 32 bits in a word, the lowest first.

/// The words that the longest number needs.
pub(super) const WORDS: usize = 12;

/// A number. Words above those that it needs are zero.
pub(super) type Words = [u32; WORDS];

/// A number from its octets, the highest first; at most 48 of them.
pub(super) fn from_be_bytes(bytes: &[u8]) -> Words {
    let mut words = [0; WORDS];
    for (word, octets) in words.iter_mut().zip(bytes.rchunks(4)) {
        *word = octets.iter().fold(0, |word, octet| (word << 8) | u32::from(*octet));
    }
    words
}

/// The octets of a number, the highest first.
pub(super) fn to_be_bytes<const BYTES: usize>(words: &Words) -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    for (octets, word) in bytes.rchunks_mut(4).zip(words) {
        octets.copy_from_slice(&word.to_be_bytes());
    }
    bytes
}

pub(super) fn is_zero(words: &Words) -> bool {
    words.iter().all(|word| *word == 0)
}

pub(super) fn is_less(words: &Words, than: &Words) -> bool {
    words.iter().rev().lt(than.iter().rev())
}

/// The sum, which must be below 2^384.
pub(super) fn sum(a: &Words, b: &Words) -> Words {
    let mut carry = 0;
    let mut words = *a;
    for (word, b) in words.iter_mut().zip(b) {
        let sum = u64::from(*word) + u64::from(*b) + carry;
        *word = sum as u32;
        carry = sum >> 32;
    }
    debug_assert_eq!(carry, 0);
    words
}

/// The difference; `b` must not be above `a`.
pub(super) fn difference(a: &Words, b: &Words) -> Words {
    let mut borrow = 0;
    let mut words = *a;
    for (word, b) in words.iter_mut().zip(b) {
        let difference = i64::from(*word) - i64::from(*b) + borrow;
        *word = difference as u32;
        borrow = difference >> 32;
    }
    debug_assert_eq!(borrow, 0);
    words
}

/// The `count` bits (at most 16) from the bit `from` on; bits beyond the number are zero.
pub(super) fn bits(words: &Words, from: u32, count: u32) -> u32 {
    let at = (from / 32) as usize;
    let low = words.get(at).copied().unwrap_or(0);
    let high = words.get(at + 1).copied().unwrap_or(0);
    let both = (u64::from(high) << 32) | u64::from(low);
    (both >> (from % 32)) as u32 & ((1 << count) - 1)
}

/// The number in limbs of `bits` bits, the lowest first, each from 0 to 2^bits - 1.
pub(super) fn limbs<const LIMBS: usize>(words: &Words, bits: u32) -> [i64; LIMBS] {
    let mut limbs = [0; LIMBS];
    let (mut waiting, mut count) = (0_u64, 0);
    let mut words = words.iter();
    for limb in &mut limbs {
        if count < bits {
            waiting |= u64::from(words.next().copied().unwrap_or(0)) << count;
            count += 32;
        }
        *limb = (waiting & ((1 << bits) - 1)) as i64;
        waiting >>= bits;
        count -= bits;
    }
    limbs
}

/// The number that limbs of `bits` bits make, each from 0 to 2^bits - 1.
pub(super) fn from_limbs<const LIMBS: usize>(limbs: &[i64; LIMBS], bits: u32) -> Words {
    let mut words = [0; WORDS];
    let (mut waiting, mut count) = (0_u64, 0);
    let mut limbs = limbs.iter();
    for word in &mut words {
        while count < 32 {
            waiting |= (limbs.next().copied().unwrap_or(0) as u64) << count;
            count += bits;
        }
        *word = waiting as u32;
        waiting >>= 32;
        count -= 32;
    }
    words
}
