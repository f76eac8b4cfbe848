//! Protection against replay: a token is accepted once.
//!
//! The core says what must be claimed of a token ([`Once`]), a store claims it in one atomic step, and its
//! answer ([`Replay`]) decides the verdict.

mod answer;
mod memory;
mod once;
#[cfg(test)]
mod tests;

pub use answer::{NoAnswer, Replay, WhenUnavailable};
pub use memory::ReplayMemory;
pub use once::{Once, OnceKey};
