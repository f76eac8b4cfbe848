//! The fields: long chains of operations, each result compared.

use super::numbers::{hex, number};
use super::oracles::{Oracle, Proven};
use crate::draws::{self, Draws};
use crate::ecdsa::curve::{Curve, P256, P384};
use crate::ecdsa::field::Field;
use crate::ecdsa::words;

/// Of each field, in a default run.
const OPERATIONS: u64 = 100_000;

/// Sums may be so many fold before they have to be settled.
const MAX_SUM: u32 = 8;

#[test]
fn p256_operations_are_those_of_fiat_crypto() {
    compare::<P256>();
}

#[test]
fn p384_operations_are_those_of_fiat_crypto() {
    compare::<P384>();
}

#[test]
fn p256_products_of_the_largest_limbs_are_right() {
    largest_limbs::<P256>();
}

#[test]
fn p384_products_of_the_largest_limbs_are_right() {
    largest_limbs::<P384>();
}

#[test]
fn p256_zero_is_told_in_every_form() {
    zeros::<P256>();
}

#[test]
fn p384_zero_is_told_in_every_form() {
    zeros::<P384>();
}

/// The same number, here and there.
struct Pair<C: Proven> {
    ours: C::Field,
    theirs: C::FieldOracle,
    /// How many fold ours is at most.
    fold: u32,
}

impl<C: Proven> Copy for Pair<C> {}

impl<C: Proven> Clone for Pair<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Proven> Pair<C> {
    fn of_words(words: &words::Words) -> Self {
        let theirs = C::FieldOracle::from_words(words);
        Self { ours: C::Field::from_words(words), theirs, fold: 1 }
    }

    /// A settled number by its limbs, taken out of Montgomery's form on the other side.
    fn of_limbs(limbs: &[i32]) -> Self {
        let base = C::FieldOracle::of(1 << C::LIMB_BITS);
        let value = limbs
            .iter()
            .rev()
            .fold(C::FieldOracle::of(0), |sum, limb| sum.times(base).plus(Oracle::signed(*limb)));
        // Half the prime and a half is the inverse of two.
        let half = C::FieldOracle::from_words(&half::<C>());
        let theirs = value.times(half.power(C::LIMB_BITS * C::LIMBS as u32));
        Self { ours: C::of_limbs(limbs), theirs, fold: 1 }
    }

    /// A settled number whose limbs are as likely as not the largest.
    fn of_extreme_limbs(draws: &mut Draws) -> Self {
        let largest = 1_i32 << (C::LIMB_BITS - 1);
        // Beyond that, the value would be more than the prime.
        let highest = (1 << 24) - 2;
        let mut limb = |largest: i32| {
            let random = (draws.number() % (2 * largest as u64 + 1)) as i32 - largest;
            draws.of(&[0, 1, -1, largest, largest - 1, -largest, 1 - largest, random])
        };
        let mut limbs: Vec<i32> = (1..C::LIMBS).map(|_| limb(largest)).collect();
        limbs.push(limb(highest));
        Self::of_limbs(&limbs)
    }

    fn times(&self, other: &Self) -> Self {
        let ours = self.ours.times(&other.ours);
        Self { ours, theirs: self.theirs.times(other.theirs), fold: 1 }
    }

    fn squared(&self) -> Self {
        Self { ours: self.ours.squared(), theirs: self.theirs.squared(), fold: 1 }
    }

    fn plus(&self, other: &Self) -> Self {
        let (ours, theirs) = (self.ours.plus(&other.ours), self.theirs.plus(other.theirs));
        Self { ours, theirs, fold: self.fold + other.fold }
    }

    fn minus(&self, other: &Self) -> Self {
        let (ours, theirs) = (self.ours.minus(&other.ours), self.theirs.minus(other.theirs));
        Self { ours, theirs, fold: self.fold + other.fold }
    }

    fn negated(&self) -> Self {
        Self { ours: self.ours.negated(), theirs: self.theirs.negated(), ..*self }
    }

    fn settled(&self) -> Self {
        Self { ours: self.ours.settled(), fold: 1, ..*self }
    }

    /// By way of how tables keep numbers.
    fn packed(&self) -> Self {
        let settled = self.settled();
        let ours = C::of_limbs(&C::to_limbs(settled.ours));
        Self { ours, ..settled }
    }

    #[track_caller]
    fn check(&self, what: impl FnOnce() -> String) {
        let (ours, theirs) = (self.ours.to_words(), self.theirs.to_words());
        let agree = ours == theirs && self.ours.is_zero() == words::is_zero(&theirs);
        assert!(agree, "{}: {} here, {} there", what(), hex(&ours), hex(&theirs));
    }
}

/// Says where a chain was, should an assertion of the arithmetic itself fail.
struct Told(&'static str, u64, &'static str);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: operation {} ({}), seed {}", self.0, self.1, self.2, draws::seed());
        }
    }
}

