//! Signatures at the edges, each judged three times: without tables, with them, and by another crate.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

mod support;

use countersign_signatures::PreparedKeys;
use p256::elliptic_curve::ff::Field as _;
use p256::elliptic_curve::group::Group as _;
use support::draws::Draws;
use support::{
    Judges, Point, Scalar, Signed, Suite, any_octets, any_scalar, difference, from_hex, key_for_x,
    minus, number, plus, power_of_two, random, sec1, x,
};

macro_rules! both_curves {
    ($($check:ident: $p256:ident, $p384:ident;)+) => {$(
        #[test]
        fn $p256() {
            $check::<p256::NistP256>();
        }

        #[test]
        fn $p384() {
            $check::<p384::NistP384>();
        }
    )+};
}

both_curves! {
    changes: p256_refuses_what_was_changed, p384_refuses_what_was_changed;
    ranges: p256_takes_r_and_s_in_their_range_alone, p384_takes_r_and_s_in_their_range_alone;
    zero_digests: p256_takes_a_digest_of_zero, p384_takes_a_digest_of_zero;
    meetings: p256_adds_up_points_that_meet, p384_adds_up_points_that_meet;
    infinity: p256_refuses_a_sum_at_infinity, p384_refuses_a_sum_at_infinity;
    beyond_the_order: p256_takes_an_x_beyond_the_order, p384_takes_an_x_beyond_the_order;
    encodings: p256_keys_are_points_of_the_curve, p384_keys_are_points_of_the_curve;
    places: p256_tables_are_made_while_there_is_room, p384_tables_are_made_while_there_is_room;
}

fn key_of<S: Suite>(secret: u64) -> Point<S> {
    Point::<S>::generator() * Scalar::<S>::from(secret)
}

fn some_valid<S: Suite>(draws: &mut Draws, key: &Point<S>) -> Signed {
    loop {
        let [u, v] = [(); 2].map(|()| number::<S>(&random(draws, S::BYTES)));
        if let Some(signed) = Signed::of_multipliers::<S>(&u, &v, key) {
            return signed;
        }
    }
}

/// Each octet of digest, r and s, one at a time; and another key.
fn changes<S: Suite>() {
    let mut draws = Draws::new(1);
    let key = Point::<S>::generator() * number::<S>(&random(&mut draws, S::BYTES));
    let judges = Judges::<S>::new(key);
    let other = Judges::<S>::new(-key);
    for _ in 0..4 {
        let signed = some_valid::<S>(&mut draws, &key);
        assert!(judges.verdict(&signed));
        assert!(!other.verdict(&signed), "by another key");
        for at in 0..3 * S::BYTES {
            let mut changed = signed.clone();
            let bit = 1 << draws.below(8);
            match changed.digest.get_mut(at) {
                Some(octet) => *octet ^= bit,
                None => changed.rs[at - S::BYTES] ^= bit,
            }
            assert!(!judges.verdict(&changed), "octet {at}");
        }
        let (r, s) = signed.rs.split_at(S::BYTES);
        let order = from_hex(S::ORDER_HEX);
        assert!(!judges.verdict(&Signed::new(&signed.digest, s, r)), "the halves changed places");
        // ECDSA's one freedom, which FIPS 186-5 leaves: the negative of s is as good.
        assert!(judges.verdict(&Signed::new(&signed.digest, r, &difference(&order, s))));
        assert!(!judges.verdict(&Signed::new(&signed.digest, &difference(&order, r), s)));
    }
}

/// Every pair of edges, next to halves that are valid with other ones.
fn ranges<S: Suite>() {
    let mut draws = Draws::new(2);
    let key = key_of::<S>(0xbead);
    let judges = Judges::<S>::new(key);
    let signed = some_valid::<S>(&mut draws, &key);
    let (r, s) = signed.rs.split_at(S::BYTES);
    let zero = vec![0; S::BYTES];
    let (order, prime, most) =
        (from_hex(S::ORDER_HEX), from_hex(S::PRIME_HEX), vec![0xff; S::BYTES]);
    let edges = [
        zero.clone(),
        plus(&zero, 1),
        plus(&zero, 2),
        minus(&order, 1),
        order.clone(),
        plus(&order, 1),
        minus(&prime, 1),
        prime.clone(),
        plus(&prime, 1),
        difference(&prime, &order),
        most.clone(),
    ];
    let mut accepted = 0;
    for r in edges.iter().map(Vec::as_slice).chain([r]) {
        for s in edges.iter().map(Vec::as_slice).chain([s]) {
            for digest in edges.iter().map(Vec::as_slice).chain([&*signed.digest]) {
                accepted += u32::from(judges.verdict(&Signed::new(digest, r, s)));
            }
        }
    }
    assert_eq!(accepted, 1, "the valid one");
    // Halves that would be right modulo the order, if they were not beyond it.
    for small in 1..20 {
        let e = Scalar::<S>::from(77);
        let [small_r, small_s] = [small, small + 1].map(Scalar::<S>::from);
        let x = plus(&zero, small as u8);
        let Some(key) = key_for_x::<S>(&x, &small_r, &small_s, &e) else { continue };
        let judges = Judges::<S>::new(key);
        let valid = Signed::of_scalars::<S>(&e, &small_r, &small_s);
        assert!(judges.verdict(&valid), "an r of {small}");
        let (r, s) = valid.rs.split_at(S::BYTES);
        for (r, s) in [
            (plus(&order, small as u8), s.to_vec()),
            (r.to_vec(), plus(&order, small as u8 + 1)),
            (plus(&order, small as u8), plus(&order, small as u8 + 1)),
        ] {
            assert!(!judges.verdict(&Signed::new(&valid.digest, &r, &s)), "beyond the order");
        }
        // A digest is a number of any size, taken modulo the order.
        let digest = plus(&order, 77);
        assert!(judges.verdict(&Signed::new(&digest, r, s)), "a digest beyond the order");
    }
}

