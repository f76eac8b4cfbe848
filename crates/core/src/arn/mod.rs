//! Amazon Resource Names of IAM principals, and patterns of them.

mod path_pattern;
mod principal;
mod principal_pattern;

pub use path_pattern::{PathPattern, PatternFault, SegmentPattern};
pub use principal::{Arn, Principal, PrincipalKind};
pub use principal_pattern::PrincipalPattern;

/// Whether a text can be a partition, such as `aws` or `aws-us-gov`.
pub(crate) fn is_partition(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(known)
}

/// Whether a text is an AWS account id: 12 digits.
pub(crate) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
