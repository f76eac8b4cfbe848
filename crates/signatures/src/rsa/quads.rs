//! Digits of 124 bits as four limbs of 31, for machines that multiply only into 64 bits, as WebAssembly does.
//!
//! Four rows of a product are added at a time, and every column is carried on at once. A column sums four
//! products, one limb and the carry. With B = 2³¹ that is at most 4 × (B - 1)² + (B - 1) + 2³³ =
//! 2⁶⁴ - 2³⁴ + 4 + 2³¹ - 1 + 2³³, which is below 2⁶⁴, so that the next carry, its upper 33 bits, is
//! below 2³³ again.

use super::arithmetic::Radix;

pub(super) struct Quads;

/// Four limbs, the lowest first, each below 2³¹
type Quad = [u32; 4];

const LIMB_BITS: u32 = 31;
const MASK: u64 = (1 << LIMB_BITS) - 1;

impl Radix for Quads {
    type Digit = Quad;
    const ZERO: Quad = [0; 4];
    const NIBBLES: usize = 31;
    /// With R above 4n, numbers below 2n multiply to a number below 2n: (4n² + R × n) / R. They start below n,
    /// and nothing is ever carried out of R.
    const SPARE_BITS: usize = 2;

    fn digit(value: u128) -> Quad {
        [0, 1, 2, 3].map(|place| ((value >> (place * LIMB_BITS)) as u64 & MASK) as u32)
    }

    fn value(digit: Quad) -> u128 {
        digit.iter().rev().fold(0, |value, &limb| value << LIMB_BITS | u128::from(limb))
    }

    fn multiply(product: &mut [Quad], a: &[Quad], b: &[Quad]) {
        let mut rest = product;
        for a in a {
            let _none = add_multiple(rest, a, b);
            rest = skip(rest, 1);
        }
    }

    fn square(product: &mut [Quad], a: &[Quad]) {
        // Each product of two different digits once
        let mut rest = skip(&mut *product, 1);
        let mut digits = a;
        while let [first, others @ ..] = digits {
            let _none = add_multiple(rest, first, others);
            rest = skip(rest, 2);
            digits = others;
        }
        // Twice that, and the square of each digit
        let (pairs, _) = product.as_chunks_mut::<2>();
        let mut carry = 0;
        for ([low, high], a) in pairs.iter_mut().zip(a) {
            let [a0, a1, a2, a3] = a.map(u64::from);
            let square = [
                a0 * a0,
                2 * a0 * a1,
                2 * a0 * a2 + a1 * a1,
                // The most: 4 × (B - 1)², to which come 2 × (B - 1) and the carry.
                2 * (a0 * a3 + a1 * a2),
                2 * a1 * a3 + a2 * a2,
                2 * a2 * a3,
                a3 * a3,
                0,
            ];
            for (t, column) in low.iter_mut().chain(high).zip(square) {
                let twice = 2 * u64::from(*t);
                carry = put(t, column + twice + carry);
            }
        }
        debug_assert_eq!(carry, 0);
    }

    fn clear_lower_half(t: &mut [Quad], n: &[Quad], negated_inverse: u64) -> bool {
        let mut pending = 0;
        let mut rest = t;
        for _ in n {
            pending = clear_lowest(rest, n, negated_inverse, pending);
            rest = skip(rest, 1);
        }
        debug_assert_eq!(pending, 0);
        pending != 0
    }
}

/// `t += factor × n`, in one digit more than n has; returns the carry.
#[inline]
fn add_multiple(t: &mut [Quad], factor: &Quad, n: &[Quad]) -> u64 {
    let rows = Rows { factor: factor.map(u64::from), passed: [0; 3], carry: 0 };
    rows.add(t, n, 0)
}

/// Adds the multiple of n to t that clears its lowest digit. `pending` is the carry into the digit after the
/// last of n; returns that of the next call.
#[inline]
fn clear_lowest(t: &mut [Quad], n: &[Quad], negated_inverse: u64, pending: u64) -> u64 {
    let ([lowest, t @ ..], [n_lowest, n @ ..]) = (t, n) else { return 0 };
    let [n0, n1, n2, n3] = n_lowest.map(u64::from);
    let [t0, t1, t2, t3] = lowest.map(u64::from);
    let quotient = |column: u64| column.wrapping_mul(negated_inverse) & MASK;
    // Each column is made divisible by B by one more row. The bound on columns holds here too.
    let f0 = quotient(t0);
    let column = (t0 + f0 * n0) >> LIMB_BITS;
    let column = column + t1 + f0 * n1;
    let f1 = quotient(column);
    let column = (column + f1 * n0) >> LIMB_BITS;
    let column = column + t2 + f0 * n2 + f1 * n1;
    let f2 = quotient(column);
    let column = (column + f2 * n0) >> LIMB_BITS;
    let column = column + t3 + f0 * n3 + f1 * n2 + f2 * n1;
    let f3 = quotient(column);
    let carry = (column + f3 * n0) >> LIMB_BITS;
    *lowest = [0; 4];
    Rows { factor: [f0, f1, f2, f3], passed: [n1, n2, n3], carry }.add(t, n, pending)
}

/// Four rows of a product on their way up: the limbs of the factor, the last three limbs passed of what it
/// multiplies, and the carry.
struct Rows {
    factor: [u64; 4],
    passed: [u64; 3],
    carry: u64,
}

impl Rows {
    /// Adds to t the rows of n, and what they reach over its end, where `pending` comes in too.
    #[inline]
    fn add(mut self, t: &mut [Quad], n: &[Quad], pending: u64) -> u64 {
        let (along, beyond) = t.split_at_mut_checked(n.len()).unwrap_or_default();
        for (t, n) in along.iter_mut().zip(n) {
            self.add_digit(t, n.map(u64::from));
        }
        // Here a column has three products at most, which leaves room for what is pending: a carry of a
        // column without any, so at most 2³.
        self.carry += pending;
        if let Some(t) = beyond.first_mut() {
            self.add_digit(t, [0; 4]);
        }
        self.carry
    }

    #[inline(always)]
    fn add_digit(&mut self, t: &mut Quad, n: [u64; 4]) {
        let [f0, f1, f2, f3] = self.factor;
        let [p1, p2, p3] = self.passed;
        let [n0, n1, n2, n3] = n;
        let [t0, t1, t2, t3] = t;
        let carry = self.carry;
        let carry = put(t0, u64::from(*t0) + f0 * n0 + f1 * p3 + f2 * p2 + f3 * p1 + carry);
        let carry = put(t1, u64::from(*t1) + f0 * n1 + f1 * n0 + f2 * p3 + f3 * p2 + carry);
        let carry = put(t2, u64::from(*t2) + f0 * n2 + f1 * n1 + f2 * n0 + f3 * p3 + carry);
        let carry = put(t3, u64::from(*t3) + f0 * n3 + f1 * n2 + f2 * n1 + f3 * n0 + carry);
        self.passed = [n1, n2, n3];
        self.carry = carry;
    }
}

/// Leaves the limb of a column, and returns its carry.
#[inline(always)]
fn put(limb: &mut u32, column: u64) -> u64 {
    *limb = (column & MASK) as u32;
    column >> LIMB_BITS
}

fn skip(t: &mut [Quad], count: usize) -> &mut [Quad] {
    t.get_mut(count..).unwrap_or_default()
}
