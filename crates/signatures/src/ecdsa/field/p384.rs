//! The field of P-384: modulo 2^384 - 2^128 - 2^96 + 2^32 - 1.
//!
//! 384 = 12 x 30 + 24, 128 = 4 x 30 + 8, 96 = 3 x 30 + 6, 32 = 30 + 2: these are the shifts below.

use super::{Field, field};
use crate::ecdsa::words::{self, Words};

const LIMBS: usize = 13;
const BITS: u32 = 30;
/// How many fold a number may be, times how many fold the other, to be multiplied.
const MAX_FOLD: f64 = 2.0;

const PRIME: Words = [
    0xffff_ffff,
    0x0000_0000,
    0x0000_0000,
    0xffff_ffff,
    0xffff_fffe,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
];

/// 2^390 modulo the prime: Montgomery's form of 1.
#[rustfmt::skip]
const ONE: [i64; LIMBS] = [64, -256, 0, 4_096, 16_384, 0, 0, 0, 0, 0, 0, 0, 0];

/// 2^780 modulo the prime: whatever it is multiplied by comes into Montgomery's form.
#[rustfmt::skip]
const SQUARED: [i64; LIMBS] = [4_096, -32_768, 65_536, 524_288, 0, -8_388_608, 16_777_216, 134_217_728, 268_435_456, 0, 0, 0, 0];

field!(P384Field);

/// Without as many primes as the highest limb shows: one is 2^24 there, and little elsewhere.
fn minus_primes(limbs: [i64; LIMBS]) -> [i64; LIMBS] {
    let [l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12] = limbs;
    let primes = (l12 + (1 << 23)) >> 24;
    let l0 = l0 + primes;
    let l1 = l1 - (primes << 2);
    let l3 = l3 + (primes << 6);
    let l4 = l4 + (primes << 8);
    let l12 = l12 - (primes << 24);
    [l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12]
}

