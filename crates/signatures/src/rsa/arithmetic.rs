//! Powers modulo an odd number, by Montgomery multiplication, over digits of either size.

use crate::newton;

/// How numbers are cut into digits (least significant first), and the three loops that take all the time.
pub(super) trait Radix {
    type Digit: Copy + PartialEq + Eq;
    const ZERO: Self::Digit;
    /// Four bits each; at most 31.
    const NIBBLES: usize;
    /// How far a modulus must stay below the power of the radix, in bits.
    const SPARE_BITS: usize;

    /// From a number of at most 4 × `NIBBLES` bits.
    fn digit(value: u128) -> Self::Digit;
    fn value(digit: Self::Digit) -> u128;

    /// `product = a × b`; as long as both together, and zero before.
    fn multiply(product: &mut [Self::Digit], a: &[Self::Digit], b: &[Self::Digit]);
    /// `product = a²`; twice as long, and zero before.
    fn square(product: &mut [Self::Digit], a: &[Self::Digit]);
    /// Adds the multiple of `n` to `t` that clears its lower half. `negated_inverse` is -1/n modulo 2⁶⁴.
    /// True if the sum did not fit.
    fn clear_lower_half(t: &mut [Self::Digit], n: &[Self::Digit], negated_inverse: u64) -> bool;
}

/// An odd modulus n, with what multiplying modulo it needs. R is the radix to the number of digits of n.
///
/// Numbers between steps are below R, and need not be below n.
pub(super) struct Modulus<R: Radix> {
    n: Vec<R::Digit>,
    negated_inverse: u64,
    /// R² mod n
    r_squared: Vec<R::Digit>,
}

impl<R: Radix> Modulus<R> {
    /// None if even. `bytes` are big-endian and begin with one that is not zero.
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let bits = bytes.len() * 8 - bytes.first()?.leading_zeros() as usize;
        let digits = (bits + R::SPARE_BITS).div_ceil(4 * R::NIBBLES);
        let n = read::<R>(bytes, digits)?;
        let low = R::value(*n.first()?) as u64;
        if low & 1 == 0 {
            return None;
        }
        let mut modulus = Self { n, negated_inverse: negated_inverse(low), r_squared: Vec::new() };
        modulus.r_squared = modulus.r_squared(bits)?;
        Some(modulus)
    }

    /// Whether `base` to the power of `exponent` is `expected`, modulo n. Both are big-endian and as long as
    /// n, and must be below n. The exponent is odd, and at least 3.
    pub(super) fn power_is(&self, base: &[u8], exponent: u64, expected: &[u8]) -> bool {
        let Some(base) = self.read_below_n(base) else { return false };
        let Some(expected) = self.read_below_n(expected) else { return false };
        let mut scratch = self.scratch();
        let mut montgomery = base.clone();
        self.multiply(&mut montgomery, &self.r_squared, &mut scratch);
        let mut power = montgomery.clone();
        // Of the bits of the exponent, the highest is done and the lowest comes last.
        for bit in (1..exponent.ilog2()).rev() {
            self.square(&mut power, &mut scratch);
            if (exponent >> bit) & 1 == 1 {
                self.multiply(&mut power, &montgomery, &mut scratch);
            }
        }
        self.square(&mut power, &mut scratch);
        // The base itself, and not times R: this multiplication leaves Montgomery's form too. It ends below
        // 2n, because the base is below n: (R × n + R × n) / R.
        self.multiply(&mut power, &base, &mut scratch);
        self.subtract_once(&mut power, false);
        power == expected
    }

    /// Bytes on the heap.
    pub(super) fn memory_bytes(&self) -> usize {
        (self.n.capacity() + self.r_squared.capacity()) * size_of::<R::Digit>()
    }

    /// R² mod n
    fn r_squared(&self, bits: usize) -> Option<Vec<R::Digit>> {
        let radix_bits = 4 * R::NIBBLES * self.n.len();
        let top = bits - 1;
        let mut x = vec![R::ZERO; self.n.len()];
        *x.get_mut(top / (4 * R::NIBBLES))? = R::digit(1 << (top % (4 * R::NIBBLES)));
        for _ in top..radix_bits {
            self.double(&mut x);
        }
        // That is R, so 1 in Montgomery's form; now 2 to the power of the bits of R.
        let mut scratch = self.scratch();
        for bit in (0..=radix_bits.ilog2()).rev() {
            self.square(&mut x, &mut scratch);
            self.subtract_once(&mut x, false);
            if (radix_bits >> bit) & 1 == 1 {
                self.double(&mut x);
            }
        }
        Some(x)
    }

    /// `a = 2 × a` modulo n, from below n to below n
    fn double(&self, a: &mut [R::Digit]) {
        let carried = double::<R>(a);
        self.subtract_once(a, carried);
    }

    /// From below 2n to below n; `carried` if R was left out of it.
    fn subtract_once(&self, a: &mut [R::Digit], carried: bool) {
        if carried || !below::<R>(a, &self.n) {
            subtract::<R>(a, &self.n);
        }
    }

    fn scratch(&self) -> Vec<R::Digit> {
        vec![R::ZERO; 2 * self.n.len()]
    }

    fn read_below_n(&self, bytes: &[u8]) -> Option<Vec<R::Digit>> {
        read::<R>(bytes, self.n.len()).filter(|x| below::<R>(x, &self.n))
    }

    /// `a = a × b / R` modulo n
    fn multiply(&self, a: &mut [R::Digit], b: &[R::Digit], scratch: &mut [R::Digit]) {
        scratch.fill(R::ZERO);
        R::multiply(scratch, a, b);
        self.reduce(a, scratch);
    }

    /// `a = a² / R` modulo n
    fn square(&self, a: &mut [R::Digit], scratch: &mut [R::Digit]) {
        scratch.fill(R::ZERO);
        R::square(scratch, a);
        self.reduce(a, scratch);
    }

    /// `a = t / R` modulo n. With t below R² the result is below R + n before, and below R after n is taken
    /// from what did not fit.
    fn reduce(&self, a: &mut [R::Digit], t: &mut [R::Digit]) {
        let carried = R::clear_lower_half(t, &self.n, self.negated_inverse);
        let (_, upper) = t.split_at(self.n.len());
        a.copy_from_slice(upper);
        if carried {
            subtract::<R>(a, &self.n);
        }
    }
}

