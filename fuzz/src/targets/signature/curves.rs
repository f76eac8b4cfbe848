//! The two curves here and elsewhere, and keys that are made ready once.

use std::sync::OnceLock;

use countersign_signatures::{P256Key, P384Key, PreparedKeys};
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use p256::elliptic_curve::ff::{Field as _, PrimeField as _};
use p256::elliptic_curve::group::Group as _;
use p256::elliptic_curve::ops::Reduce;
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::elliptic_curve::{CurveArithmetic, FieldBytes};

pub(super) type Point<C> = <C as CurveArithmetic>::ProjectivePoint;
pub(super) type Scalar<C> = <C as CurveArithmetic>::Scalar;

/// A curve, here and elsewhere.
pub(super) trait Curve: CurveArithmetic {
    /// Of a coordinate, a digest, and each half of a signature.
    const BYTES: usize;

    type Ours: Eq + std::fmt::Debug;

    fn ours(sec1: &[u8]) -> Option<Self::Ours>;
    fn verify(key: &Self::Ours, digest: &[u8], rs: &[u8], prepared: Option<&PreparedKeys>) -> bool;
    fn is_prepared(key: &Self::Ours) -> bool;

    fn their_key(sec1: &[u8]) -> Option<Point<Self>>;
    fn theirs(key: &Point<Self>, digest: &[u8], rs: &[u8]) -> bool;

    /// Keys made ready.
    fn keys() -> &'static [Key<Self>];
}

macro_rules! curve {
    ($curve:ty, $theirs:ident, $key:ident, $bytes:literal) => {
        impl Curve for $curve {
            const BYTES: usize = $bytes;

            type Ours = $key;

            fn ours(sec1: &[u8]) -> Option<$key> {
                $key::from_sec1(sec1)
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

            fn their_key(sec1: &[u8]) -> Option<Point<Self>> {
                let key = $theirs::ecdsa::VerifyingKey::from_sec1_bytes(sec1).ok()?;
                Some((*key.as_affine()).into())
            }

            fn theirs(key: &Point<Self>, digest: &[u8], rs: &[u8]) -> bool {
                let key = $theirs::ecdsa::VerifyingKey::from_affine(key.to_affine()).unwrap();
                let Ok(signature) = $theirs::ecdsa::Signature::from_slice(rs) else { return false };
                key.verify_prehash(digest, &signature).is_ok()
            }

            fn keys() -> &'static [Key<Self>] {
                static KEYS: OnceLock<Vec<Key<$curve>>> = OnceLock::new();
                KEYS.get_or_init(some_keys)
            }
        }
    };
}

curve!(p256::NistP256, p256, P256Key, 32);
curve!(p384::NistP384, p384, P384Key, 48);

/// A key, once without a table and once with.
pub(super) struct Key<C: Curve> {
    pub(super) secret: Scalar<C>,
    pub(super) point: Point<C>,
    cold: C::Ours,
    warm: C::Ours,
    prepared: PreparedKeys,
}

impl<C: Curve> Key<C> {
    fn new(secret: Scalar<C>) -> Self {
        let point = Point::<C>::generator() * secret;
        let [cold, warm] = [(); 2].map(|()| C::ours(&sec1::<C>(&point)).unwrap());
        let prepared = PreparedKeys::new(1);
        let one = Signed::of::<C>(&Scalar::<C>::ONE, &Scalar::<C>::ONE, &Scalar::<C>::ONE);
        for _ in 0..16 {
            C::verify(&warm, &one.digest, &one.rs, Some(&prepared));
        }
        assert!(C::is_prepared(&warm));
        Self { secret, point, cold, warm, prepared }
    }

    pub(super) fn cold(&self, digest: &[u8], rs: &[u8]) -> bool {
        C::verify(&self.cold, digest, rs, None)
    }

    pub(super) fn warm(&self, digest: &[u8], rs: &[u8]) -> bool {
        C::verify(&self.warm, digest, rs, Some(&self.prepared))
    }
}

/// The generator, multiples of it that its table holds, their negatives, and two far away.
fn some_keys<C: Curve>() -> Vec<Key<C>> {
    let mut secrets = vec![scalar::<C>(&vec![0x5a; C::BYTES]), scalar::<C>(&vec![0xc3; C::BYTES])];
    for exponent in [0, 1, 7, 8, 56] {
        let power = (0..exponent).fold(Scalar::<C>::ONE, |power, _| power.double());
        secrets.extend([power, -power]);
    }
    secrets.into_iter().map(Key::new).collect()
}

/// A digest, and r and s.
#[derive(Debug)]
pub(super) struct Signed {
    pub(super) digest: Vec<u8>,
    pub(super) rs: Vec<u8>,
}

impl Signed {
    pub(super) fn of<C: Curve>(e: &Scalar<C>, r: &Scalar<C>, s: &Scalar<C>) -> Self {
        let [e, r, s] = [e, r, s].map(|number| number.to_repr());
        Self { digest: e.to_vec(), rs: [r, s].concat() }
    }
}

/// The bytes of an input that are left.
pub(super) struct Row<'i>(pub(super) &'i [u8]);

impl Row<'_> {
    pub(super) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.byte()).collect()
    }
}

/// A number modulo the order.
pub(super) fn scalar<C: Curve>(octets: &[u8]) -> Scalar<C> {
    let octets = FieldBytes::<C>::try_from(octets).unwrap();
    <Scalar<C> as Reduce<FieldBytes<C>>>::reduce(&octets)
}

/// Uncompressed.
pub(super) fn sec1<C: Curve>(point: &Point<C>) -> Vec<u8> {
    let plain: C::AffinePoint = (*point).into();
    [&[4], &plain.x()[..], &plain.y()[..]].concat()
}

pub(super) fn x<C: Curve>(point: &Point<C>) -> Vec<u8> {
    let plain: C::AffinePoint = (*point).into();
    plain.x().to_vec()
}
