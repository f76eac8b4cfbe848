//! Both sizes of digits against another implementation of big numbers, at numbers that carry much or little.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};
use rsa::BoxedUint;

use super::arithmetic::{Modulus, Radix, negated_inverse};
use super::quads::Quads;
use super::words::Words;

const SIZES: [usize; 10] = [2048, 2049, 2050, 2056, 2108, 2203, 3072, 3100, 4095, 4096];
const EXPONENTS: [u64; 6] = [3, 5, 17, 65537, (1 << 32) + 1, (1 << 33) - 1];

#[test]
fn powers_agree() {
    powers(3, 1);
}

#[test]
#[ignore = "minutes: `cargo xtask differential` runs it"]
fn powers_agree_at_length() {
    powers(300, 2);
}

#[test]
fn products_agree() {
    products(200, 3);
}

#[test]
#[ignore = "minutes: `cargo xtask differential` runs it"]
fn products_agree_at_length() {
    products(30_000, 4);
}

/// Whole powers: numbers from bytes, the way into Montgomery's form and out of it, and what is refused.
fn powers(rounds: usize, seed: u8) {
    let mut numbers = Numbers::new(seed);
    let (mut equal, mut refused) = (0, 0);
    for round in 0..rounds {
        for (place, bits) in SIZES.into_iter().enumerate() {
            let modulus = numbers.modulus(bits);
            let exponent = EXPONENTS[(round + place) % EXPONENTS.len()];
            let (quads, words) = (
                Modulus::<Quads>::new(&modulus).unwrap(),
                Modulus::<Words>::new(&modulus).unwrap(),
            );
            let power_is = |base: &[u8], expected: &[u8]| {
                let [a, b] = [
                    quads.power_is(base, exponent, expected),
                    words.power_is(base, exponent, expected),
                ];
                assert_eq!(a, b, "{modulus:x?} {base:x?} {exponent} {expected:x?}");
                a
            };
            let n = number(&modulus);
            let zero = vec![0; modulus.len()];
            let mut one = zero.clone();
            *one.last_mut().unwrap() = 1;
            let below = bytes(&n.wrapping_sub(number(&one)), modulus.len());
            let random = bytes(
                &number(&numbers.biased(modulus.len())).rem_vartime(&n.to_nz().unwrap()),
                modulus.len(),
            );
            for base in [&zero, &one, &below, &random] {
                let power = number(base).pow_mod(&BoxedUint::from(exponent), &n.to_odd().unwrap());
                let power = bytes(&power, modulus.len());
                assert!(power_is(base, &power), "{modulus:x?} {base:x?} {exponent}");
                let mut other = power.clone();
                let bit = numbers.below(bits);
                let place = other.len() - 1 - bit / 8;
                other[place] ^= 1 << (bit % 8);
                assert!(!power_is(base, &other), "{modulus:x?} {base:x?} {exponent} {bit}");
                equal += 1;
                refused += 1;
            }
            // n is zero, and n + 1 is one, but for being out of range. (After n of all ones comes 0.)
            let above = n.wrapping_add(number(&one)).to_be_bytes();
            let above = above[above.len() - modulus.len()..].to_vec();
            for (base, power) in [(&modulus, &zero), (&above, &one), (&zero, &modulus)] {
                assert!(!power_is(base, power));
                refused += 1;
            }
        }
    }
    assert_eq!((equal, refused), (rounds * 40, rounds * 70));
}

fn products(rounds: usize, seed: u8) {
    for round in 0..rounds {
        let mut numbers = Numbers::new(seed);
        numbers.0.set_word_pos((round as u128) << 20);
        let digits = 17 + numbers.below(18);
        products_of::<Quads>(&mut numbers, digits);
        let digits = 32 + numbers.below(33);
        products_of::<Words>(&mut numbers, digits);
    }
}

