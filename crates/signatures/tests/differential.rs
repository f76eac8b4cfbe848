//! Many signatures, drawn from a seed, each judged without tables, with them, and by another crate.
//! `cargo xtask differential` has more of them drawn; a disagreement is told with all that went into it.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

mod support;

use p256::elliptic_curve::ff::Field as _;
use p256::elliptic_curve::group::Group as _;
use support::draws::{self, Draws};
use support::{
    Judges, Point, Scalar, Signed, Suite, any_octets, any_scalar, difference, from_hex, key_for_x,
    minus, number, plus, random,
};

#[test]
fn p256_verdicts_are_those_of_another_crate() {
    compare::<p256::NistP256>("COUNTERSIGN_P256_VERIFICATIONS", 1_200);
}

#[test]
fn p384_verdicts_are_those_of_another_crate() {
    compare::<p384::NistP384>("COUNTERSIGN_P384_VERIFICATIONS", 600);
}

/// How many signatures are judged by one key.
const SIGNATURES_OF_A_KEY: u64 = 60;

#[derive(Debug, Default)]
struct Tally {
    keys: u64,
    accepted: u64,
    refused: u64,
    /// Made so that the sum is infinity.
    at_infinity: u64,
    /// With an x that is not below the order.
    beyond_the_order: u64,
}

fn compare<S: Suite>(variable: &str, otherwise: u64) {
    let signatures = draws::count(variable, otherwise);
    let mut draws = Draws::new(draws::seed() ^ S::BYTES as u64);
    let mut tally = Tally::default();
    while tally.accepted + tally.refused < signatures {
        let left = signatures - tally.accepted - tally.refused;
        of_one_key::<S>(&mut draws, left.min(SIGNATURES_OF_A_KEY), &mut tally);
    }
    let Tally { keys, accepted, refused, at_infinity, beyond_the_order } = tally;
    println!(
        "{}: {signatures} signatures of {keys} keys, each judged without tables, with tables and by another \
         crate: {accepted} accepted, {refused} refused ({at_infinity} for a sum at infinity), \
         {beyond_the_order} with an x beyond the order; 0 disagreements",
        S::NAME
    );
    assert!(accepted > signatures / 4 && refused > signatures / 4, "{accepted} {refused}");
}

fn of_one_key<S: Suite>(draws: &mut Draws, signatures: u64, tally: &mut Tally) {
    tally.keys += 1;
    let (key, first) = loop {
        if draws.below(4) == 0
            && let Some((key, signed)) = of_an_x_beyond_the_order::<S>(draws)
        {
            break (Key::<S>::of_point(key), Some(signed));
        }
        let secret = any_scalar::<S>(draws);
        if !bool::from(secret.is_zero()) {
            break (Key::<S>::of_secret(secret), None);
        }
    };
    let judges = Judges::<S>::new(key.point);
    let mut valid = None;
    let mut judge = |signed: &Signed, expected: Option<bool>| {
        let verdict = judges.verdict(signed);
        assert!(expected.is_none_or(|expected| expected == verdict), "{signed:02x?}: {verdict}");
        *(if verdict { &mut tally.accepted } else { &mut tally.refused }) += 1;
    };
    let mut left = signatures;
    if let Some(signed) = first {
        judge(&signed, Some(true));
        tally.beyond_the_order += 1;
        left -= 1;
        valid = Some(signed);
    }
    while left > 0 {
        left -= 1;
        match (draws.below(8), &valid) {
            (0..=2, Some(valid)) => judge(&changed::<S>(draws, valid), None),
            (3, _) if key.secret.is_some() => {
                let v = any_scalar::<S>(draws);
                let r = number::<S>(&any_octets::<S>(draws));
                let secret: Scalar<S> = key.secret.unwrap();
                let u: Scalar<S> = -(secret * v);
                match Signed::with_multipliers::<S>(&u, &v, &r) {
                    Some(signed) => {
                        judge(&signed, Some(false));
                        tally.at_infinity += 1;
                    }
                    None => left += 1,
                }
            }
            (4, _) => {
                let [digest, r, s] = [(); 3].map(|()| any_octets::<S>(draws));
                judge(&Signed::new(&digest, &r, &s), None);
            }
            _ => match key.valid(draws) {
                Some(signed) => {
                    judge(&signed, Some(true));
                    valid = Some(signed);
                }
                None => left += 1,
            },
        }
    }
}

struct Key<S: Suite> {
    point: Point<S>,
    secret: Option<Scalar<S>>,
}

impl<S: Suite> Key<S> {
    fn of_point(point: Point<S>) -> Self {
        Self { point, secret: None }
    }

    fn of_secret(secret: Scalar<S>) -> Self {
        Self { point: Point::<S>::generator() * secret, secret: Some(secret) }
    }

    fn valid(&self, draws: &mut Draws) -> Option<Signed> {
        let [u, v] = [(); 2].map(|()| any_scalar::<S>(draws));
        Signed::of_multipliers::<S>(&u, &v, &self.point)
    }
}

/// A key with a signature whose point has an x from the order up to the prime.
fn of_an_x_beyond_the_order<S: Suite>(draws: &mut Draws) -> Option<(Point<S>, Signed)> {
    let (order, prime) = (from_hex(S::ORDER_HEX), from_hex(S::PRIME_HEX));
    let steps = draws.number() as u8;
    let x = if draws.below(2) == 0 { plus(&order, steps) } else { minus(&prime, steps) };
    let r = number::<S>(&difference(&x, &order));
    let [s, e] = [(); 2].map(|()| any_scalar::<S>(draws));
    if bool::from(r.is_zero() | s.is_zero()) {
        return None;
    }
    Some((key_for_x::<S>(&x, &r, &s, &e)?, Signed::of_scalars::<S>(&e, &r, &s)))
}

/// A valid signature with something changed; some changes leave it valid.
fn changed<S: Suite>(draws: &mut Draws, valid: &Signed) -> Signed {
    let Signed { digest, rs } = valid;
    let (r, s) = rs.split_at(S::BYTES);
    let mut flipped = [digest, rs].map(Clone::clone);
    let part = &mut flipped[draws.below(2)];
    let at = draws.below(part.len());
    part[at] ^= 1 << draws.below(8);
    let order = from_hex(S::ORDER_HEX);
    match draws.below(9) {
        0 => Signed::new(digest, s, r),
        1 => Signed::new(digest, r, &difference(&order, s)),
        2 => Signed::new(digest, &difference(&order, r), s),
        3 => Signed::new(&any_octets::<S>(draws), r, s),
        4 => Signed::new(digest, &any_octets::<S>(draws), s),
        5 => Signed::new(digest, r, &any_octets::<S>(draws)),
        6 => Signed::new(&random(draws, S::BYTES), r, s),
        _ => {
            let [digest, rs] = flipped;
            Signed { digest, rs }
        }
    }
}
