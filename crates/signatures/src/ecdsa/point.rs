//! Points of a curve, in the coordinates that need the fewest multiplications for adding a point of a table.

use super::field::Field;

/// A point by its coordinates; all but the one at infinity can be written so.
#[derive(Clone, Copy)]
pub(super) struct Affine<F> {
    pub(super) x: F,
    pub(super) y: F,
}

/// A point as (X, Y, ZZ, ZZZ), where x = X/ZZ, y = Y/ZZZ and ZZ^3 = ZZZ^2: "XYZZ" in the Explicit-Formulas
/// Database, whose names the formulas below keep. ZZ is zero at infinity.
///
/// X, ZZ and ZZZ are settled; Y is twofold at most.
#[derive(Clone, Copy)]
pub(super) struct Point<F> {
    x: F,
    y: F,
    pub(super) zz: F,
    zzz: F,
}

impl<F: Field> Affine<F> {
    pub(super) fn negated(&self) -> Self {
        Self { x: self.x, y: self.y.negated() }
    }
}

impl<F: Field> Point<F> {
    pub(super) const INFINITY: Self = Self { x: F::ONE, y: F::ONE, zz: F::ZERO, zzz: F::ZERO };

    pub(super) fn is_infinity(&self) -> bool {
        self.zz.is_zero()
    }

    /// The sum with a point of a table ("madd-2008-s": 8 products, 2 squares), unless one is the other's
    /// negative, or they are equal, or `self` is infinity. For these exceptions the formula gives infinity, and
    /// gives it again for whatever is added to that: a sum that ends elsewhere met no exception on its way.
    pub(super) fn plus_unchecked(&self, other: &Affine<F>) -> Self {
        let (p, r) = self.differences(other);
        self.sum_by_differences(&p, &r)
    }

    /// The sum with a point of a table, whatever they are.
    pub(super) fn plus(&self, other: &Affine<F>) -> Self {
        if self.is_infinity() {
            return other.into();
        }
        let (p, r) = self.differences(other);
        match (p.is_zero(), r.is_zero()) {
            (true, true) => self.doubled(),
            (true, false) => Self::INFINITY,
            _ => self.sum_by_differences(&p, &r),
        }
    }

    /// How far apart the coordinates are: P of x, R of y, both times powers of Z.
    fn differences(&self, other: &Affine<F>) -> (F, F) {
        let u2 = other.x.times(&self.zz);
        let s2 = other.y.times(&self.zzz);
        (u2.minus(&self.x).settled(), s2.minus(&self.y).settled())
    }

    fn sum_by_differences(&self, p: &F, r: &F) -> Self {
        let pp = p.squared();
        let ppp = p.times(&pp);
        let q = self.x.times(&pp);
        let x = r.squared().minus(&ppp).minus(&q).minus(&q).settled();
        let y = r.times(&q.minus(&x)).minus(&self.y.times(&ppp));
        Self { x, y, zz: self.zz.times(&pp), zzz: self.zzz.times(&ppp) }
    }

    /// Twice the point ("dbl-2008-s-1" with a = -3: 7 products, 2 squares). It knows no exception: a point
    /// whose y is zero would have order 2, and the order is prime.
    pub(super) fn doubled(&self) -> Self {
        let u = self.y.plus(&self.y).settled();
        let v = u.squared();
        let w = u.times(&v);
        let s = self.x.times(&v);
        let third = self.x.minus(&self.zz).settled().times(&self.x.plus(&self.zz));
        let m = third.plus(&third).plus(&third).settled();
        let x = m.squared().minus(&s).minus(&s).settled();
        let y = m.times(&s.minus(&x)).minus(&w.times(&self.y));
        Self { x, y, zz: v.times(&self.zz), zzz: w.times(&self.zzz) }
    }

    /// Whether the point's x is this number of the field. The point must not be infinity: as what
    /// [`Point::plus_unchecked`] makes of an exception, it may be all zeros, and seem to have any x.
    pub(super) fn has_x(&self, x: &F) -> bool {
        x.times(&self.zz).minus(&self.x).is_zero()
    }

    /// The coordinates, given 1/ZZZ.
    pub(super) fn affine(&self, inverse_of_zzz: &F) -> Affine<F> {
        // 1/ZZ = (ZZ/ZZZ)^2, because ZZ/ZZZ is 1/Z.
        let inverse_of_zz = self.zz.times(inverse_of_zzz).squared();
        Affine { x: self.x.times(&inverse_of_zz), y: self.y.times(inverse_of_zzz) }
    }

    /// What [`Point::affine`] needs the inverse of.
    pub(super) fn zzz(&self) -> F {
        self.zzz
    }
}

impl<F: Field> From<&Affine<F>> for Point<F> {
    fn from(point: &Affine<F>) -> Self {
        Self { x: point.x, y: point.y, zz: F::ONE, zzz: F::ONE }
    }
}

/// The inverses of all these numbers, none of which is zero, by way of one inverse (Montgomery's trick).
pub(super) fn invert_all<F: Field>(numbers: &mut [F], invert: impl FnOnce(F) -> F) {
    let mut product = F::ONE;
    let mut before = Vec::with_capacity(numbers.len());
    for number in numbers.iter() {
        before.push(product);
        product = product.times(number);
    }
    let mut inverse = invert(product);
    for (number, before) in numbers.iter_mut().zip(before).rev() {
        let inverse_of_rest = inverse.times(number);
        *number = inverse.times(&before);
        inverse = inverse_of_rest;
    }
}
