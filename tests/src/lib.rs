//! What spans crates and runtimes: the conformance vectors, and how they are made.
//!
//! `tests/vectors/*.json` is data that every runtime reads. It is made by
//! `cargo run -p countersign-tests --bin make-vectors`; the runners never make it.

pub mod simulation;
pub mod suite;
pub mod vectors;

/// The Rust examples of README.md.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The Rust examples of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../../docs/getting-started.md")]
pub struct GettingStarted;

/// Those of its page on Rust.
#[cfg(doctest)]
#[doc = include_str!("../../docs/rust.md")]
pub struct Rust;