/// The product, column by column, each reduced as soon as it is whole.
#[rustfmt::skip]
fn product(a: &[i64; LIMBS], b: &[i64; LIMBS]) -> [i64; LIMBS] {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12] = *a;
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12] = *b;
    // columns 0 to 12: each gives one multiple of the prime, whose -1 takes away the low bits
    let t = a0 * b0;
    let carry = rounded(t);
    let m0 = t - (carry << BITS);
    let t = a0 * b1 + a1 * b0 + carry + (m0 << 2);
    let carry = rounded(t);
    let m1 = t - (carry << BITS);
    let t = a0 * b2 + a1 * b1 + a2 * b0 + carry + (m1 << 2);
    let carry = rounded(t);
    let m2 = t - (carry << BITS);
    let t = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + carry - (m0 << 6) + (m2 << 2);
    let carry = rounded(t);
    let m3 = t - (carry << BITS);
    let t = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + carry - (m0 << 8) - (m1 << 6) + (m3 << 2);
    let carry = rounded(t);
    let m4 = t - (carry << BITS);
    let t = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + carry - (m1 << 8) - (m2 << 6) + (m4 << 2);
    let carry = rounded(t);
    let m5 = t - (carry << BITS);
    let t = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + carry - (m2 << 8) - (m3 << 6) + (m5 << 2);
    let carry = rounded(t);
    let m6 = t - (carry << BITS);
    let t = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 + carry - (m3 << 8) - (m4 << 6) + (m6 << 2);
    let carry = rounded(t);
    let m7 = t - (carry << BITS);
    let t = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + carry - (m4 << 8) - (m5 << 6) + (m7 << 2);
    let carry = rounded(t);
    let m8 = t - (carry << BITS);
    let t = a0 * b9 + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + a9 * b0 + carry - (m5 << 8) - (m6 << 6) + (m8 << 2);
    let carry = rounded(t);
    let m9 = t - (carry << BITS);
    let t = a0 * b10 + a1 * b9 + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + a9 * b1 + a10 * b0 + carry - (m6 << 8) - (m7 << 6) + (m9 << 2);
    let carry = rounded(t);
    let m10 = t - (carry << BITS);
    let t = a0 * b11 + a1 * b10 + a2 * b9 + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + a9 * b2 + a10 * b1 + a11 * b0 + carry - (m7 << 8) - (m8 << 6) + (m10 << 2);
    let carry = rounded(t);
    let m11 = t - (carry << BITS);
    let t = a0 * b12 + a1 * b11 + a2 * b10 + a3 * b9 + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + a9 * b3 + a10 * b2 + a11 * b1 + a12 * b0 + carry + (m0 << 24) - (m8 << 8) - (m9 << 6) + (m11 << 2);
    let carry = rounded(t);
    let m12 = t - (carry << BITS);
    let t = a1 * b12 + a2 * b11 + a3 * b10 + a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + a9 * b4 + a10 * b3 + a11 * b2 + a12 * b1 + carry + (m1 << 24) - (m9 << 8) - (m10 << 6) + (m12 << 2);
    let carry = rounded(t);
    let r0 = t - (carry << BITS);
    let t = a2 * b12 + a3 * b11 + a4 * b10 + a5 * b9 + a6 * b8 + a7 * b7 + a8 * b6 + a9 * b5 + a10 * b4 + a11 * b3 + a12 * b2 + carry + (m2 << 24) - (m10 << 8) - (m11 << 6);
    let carry = rounded(t);
    let r1 = t - (carry << BITS);
    let t = a3 * b12 + a4 * b11 + a5 * b10 + a6 * b9 + a7 * b8 + a8 * b7 + a9 * b6 + a10 * b5 + a11 * b4 + a12 * b3 + carry + (m3 << 24) - (m11 << 8) - (m12 << 6);
    let carry = rounded(t);
    let r2 = t - (carry << BITS);
    let t = a4 * b12 + a5 * b11 + a6 * b10 + a7 * b9 + a8 * b8 + a9 * b7 + a10 * b6 + a11 * b5 + a12 * b4 + carry + (m4 << 24) - (m12 << 8);
    let carry = rounded(t);
    let r3 = t - (carry << BITS);
    let t = a5 * b12 + a6 * b11 + a7 * b10 + a8 * b9 + a9 * b8 + a10 * b7 + a11 * b6 + a12 * b5 + carry + (m5 << 24);
    let carry = rounded(t);
    let r4 = t - (carry << BITS);
    let t = a6 * b12 + a7 * b11 + a8 * b10 + a9 * b9 + a10 * b8 + a11 * b7 + a12 * b6 + carry + (m6 << 24);
    let carry = rounded(t);
    let r5 = t - (carry << BITS);
    let t = a7 * b12 + a8 * b11 + a9 * b10 + a10 * b9 + a11 * b8 + a12 * b7 + carry + (m7 << 24);
    let carry = rounded(t);
    let r6 = t - (carry << BITS);
    let t = a8 * b12 + a9 * b11 + a10 * b10 + a11 * b9 + a12 * b8 + carry + (m8 << 24);
    let carry = rounded(t);
    let r7 = t - (carry << BITS);
    let t = a9 * b12 + a10 * b11 + a11 * b10 + a12 * b9 + carry + (m9 << 24);
    let carry = rounded(t);
    let r8 = t - (carry << BITS);
    let t = a10 * b12 + a11 * b11 + a12 * b10 + carry + (m10 << 24);
    let carry = rounded(t);
    let r9 = t - (carry << BITS);
    let t = a11 * b12 + a12 * b11 + carry + (m11 << 24);
    let carry = rounded(t);
    let r10 = t - (carry << BITS);
    let t = a12 * b12 + carry + (m12 << 24);
    let carry = rounded(t);
    let r11 = t - (carry << BITS);
    [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, carry]
}

