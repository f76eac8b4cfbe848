//! The arithmetic, held against that of others: fiat-crypto's, which is proven, and p256's and p384's.

/// A check as a test of each curve.
macro_rules! both_curves {
    ($($check:ident: $p256:ident, $p384:ident;)+) => {$(
        #[test]
        fn $p256() {
            $check::<P256>();
        }

        #[test]
        fn $p384() {
            $check::<P384>();
        }
    )+};
}

mod curves;
mod fields;
mod numbers;
mod oracles;
mod orders;
mod points;
