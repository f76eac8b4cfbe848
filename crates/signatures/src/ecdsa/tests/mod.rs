//! The arithmetic, held against that of others: fiat-crypto's, which is proven, and p256's and p384's.

mod curves;
mod fields;
mod numbers;
mod oracles;
mod orders;
mod points;
