//! The Rust crate in services: a verifier that fetches from a real server, the layer and the extractor.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

#[path = "service/aws.rs"]
mod aws;
#[path = "service/conformance.rs"]
mod conformance;
#[path = "service/faults.rs"]
mod faults;
#[path = "service/fetching.rs"]
mod fetching;
#[path = "service/http_requests.rs"]
mod http_requests;
#[path = "service/https.rs"]
mod https;
#[path = "service/replay.rs"]
mod replay;
#[path = "service/throughput.rs"]
mod throughput;
