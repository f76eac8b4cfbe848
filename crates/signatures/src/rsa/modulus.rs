//! Powers modulo an odd number of a few thousand bits.
//!
//! # Shape
//! Numbers are limbs of BITS bits, the lowest first, kept in 32 bits and multiplied in 64-bit lanes, as
//! WebAssembly does it best. A product is made column by column: a column is the sum of all products of limbs
//! that have its place, and of the modulus's multiples (Montgomery's) so far, so that there is one carry for each
//! column and none within. Natively the compiler makes vectors of it.
//!
//! # Bounds
//! A column adds up at most 2 x LIMBS products below 2^(2 x BITS), and a carry below 2^36: with 28 bits and up to
//! 110 limbs (3072 bits and two more) 220 x 2^56 < 2^63.8; with 27 bits and up to 152 limbs (4096 bits and two
//! more) 304 x 2^54 < 2^62.3. Both fit into 64 bits, and builds with overflow checks notice if not.
//!
//! R, 2 to all the limbs' bits, is more than four times the modulus. Products of numbers below twice the modulus
//! are below twice the modulus again (Montgomery's bound), so that only the last result has to be corrected.

/// An odd modulus, made ready.
pub(super) struct Modulus<const BITS: u32> {
    limbs: Vec<u32>,
    /// The same, the highest first: columns go through one factor upwards and through the other downwards.
    reversed: Vec<u32>,
    /// -1/modulus, modulo 2^BITS.
    negative_inverse: u32,
    /// R^2 modulo the modulus (below twice it): brings numbers into Montgomery's form.
    squared: Vec<u32>,
}

impl<const BITS: u32> Modulus<BITS> {
    const MASK: u64 = (1 << BITS) - 1;

    /// The modulus is odd, with the highest octet first and not zero.
    pub(super) fn new(modulus: &[u8]) -> Self {
        let count = (modulus.len() * 8 + 2).div_ceil(BITS as usize);
        let limbs = limbs_of::<BITS>(modulus, count);
        let reversed = limbs.iter().rev().copied().collect();
        let low = limbs.first().copied().unwrap_or(1);
        let negative_inverse = inverse_of_low_bits(low).wrapping_neg() & Self::MASK as u32;
        let mut modulus = Self { limbs, reversed, negative_inverse, squared: Vec::new() };
        modulus.squared = modulus.montgomery_form_of_radix(count as u32 * BITS);
        modulus
    }