fn compare<C: Proven>() {
    let operations = draws::count("COUNTERSIGN_FIELD_OPERATIONS", OPERATIONS);
    let mut draws = Draws::new(draws::seed() ^ u64::from(C::BITS));
    let mut pairs: [Pair<C>; 8] =
        std::array::from_fn(|_| Pair::of_words(&number(&mut draws, &C::Field::PRIME)));
    let mut told = Told(C::NAME, 0, "");
    let mut products = 0;
    for operation in 0..operations {
        let [a, b] = [(); 2].map(|()| pairs[draws.below(pairs.len())]);
        let is_product = a.fold * b.fold <= C::MAX_FOLD;
        let is_square = a.fold * a.fold <= C::MAX_FOLD;
        let is_sum = a.fold + b.fold <= MAX_SUM;
        let name = match draws.below(16) {
            0..=4 if is_product => "times",
            5..=6 if is_square => "squared",
            7..=9 if is_sum => "plus",
            10..=12 if is_sum => "minus",
            13 => "negated",
            14 => "packed",
            15 => draws.of(&["from_words", "of_limbs"]),
            _ => "settled",
        };
        told = Told(C::NAME, operation, name);
        let result = match name {
            "times" => a.times(&b),
            "squared" => a.squared(),
            "plus" => a.plus(&b),
            "minus" => a.minus(&b),
            "negated" => a.negated(),
            "packed" => a.packed(),
            "from_words" => Pair::of_words(&number(&mut draws, &C::Field::PRIME)),
            "of_limbs" => Pair::of_extreme_limbs(&mut draws),
            _ => a.settled(),
        };
        products += u64::from(matches!(name, "times" | "squared"));
        result.check(|| {
            let [a_words, b_words] = [a, b].map(|pair| hex(&pair.ours.to_words()));
            format!("{name} of {}-fold {a_words} and {}-fold {b_words}", a.fold, b.fold)
        });
        pairs[draws.below(pairs.len())] = result;
    }
    drop(told);
    println!(
        "{}: {operations} field operations ({products} products and squares) agree with fiat-crypto",
        C::NAME
    );
}

/// The bound of the products, met exactly: every pair of folds that is allowed, with all limbs at their
/// largest, of like and of unlike signs.
fn largest_limbs<C: Proven>() {
    let largest = 1_i32 << (C::LIMB_BITS - 1);
    let limbs = |signs: u32| -> Vec<i32> {
        let sign = |at: usize| if (signs >> (at % 2)) & 1 == 0 { 1 } else { -1 };
        let limb = |at| sign(at) * if at + 1 == C::LIMBS { (1 << 24) - 2 } else { largest };
        (0..C::LIMBS).map(limb).collect()
    };
    let folded = |pair: Pair<C>, fold: u32| (1..fold).fold(pair, |sum, _| sum.plus(&pair));
    for (a_signs, b_signs) in (0..4).flat_map(|a| (0..4).map(move |b| (a, b))) {
        let (a, b) = (Pair::<C>::of_limbs(&limbs(a_signs)), Pair::<C>::of_limbs(&limbs(b_signs)));
        for a_fold in 1..=C::MAX_FOLD {
            let b_fold = C::MAX_FOLD / a_fold;
            let what = || format!("{a_fold}-fold {a_signs:b} and {b_fold}-fold {b_signs:b}");
            let (a, b) = (folded(a, a_fold), folded(b, b_fold));
            a.times(&b).check(what);
            if a_fold * a_fold <= C::MAX_FOLD {
                a.squared().check(what);
            }
        }
        for fold in 1..=MAX_SUM {
            let settled = folded(a, fold).settled();
            let what = || format!("settled {fold}-fold {a_signs:b}");
            settled.check(what);
            // It is indeed settled: it may be multiplied by what only a settled number may be.
            folded(b, C::MAX_FOLD).times(&settled).check(what);
        }
    }
}

/// A number less itself, in whatever form.
fn zeros<C: Proven>() {
    let mut draws = Draws::new(draws::seed());
    for _ in 0..2_000 {
        let drawn = if draws.below(2) == 0 {
            Pair::<C>::of_extreme_limbs(&mut draws)
        } else {
            Pair::of_words(&number(&mut draws, &C::Field::PRIME))
        };
        let again = C::Field::from_words(&drawn.ours.to_words());
        let zeros = [
            drawn.ours.minus(&again),
            drawn.ours.minus(&again).settled(),
            drawn.ours.plus(&again.negated()).settled().squared(),
            drawn.ours.plus(&drawn.ours).minus(&again).minus(&again).settled(),
        ];
        for zero in zeros {
            assert!(zero.is_zero() && words::is_zero(&zero.to_words()));
        }
        assert!(!drawn.ours.minus(&again).plus(&C::Field::ONE).is_zero());
    }
    assert_eq!(C::Field::ONE.to_words(), super::numbers::ONE);
    assert!(C::Field::ZERO.is_zero());
    // The prime itself, and its double, as sums of settled numbers.
    let last = words::difference(&C::Field::PRIME, &super::numbers::ONE);
    let prime = C::Field::from_words(&last).plus(&C::Field::ONE);
    assert!(prime.is_zero() && prime.plus(&prime).is_zero() && prime.settled().is_zero());
}

/// (p + 1)/2.
fn half<C: Curve>() -> words::Words {
    let mut half = C::Field::PRIME;
    let mut carry = 0;
    for word in half.iter_mut().rev() {
        let low = *word & 1;
        *word = (*word >> 1) | (carry << 31);
        carry = low;
    }
    words::sum(&half, &super::numbers::ONE)
}
