//! Sums of points, above all those that formulas make exceptions of, against p256 and p384.

use super::curves::{Reference, Theirs, affine, coordinates, from_affine, generator_times, scalar};
use super::numbers::{ONE, number, power_of_two};
use crate::draws::{self, Draws};
use crate::ecdsa::curve::{P256, P384};
use crate::ecdsa::field::Field;
use crate::ecdsa::point::{Affine, Point, invert_all};
use crate::ecdsa::straus;
use crate::ecdsa::table::Table;
use crate::ecdsa::words::{self, Words};

both_curves! {
    equation: p256_generator_is_on_the_curve, p384_generator_is_on_the_curve;
    sums: p256_sums_are_right_of_all_pairs, p384_sums_are_right_of_all_pairs;
    exceptions: p256_exceptions_end_at_infinity, p384_exceptions_end_at_infinity;
    every_entry: p256_tables_hold_the_multiples, p384_tables_hold_the_multiples;
    multiples: p256_multiples_by_tables_are_right, p384_multiples_by_tables_are_right;
    sums_of_multiples: p256_sums_of_multiples_are_right, p384_sums_of_multiples_are_right;
    inverses: p256_many_inverses_at_once_are_right, p384_many_inverses_at_once_are_right;
}

fn equation<C: Reference>() {
    let generator = C::generator();
    assert!(generator.y.squared().minus(&C::y_squared(&generator.x)).is_zero());
    assert_eq!(coordinates::<C>(&generator_times::<C>(&ONE)), Some(from_affine::<C>(&generator)));
}

/// A point here and there. Ours was added up on the way, so that its coordinates are not plain.
struct Pair<C: Reference> {
    ours: Point<C::Field>,
    plain: Option<Affine<C::Field>>,
    theirs: Theirs<C>,
}

impl<C: Reference> Pair<C> {
    fn new(multiplier: &Words) -> Self {
        let theirs = generator_times::<C>(multiplier);
        let plain = affine::<C>(&theirs);
        let ours = plain.map_or(Point::INFINITY, |plain| {
            // Away by two points and back again.
            let detour = affine::<C>(&generator_times::<C>(&power_of_two(100))).unwrap();
            Point::from(&plain)
                .plus(&detour)
                .plus(&detour)
                .plus(&detour.negated())
                .plus(&detour.negated())
        });
        Self { ours, plain, theirs }
    }
}

/// Multipliers next to each other and to zero, from both sides, and a few far away.
fn some<C: Reference>() -> Vec<Pair<C>> {
    let mut draws = Draws::new(draws::seed());
    let mut multipliers = vec![[0; words::WORDS]];
    for small in 1..=4 {
        let mut number = [0; words::WORDS];
        number[0] = small;
        multipliers.extend([number, words::difference(&C::ORDER.words, &number)]);
    }
    for _ in 0..3 {
        let number = number(&mut draws, &C::ORDER.words);
        multipliers.push(number);
        if !words::is_zero(&number) {
            multipliers.push(words::difference(&C::ORDER.words, &number));
        }
    }
    multipliers.iter().map(Pair::new).collect()
}

/// What a point of ours is; also compared by the question that a signature asks.
#[track_caller]
fn same<C: Reference>(ours: &Point<C::Field>, theirs: &Theirs<C>) {
    let expected = coordinates::<C>(theirs);
    assert_eq!(plain::<C>(ours), expected);
    if let Some([x, _]) = expected {
        assert!(ours.has_x(&C::Field::from_words(&x)));
        assert!(!ours.has_x(&C::Field::from_words(&x).plus(&C::Field::ONE)));
    }
}

fn plain<C: Reference>(point: &Point<C::Field>) -> Option<[Words; 2]> {
    if point.is_infinity() {
        return None;
    }
    let points = crate::ecdsa::table::affine::<C>(std::slice::from_ref(point));
    Some(from_affine::<C>(points.first().unwrap()))
}

fn sums<C: Reference>() {
    let pairs = some::<C>();
    let mut exceptions = 0;
    for a in &pairs {
        same::<C>(&a.ours, &a.theirs);
        if a.plain.is_some() {
            same::<C>(&a.ours.doubled(), &(a.theirs + a.theirs));
        }
        for b in &pairs {
            let Some(plain) = &b.plain else { continue };
            let theirs = a.theirs + b.theirs;
            same::<C>(&a.ours.plus(plain), &theirs);
            same::<C>(&a.ours.plus(&plain.negated()), &(a.theirs - b.theirs));
            let unchecked = a.ours.plus_unchecked(plain);
            let is_exception = a.plain.is_none() || a.theirs == b.theirs || a.theirs == -b.theirs;
            exceptions += u32::from(is_exception);
            if is_exception {
                assert!(unchecked.is_infinity());
            } else {
                same::<C>(&unchecked, &theirs);
            }
        }
    }
    assert!(exceptions >= 30, "{exceptions}");
}

