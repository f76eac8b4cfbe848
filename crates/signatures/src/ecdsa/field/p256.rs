//! The field of P-256: modulo 2^256 - 2^224 + 2^192 + 2^96 - 1.
//!
//! 256 = 8 x 29 + 24, 224 = 7 x 29 + 21, 192 = 6 x 29 + 18, 96 = 3 x 29 + 9: these are the shifts below.

use super::{Field, field};
use crate::ecdsa::words::{self, Words};

const LIMBS: usize = 9;
const BITS: u32 = 29;
/// How many fold a number may be, times how many fold the other, to be multiplied.
const MAX_FOLD: f64 = 13.0;

const PRIME: Words = [
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0x0000_0000,
    0x0000_0000,
    0x0000_0000,
    0x0000_0001,
    0xffff_ffff,
    0,
    0,
    0,
    0,
];

/// 2^261 modulo the prime: Montgomery's form of 1.
#[rustfmt::skip]
const ONE: [i64; LIMBS] = [32, 0, 0, -16_384, 0, 0, -8_388_608, 67_108_864, 0];

/// 2^522 modulo the prime: whatever it is multiplied by comes into Montgomery's form.
#[rustfmt::skip]
const SQUARED: [i64; LIMBS] = [3_072, 0, -65_536, -2_097_152, -4_194_304, 0, 0, -1, 20];

field!(P256Field);

/// Without as many primes as the highest limb shows: one is 2^24 there, and less elsewhere.
fn minus_primes(limbs: [i64; LIMBS]) -> [i64; LIMBS] {
    let [l0, l1, l2, l3, l4, l5, l6, l7, l8] = limbs;
    let primes = (l8 + (1 << 23)) >> 24;
    let l0 = l0 + primes;
    let l3 = l3 - (primes << 9);
    let l6 = l6 - (primes << 18);
    let l7 = l7 + (primes << 21);
    let l8 = l8 - (primes << 24);
    [l0, l1, l2, l3, l4, l5, l6, l7, l8]
}

/// The product, column by column, each reduced as soon as it is whole.
#[rustfmt::skip]
fn product(a: &[i64; LIMBS], b: &[i64; LIMBS]) -> [i64; LIMBS] {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = *a;
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8] = *b;
    // columns 0 to 8: each gives one multiple of the prime, whose -1 takes away the low bits
    let t = a0 * b0;
    let carry = rounded(t);
    let m0 = t - (carry << BITS);
    let t = a0 * b1 + a1 * b0 + carry;
    let carry = rounded(t);
    let m1 = t - (carry << BITS);
    let t = a0 * b2 + a1 * b1 + a2 * b0 + carry;
    let carry = rounded(t);
    let m2 = t - (carry << BITS);
    let t = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + carry + (m0 << 9);
    let carry = rounded(t);
    let m3 = t - (carry << BITS);
    let t = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + carry + (m1 << 9);
    let carry = rounded(t);
    let m4 = t - (carry << BITS);
    let t = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + carry + (m2 << 9);
    let carry = rounded(t);
    let m5 = t - (carry << BITS);
    let t = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + carry + (m0 << 18) + (m3 << 9);
    let carry = rounded(t);
    let m6 = t - (carry << BITS);
    let t = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 + carry - (m0 << 21) + (m1 << 18) + (m4 << 9);
    let carry = rounded(t);
    let m7 = t - (carry << BITS);
    let t = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + carry + (m0 << 24) - (m1 << 21) + (m2 << 18) + (m5 << 9);
    let carry = rounded(t);
    let m8 = t - (carry << BITS);
    let t = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + carry + (m1 << 24) - (m2 << 21) + (m3 << 18) + (m6 << 9);
    let carry = rounded(t);
    let r0 = t - (carry << BITS);
    let t = a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + carry + (m2 << 24) - (m3 << 21) + (m4 << 18) + (m7 << 9);
    let carry = rounded(t);
    let r1 = t - (carry << BITS);
    let t = a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + carry + (m3 << 24) - (m4 << 21) + (m5 << 18) + (m8 << 9);
    let carry = rounded(t);
    let r2 = t - (carry << BITS);
    let t = a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + carry + (m4 << 24) - (m5 << 21) + (m6 << 18);
    let carry = rounded(t);
    let r3 = t - (carry << BITS);
    let t = a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + carry + (m5 << 24) - (m6 << 21) + (m7 << 18);
    let carry = rounded(t);
    let r4 = t - (carry << BITS);
    let t = a6 * b8 + a7 * b7 + a8 * b6 + carry + (m6 << 24) - (m7 << 21) + (m8 << 18);
    let carry = rounded(t);
    let r5 = t - (carry << BITS);
    let t = a7 * b8 + a8 * b7 + carry + (m7 << 24) - (m8 << 21);
    let carry = rounded(t);
    let r6 = t - (carry << BITS);
    let t = a8 * b8 + carry + (m8 << 24);
    let carry = rounded(t);
    let r7 = t - (carry << BITS);
    [r0, r1, r2, r3, r4, r5, r6, r7, carry]
}

