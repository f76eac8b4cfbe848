//! A sum of multiples of two points without tables kept: both are added up in one run of doublings (Straus's
//! trick), each by the digits of its "non-adjacent form", which are odd and mostly zero.

use super::curve::Curve;
use super::point::{Affine, Point};
use super::table::affine;
use super::words::{self, Words};

/// Digits are odd, and from -15 to 15.
const WINDOW: u32 = 5;
/// The odd multiples from 1 to 15.
const MULTIPLES: usize = 8;

/// a times P plus b times Q, where a and b are below the order; neither P nor Q is infinity.
pub(super) fn sum_of_multiples<C: Curve>(
    [a, b]: [&Words; 2],
    [p, q]: [&Affine<C::Field>; 2],
) -> Point<C::Field> {
    let multiples: Vec<_> = odd_multiples(p).into_iter().chain(odd_multiples(q)).collect();
    let multiples = affine::<C>(&multiples);
    let (of_p, of_q) = multiples.split_at(MULTIPLES);
    let (a, b) = (non_adjacent_form(a, C::BITS), non_adjacent_form(b, C::BITS));
    let mut sum = Point::INFINITY;
    for (a, b) in a.iter().zip(&b).rev() {
        sum = sum.doubled();
        for (digit, multiples) in [(a, of_p), (b, of_q)] {
            // The digit 2k + 1 stands for the k-th multiple, and 0 for none.
            let Some(multiple) = multiples.get(usize::from(digit.unsigned_abs() / 2)) else {
                continue;
            };
            sum = match digit.signum() {
                1 => sum.plus(multiple),
                -1 => sum.plus(&multiple.negated()),
                _ => sum,
            };
        }
    }
    sum
}

/// The point times 1, 3, … 15.
fn odd_multiples<F: super::field::Field>(point: &Affine<F>) -> Vec<Point<F>> {
    let mut multiple = Point::from(point);
    let mut multiples = vec![multiple];
    while multiples.len() < MULTIPLES {
        multiple = multiple.plus(point).plus(point);
        multiples.push(multiple);
    }
    multiples
}

/// One digit for each bit and one more: the multiplier is the sum of digit times 2^i, and among WINDOW
/// digits in a row at most one is not zero.
pub(super) fn non_adjacent_form(multiplier: &Words, bits: u32) -> Vec<i8> {
    let mut digits = Vec::with_capacity(bits as usize + 1);
    let mut carry = 0;
    while digits.len() <= bits as usize {
        let at = digits.len() as u32;
        if words::bits(multiplier, at, 1) == carry {
            digits.push(0);
            continue;
        }
        let value = (words::bits(multiplier, at, WINDOW) + carry) as i8;
        carry = u32::from(value > 1 << (WINDOW - 1));
        digits.push(value - ((carry as i8) << WINDOW));
        digits.resize(digits.len() + WINDOW as usize - 1, 0);
    }
    digits.truncate(bits as usize + 1);
    digits
}
