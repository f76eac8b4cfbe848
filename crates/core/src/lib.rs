// With what its examples need; docs.rs has all features.
#![cfg_attr(all(feature = "axum", feature = "reqwest"), doc = include_str!("../README.md"))]
#![cfg_attr(
    not(all(feature = "axum", feature = "reqwest")),
    doc = "Verifies the JSON Web Tokens that AWS issues, and says why a token was refused."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "http")]
pub mod answer;
mod arn;
#[cfg(feature = "axum")]
pub mod axum;
mod by_name;
mod claims;
mod error;
mod evaluate;
mod header;
mod identity;
mod inspect;
mod issuer;
pub mod keys;
mod policy;
pub mod replay;
#[cfg(feature = "service")]
pub mod service;
mod token;
pub mod token_cache;
#[cfg(feature = "tower")]
pub mod tower;
mod verified;
mod verifier;

use countersign_encoding::shown;
pub use countersign_encoding::shown::is_deceptive;
pub use countersign_encoding::{base64url, json};

pub use arn::{
    Arn, PathPattern, PatternFault, Principal, PrincipalKind, PrincipalPattern, SegmentPattern,
};
pub use claims::{
    AWS_CLAIM, Asserter, AwsClaims, CATALOGUE, ClaimDescription, ClaimFault, Claims, Ec2, Glue,
    IdentityCenter, Instant, Lambda, MILLISECONDS_FROM, describe,
};
pub use error::{Code, PolicyCode, Rejection};
pub use evaluate::{
    Basis, Check, CheckReport, Detail, Evaluation, Evidence, Judgement, KeyNeed, KeyOutcome,
    OutcomeName, Report, SignatureState, SignedBy, check_signature,
};
pub use identity::{AwsIdentity, Identity, JsonText};
pub use inspect::{
    Finding, FindingCode, Inspection, Layer, MAX_INSPECTED_BYTES, MemberView, NOTICE, PartView,
    Peeled, Place, Span, inspect, peel,
};
pub use issuer::{is_aws_issuer, is_sts_service};
pub use keys::{
    Algorithm, Counters, Effect, Fetch, FetchFailure, FetchOutcome, FreshnessHeaders, KeySet,
    KeySetLimits, KeyStoreSettings, Preparation, Readiness, Restored, SettingsFault, Snapshot,
    SnapshotFault, Supplied,
};
pub use policy::{Policy, PolicyDocument, PolicyFault, PolicyFaults, TrustRule};
pub use token::{MAX_TOKEN_BYTES, MAX_TOKEN_DEPTH, Unverified};
pub use verified::Verified;
pub use verifier::{Step, Verifier};
