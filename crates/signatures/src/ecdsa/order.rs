//! Numbers modulo a curve's order, which is prime: multipliers of points.

use super::words::{self, WORDS, Words};

/// The order of a curve, and what Montgomery's multiplication modulo it needs.
pub(super) struct Order {
    pub(super) words: Words,
    /// How many words the order has: its highest is not zero.
    pub(super) length: usize,
    /// 2^(64 x length), modulo the order.
    pub(super) squared: Words,
    /// -1/order, modulo 2^32.
    pub(super) negative_inverse: u32,
}

impl Order {
    /// Whether a number is from 1 to the order (excluded), as both halves of a signature must be.
    pub(super) fn has_unit(&self, number: &Words) -> bool {
        !words::is_zero(number) && words::is_less(number, &self.words)
    }

    /// a x c and b x c modulo the order, below it; c is below the order already, a and b have at most its
    /// length.
    pub(super) fn products(&self, a: &Words, b: &Words, c: &Words) -> [Words; 2] {
        let c = self.montgomery(&self.squared, c);
        [self.montgomery(a, &c), self.montgomery(b, &c)]
    }

    /// a x b / 2^(32 x length) modulo the order, where b is below it (Montgomery's multiplication, one word
    /// of a at a time). The sum is below a + order at the end, so that it is corrected once at most for a
    /// below the order, and twice for any a: the order's highest bit is set.
    fn montgomery(&self, a: &Words, b: &Words) -> Words {
        let mut sum = [0; WORDS + 1];
        for a in a.iter().take(self.length) {
            self.add_row(&mut sum, *a, b);
        }
        let [low @ .., _] = sum;
        let mut words: Words = low;
        let mut high = sum.get(self.length).copied().unwrap_or(0);
        if let Some(word) = words.get_mut(self.length) {
            *word = 0;
        }
        while high != 0 || !words::is_less(&words, &self.words) {
            high = high.wrapping_sub(self.take_away(&mut words));
        }
        words
    }

    /// Adds a x b, and the multiple of the order that makes the lowest word zero, and drops that word.
    fn add_row(&self, sum: &mut [u32; WORDS + 1], a: u32, b: &Words) {
        let product =
            |a: u32, b: u32, c: u32, carry: u64| u64::from(a) * u64::from(b) + u64::from(c) + carry;
        let [low, ..] = *sum;
        let [b_low, ..] = *b;
        let multiple = low.wrapping_add(a.wrapping_mul(b_low)).wrapping_mul(self.negative_inverse);
        let (mut carry, mut order_carry) = (0, 0);
        for ((sum, b), order) in sum.iter_mut().zip(b).zip(&self.words).take(self.length) {
            let with_product = product(a, *b, *sum, carry);
            carry = with_product >> 32;
            let with_order = product(multiple, *order, with_product as u32, order_carry);
            order_carry = with_order >> 32;
            *sum = with_order as u32;
        }
        debug_assert_eq!(sum.first(), Some(&0));
        sum.rotate_left(1);
        // What was the highest word is one lower now, and zero is in its place.
        let high = self.length.saturating_sub(1);
        let before = sum.get(high).copied().unwrap_or(0);
        let top = u64::from(before) + carry + order_carry;
        for (word, value) in sum.iter_mut().skip(high).zip([top as u32, (top >> 32) as u32]) {
            *word = value;
        }
    }

    /// Takes the order away once; returns what had to be borrowed.
    fn take_away(&self, words: &mut Words) -> u32 {
        let mut borrow = 0;
        for (word, order) in words.iter_mut().zip(&self.words).take(self.length) {
            let difference = i64::from(*word) - i64::from(*order) + borrow;
            *word = difference as u32;
            borrow = difference >> 32;
        }
        u32::from(borrow != 0)
    }
}
