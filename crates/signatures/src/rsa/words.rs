//! Digits of 64 bits, for machines that multiply two of them into 128.

use super::arithmetic::Radix;

pub(super) struct Words;

impl Radix for Words {
    type Digit = u64;
    const ZERO: u64 = 0;
    const NIBBLES: usize = 16;
    const SPARE_BITS: usize = 0;

    fn digit(value: u128) -> u64 {
        value as u64
    }

    fn value(digit: u64) -> u128 {
        digit.into()
    }

    fn multiply(product: &mut [u64], a: &[u64], b: &[u64]) {
        let mut rest = product;
        for &a in a {
            let carry = add_multiple(rest, a, b);
            // Nothing has come this far yet: the product so far fits below.
            if let Some(next) = rest.get_mut(b.len()) {
                *next = carry;
            }
            rest = skip(rest, 1);
        }
    }

    fn square(product: &mut [u64], a: &[u64]) {
        // Each product of two different digits once
        let mut rest = skip(&mut *product, 1);
        let mut digits = a;
        while let [first, others @ ..] = digits {
            let carry = add_multiple(rest, *first, others);
            if let Some(next) = rest.get_mut(others.len()) {
                *next = carry;
            }
            rest = skip(rest, 2);
            digits = others;
        }
        // Twice that, and the square of each digit
        let (pairs, _) = product.as_chunks_mut::<2>();
        let (mut shifted, mut carry) = (0, 0);
        for ([low, high], &a) in pairs.iter_mut().zip(a) {
            let square = u128::from(a) * u128::from(a);
            let (doubled_low, doubled_high) = (*low << 1 | shifted, *high << 1 | *low >> 63);
            shifted = *high >> 63;
            let sum = u128::from(doubled_low) + (square as u64 as u128) + carry;
            *low = sum as u64;
            let sum = u128::from(doubled_high) + (square >> 64) + (sum >> 64);
            *high = sum as u64;
            carry = sum >> 64;
        }
    }

    fn clear_lower_half(t: &mut [u64], n: &[u64], negated_inverse: u64) -> bool {
        let mut carried = false;
        let mut rest = t;
        for _ in n {
            let multiple = rest.first().map_or(0, |low| low.wrapping_mul(negated_inverse));
            let carry = add_multiple(rest, multiple, n);
            if let Some(next) = rest.get_mut(n.len()) {
                let (sum, first) = next.overflowing_add(carry);
                let (sum, second) = sum.overflowing_add(carried.into());
                *next = sum;
                carried = first | second;
            }
            rest = skip(rest, 1);
        }
        carried
    }
}

/// `t += factor × n` in as many digits as n has; returns the carry.
#[inline]
fn add_multiple(t: &mut [u64], factor: u64, n: &[u64]) -> u64 {
    let mut carry = 0;
    for (t, &n) in t.iter_mut().zip(n) {
        // At most (2⁶⁴ - 1)² + 2 × (2⁶⁴ - 1) = 2¹²⁸ - 1
        let sum = u128::from(factor) * u128::from(n) + u128::from(*t) + carry;
        *t = sum as u64;
        carry = sum >> 64;
    }
    carry as u64
}

fn skip(t: &mut [u64], count: usize) -> &mut [u64] {
    t.get_mut(count..).unwrap_or_default()
}
