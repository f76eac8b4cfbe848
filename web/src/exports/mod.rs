//! A policy and its token as configuration for other programs and services.
//!
//! What a consumer cannot check is never left out quietly: the rule is narrowed to the role of the token in
//! hand, or is not written at all, and a warning says so.

mod chainguard;
mod code;
mod databricks;
mod entra_id;
mod export;
mod google_cloud;
mod iam_policy;
mod note;
mod provenance;
mod quote;
mod snowflake;
mod tailscale;
mod token_facts;
mod trusted;

pub use export::{Export, Exported, export};
pub use note::Note;
pub(crate) use quote::{json, readable};
pub use token_facts::TokenFacts;
