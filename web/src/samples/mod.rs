//! Sample tokens, minted in the page with fresh keys, and tokens of a local issuer.
//!
//! Everything here is pure: keys, signatures, time and random ids are brought by the browser.

mod kind;
mod local;
mod payload;
mod policy;
mod recipe;
#[cfg(test)]
mod tests;

pub use kind::Sample;
pub use local::{Form, FormFault, LocalPrincipal, Minting, Refusal, minted, principals};
pub use recipe::{Ids, Recipe};
