//! Numbers to calculate with, as likely as not such that arithmetic goes wrong with.

use crate::draws::Draws;
use crate::ecdsa::words::{self, WORDS, Words};

pub(super) const ONE: Words = {
    let mut one = [0; WORDS];
    one[0] = 1;
    one
};

/// A number below the bound.
pub(super) fn number(draws: &mut Draws, bound: &Words) -> Words {
    let length = length(bound);
    loop {
        let number = match draws.below(8) {
            0 => small(draws),
            1 => words::difference(bound, &words::sum(&small(draws), &ONE)),
            2 => near_a_power_of_two(draws, length),
            3 => of_extreme_limbs(draws, length),
            _ => cut(std::array::from_fn(|_| draws.number() as u32), length),
        };
        if words::is_less(&number, bound) {
            return number;
        }
    }
}

/// How many bits a number has.
pub(super) fn length(number: &Words) -> u32 {
    (0..u32::BITS * WORDS as u32)
        .rfind(|at| words::bits(number, *at, 1) == 1)
        .map_or(0, |at| at + 1)
}

pub(super) fn power_of_two(exponent: u32) -> Words {
    let mut power = [0; WORDS];
    power[(exponent / 32) as usize] = 1 << (exponent % 32);
    power
}

pub(super) fn to_be_bytes(number: &Words, length: usize) -> Vec<u8> {
    let bytes: Vec<u8> = number.iter().rev().flat_map(|word| word.to_be_bytes()).collect();
    bytes[bytes.len() - length..].to_vec()
}

pub(super) fn hex(number: &Words) -> String {
    to_be_bytes(number, 4 * WORDS).iter().map(|octet| format!("{octet:02x}")).collect()
}

/// 0 to 8.
fn small(draws: &mut Draws) -> Words {
    let mut number = [0; WORDS];
    number[0] = draws.below(9) as u32;
    number
}

/// A power of two, or one less or more.
fn near_a_power_of_two(draws: &mut Draws, length: u32) -> Words {
    let power = power_of_two(draws.below(length as usize) as u32);
    match draws.below(3) {
        0 => power,
        1 => words::sum(&power, &ONE),
        _ => words::difference(&power, &ONE),
    }
}

/// Limbs, of one of several sizes, of which many are all ones, all zeros, or at the middle, where signed
/// limbs turn.
fn of_extreme_limbs(draws: &mut Draws, length: u32) -> Words {
    let bits = draws.of(&[29, 30, 32]);
    let limbs: [i64; 14] = std::array::from_fn(|_| {
        let ones = (1_i64 << bits) - 1;
        let middle = 1_i64 << (bits - 1);
        let random = draws.number() as i64 & ones;
        draws.of(&[0, 1, ones, ones - 1, middle - 1, middle, middle + 1, random])
    });
    cut(words::from_limbs(&limbs, bits), length)
}

/// The low bits.
fn cut(mut number: Words, length: u32) -> Words {
    for (at, word) in number.iter_mut().enumerate() {
        let kept = length.saturating_sub(32 * at as u32).min(32);
        *word &= ((1_u64 << kept) - 1) as u32;
    }
    number
}