/// Then the generator is not part of the sum.
fn zero_digests<S: Suite>() {
    let mut draws = Draws::new(3);
    let key = key_of::<S>(0xfeed);
    let judges = Judges::<S>::new(key);
    for _ in 0..20 {
        let v = any_scalar::<S>(&mut draws);
        let Some(signed) = Signed::of_multipliers::<S>(&Scalar::<S>::ZERO, &v, &key) else {
            continue;
        };
        assert_eq!(signed.digest, vec![0; S::BYTES]);
        assert!(judges.verdict(&signed));
        let order = from_hex(S::ORDER_HEX);
        assert!(judges.verdict(&Signed { digest: order.clone(), ..signed.clone() }));
        assert!(!judges.verdict(&Signed { digest: plus(&order, 1), ..signed.clone() }));
        assert!(!judges.verdict(&Signed { digest: vec![0xff; S::BYTES], ..signed }));
    }
}

/// Keys that are small multiples of the generator, or of points that its table holds, with multipliers
/// by which the sums of both meet, or cancel, on the way.
fn meetings<S: Suite>() {
    let bits = 8 * S::BYTES;
    let mut secrets: Vec<Scalar<S>> = (1..=2).map(Scalar::<S>::from).collect();
    secrets.extend([7, 8, 56, bits - 1].map(power_of_two::<S>));
    let mut multipliers: Vec<Scalar<S>> = [1, 2, 64, 65, 128, 129].map(Scalar::<S>::from).to_vec();
    multipliers.extend([7, 8, 56, bits - 2, bits - 1].map(power_of_two::<S>));
    multipliers.extend(multipliers.clone().iter().map(|number| -*number));
    multipliers.push(Scalar::<S>::ZERO);
    let (mut accepted, mut at_infinity) = (0, 0);
    for secret in secrets.clone().into_iter().chain(secrets.iter().map(|secret| -*secret)) {
        let key = Point::<S>::generator() * secret;
        let judges = Judges::<S>::new(key);
        for v in &multipliers {
            // Any, and those that make both parts of the sum the same, or each other's negative.
            let together = [*v * secret, -(*v * secret), Scalar::<S>::from(2) * *v * secret];
            let step = 1 + multipliers.len() / 3;
            for u in multipliers.iter().step_by(step).chain(&together) {
                match Signed::of_multipliers::<S>(u, v, &key) {
                    Some(signed) => {
                        assert!(judges.verdict(&signed), "{secret:?} {u:?} {v:?}");
                        accepted += 1;
                    }
                    None => at_infinity += 1,
                }
            }
        }
    }
    println!("{}: {accepted} sums that meet on the way", S::NAME);
    assert!(accepted > 1_000 && at_infinity > 100, "{accepted} {at_infinity}");
}

/// Both parts of the sum cancel, so that there is no x to compare; nor do they, with halves as they may be.
fn infinity<S: Suite>() {
    let mut draws = Draws::new(5);
    let mut refused = 0;
    for _ in 0..12 {
        let secret = any_scalar::<S>(&mut draws);
        if bool::from(secret.is_zero()) {
            continue;
        }
        let key = Point::<S>::generator() * secret;
        let judges = Judges::<S>::new(key);
        for _ in 0..20 {
            let v = any_scalar::<S>(&mut draws);
            for r in [1, 2, 3].map(Scalar::<S>::from).into_iter().chain([-Scalar::<S>::ONE, v]) {
                if bool::from(r.is_zero()) {
                    continue;
                }
                let Some(signed) = Signed::with_multipliers::<S>(&-(v * secret), &v, &r) else {
                    continue;
                };
                assert!(!judges.verdict(&signed));
                refused += 1;
            }
        }
    }
    assert!(refused > 500, "{refused}");
}

