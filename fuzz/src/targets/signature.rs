//! Digests with an r and an s: without tables, with them, and by p256 or p384, the verdict is the same.
//!
//! An input is a row of choices, a byte each: the curve, the key, what the signature is made of, numbers, and
//! a change at last. Bytes that are missing are zero.

mod curves;

use p256::NistP256;
use p256::elliptic_curve::ff::{Field as _, PrimeField as _};
use p256::elliptic_curve::group::Group as _;
use p384::NistP384;

use curves::{Curve, Point, Row, Scalar, Signed, scalar, sec1, x};

/// Runs the target.
pub fn run(data: &[u8]) {
    let mut row = Row(data);
    match row.byte() % 2 {
        0 => judge::<NistP256>(&mut row),
        _ => judge::<NistP384>(&mut row),
    }
}

fn judge<C: Curve>(row: &mut Row<'_>) {
    let keys = C::keys();
    let key = &keys[usize::from(row.byte()) % keys.len()];
    // What an unchanged one must be, if that is known.
    let (mut signed, expected) = match row.byte() % 4 {
        0 => {
            let [u, v] = [(); 2].map(|()| number::<C>(row));
            let Some(signed) = of_multipliers::<C>(&u, &v, &key.point) else { return };
            (signed, Some(true))
        }
        // The sum is infinity.
        1 => {
            let [v, r] = [(); 2].map(|()| number::<C>(row));
            let u = -(v * key.secret);
            let Some(signed) = with_multipliers::<C>(&u, &v, &r) else { return };
            (signed, Some(false))
        }
        2 => {
            let [digest, r, s] = [(); 3].map(|()| octets::<C>(row));
            (Signed { digest, rs: [r, s].concat() }, None)
        }
        _ => return of_x::<C>(row),
    };
    let is_changed = change(row, &mut signed);
    let Signed { digest, rs } = &signed;
    let theirs = C::theirs(&key.point, digest, rs);
    let [cold, warm] = [key.cold(digest, rs), key.warm(digest, rs)];
    assert!(cold == theirs && warm == theirs, "{cold} {warm} {theirs}: {signed:02x?}");
    if let Some(expected) = expected.filter(|_| !is_changed) {
        assert_eq!(theirs, expected, "{signed:02x?}");
    }
}

/// A key that follows from the signature, whose point has this x: any up to the prime, also beyond the order.
fn of_x<C: Curve>(row: &mut Row<'_>) {
    let x = octets::<C>(row);
    let [s, e] = [(); 2].map(|()| number::<C>(row));
    let compressed = [&[2 + row.byte() % 2], &x[..]].concat();
    let (ours, theirs) = (C::ours(&compressed), C::their_key(&compressed));
    assert_eq!(ours.is_some(), theirs.is_some(), "{compressed:02x?}");
    let Some(point) = theirs else { return };
    assert_eq!(ours, C::ours(&sec1::<C>(&point)));
    let r = scalar::<C>(&x);
    let Some(inverse) = Option::<Scalar<C>>::from(r.invert()) else { return };
    let key: Point<C> = (point * s - Point::<C>::generator() * e) * inverse;
    if bool::from(key.is_identity() | s.is_zero()) {
        return;
    }
    let mut signed = Signed::of::<C>(&e, &r, &s);
    let is_changed = change(row, &mut signed);
    let cold = C::verify(&C::ours(&sec1::<C>(&key)).unwrap(), &signed.digest, &signed.rs, None);
    let theirs = C::theirs(&key, &signed.digest, &signed.rs);
    assert_eq!(cold, theirs, "{signed:02x?}");
    assert!(is_changed || theirs, "{signed:02x?}");
}

/// A number modulo the order.
fn number<C: Curve>(row: &mut Row<'_>) -> Scalar<C> {
    let kind = row.byte();
    let small = |row: &mut Row<'_>| Scalar::<C>::from(u64::from(row.byte()));
    let power = |row: &mut Row<'_>| {
        let exponent = (usize::from(row.byte()) << 8 | usize::from(row.byte())) % (8 * C::BYTES);
        (0..exponent).fold(Scalar::<C>::ONE, |power, _| power.double())
    };
    let magnitude = match kind % 4 {
        0 => small(row),
        1 => power(row) * small(row),
        2 => power(row) + small(row),
        _ => scalar::<C>(&row.bytes(C::BYTES)),
    };
    if kind < 128 { magnitude } else { -magnitude }
}

/// A number of as many octets as the order, which may be beyond it: another one, or such a number.
fn octets<C: Curve>(row: &mut Row<'_>) -> Vec<u8> {
    match row.byte() % 3 {
        0 => number::<C>(row).to_repr().to_vec(),
        1 => row.bytes(C::BYTES),
        _ => {
            let less: Vec<u8> = (-Scalar::<C>::ONE).to_repr().to_vec();
            // The order less one, and a little more.
            let mut more = u16::from(row.byte());
            let mut sum = less;
            for octet in sum.iter_mut().rev() {
                more += u16::from(*octet);
                *octet = more as u8;
                more >>= 8;
            }
            sum
        }
    }
}

fn of_multipliers<C: Curve>(u: &Scalar<C>, v: &Scalar<C>, key: &Point<C>) -> Option<Signed> {
    let sum = Point::<C>::generator() * *u + *key * *v;
    if bool::from(sum.is_identity()) {
        return None;
    }
    with_multipliers::<C>(u, v, &scalar::<C>(&x::<C>(&sum)))
}

/// The signature with this r whose verification comes to these multipliers.
fn with_multipliers<C: Curve>(u: &Scalar<C>, v: &Scalar<C>, r: &Scalar<C>) -> Option<Signed> {
    let s = *r * Option::<Scalar<C>>::from(v.invert())?;
    (!bool::from(r.is_zero())).then(|| Signed::of::<C>(&(*u * s), r, &s))
}

/// Changes one octet, or none.
fn change(row: &mut Row<'_>, signed: &mut Signed) -> bool {
    let part = match row.byte() % 3 {
        0 => return false,
        1 => &mut signed.digest,
        _ => &mut signed.rs,
    };
    let at = usize::from(row.byte()) % part.len();
    let flipped = row.byte();
    part[at] ^= flipped;
    flipped != 0
}
