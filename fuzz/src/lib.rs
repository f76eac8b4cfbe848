//! Hostile input, in any amount: one target for each thing that reads what others wrote.
//!
//! A target is a function of bytes that panics when something that must hold does not. libFuzzer drives the
//! targets (`cargo xtask fuzz`); on stable Rust alone the tests of this crate replay each committed input,
//! and a bounded number of changes to it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a target fails by panicking"
)]

pub mod corpus;
#[cfg(test)]
mod dictionary;
#[cfg(test)]
mod mutation;
pub mod reasons;
#[cfg(test)]
mod replay;
mod shared;
pub mod targets;

pub use targets::{ALL, Target};

/// The program of one target: libFuzzer's where it is built for that, and otherwise one that runs the
/// target on the files that are named, such as what libFuzzer left behind.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        #[cfg(fuzzing)]
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::targets::$name::run(data));

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            $crate::corpus::run_files($crate::targets::$name::run)
        }
    };
}

#[cfg(fuzzing)]
pub use libfuzzer_sys;
