//! The targets.

pub mod arn_pattern;
pub mod differential;
pub mod discovery;
pub mod freshness;
pub mod inspect;
pub mod issuer_query;
pub mod json;
pub mod jwks;
pub mod policy;
pub mod signature;
pub mod sigv4;
pub mod snapshot;
pub mod token;

/// One target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name: that of its module, of its program and of its corpus.
    pub name: &'static str,
    /// Panics when something that must hold does not.
    pub run: fn(&[u8]),
    /// How many changed inputs a test tries without libFuzzer.
    pub changes: u32,
}

macro_rules! targets {
    ($($name:ident: $changes:literal,)+) => {
        /// Every target.
        pub const ALL: &[Target] = &[
            $(Target { name: stringify!($name), run: $name::run, changes: $changes },)+
        ];
    };
}

targets! {
    arn_pattern: 20_000,
    differential: 150,
    discovery: 20_000,
    freshness: 20_000,
    inspect: 4_000,
    issuer_query: 2_000,
    json: 20_000,
    jwks: 1_000,
    policy: 10_000,
    signature: 600,
    sigv4: 2_000,
    snapshot: 1_000,
    token: 1_000,
}
