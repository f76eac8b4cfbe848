//! Signatures made to measure, and the three verdicts on each: without tables, with them, and another crate's.

#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod draws;

use countersign_signatures::{P256Key, P384Key, PreparedKeys};
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use p256::elliptic_curve::ff::{Field as _, PrimeField};
use p256::elliptic_curve::group::Group;
use p256::elliptic_curve::ops::Reduce;
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::elliptic_curve::{CurveArithmetic, FieldBytes};

use draws::Draws;

/// A curve, here and in another crate.
pub(crate) trait Suite: CurveArithmetic {
    type Key: Eq + std::fmt::Debug;

    const NAME: &str;
    /// Of a coordinate, a digest, and each half of a signature.
    const BYTES: usize;
    const PRIME_HEX: &str;
    const ORDER_HEX: &str;

    fn by_sec1(point: &[u8]) -> Option<Self::Key>;
    fn by_coordinates(x: &[u8], y: &[u8]) -> Option<Self::Key>;
    fn verify(key: &Self::Key, digest: &[u8], rs: &[u8], prepared: Option<&PreparedKeys>) -> bool;
    fn is_prepared(key: &Self::Key) -> bool;
    fn table_bytes(key: &Self::Key) -> usize;

    /// The point, if the other crate takes it for a key.
    fn their_point(sec1: &[u8]) -> Option<Point<Self>>;
    fn their_verdict(point: &Point<Self>, digest: &[u8], rs: &[u8]) -> bool;
}

pub(crate) type Point<S> = <S as CurveArithmetic>::ProjectivePoint;
pub(crate) type Scalar<S> = <S as CurveArithmetic>::Scalar;

macro_rules! suite {
    ($curve:ty, $theirs:ident, $key:ident, $name:literal, $bytes:literal, $prime:literal, $order:literal) => {
        impl Suite for $curve {
            type Key = $key;

            const NAME: &str = $name;
            const BYTES: usize = $bytes;
            const PRIME_HEX: &str = $prime;
            const ORDER_HEX: &str = $order;

            fn by_sec1(point: &[u8]) -> Option<$key> {
                $key::from_sec1(point)
            }

            fn by_coordinates(x: &[u8], y: &[u8]) -> Option<$key> {
                $key::new(x.try_into().unwrap(), y.try_into().unwrap())
            }

            fn verify(
                key: &$key,
                digest: &[u8],
                rs: &[u8],
                prepared: Option<&PreparedKeys>,
            ) -> bool {
                key.verify(digest.try_into().unwrap(), rs.try_into().unwrap(), prepared)
            }

            fn is_prepared(key: &$key) -> bool {
                key.is_prepared()
            }

            fn table_bytes(key: &$key) -> usize {
                key.table_bytes()
            }

            fn their_point(sec1: &[u8]) -> Option<Point<Self>> {
                let key = $theirs::ecdsa::VerifyingKey::from_sec1_bytes(sec1).ok()?;
                Some((*key.as_affine()).into())
            }

            fn their_verdict(point: &Point<Self>, digest: &[u8], rs: &[u8]) -> bool {
                let key = $theirs::ecdsa::VerifyingKey::from_affine(point.to_affine()).unwrap();
                let Ok(signature) = $theirs::ecdsa::Signature::from_slice(rs) else { return false };
                key.verify_prehash(digest, &signature).is_ok()
            }
        }
    };
}

suite!(
    p256::NistP256,
    p256,
    P256Key,
    "P-256",
    32,
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
);
suite!(
    p384::NistP384,
    p384,
    P384Key,
    "P-384",
    48,
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe\
     ffffffff0000000000000000ffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf\
     581a0db248b0a77aecec196accc52973"
);

/// A key in the three hands that judge a signature by it.
pub(crate) struct Judges<S: Suite> {
    point: Point<S>,
    cold: S::Key,
    warm: S::Key,
    prepared: PreparedKeys,
}