    /// The number whose octets these are, the highest first, to the power of an exponent of at least 2, compared
    /// with another such number. Both are below the modulus.
    pub(super) fn is_power(&self, base: &[u8], exponent: u64, expected: &[u8]) -> bool {
        let base = limbs_of::<BITS>(base, self.limbs.len());
        let form = self.product(&base, &self.squared);
        let mut power = form.clone();
        for at in (1..exponent.ilog2()).rev() {
            power = self.square(&power);
            if (exponent >> at) & 1 == 1 {
                power = self.product(&power, &form);
            }
        }
        power = self.square(&power);
        // The last factor, the base or 1, is not in Montgomery's form: so neither is the result.
        let last = if exponent & 1 == 1 { base } else { limbs_of::<BITS>(&[1], self.limbs.len()) };
        power = self.product(&power, &last);
        self.reduce_once(&mut power);
        power == limbs_of::<BITS>(expected, self.limbs.len())
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.limbs) + size_of_val(&*self.reversed) + size_of_val(&*self.squared)
    }

    /// a x b / R.
    fn product(&self, a: &[u32], b: &[u32]) -> Vec<u32> {
        let reversed: Vec<u32> = b.iter().rev().copied().collect();
        self.columns(|column| convolution(a, &reversed, column))
    }

    /// a x a / R. A column's products stand there twice, but for a limb's with itself.
    fn square(&self, a: &[u32]) -> Vec<u32> {
        let reversed: Vec<u32> = a.iter().rev().copied().collect();
        self.columns(|column| {
            let first = (column + 1).saturating_sub(a.len());
            let half = a.get(first..column.div_ceil(2)).unwrap_or_default();
            let from = (a.len() + first).saturating_sub(column + 1);
            let others = reversed.get(from..).unwrap_or_default();
            let middle = match column % 2 {
                0 => a.get(column / 2).map_or(0, |limb| u64::from(*limb) * u64::from(*limb)),
                _ => 0,
            };
            2 * sum_of_products(half, others) + middle
        })
    }

    /// What columns sum up to, divided by R: each of the lower half gives one of Montgomery's multiples, which
    /// makes it zero.
    fn columns(&self, column_sum: impl Fn(usize) -> u64) -> Vec<u32> {
        let count = self.limbs.len();
        let low_limb = self.limbs.first().copied().unwrap_or(1);
        let mut multiples = Vec::with_capacity(count);
        let mut carry = 0;
        for column in 0..count {
            // The multiples so far; the one of this column meets the lowest limb of the modulus.
            let from = (count - 1).saturating_sub(column);
            let others = self.reversed.get(from..).unwrap_or_default();
            let sum = carry + column_sum(column) + sum_of_products(&multiples, others);
            let multiple = (sum as u32).wrapping_mul(self.negative_inverse) & Self::MASK as u32;
            multiples.push(multiple);
            carry = (sum + u64::from(multiple) * u64::from(low_limb)) >> BITS;
        }
        let mut result = Vec::with_capacity(count);
        for column in count..2 * count {
            let sum = carry + column_sum(column) + convolution(&multiples, &self.reversed, column);
            result.push((sum & Self::MASK) as u32);
            carry = sum >> BITS;
        }
        debug_assert_eq!(carry, 0);
        result
    }

    /// 2^bits in Montgomery's form, where R is 2^bits: from 2 in that form, by squaring and doubling.
    fn montgomery_form_of_radix(&self, bits: u32) -> Vec<u32> {
        let mut number = vec![0; self.limbs.len()];
        if let Some(low) = number.first_mut() {
            *low = 1;
        }
        // R x 2 modulo the modulus, from 1.
        for _ in 0..=bits {
            self.double(&mut number);
        }
        for at in (0..bits.ilog2()).rev() {
            number = self.square(&number);
            if (bits >> at) & 1 == 1 {
                self.double(&mut number);
            }
        }
        number
    }

    /// Twice a number, less the modulus if it is not below it.
    fn double(&self, number: &mut [u32]) {
        let mut carry = 0;
        for limb in number.iter_mut() {
            let sum = u64::from(*limb) * 2 + carry;
            *limb = (sum & Self::MASK) as u32;
            carry = sum >> BITS;
        }
        self.reduce_once(number);
        self.reduce_once(number);
    }

    /// Takes the modulus away from a number that is not below it.
    fn reduce_once(&self, number: &mut [u32]) {
        if number.iter().rev().lt(self.limbs.iter().rev()) {
            return;
        }
        let mut borrow = 0;
        for (limb, modulus) in number.iter_mut().zip(&self.limbs) {
            let difference = i64::from(*limb) - i64::from(*modulus) + borrow;
            *limb = (difference & Self::MASK as i64) as u32;
            borrow = difference >> BITS;
        }
        debug_assert_eq!(borrow, 0);
    }
}

/// The column of a product: all products of limbs whose places add up to it. `reversed` has the highest first.
fn convolution(a: &[u32], reversed: &[u32], column: usize) -> u64 {
    let first = (column + 1).saturating_sub(a.len());
    let from = (a.len() + first).saturating_sub(column + 1);
    let (a, b) = (a.get(first..).unwrap_or_default(), reversed.get(from..).unwrap_or_default());
    sum_of_products(a, b)
}

/// As far as both go.
#[inline(always)]
fn sum_of_products(a: &[u32], b: &[u32]) -> u64 {
    a.iter().zip(b).map(|(a, b)| u64::from(*a) * u64::from(*b)).sum()
}

/// A number from its octets, the highest first.
fn limbs_of<const BITS: u32>(bytes: &[u8], count: usize) -> Vec<u32> {
    let (mut waiting, mut bits) = (0_u64, 0);
    let mut bytes = bytes.iter().rev();
    let limb = || {
        while bits < BITS {
            waiting |= u64::from(bytes.next().copied().unwrap_or(0)) << bits;
            bits += 8;
        }
        let limb = waiting & ((1 << BITS) - 1);
        waiting >>= BITS;
        bits -= BITS;
        limb as u32
    };
    std::iter::repeat_with(limb).take(count).collect()
}

/// The inverse of an odd number modulo 2^32, by Newton's steps, each of which doubles the bits that are right.
fn inverse_of_low_bits(odd: u32) -> u32 {
    let step = |inverse: u32| inverse.wrapping_mul(2_u32.wrapping_sub(odd.wrapping_mul(inverse)));
    step(step(step(step(odd))))
}
