//! Inverses modulo an odd number: the division steps of Bernstein and Yang (2019, "Fast constant-time gcd
//! computation and modular inversion"), of which only those that do something are made, as variable time
//! allows; 30 of them at a time on the low bits alone, as in libsecp256k1's `modinv32`.

use super::words::{self, Words};
use crate::newton;

/// Limbs have 30 bits; the last is signed, and a value lies between twice the modulus and its negative.
const MASK: i64 = (1 << 30) - 1;

/// The inverse of `value` modulo `modulus`, which share no factor. LIMBS limbs of 30 bits must have room for
/// twice the modulus and a sign.
///
/// It keeps f = value x d and g = value x e (modulo the modulus), up to a power of two that each round
/// takes out again. When g is 0, f is 1 or -1, and d the inverse or its negative.
pub(super) fn inverse<const LIMBS: usize>(value: &Words, modulus: &Words) -> Words {
    let modulus: [i64; LIMBS] = words::limbs(modulus, 30);
    let inverse = newton::inverse(low_word(&modulus).into()) as u32;
    let (mut d, mut e) = ([0; LIMBS], [0; LIMBS]);
    if let Some(low) = e.first_mut() {
        *low = 1;
    }
    let mut f = modulus;
    let mut g: [i64; LIMBS] = words::limbs(value, 30);
    let mut eta = -1;
    while g != [0; LIMBS] {
        let steps = Steps::of(&mut eta, low_word(&f), low_word(&g));
        (d, e) = steps.apply_modulo(&d, &e, &modulus, inverse);
        (f, g) = steps.apply(&f, &g, &modulus, (0, 0));
    }
    normal(d, is_negative(&f), &modulus)
}

/// What 30 division steps do to f and g: (f, g) becomes (u f + v g, q f + r g) / 2^30.
struct Steps {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

impl Steps {
    /// `eta` says which of f and g is the longer one, by an estimate that the steps carry along.
    fn of(eta: &mut i32, f: u32, g: u32) -> Self {
        let (mut u, mut v, mut q, mut r) = (1_u32, 0_u32, 0_u32, 1_u32);
        let (mut f, mut g) = (f, g);
        let mut left = 30;
        loop {
            // Halve g as often as it is even, but not more often than there are steps.
            let zeros = (g | (u32::MAX << left)).trailing_zeros();
            g >>= zeros;
            u <<= zeros;
            v <<= zeros;
            *eta -= zeros as i32;
            left -= zeros;
            if left == 0 {
                break;
            }
            if *eta < 0 {
                *eta = -*eta;
                (f, g) = (g, f.wrapping_neg());
                (u, q) = (q, u.wrapping_neg());
                (v, r) = (r, v.wrapping_neg());
            }
            // Add the multiple of f that makes up to 6 low bits of g zero: -g/f, where f(f^2 - 2) is -1/f
            // modulo 2^6. More than eta + 1 steps would have to swap first.
            let limit = left.min(eta.unsigned_abs() + 1).min(6);
            let mask = (1 << limit) - 1;
            let w = f.wrapping_mul(g).wrapping_mul(f.wrapping_mul(f).wrapping_sub(2)) & mask;
            g = g.wrapping_add(f.wrapping_mul(w));
            q = q.wrapping_add(u.wrapping_mul(w));
            r = r.wrapping_add(v.wrapping_mul(w));
        }
        let signed = |word: u32| i64::from(word as i32);
        Self { u: signed(u), v: signed(v), q: signed(q), r: signed(r) }
    }

    /// What the steps make of d and e: the same, plus a multiple of the modulus that makes the low 30 bits
    /// zero.
    fn apply_modulo<const LIMBS: usize>(
        &self,
        d: &[i64; LIMBS],
        e: &[i64; LIMBS],
        modulus: &[i64; LIMBS],
        inverse: u32,
    ) -> ([i64; LIMBS], [i64; LIMBS]) {
        // Where d or e is negative, the modulus is added first, so that the result stays in range.
        let (sign_d, sign_e) = (-i64::from(is_negative(d)), -i64::from(is_negative(e)));
        let (d0, e0) = (i64::from(low_word(d)), i64::from(low_word(e)));
        let multiple = |a: i64, b: i64| {
            let base = (a & sign_d) + (b & sign_e);
            let low = (a * d0 + b * e0) as u32;
            let excess = low.wrapping_mul(inverse).wrapping_add(base as u32);
            base - (i64::from(excess) & MASK)
        };
        self.apply(d, e, modulus, (multiple(self.u, self.v), multiple(self.q, self.r)))
    }

    /// (u a + v b + m, q a + r b + n) / 2^30, where m and n are these multiples of the modulus. No bit is
    /// lost: the low 30 bits of both are zero.
    fn apply<const LIMBS: usize>(
        &self,
        a: &[i64; LIMBS],
        b: &[i64; LIMBS],
        modulus: &[i64; LIMBS],
        multiples: (i64, i64),
    ) -> ([i64; LIMBS], [i64; LIMBS]) {
        let (mut new_a, mut new_b) = ([0; LIMBS], [0; LIMBS]);
        let (mut carry_a, mut carry_b) = (0, 0);
        for (((new_a, new_b), (a, b)), modulus) in
            new_a.iter_mut().zip(&mut new_b).zip(a.iter().zip(b)).zip(modulus)
        {
            carry_a += self.u * a + self.v * b + modulus * multiples.0;
            carry_b += self.q * a + self.r * b + modulus * multiples.1;
            *new_a = carry_a & MASK;
            *new_b = carry_b & MASK;
            carry_a >>= 30;
            carry_b >>= 30;
        }
        for (new, carry) in [(&mut new_a, carry_a), (&mut new_b, carry_b)] {
            debug_assert_eq!(new.first(), Some(&0));
            new.rotate_left(1);
            if let Some(last) = new.last_mut() {
                *last = carry;
            }
        }
        (new_a, new_b)
    }
}

/// d, or its negative, brought from between twice the modulus and its negative to between 0 and the modulus.
fn normal<const LIMBS: usize>(mut d: [i64; LIMBS], negate: bool, modulus: &[i64; LIMBS]) -> Words {
    let add_modulus = |d: &mut [i64; LIMBS]| {
        d.iter_mut().zip(modulus).for_each(|(limb, modulus)| *limb += modulus);
        carry(d);
    };
    if is_negative(&d) {
        add_modulus(&mut d);
    }
    if negate {
        d.iter_mut().for_each(|limb| *limb = -*limb);
        carry(&mut d);
    }
    if is_negative(&d) {
        add_modulus(&mut d);
    }
    words::from_limbs(&d, 30)
}

fn carry<const LIMBS: usize>(limbs: &mut [i64; LIMBS]) {
    let mut carry = 0;
    if let Some((last, others)) = limbs.split_last_mut() {
        for limb in others {
            let sum = *limb + carry;
            *limb = sum & MASK;
            carry = sum >> 30;
        }
        *last += carry;
    }
}

fn is_negative<const LIMBS: usize>(limbs: &[i64; LIMBS]) -> bool {
    limbs.last().is_some_and(|limb| *limb < 0)
}

fn low_word<const LIMBS: usize>(limbs: &[i64; LIMBS]) -> u32 {
    limbs.first().map_or(0, |limb| *limb as u32)
}
