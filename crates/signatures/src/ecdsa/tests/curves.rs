//! Points of the same two curves, by p256 and p384.

use p256::elliptic_curve::group::Group as _;
use p256::elliptic_curve::ops::Reduce;
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::elliptic_curve::{CurveArithmetic, FieldBytes};

use super::numbers::to_be_bytes;
use super::oracles::Proven;
use crate::ecdsa::curve::{P256, P384};
use crate::ecdsa::field::Field as _;
use crate::ecdsa::point::Affine;
use crate::ecdsa::words::{self, Words};

/// A curve that another crate has too.
pub(super) trait Reference: Proven {
    type Curve: CurveArithmetic;
}

impl Reference for P256 {
    type Curve = p256::NistP256;
}

impl Reference for P384 {
    type Curve = p384::NistP384;
}

/// A point of the other crate's.
pub(super) type Theirs<C> = <<C as Reference>::Curve as CurveArithmetic>::ProjectivePoint;

pub(super) type Scalar<C> = <<C as Reference>::Curve as CurveArithmetic>::Scalar;

pub(super) fn scalar<C: Reference>(number: &Words) -> Scalar<C> {
    let octets = to_be_bytes(number, C::BITS as usize / 8);
    let octets = FieldBytes::<C::Curve>::try_from(&octets[..]).unwrap();
    <Scalar<C> as Reduce<FieldBytes<C::Curve>>>::reduce(&octets)
}

pub(super) fn generator_times<C: Reference>(multiplier: &Words) -> Theirs<C> {
    Theirs::<C>::generator() * scalar::<C>(multiplier)
}

/// The coordinates of a point, unless it is infinity.
pub(super) fn coordinates<C: Reference>(point: &Theirs<C>) -> Option<[Words; 2]> {
    if bool::from(point.is_identity()) {
        return None;
    }
    let plain: <C::Curve as CurveArithmetic>::AffinePoint = (*point).into();
    Some([plain.x(), plain.y()].map(|octets| words::from_be_bytes(octets.as_ref())))
}

/// The same point as one of ours.
pub(super) fn affine<C: Reference>(point: &Theirs<C>) -> Option<Affine<C::Field>> {
    let [x, y] = coordinates::<C>(point)?;
    Some(Affine { x: C::Field::from_words(&x), y: C::Field::from_words(&y) })
}

pub(super) fn from_affine<C: Reference>(point: &Affine<C::Field>) -> [Words; 2] {
    [point.x, point.y].map(|number| number.to_words())
}
