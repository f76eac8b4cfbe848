//! The fields that the curves' coordinates are of: numbers modulo a prime.
//!
//! # Shape
//! A number is a few signed limbs, each in a 64-bit lane: 13 of 30 bits for P-384, 9 of 29 bits for P-256.
//! WebAssembly multiplies 64-bit lanes to 64 bits and has no carry flag, so products of limbs are added up
//! without carrying, which signed limbs leave room for, and differences need no multiple of the prime to
//! stay positive. Numbers are in Montgomery's form. Both primes end in enough bits of one that -1/p is 1
//! modulo 2^bits, so that Montgomery's multiple is a limb of the product itself; and both are sums of a few
//! powers of two, so that adding that multiple is shifting. A reduction costs no multiplication.
//!
//! # Bounds
//! With b bits, a *settled* number has limbs from -2^(b-1) to 2^(b-1), but for rounding by a few units, and a
//! value between -p and p. Products and squares are settled. Sums and differences are not: a sum of k settled
//! numbers has limbs and a value of up to k times that, and is called *k-fold*. A product of a j-fold and a
//! k-fold number adds up at most LIMBS products of 2^(2b-2) jk, plus a carry and shifted limbs, together
//! below 2^(2b-2), in a signed lane of 64 bits:
//!
//! | field | limbs | bits | a product may have jk of up to |
//! | --- | --- | --- | --- |
//! | P-384 | 13 | 30 | 2 (13 x 2^58 x 2 = 0.81 x 2^63) |
//! | P-256 | 9 | 29 | 13 (9 x 2^56 x 13 = 0.91 x 2^63) |
//!
//! Whatever is more is settled first. The product's value is at most jk p/32 (P-256) or jk p/64 (P-384), and
//! Montgomery's multiple adds half a p: less than p. Builds with debug assertions check the bound of every
//! product, and that nothing in it overflows.

mod p256;
mod p384;

pub(in crate::ecdsa) use p256::P256Field;
pub(in crate::ecdsa) use p384::P384Field;

use super::words::Words;

/// A number modulo a prime.
pub(in crate::ecdsa) trait Field:
    Clone + Copy + Sized + Send + Sync + 'static
{
    /// How a settled number is kept in tables: a limb in 32 bits.
    type Packed: Clone + Copy + Send + Sync + 'static;

    const PRIME: Words;
    const ZERO: Self;
    const ONE: Self;

    /// A number below the prime.
    fn from_words(words: &Words) -> Self;
    /// The number from 0 to the prime (excluded).
    fn to_words(self) -> Words;

    fn pack(self) -> Self::Packed;
    fn unpack(packed: &Self::Packed) -> Self;

    /// Settled.
    fn times(&self, other: &Self) -> Self;
    /// Settled.
    fn squared(&self) -> Self;
    /// As many fold as both together.
    fn plus(&self, other: &Self) -> Self;
    /// As many fold as both together.
    fn minus(&self, other: &Self) -> Self;
    /// As many fold as the number.
    fn negated(&self) -> Self;
    /// The same number, settled; it must be 8-fold at most.
    fn settled(&self) -> Self;
    /// Whether it is zero modulo the prime.
    fn is_zero(&self) -> bool;
}

/// A field whose module defines LIMBS, BITS, MAX_FOLD, PRIME, ONE, SQUARED, `product` and `square`.
macro_rules! field {
    ($name:ident) => {
        #[derive(Clone, Copy)]
        pub(in crate::ecdsa) struct $name([i64; LIMBS]);

        impl Field for $name {
            type Packed = [i32; LIMBS];

            const PRIME: Words = PRIME;
            const ZERO: Self = Self([0; LIMBS]);
            const ONE: Self = Self(ONE);

            fn from_words(words: &Words) -> Self {
                // Limbs that are not signed count twofold.
                Self(words::limbs(words, BITS)).times(&Self(SQUARED))
            }

            fn to_words(self) -> Words {
                let Self(mut limbs) = self.times(&Self(PLAIN_ONE));
                if $name(limbs).is_negative() {
                    let prime: [i64; LIMBS] = words::limbs(&PRIME, BITS);
                    limbs.iter_mut().zip(prime).for_each(|(limb, prime)| *limb += prime);
                }
                let mut carry = 0;
                for limb in &mut limbs {
                    let sum = *limb + carry;
                    *limb = sum & ((1 << BITS) - 1);
                    carry = sum >> BITS;
                }
                debug_assert_eq!(carry, 0);
                words::from_limbs(&limbs, BITS)
            }

            fn pack(self) -> [i32; LIMBS] {
                self.0.map(|limb| limb as i32)
            }

            #[inline(always)]
            fn unpack(packed: &[i32; LIMBS]) -> Self {
                Self(packed.map(i64::from))
            }

            #[inline(never)]
            fn times(&self, other: &Self) -> Self {
                debug_assert!(self.fold() * other.fold() <= MAX_FOLD + ROUNDING);
                Self(product(&self.0, &other.0))
            }

            #[inline(never)]
            fn squared(&self) -> Self {
                debug_assert!(self.fold() * self.fold() <= MAX_FOLD + ROUNDING);
                Self(square(&self.0))
            }

            #[inline(always)]
            fn plus(&self, other: &Self) -> Self {
                let mut limbs = self.0;
                limbs.iter_mut().zip(other.0).for_each(|(limb, other)| *limb += other);
                Self(limbs)
            }

            #[inline(always)]
            fn minus(&self, other: &Self) -> Self {
                let mut limbs = self.0;
                limbs.iter_mut().zip(other.0).for_each(|(limb, other)| *limb -= other);
                Self(limbs)
            }

            #[inline(always)]
            fn negated(&self) -> Self {
                Self(self.0.map(|limb| -limb))
            }

            /// The value first, by whole primes; then all limbs at once, each giving its excess to the next.
            #[inline(always)]
            fn settled(&self) -> Self {
                let mut limbs = minus_primes(self.0);
                let mut excess = limbs.map(rounded);
                if let Some(last) = excess.last_mut() {
                    *last = 0;
                }
                limbs.iter_mut().zip(excess).for_each(|(limb, excess)| *limb -= excess << BITS);
                excess.rotate_right(1);
                limbs.iter_mut().zip(excess).for_each(|(limb, excess)| *limb += excess);
                Self(limbs)
            }

            /// A product has the one form in which all limbs but the last are from -2^(b-1) to 2^(b-1), the
            /// upper one excluded, and a value between -p and p: it is zero modulo p only as zero.
            fn is_zero(&self) -> bool {
                self.times(&Self(PLAIN_ONE)).0 == [0; LIMBS]
            }
        }

        impl $name {
            /// Of a product: the highest limb that is not zero decides.
            fn is_negative(&self) -> bool {
                self.0.iter().rev().find(|limb| **limb != 0).is_some_and(|limb| *limb < 0)
            }

            /// How many fold the number is.
            fn fold(&self) -> f64 {
                let largest = self.0.iter().map(|limb| limb.unsigned_abs()).max().unwrap_or(0);
                largest as f64 / (1_u64 << (BITS - 1)) as f64
            }
        }

        /// 1, not in Montgomery's form: multiplying by it takes a number out of that form.
        const PLAIN_ONE: [i64; LIMBS] = {
            let mut one = [0; LIMBS];
            one[0] = 1;
            one
        };

        /// What rounding may add to the fold of two factors.
        const ROUNDING: f64 = 0.001;

        /// The multiple of 2^BITS that is nearest.
        #[inline(always)]
        fn rounded(limb: i64) -> i64 {
            (limb + (1 << (BITS - 1))) >> BITS
        }
    };
}

use field;