/// -1/odd modulo 2⁶⁴
pub(super) fn negated_inverse(odd: u64) -> u64 {
    newton::inverse(odd).wrapping_neg()
}

/// None if `bytes`, big-endian, need more than so many digits.
fn read<R: Radix>(bytes: &[u8], digits: usize) -> Option<Vec<R::Digit>> {
    if bytes.len() * 2 > digits * R::NIBBLES + 1 {
        return None;
    }
    let mut nibbles = bytes.iter().rev().flat_map(|byte| [byte & 15, byte >> 4]);
    let number = (0..digits)
        .map(|_| {
            R::digit((0..R::NIBBLES).fold(0, |value, place| {
                value | u128::from(nibbles.next().unwrap_or(0)) << (4 * place)
            }))
        })
        .collect();
    nibbles.all(|nibble| nibble == 0).then_some(number)
}

fn below<R: Radix>(a: &[R::Digit], b: &[R::Digit]) -> bool {
    let [a, b] = [a, b].map(|x| x.iter().rev().map(|&digit| R::value(digit)));
    a.lt(b)
}

/// `a -= b` modulo R
fn subtract<R: Radix>(a: &mut [R::Digit], b: &[R::Digit]) {
    let radix = 1u128 << (4 * R::NIBBLES);
    let mut borrow = 0;
    for (a, &b) in a.iter_mut().zip(b) {
        let difference = radix + R::value(*a) - R::value(b) - borrow;
        *a = R::digit(difference % radix);
        borrow = 1 - difference / radix;
    }
}

/// `a *= 2` modulo R; true if a bit was lost.
fn double<R: Radix>(a: &mut [R::Digit]) -> bool {
    let radix = 1u128 << (4 * R::NIBBLES);
    let mut carry = 0;
    for a in a {
        let doubled = 2 * R::value(*a) + carry;
        *a = R::digit(doubled % radix);
        carry = doubled / radix;
    }
    carry == 1
}