/// The three loops by themselves, at operands that no modulus leads to.
fn products_of<R: Radix<Digit: core::fmt::Debug>>(numbers: &mut Numbers, digits: usize) {
    let length = (digits * R::NIBBLES).div_ceil(2);
    let mut operand = || {
        let mut bytes = numbers.biased(length);
        if digits * R::NIBBLES % 2 == 1 {
            bytes[0] &= 0x0f;
        }
        bytes
    };
    let (a, b) = (operand(), operand());
    let mut n = operand();
    *n.last_mut().unwrap() |= 1;
    let [a_digits, b_digits, n_digits] = [&a, &b, &n].map(|x| to_digits::<R>(x, digits));

    let mut product = vec![R::ZERO; 2 * digits];
    R::multiply(&mut product, &a_digits, &b_digits);
    let expected = wide(&a).wrapping_mul(number(&b));
    assert_eq!(product, to_digits::<R>(&expected.to_be_bytes(), 2 * digits));

    let mut square = vec![R::ZERO; 2 * digits];
    R::square(&mut square, &a_digits);
    let expected = wide(&a).wrapping_mul(number(&a));
    assert_eq!(square, to_digits::<R>(&expected.to_be_bytes(), 2 * digits));

    // As the bound of the radix asks, n is below R / 4 or R.
    if 4 * R::NIBBLES * digits - number(&n).bits_vartime() as usize >= R::SPARE_BITS {
        let mut t = product.clone();
        if R::SPARE_BITS > 0 {
            // What is reduced there is at most 4n².
            t.fill(R::ZERO);
            let twice = number(&n).wrapping_add(number(&n));
            R::square(&mut t, &to_digits::<R>(&twice.to_be_bytes(), digits));
        }
        let before = t.clone();
        let carried =
            R::clear_lower_half(&mut t, &n_digits, negated_inverse(R::value(n_digits[0]) as u64));
        let (lower, upper) = t.split_at(digits);
        assert!(lower.iter().all(|&digit| digit == R::ZERO));
        // The sum, less what was there, is a multiple of n, the quotient below R.
        let mut sum = vec![R::ZERO; digits];
        sum.extend(upper);
        sum.push(R::digit(carried.into()));
        let difference = to_number::<R>(&sum).wrapping_sub(to_number::<R>(&before));
        let (quotient, remainder) = difference.div_rem_vartime(&number(&n).to_nz().unwrap());
        assert!(bool::from(remainder.is_zero()));
        assert!(quotient.bits_vartime() as usize <= 4 * R::NIBBLES * digits);
    }
}

/// Numbers from a seed: runs of zeros, of ones and of anything, of lengths that fall across limbs.
struct Numbers(ChaCha20Rng);

impl Numbers {
    fn new(seed: u8) -> Self {
        Self(ChaCha20Rng::from_seed([seed; 32]))
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0.next_u32() as usize % bound
    }

    fn biased(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        let longest = [8, 64, 300, 8 * length][self.below(4)];
        let mut bit = 0;
        while bit < 8 * length {
            let kind = self.below(3);
            for _ in 0..=self.below(longest) {
                let set = [0, 1, self.below(2) as u8][kind];
                if let Some(byte) = bytes.get_mut(bit / 8) {
                    *byte |= set << (bit % 8);
                }
                bit += 1;
            }
        }
        bytes
    }

    /// Odd, of exactly so many bits; sometimes the lowest, the highest, or next to a power of two.
    fn modulus(&mut self, bits: usize) -> Vec<u8> {
        let mut bytes = match self.below(6) {
            0 => vec![0; bits.div_ceil(8)],
            1 => vec![0xff; bits.div_ceil(8)],
            _ => self.biased(bits.div_ceil(8)),
        };
        let top = (bits - 1) % 8;
        bytes[0] = bytes[0] & ((2 << top) - 1) as u8 | 1 << top;
        *bytes.last_mut().unwrap() |= 1;
        bytes
    }
}

/// Of as many words as the bytes need
fn number(bytes: &[u8]) -> BoxedUint {
    BoxedUint::from_be_slice(bytes, bytes.len().div_ceil(8) as u32 * 64).unwrap()
}

/// With as much room again
fn wide(bytes: &[u8]) -> BoxedUint {
    number(&[&vec![0; bytes.len()], bytes].concat())
}

fn bytes(number: &BoxedUint, length: usize) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let (zeros, bytes) = bytes.split_at(bytes.len() - length);
    assert!(zeros.iter().all(|&byte| byte == 0));
    bytes.to_vec()
}

fn to_digits<R: Radix>(bytes: &[u8], digits: usize) -> Vec<R::Digit> {
    let mut nibbles: Vec<u8> = bytes.iter().rev().flat_map(|byte| [byte & 15, byte >> 4]).collect();
    let excess = nibbles.split_off(nibbles.len().min(digits * R::NIBBLES));
    assert!(excess.iter().all(|&nibble| nibble == 0));
    nibbles.resize(digits * R::NIBBLES, 0);
    nibbles
        .chunks(R::NIBBLES)
        .map(|chunk| R::digit(chunk.iter().rev().fold(0, |x, &nibble| x << 4 | u128::from(nibble))))
        .collect()
}

fn to_number<R: Radix>(digits: &[R::Digit]) -> BoxedUint {
    let mut nibbles: Vec<u8> = digits
        .iter()
        .flat_map(|&digit| {
            let value = R::value(digit);
            (0..R::NIBBLES).map(move |place| (value >> (4 * place)) as u8 & 15)
        })
        .collect();
    nibbles.resize(nibbles.len().next_multiple_of(2), 0);
    let bytes: Vec<u8> = nibbles.chunks(2).rev().map(|pair| pair[1] << 4 | pair[0]).collect();
    number(&bytes)
}
