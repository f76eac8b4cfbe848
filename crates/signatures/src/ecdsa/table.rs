//! The multiples of a point that recurs. With them a multiple of the point is a sum of a few dozen.
//!
//! A multiplier is cut into windows of w bits, each a digit from -2^(w-1) to 2^(w-1); the table has, for
//! each window at bit i, the points 1, 2, … 2^(w-1) times 2^i times the point.

use super::curve::Curve;
use super::field::Field;
use super::point::{Affine, Point, invert_all};
use super::words::{self, Words};

/// A point's multiples.
pub(super) struct Table<C: Curve> {
    window: u32,
    /// Window after window.
    multiples: Box<[Packed<C>]>,
}

type Packed<C> = [<<C as Curve>::Field as Field>::Packed; 2];

impl<C: Curve> Table<C> {
    /// The multiples of a point, for windows of this many bits.
    ///
    /// First the points at the windows' beginnings, by doubling. Then, for all windows at once, the
    /// multiples 1 to n become those to 2n, by adding the n-th: all these sums share one inversion, which
    /// makes points with plain coordinates (6 multiplications) the cheapest to add.
    pub(super) fn new(point: &Affine<C::Field>, window: u32) -> Self {
        let mut rows: Vec<Vec<_>> =
            windows::<C>(point, window).into_iter().map(|start| vec![start]).collect();
        for _ in 1..window {
            extend::<C>(&mut rows);
        }
        let pack = |point: Affine<C::Field>| [point.x.pack(), point.y.pack()];
        Self { window, multiples: rows.into_iter().flatten().map(pack).collect() }
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.multiples)
    }

    /// The points of the table whose sum is this multiple of the table's point.
    pub(super) fn summands(&self, multiplier: &Words) -> impl Iterator<Item = Affine<C::Field>> {
        let row = 1_usize << (self.window - 1);
        Digits::<C>::of(multiplier, self.window).zip(self.multiples.chunks_exact(row)).filter_map(
            |(digit, row)| {
                let at = (digit.unsigned_abs() as usize).checked_sub(1)?;
                let [x, y] = row.get(at)?;
                let point = Affine { x: Field::unpack(x), y: Field::unpack(y) };
                Some(if digit < 0 { point.negated() } else { point })
            },
        )
    }
}

/// The digits of a multiplier, window by window from the lowest.
pub(super) struct Digits<C> {
    multiplier: Words,
    window: u32,
    at: u32,
    carry: u32,
    negated: bool,
    curve: std::marker::PhantomData<C>,
}

impl<C: Curve> Digits<C> {
    /// The multiplier is below the order. One in the upper half is replaced by its negative, so that the
    /// last window has room for a carry.
    pub(super) fn of(multiplier: &Words, window: u32) -> Self {
        let negated = words::bits(multiplier, C::BITS - 1, 1) == 1;
        let multiplier =
            if negated { words::difference(&C::ORDER.words, multiplier) } else { *multiplier };
        Self { multiplier, window, at: 0, carry: 0, negated, curve: std::marker::PhantomData }
    }
}

impl<C: Curve> Iterator for Digits<C> {
    type Item = i32;

    fn next(&mut self) -> Option<i32> {
        if self.at >= C::BITS {
            return None;
        }
        let bits = words::bits(&self.multiplier, self.at, self.window) + self.carry;
        self.at += self.window;
        self.carry = u32::from(bits > 1 << (self.window - 1));
        let digit = bits as i32 - ((self.carry as i32) << self.window);
        Some(if self.negated { -digit } else { digit })
    }
}

/// The points 2^i times a point, for the bits i at which windows begin.
fn windows<C: Curve>(point: &Affine<C::Field>, window: u32) -> Vec<Affine<C::Field>> {
    let mut at = Point::from(point);
    let mut starts = vec![at];
    for _ in 1..C::BITS.div_ceil(window) {
        for _ in 0..window {
            at = at.doubled();
        }
        starts.push(at);
    }
    affine::<C>(&starts)
}

/// Points that are not at infinity, by their coordinates.
pub(super) fn affine<C: Curve>(points: &[Point<C::Field>]) -> Vec<Affine<C::Field>> {
    let mut inverses: Vec<_> = points.iter().map(Point::zzz).collect();
    invert_all(&mut inverses, invert::<C>);
    points.iter().zip(&inverses).map(|(point, inverse)| point.affine(inverse)).collect()
}

/// Makes of each row's first n multiples the first 2n.
///
/// A sum of the k-th (k < n) and the n-th multiple is no exception: they are neither equal nor each other's
/// negative, because k + n is below the order, which is prime. The n-th is doubled.
fn extend<C: Curve>(rows: &mut [Vec<Affine<C::Field>>]) {
    let mut denominators = Vec::new();
    for row in rows.iter() {
        let Some((last, others)) = row.split_last() else { continue };
        denominators.extend(others.iter().map(|point| point.x.minus(&last.x).settled()));
        denominators.push(last.y.plus(&last.y).settled());
    }
    invert_all(&mut denominators, invert::<C>);
    let mut inverses = denominators.iter();
    for row in rows {
        let Some((&last, others)) = row.split_last() else { continue };
        let mut sums = Vec::with_capacity(row.len());
        for (point, inverse) in others.iter().zip(&mut inverses) {
            let slope = point.y.minus(&last.y).settled().times(inverse);
            sums.push(on_line::<C>(&slope, point, &last));
        }
        if let Some(inverse) = inverses.next() {
            let square = last.x.squared();
            let three = square.plus(&square).plus(&square).settled();
            let one = C::Field::ONE;
            let rise = three.minus(&one).minus(&one).minus(&one).settled();
            sums.push(on_line::<C>(&rise.times(inverse), &last, &last));
        }
        row.extend(sums);
    }
}

/// The sum of two points, given the slope of the line through them.
fn on_line<C: Curve>(
    slope: &C::Field,
    a: &Affine<C::Field>,
    b: &Affine<C::Field>,
) -> Affine<C::Field> {
    let x = slope.squared().minus(&a.x).minus(&b.x).settled();
    let y = slope.times(&a.x.minus(&x)).minus(&a.y).settled();
    Affine { x, y }
}

fn invert<C: Curve>(number: C::Field) -> C::Field {
    C::Field::from_words(&C::inverse(&number.to_words(), &C::Field::PRIME))
}