/// Once a sum without checks met an exception, it stays at infinity, whatever follows.
fn exceptions<C: Reference>() {
    let pairs = some::<C>();
    let plain: Vec<_> = pairs.iter().filter_map(|pair| pair.plain).collect();
    for point in &plain {
        let point = Point::from(point);
        for start in
            [Point::INFINITY, point.plus_unchecked(&plain[0]), point.plus_unchecked(&plain[1])]
        {
            if !start.is_infinity() {
                continue;
            }
            let end = plain.iter().chain(plain.iter().rev()).fold(start, |sum, next| {
                let sum = sum.plus_unchecked(next);
                assert!(sum.is_infinity());
                sum
            });
            // And a sum with checks leaves it again.
            same::<C>(&end.plus(&plain[2]), &pairs[3].theirs);
        }
    }
}

/// Each point of each window that a multiplier can have alone.
fn every_entry<C: Reference>() {
    for window in [7, 8] {
        let table = Table::<C>::new(&C::generator(), window);
        let windows = C::BITS.div_ceil(window);
        let mut start = generator_times::<C>(&ONE);
        let mut entries = 0;
        for at in (0..windows).map(|place| place * window) {
            let mut expected = start;
            // A multiplier of the upper half is replaced by its negative.
            let bits = window.min(C::BITS - at) - 1;
            let digits = (1 << bits) - u32::from(at + window >= C::BITS);
            for digit in 1..=digits {
                let summands: Vec<_> = table.summands(&shifted(digit, at)).collect();
                let [summand] = &summands[..] else {
                    panic!("{digit} at {at}: {}", summands.len())
                };
                let found = from_affine::<C>(summand);
                assert_eq!(Some(found), coordinates::<C>(&expected), "{digit} at {at}");
                expected += start;
            }
            entries += 1 << (window - 1);
            for _ in 0..window {
                start = start + start;
            }
        }
        assert_eq!(table.bytes(), entries * 2 * C::LIMBS * size_of::<i32>());
    }
}

fn shifted(digit: u32, at: u32) -> Words {
    let mut number = [0; words::WORDS];
    let place = (at / 32) as usize;
    let wide = u64::from(digit) << (at % 32);
    number[place] = wide as u32;
    if let Some(next) = number.get_mut(place + 1) {
        *next = (wide >> 32) as u32;
    }
    number
}

/// Of the generator, and of other points, for windows of all sizes.
fn multiples<C: Reference>() {
    let mut draws = Draws::new(draws::seed());
    for window in [2, 3, 5, 7, 8] {
        let point = number(&mut draws, &C::ORDER.words);
        let theirs = generator_times::<C>(&point);
        let Some(plain) = affine::<C>(&theirs) else { continue };
        let table = Table::<C>::new(&plain, window);
        for _ in 0..40 {
            let multiplier = number(&mut draws, &C::ORDER.words);
            let sum =
                table.summands(&multiplier).fold(Point::INFINITY, |sum, next| sum.plus(&next));
            same::<C>(&sum, &(theirs * scalar::<C>(&multiplier)));
        }
    }
}

/// Without tables; of points that are the same and each other's negative as well.
fn sums_of_multiples<C: Reference>() {
    let mut draws = Draws::new(draws::seed());
    let pairs = some::<C>();
    for _ in 0..200 {
        let [p, q] = [(); 2].map(|()| &pairs[1 + draws.below(pairs.len() - 1)]);
        let (Some(p_plain), Some(q_plain)) = (&p.plain, &q.plain) else { continue };
        let [a, b] = match draws.below(3) {
            0 => [number(&mut draws, &C::ORDER.words); 2],
            _ => [(); 2].map(|()| number(&mut draws, &C::ORDER.words)),
        };
        let ours = straus::sum_of_multiples::<C>([&a, &b], [p_plain, q_plain]);
        same::<C>(&ours, &(p.theirs * scalar::<C>(&a) + q.theirs * scalar::<C>(&b)));
    }
}

fn inverses<C: Reference>() {
    let mut draws = Draws::new(draws::seed());
    for count in [0, 1, 2, 3, 50] {
        let mut numbers: Vec<C::Field> = Vec::new();
        while numbers.len() < count {
            let number = C::Field::from_words(&number(&mut draws, &C::Field::PRIME));
            if !number.is_zero() {
                numbers.push(number);
            }
        }
        let mut inverses = numbers.clone();
        invert_all(&mut inverses, |product| {
            C::Field::from_words(&C::inverse(&product.to_words(), &C::Field::PRIME))
        });
        for (number, inverse) in numbers.iter().zip(&inverses) {
            assert_eq!(number.times(inverse).to_words(), ONE);
        }
    }
}
