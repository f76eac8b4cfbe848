//! ECDSA (FIPS 186-5, section 6.4.2), over the curves of SP 800-186.
//!
//! A key's first verifications walk over the bits of both multipliers at once ([`straus`]). A key that
//! recurs gets a table of its multiples ([`table`]), with which no doubling is left to do.

mod curve;
mod field;
mod inversion;
mod key;
mod order;
mod point;
mod prepared;
mod straus;
mod table;
mod words;

#[cfg(test)]
mod tests;

pub use key::{P256Key, P384Key};
pub use prepared::PreparedKeys;