/// Products of two different limbs are there twice, so they are made once, of the doubled one.
#[rustfmt::skip]
fn square(a: &[i64; LIMBS]) -> [i64; LIMBS] {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = *a;
    let [d0, d1, d2, d3, d4, d5, d6, d7] = [a0 << 1, a1 << 1, a2 << 1, a3 << 1, a4 << 1, a5 << 1, a6 << 1, a7 << 1];
    // columns 0 to 8: each gives one multiple of the prime, whose -1 takes away the low bits
    let t = a0 * a0;
    let carry = rounded(t);
    let m0 = t - (carry << BITS);
    let t = d0 * a1 + carry;
    let carry = rounded(t);
    let m1 = t - (carry << BITS);
    let t = d0 * a2 + a1 * a1 + carry;
    let carry = rounded(t);
    let m2 = t - (carry << BITS);
    let t = d0 * a3 + d1 * a2 + carry + (m0 << 9);
    let carry = rounded(t);
    let m3 = t - (carry << BITS);
    let t = d0 * a4 + d1 * a3 + a2 * a2 + carry + (m1 << 9);
    let carry = rounded(t);
    let m4 = t - (carry << BITS);
    let t = d0 * a5 + d1 * a4 + d2 * a3 + carry + (m2 << 9);
    let carry = rounded(t);
    let m5 = t - (carry << BITS);
    let t = d0 * a6 + d1 * a5 + d2 * a4 + a3 * a3 + carry + (m0 << 18) + (m3 << 9);
    let carry = rounded(t);
    let m6 = t - (carry << BITS);
    let t = d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4 + carry - (m0 << 21) + (m1 << 18) + (m4 << 9);
    let carry = rounded(t);
    let m7 = t - (carry << BITS);
    let t = d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + a4 * a4 + carry + (m0 << 24) - (m1 << 21) + (m2 << 18) + (m5 << 9);
    let carry = rounded(t);
    let m8 = t - (carry << BITS);
    let t = d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5 + carry + (m1 << 24) - (m2 << 21) + (m3 << 18) + (m6 << 9);
    let carry = rounded(t);
    let r0 = t - (carry << BITS);
    let t = d2 * a8 + d3 * a7 + d4 * a6 + a5 * a5 + carry + (m2 << 24) - (m3 << 21) + (m4 << 18) + (m7 << 9);
    let carry = rounded(t);
    let r1 = t - (carry << BITS);
    let t = d3 * a8 + d4 * a7 + d5 * a6 + carry + (m3 << 24) - (m4 << 21) + (m5 << 18) + (m8 << 9);
    let carry = rounded(t);
    let r2 = t - (carry << BITS);
    let t = d4 * a8 + d5 * a7 + a6 * a6 + carry + (m4 << 24) - (m5 << 21) + (m6 << 18);
    let carry = rounded(t);
    let r3 = t - (carry << BITS);
    let t = d5 * a8 + d6 * a7 + carry + (m5 << 24) - (m6 << 21) + (m7 << 18);
    let carry = rounded(t);
    let r4 = t - (carry << BITS);
    let t = d6 * a8 + a7 * a7 + carry + (m6 << 24) - (m7 << 21) + (m8 << 18);
    let carry = rounded(t);
    let r5 = t - (carry << BITS);
    let t = d7 * a8 + carry + (m7 << 24) - (m8 << 21);
    let carry = rounded(t);
    let r6 = t - (carry << BITS);
    let t = a8 * a8 + carry + (m8 << 24);
    let carry = rounded(t);
    let r7 = t - (carry << BITS);
    [r0, r1, r2, r3, r4, r5, r6, r7, carry]
}
