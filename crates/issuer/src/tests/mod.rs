//! The issuer as its clients see it: requests in, responses out.

mod admin;
mod authentication;
mod claims;
mod documents;
mod errors;
mod federation;
mod never_panics;
mod order;
mod orders;
mod policies;
mod snapshots;
mod support;