/// Products of two different limbs are there twice, so they are made once, of the doubled one.
#[rustfmt::skip]
fn square(a: &[i64; LIMBS]) -> [i64; LIMBS] {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12] = *a;
    let [d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11] = [a0 << 1, a1 << 1, a2 << 1, a3 << 1, a4 << 1, a5 << 1, a6 << 1, a7 << 1, a8 << 1, a9 << 1, a10 << 1, a11 << 1];
    // columns 0 to 12: each gives one multiple of the prime, whose -1 takes away the low bits
    let t = a0 * a0;
    let carry = rounded(t);
    let m0 = t - (carry << BITS);
    let t = d0 * a1 + carry + (m0 << 2);
    let carry = rounded(t);
    let m1 = t - (carry << BITS);
    let t = d0 * a2 + a1 * a1 + carry + (m1 << 2);
    let carry = rounded(t);
    let m2 = t - (carry << BITS);
    let t = d0 * a3 + d1 * a2 + carry - (m0 << 6) + (m2 << 2);
    let carry = rounded(t);
    let m3 = t - (carry << BITS);
    let t = d0 * a4 + d1 * a3 + a2 * a2 + carry - (m0 << 8) - (m1 << 6) + (m3 << 2);
    let carry = rounded(t);
    let m4 = t - (carry << BITS);
    let t = d0 * a5 + d1 * a4 + d2 * a3 + carry - (m1 << 8) - (m2 << 6) + (m4 << 2);
    let carry = rounded(t);
    let m5 = t - (carry << BITS);
    let t = d0 * a6 + d1 * a5 + d2 * a4 + a3 * a3 + carry - (m2 << 8) - (m3 << 6) + (m5 << 2);
    let carry = rounded(t);
    let m6 = t - (carry << BITS);
    let t = d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4 + carry - (m3 << 8) - (m4 << 6) + (m6 << 2);
    let carry = rounded(t);
    let m7 = t - (carry << BITS);
    let t = d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + a4 * a4 + carry - (m4 << 8) - (m5 << 6) + (m7 << 2);
    let carry = rounded(t);
    let m8 = t - (carry << BITS);
    let t = d0 * a9 + d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5 + carry - (m5 << 8) - (m6 << 6) + (m8 << 2);
    let carry = rounded(t);
    let m9 = t - (carry << BITS);
    let t = d0 * a10 + d1 * a9 + d2 * a8 + d3 * a7 + d4 * a6 + a5 * a5 + carry - (m6 << 8) - (m7 << 6) + (m9 << 2);
    let carry = rounded(t);
    let m10 = t - (carry << BITS);
    let t = d0 * a11 + d1 * a10 + d2 * a9 + d3 * a8 + d4 * a7 + d5 * a6 + carry - (m7 << 8) - (m8 << 6) + (m10 << 2);
    let carry = rounded(t);
    let m11 = t - (carry << BITS);
    let t = d0 * a12 + d1 * a11 + d2 * a10 + d3 * a9 + d4 * a8 + d5 * a7 + a6 * a6 + carry + (m0 << 24) - (m8 << 8) - (m9 << 6) + (m11 << 2);
    let carry = rounded(t);
    let m12 = t - (carry << BITS);
    let t = d1 * a12 + d2 * a11 + d3 * a10 + d4 * a9 + d5 * a8 + d6 * a7 + carry + (m1 << 24) - (m9 << 8) - (m10 << 6) + (m12 << 2);
    let carry = rounded(t);
    let r0 = t - (carry << BITS);
    let t = d2 * a12 + d3 * a11 + d4 * a10 + d5 * a9 + d6 * a8 + a7 * a7 + carry + (m2 << 24) - (m10 << 8) - (m11 << 6);
    let carry = rounded(t);
    let r1 = t - (carry << BITS);
    let t = d3 * a12 + d4 * a11 + d5 * a10 + d6 * a9 + d7 * a8 + carry + (m3 << 24) - (m11 << 8) - (m12 << 6);
    let carry = rounded(t);
    let r2 = t - (carry << BITS);
    let t = d4 * a12 + d5 * a11 + d6 * a10 + d7 * a9 + a8 * a8 + carry + (m4 << 24) - (m12 << 8);
    let carry = rounded(t);
    let r3 = t - (carry << BITS);
    let t = d5 * a12 + d6 * a11 + d7 * a10 + d8 * a9 + carry + (m5 << 24);
    let carry = rounded(t);
    let r4 = t - (carry << BITS);
    let t = d6 * a12 + d7 * a11 + d8 * a10 + a9 * a9 + carry + (m6 << 24);
    let carry = rounded(t);
    let r5 = t - (carry << BITS);
    let t = d7 * a12 + d8 * a11 + d9 * a10 + carry + (m7 << 24);
    let carry = rounded(t);
    let r6 = t - (carry << BITS);
    let t = d8 * a12 + d9 * a11 + a10 * a10 + carry + (m8 << 24);
    let carry = rounded(t);
    let r7 = t - (carry << BITS);
    let t = d9 * a12 + d10 * a11 + carry + (m9 << 24);
    let carry = rounded(t);
    let r8 = t - (carry << BITS);
    let t = d10 * a12 + a11 * a11 + carry + (m10 << 24);
    let carry = rounded(t);
    let r9 = t - (carry << BITS);
    let t = d11 * a12 + carry + (m11 << 24);
    let carry = rounded(t);
    let r10 = t - (carry << BITS);
    let t = a12 * a12 + carry + (m12 << 24);
    let carry = rounded(t);
    let r11 = t - (carry << BITS);
    [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, carry]
}
