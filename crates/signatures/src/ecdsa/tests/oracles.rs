//! Arithmetic modulo the same four numbers, by fiat-crypto.

use crate::ecdsa::curve::{Curve, P256, P384};
use crate::ecdsa::words::{WORDS, Words};

/// A number modulo a prime.
pub(super) trait Oracle: Copy {
    /// A number below the modulus.
    fn from_words(words: &Words) -> Self;
    fn to_words(self) -> Words;
    fn times(self, other: Self) -> Self;
    fn squared(self) -> Self;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn negated(self) -> Self;

    fn of(number: u32) -> Self {
        let mut words = [0; WORDS];
        words[0] = number;
        Self::from_words(&words)
    }

    /// Of a number that may be negative.
    fn signed(number: i32) -> Self {
        let magnitude = Self::of(number.unsigned_abs());
        if number < 0 { magnitude.negated() } else { magnitude }
    }

    /// By squaring and multiplying.
    fn power(self, exponent: u32) -> Self {
        (0..u32::BITS).rev().fold(Self::of(1), |power, at| {
            let power = power.squared();
            if (exponent >> at) & 1 == 1 { power.times(self) } else { power }
        })
    }
}

/// The oracles of a curve, and the shape of its field's numbers.
pub(super) trait Proven: Curve {
    type FieldOracle: Oracle;
    type OrderOracle: Oracle;

    const NAME: &str;
    const LIMBS: usize;
    /// Of a limb.
    const LIMB_BITS: u32;
    /// How many fold the two factors of a product may be, multiplied.
    const MAX_FOLD: u32;

    /// A number of the field whose limbs are these.
    fn of_limbs(limbs: &[i32]) -> Self::Field;
    fn to_limbs(number: Self::Field) -> Vec<i32>;
}

macro_rules! proven {
    ($curve:ident, $name:literal, $limbs:literal of $bits:literal, $fold:literal, $field:ident, $order:ident) => {
        impl Proven for $curve {
            type FieldOracle = $field;
            type OrderOracle = $order;

            const NAME: &str = $name;
            const LIMBS: usize = $limbs;
            const LIMB_BITS: u32 = $bits;
            const MAX_FOLD: u32 = $fold;

            fn of_limbs(limbs: &[i32]) -> Self::Field {
                use crate::ecdsa::field::Field as _;
                Self::Field::unpack(&limbs.try_into().unwrap())
            }

            fn to_limbs(number: Self::Field) -> Vec<i32> {
                use crate::ecdsa::field::Field as _;
                number.pack().to_vec()
            }
        }
    };
}

proven!(P256, "P-256", 9 of 29, 13, P256Prime, P256Order);
proven!(P384, "P-384", 13 of 30, 2, P384Prime, P384Order);

macro_rules! oracle {
    (
        $name:ident, $module:ident, $words:literal, $montgomery:ident, $plain:ident,
        $to:ident, $from:ident, $times:ident, $squared:ident, $plus:ident, $minus:ident, $negated:ident
    ) => {
        #[derive(Clone, Copy)]
        pub(super) struct $name([u64; $words]);

        const _: () = {
            use fiat_crypto::$module::{
                $from, $minus, $montgomery, $negated, $plain, $plus, $squared, $times, $to,
            };

            impl $name {
                fn unary(self, f: fn(&mut $montgomery, &$montgomery)) -> Self {
                    let mut out = $montgomery([0; $words]);
                    f(&mut out, &$montgomery(self.0));
                    Self(out.0)
                }

                fn binary(
                    self,
                    other: Self,
                    f: fn(&mut $montgomery, &$montgomery, &$montgomery),
                ) -> Self {
                    let mut out = $montgomery([0; $words]);
                    f(&mut out, &$montgomery(self.0), &$montgomery(other.0));
                    Self(out.0)
                }
            }

            impl Oracle for $name {
                fn from_words(words: &Words) -> Self {
                    let plain = std::array::from_fn(|at| {
                        u64::from(words[2 * at]) | (u64::from(words[2 * at + 1]) << 32)
                    });
                    assert!(words[2 * $words..].iter().all(|word| *word == 0));
                    let mut out = $montgomery([0; $words]);
                    $to(&mut out, &$plain(plain));
                    Self(out.0)
                }

                fn to_words(self) -> Words {
                    let mut out = $plain([0; $words]);
                    $from(&mut out, &$montgomery(self.0));
                    let mut words = [0; WORDS];
                    for (pair, word) in words.chunks_exact_mut(2).zip(out.0) {
                        pair.copy_from_slice(&[word as u32, (word >> 32) as u32]);
                    }
                    words
                }

                fn times(self, other: Self) -> Self {
                    self.binary(other, $times)
                }

                fn squared(self) -> Self {
                    self.unary($squared)
                }

                fn plus(self, other: Self) -> Self {
                    self.binary(other, $plus)
                }

                fn minus(self, other: Self) -> Self {
                    self.binary(other, $minus)
                }

                fn negated(self) -> Self {
                    self.unary($negated)
                }
            }
        };
    };
}

oracle!(
    P256Prime,
    p256_64,
    4,
    fiat_p256_montgomery_domain_field_element,
    fiat_p256_non_montgomery_domain_field_element,
    fiat_p256_to_montgomery,
    fiat_p256_from_montgomery,
    fiat_p256_mul,
    fiat_p256_square,
    fiat_p256_add,
    fiat_p256_sub,
    fiat_p256_opp
);
oracle!(
    P256Order,
    p256_scalar_64,
    4,
    fiat_p256_scalar_montgomery_domain_field_element,
    fiat_p256_scalar_non_montgomery_domain_field_element,
    fiat_p256_scalar_to_montgomery,
    fiat_p256_scalar_from_montgomery,
    fiat_p256_scalar_mul,
    fiat_p256_scalar_square,
    fiat_p256_scalar_add,
    fiat_p256_scalar_sub,
    fiat_p256_scalar_opp
);
oracle!(
    P384Prime,
    p384_64,
    6,
    fiat_p384_montgomery_domain_field_element,
    fiat_p384_non_montgomery_domain_field_element,
    fiat_p384_to_montgomery,
    fiat_p384_from_montgomery,
    fiat_p384_mul,
    fiat_p384_square,
    fiat_p384_add,
    fiat_p384_sub,
    fiat_p384_opp
);
oracle!(
    P384Order,
    p384_scalar_64,
    6,
    fiat_p384_scalar_montgomery_domain_field_element,
    fiat_p384_scalar_non_montgomery_domain_field_element,
    fiat_p384_scalar_to_montgomery,
    fiat_p384_scalar_from_montgomery,
    fiat_p384_scalar_mul,
    fiat_p384_scalar_square,
    fiat_p384_scalar_add,
    fiat_p384_scalar_sub,
    fiat_p384_scalar_opp
);
