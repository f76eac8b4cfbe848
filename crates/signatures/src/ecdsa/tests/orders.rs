//! Arithmetic modulo the orders, inverses modulo all four numbers, and the digits of multipliers.

use super::numbers::{ONE, hex, length, number, power_of_two};
use super::oracles::{Oracle, Proven};
use crate::draws::{self, Draws};
use crate::ecdsa::curve::{Curve, P256, P384};
use crate::ecdsa::field::Field;
use crate::ecdsa::straus::non_adjacent_form;
use crate::ecdsa::table::Digits;
use crate::ecdsa::words::{self, Words};

/// Of each curve, in a default run.
const ROUNDS: u64 = 20_000;

both_curves! {
    products: p256_products_modulo_the_order_are_right, p384_products_modulo_the_order_are_right;
    inverses: p256_inverses_are_right, p384_inverses_are_right;
    units: p256_halves_of_signatures_are_in_range, p384_halves_of_signatures_are_in_range;
    digits: p256_digits_make_the_multiplier, p384_digits_make_the_multiplier;
    non_adjacent: p256_non_adjacent_forms_make_the_multiplier, p384_non_adjacent_forms_make_the_multiplier;
}

fn draws<C: Curve>() -> (u64, Draws) {
    let operations = draws::count("COUNTERSIGN_FIELD_OPERATIONS", ROUNDS * 100);
    (operations / 100, Draws::new(draws::seed() ^ u64::from(C::BITS)))
}

fn products<C: Proven>() {
    let (rounds, mut draws) = draws::<C>();
    let order = &C::ORDER.words;
    // A digest may be any number of that length.
    let any = words::difference(&power_of_two(C::BITS - 1), &ONE);
    let any = words::sum(&words::sum(&any, &any), &ONE);
    let theirs = |number: &Words| {
        let beyond = !words::is_less(number, order);
        C::OrderOracle::from_words(&if beyond { words::difference(number, order) } else { *number })
    };
    for _ in 0..rounds {
        let [a, b] =
            [(); 2].map(|()| if draws.below(8) == 0 { any } else { number(&mut draws, &any) });
        let c = number(&mut draws, order);
        let ours = C::ORDER.products(&a, &b, &c);
        let expected = [&a, &b].map(|factor| theirs(factor).times(theirs(&c)).to_words());
        assert_eq!(ours, expected, "{} and {} times {}", hex(&a), hex(&b), hex(&c));
    }
    println!("{}: {} products modulo the order agree with fiat-crypto", C::NAME, 2 * rounds);
}

fn inverses<C: Proven>() {
    let (rounds, mut draws) = draws::<C>();
    let [order, prime] = [C::ORDER.words, C::Field::PRIME];
    for _ in 0..rounds {
        let [mut a, mut b] = [&order, &prime].map(|modulus| number(&mut draws, modulus));
        for number in [&mut a, &mut b] {
            if words::is_zero(number) {
                *number = ONE;
            }
        }
        let [a_inverse, b_inverse] = [C::inverse(&a, &order), C::inverse(&b, &prime)];
        assert!(words::is_less(&a_inverse, &order) && words::is_less(&b_inverse, &prime));
        let product = |a: &Words, b: &Words| {
            C::OrderOracle::from_words(a).times(C::OrderOracle::from_words(b)).to_words()
        };
        assert_eq!(product(&a, &a_inverse), ONE, "{} modulo the order", hex(&a));
        let product = |a: &Words, b: &Words| {
            C::FieldOracle::from_words(a).times(C::FieldOracle::from_words(b)).to_words()
        };
        assert_eq!(product(&b, &b_inverse), ONE, "{} modulo the prime", hex(&b));
    }
    println!("{}: {} inverses are inverses by fiat-crypto", C::NAME, 2 * rounds);
}

fn units<C: Proven>() {
    let order = &C::ORDER;
    assert_eq!((length(&order.words), length(&C::Field::PRIME)), (C::BITS, C::BITS));
    assert!(!order.has_unit(&[0; words::WORDS]) && order.has_unit(&ONE));
    assert!(order.has_unit(&words::difference(&order.words, &ONE)));
    assert!(!order.has_unit(&order.words));
    assert!(!order.has_unit(&words::sum(&order.words, &ONE)));
    assert!(!order.has_unit(&C::Field::PRIME));
}

/// Digit times 2^(window x place), added up modulo the order.
fn recomposed<C: Proven>(digits: &[i32], window: u32) -> Words {
    let base = C::OrderOracle::of(1 << window);
    let sum = digits
        .iter()
        .rev()
        .fold(C::OrderOracle::of(0), |sum, digit| sum.times(base).plus(Oracle::signed(*digit)));
    sum.to_words()
}

fn digits<C: Proven>() {
    let (rounds, mut draws) = draws::<C>();
    for window in 2..=9 {
        for _ in 0..rounds / 16 {
            let multiplier = number(&mut draws, &C::ORDER.words);
            let digits: Vec<i32> = Digits::<C>::of(&multiplier, window).collect();
            assert_eq!(digits.len(), C::BITS.div_ceil(window) as usize);
            assert!(digits.iter().all(|digit| digit.unsigned_abs() <= 1 << (window - 1)));
            assert_eq!(recomposed::<C>(&digits, window), multiplier, "{}", hex(&multiplier));
        }
    }
}

fn non_adjacent<C: Proven>() {
    let (rounds, mut draws) = draws::<C>();
    for _ in 0..rounds / 8 {
        let multiplier = number(&mut draws, &C::ORDER.words);
        let digits: Vec<i32> =
            non_adjacent_form(&multiplier, C::BITS).into_iter().map(i32::from).collect();
        assert_eq!(digits.len(), C::BITS as usize + 1);
        assert!(digits.iter().all(|digit| *digit == 0 || digit % 2 != 0 && digit.abs() <= 15));
        let crowded =
            digits.windows(5).any(|few| few.iter().filter(|digit| **digit != 0).count() > 1);
        assert!(!crowded, "{digits:?}");
        assert_eq!(recomposed::<C>(&digits, 1), multiplier, "{}", hex(&multiplier));
    }
}