/// An x from the order up to the prime is an r that is a small number; and an r that makes a small x, but
/// only beyond the prime, is none.
fn beyond_the_order<S: Suite>() {
    let mut draws = Draws::new(6);
    let (order, prime) = (from_hex(S::ORDER_HEX), from_hex(S::PRIME_HEX));
    let gap = difference(&prime, &order);
    let mut found = [0; 4];
    for near in 0..60 {
        let [s, e] = [(); 2].map(|()| number::<S>(&random(&mut draws, S::BYTES)));
        let in_the_middle = {
            let mut middle = random(&mut draws, S::BYTES);
            let zeros = gap.iter().position(|octet| *octet != 0).unwrap();
            middle[..=zeros].fill(0);
            middle
        };
        // r, and whether r + n is the x, or r + n - p.
        let cases = [
            (plus(&vec![0; S::BYTES], 1 + near), false),
            (minus(&gap, 1 + near), false),
            (in_the_middle, false),
            (plus(&gap, near), true),
        ];
        for (at, (r, is_beyond_the_prime)) in cases.into_iter().enumerate() {
            let x = if is_beyond_the_prime {
                difference(&r, &gap)
            } else {
                // r + n, as n less the negative of r
                difference(&order, &difference(&vec![0; S::BYTES], &r))
            };
            let Some(key) = key_for_x::<S>(&x, &number::<S>(&r), &s, &e) else { continue };
            let judges = Judges::<S>::new(key);
            let signed = Signed::of_scalars::<S>(&e, &number::<S>(&r), &s);
            assert_eq!(signed.rs[..S::BYTES], r);
            assert_eq!(judges.verdict(&signed), !is_beyond_the_prime, "{r:?}");
            found[at] += 1;
            // The x itself is beyond the order.
            assert!(
                !judges.verdict(&Signed::new(&signed.digest, &x, &signed.rs[S::BYTES..]))
                    || is_beyond_the_prime
            );
        }
    }
    assert!(found.iter().all(|found| *found > 15), "{found:?}");
}

/// What is a key here is one there, and the same point.
fn encodings<S: Suite>() {
    let mut draws = Draws::new(7);
    let (mut keys, mut others) = (0, 0);
    let mut check = |point: &[u8]| {
        let (ours, theirs) = (S::by_sec1(point), S::their_point(point));
        assert_eq!(ours.is_some(), theirs.is_some(), "{point:02x?}");
        if let (Some(ours), Some(theirs)) = (ours, theirs) {
            assert_eq!(ours, S::by_sec1(&sec1::<S>(&theirs)).unwrap());
            let xy = &sec1::<S>(&theirs)[1..];
            assert_eq!(Some(ours), S::by_coordinates(&xy[..S::BYTES], &xy[S::BYTES..]));
            keys += 1;
        } else {
            others += 1;
        }
    };
    for _ in 0..300 {
        let x_only = any_octets::<S>(&mut draws);
        for tag in [0, 1, 2, 3, 4, 6, 7, 0xff] {
            check(&[&[tag], &x_only[..]].concat());
            check(&[&[tag], &x_only[..], &any_octets::<S>(&mut draws)[..]].concat());
        }
    }
    for _ in 0..30 {
        let point = Point::<S>::generator() * number::<S>(&random(&mut draws, S::BYTES));
        let uncompressed = sec1::<S>(&point);
        let parity = 2 + (uncompressed.last().unwrap() & 1);
        check(&uncompressed);
        check(&[&[parity], &x::<S>(&point)[..]].concat());
        check(&[&[5 - parity], &x::<S>(&point)[..]].concat());
        check(&[&uncompressed[..], &[0]].concat());
        check(&uncompressed[..uncompressed.len() - 1]);
        check(&uncompressed[1..]);
        for at in 0..uncompressed.len() {
            let mut changed = uncompressed.clone();
            changed[at] ^= 1 << draws.below(8);
            check(&changed);
        }
        assert_ne!(S::by_sec1(&uncompressed), S::by_sec1(&sec1::<S>(&-point)));
    }
    check(&[]);
    check(&[0]);
    assert!(keys > 200 && others > 3_000, "{keys} {others}");
}

/// One place means one table; a key gives it back.
fn places<S: Suite>() {
    let mut draws = Draws::new(8);
    let prepared = PreparedKeys::new(1);
    let points = [3, 5].map(key_of::<S>);
    let [first, second] = points.map(|point| S::by_sec1(&sec1::<S>(&point)).unwrap());
    let [of_first, of_second] = points.map(|point| some_valid::<S>(&mut draws, &point));
    for use_of_key in 1..=40 {
        assert!(S::verify(&first, &of_first.digest, &of_first.rs, Some(&prepared)));
        assert_eq!(S::is_prepared(&first), use_of_key >= 16);
        assert_eq!(prepared.places(), usize::from(use_of_key < 16));
        assert!(S::verify(&second, &of_second.digest, &of_second.rs, None));
        assert_eq!(S::table_bytes(&first) > 0, use_of_key >= 16);
    }
    for _ in 0..40 {
        assert!(S::verify(&second, &of_second.digest, &of_second.rs, Some(&prepared)));
        assert!(!S::is_prepared(&second), "there is no room");
    }
    drop(first);
    assert_eq!(prepared.places(), 1);
    for _ in 0..16 {
        assert!(S::verify(&second, &of_second.digest, &of_second.rs, Some(&prepared)));
    }
    assert!(S::is_prepared(&second) && S::table_bytes(&second) > 0);
    assert!(
        S::verify(&second, &of_second.digest, &of_second.rs, None),
        "a table that is there serves"
    );
    assert!(!S::verify(&second, &of_first.digest, &of_first.rs, None));
}