impl<S: Suite> Judges<S> {
    pub(crate) fn new(point: Point<S>) -> Self {
        let sec1 = sec1::<S>(&point);
        let [cold, warm] = [(); 2].map(|()| S::by_sec1(&sec1).unwrap());
        let prepared = PreparedKeys::new(1);
        let mut meaningless = vec![0; 2 * S::BYTES];
        meaningless[S::BYTES - 1] = 1;
        meaningless[2 * S::BYTES - 1] = 1;
        for _ in 0..16 {
            assert!(!S::is_prepared(&warm));
            S::verify(&warm, &meaningless[..S::BYTES], &meaningless, Some(&prepared));
        }
        assert!(S::is_prepared(&warm));
        Self { point, cold, warm, prepared }
    }

    /// What all three say; it is a failure if they do not say the same.
    #[track_caller]
    pub(crate) fn verdict(&self, signed: &Signed) -> bool {
        let Signed { digest, rs } = signed;
        let cold = S::verify(&self.cold, digest, rs, None);
        let warm = S::verify(&self.warm, digest, rs, Some(&self.prepared));
        let theirs = S::their_verdict(&self.point, digest, rs);
        assert!(
            cold == theirs && warm == theirs,
            "{}: {cold} without tables, {warm} with tables, {theirs} elsewhere:\n\
             key {}\ndigest {}\nr {}\ns {}",
            S::NAME,
            hex(&sec1::<S>(&self.point)),
            hex(digest),
            hex(&rs[..S::BYTES]),
            hex(&rs[S::BYTES..])
        );
        theirs
    }
}

/// A digest and its signature.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) digest: Vec<u8>,
    /// r and s.
    pub(crate) rs: Vec<u8>,
}

impl Signed {
    pub(crate) fn new(digest: &[u8], r: &[u8], s: &[u8]) -> Self {
        Self { digest: digest.to_vec(), rs: [r, s].concat() }
    }

    /// With e, r and s as numbers modulo the order.
    pub(crate) fn of_scalars<S: Suite>(e: &Scalar<S>, r: &Scalar<S>, s: &Scalar<S>) -> Self {
        let [e, r, s] = [e, r, s].map(|number| number.to_repr());
        Self::new(&e, &r, &s)
    }

    /// One that is valid because of these multipliers: u of the generator, v of the key. None, if their sum
    /// has no x that could be an r, or v is zero.
    pub(crate) fn of_multipliers<S: Suite>(
        u: &Scalar<S>,
        v: &Scalar<S>,
        key: &Point<S>,
    ) -> Option<Self> {
        let sum = Point::<S>::generator() * *u + *key * *v;
        if bool::from(sum.is_identity()) {
            return None;
        }
        let r = x::<S>(&sum);
        let r = number::<S>(&r);
        if bool::from(r.is_zero()) {
            return None;
        }
        Self::with_multipliers::<S>(u, v, &r)
    }

    /// One for which these multipliers come out, whatever r is. None if v is zero.
    pub(crate) fn with_multipliers<S: Suite>(
        u: &Scalar<S>,
        v: &Scalar<S>,
        r: &Scalar<S>,
    ) -> Option<Self> {
        let inverse = Option::<Scalar<S>>::from(p256::elliptic_curve::ff::Field::invert(v))?;
        let s = *r * inverse;
        Some(Self::of_scalars::<S>(&(*u * s), r, &s))
    }
}

/// A key whose valid signature has an r of this number, beyond the order or not, because the point of it
/// has this x. None, if no point has it. r, s and e are taken modulo the order, and r and s are not zero.
pub(crate) fn key_for_x<S: Suite>(
    x: &[u8],
    r: &Scalar<S>,
    s: &Scalar<S>,
    e: &Scalar<S>,
) -> Option<Point<S>> {
    let point = S::their_point(&[&[2], x].concat())?;
    let inverse = Option::<Scalar<S>>::from(p256::elliptic_curve::ff::Field::invert(r))?;
    let key = (point * *s - Point::<S>::generator() * *e) * inverse;
    (!bool::from(key.is_identity())).then_some(key)
}

