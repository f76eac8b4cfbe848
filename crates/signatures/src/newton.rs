//! Inverses modulo a power of two.

/// 1/odd modulo 2^64, and so modulo every lower power of two. Each of Newton's steps doubles the bits that are right,
/// of which an odd number has 3 as its own inverse.
pub(crate) fn inverse(odd: u64) -> u64 {
    (0..5).fold(odd, |x, _| x.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(x))))
}