/// Uncompressed.
pub(crate) fn sec1<S: Suite>(point: &Point<S>) -> Vec<u8> {
    let plain: S::AffinePoint = (*point).into();
    [&[4], &plain.x()[..], &plain.y()[..]].concat()
}

pub(crate) fn x<S: Suite>(point: &Point<S>) -> Vec<u8> {
    let plain: S::AffinePoint = (*point).into();
    plain.x().to_vec()
}

/// A number modulo the order.
pub(crate) fn number<S: Suite>(octets: &[u8]) -> Scalar<S> {
    let octets = FieldBytes::<S>::try_from(octets).unwrap();
    <Scalar<S> as Reduce<FieldBytes<S>>>::reduce(&octets)
}

pub(crate) fn power_of_two<S: Suite>(exponent: usize) -> Scalar<S> {
    (0..exponent).fold(Scalar::<S>::ONE, |power, _| power.double())
}

/// A number modulo the order, as likely as not one with which sums of multiples meet on their way.
pub(crate) fn any_scalar<S: Suite>(draws: &mut Draws) -> Scalar<S> {
    let small = Scalar::<S>::from(draws.below(20) as u64);
    let bit = draws.below(8 * S::BYTES);
    let magnitude = match draws.below(6) {
        0 => small,
        1 => power_of_two::<S>(bit),
        2 => power_of_two::<S>(bit) * small,
        3 => power_of_two::<S>(bit) + small,
        _ => number::<S>(&random(draws, S::BYTES)),
    };
    if draws.below(2) == 0 { -magnitude } else { magnitude }
}

/// Octets, as likely as not those of a number at an edge.
pub(crate) fn any_octets<S: Suite>(draws: &mut Draws) -> Vec<u8> {
    let edge = match draws.below(6) {
        0 => vec![0; S::BYTES],
        1 => vec![0xff; S::BYTES],
        2 => from_hex(S::ORDER_HEX),
        3 => from_hex(S::PRIME_HEX),
        4 => power_of_two::<S>(draws.below(8 * S::BYTES)).to_repr().to_vec(),
        _ => return random(draws, S::BYTES),
    };
    match draws.below(3) {
        0 => edge,
        1 => plus(&edge, draws.below(3) as u8),
        _ => minus(&edge, draws.below(3) as u8),
    }
}

pub(crate) fn random(draws: &mut Draws, length: usize) -> Vec<u8> {
    (0..length).map(|_| draws.number() as u8).collect()
}

/// The sum, modulo what the octets can hold.
pub(crate) fn plus(octets: &[u8], small: u8) -> Vec<u8> {
    let mut carry = u16::from(small);
    let mut sum = octets.to_vec();
    for octet in sum.iter_mut().rev() {
        carry += u16::from(*octet);
        *octet = carry as u8;
        carry >>= 8;
    }
    sum
}

/// The difference, modulo what the octets can hold.
pub(crate) fn minus(octets: &[u8], small: u8) -> Vec<u8> {
    let complement = |octets: &[u8]| octets.iter().map(|octet| !octet).collect::<Vec<u8>>();
    complement(&plus(&complement(octets), small))
}

/// The difference of two numbers of one length, modulo what the octets can hold.
pub(crate) fn difference(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let mut difference = a.to_vec();
    for (octet, b) in difference.iter_mut().zip(b).rev() {
        let one = i16::from(*octet) - i16::from(*b) + borrow;
        *octet = one as u8;
        borrow = one >> 8;
    }
    difference
}

pub(crate) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

pub(crate) fn from_hex(digits: &str) -> Vec<u8> {
    let pair = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(pair).collect()
}
