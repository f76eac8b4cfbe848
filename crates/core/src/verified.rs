//! A token that has passed every check.

use std::sync::Arc;

use crate::arn::Principal;
use crate::claims::{AwsClaims, Claims};
use crate::identity::Identity;
use crate::json::Document;
use crate::token::Unverified;

/// A token whose signature held and that meets the policy. Only an evaluation can make one.
///
/// A clone of it is another view of the same.
#[derive(Clone, Debug)]
pub struct Verified(Arc<Contents>);

#[derive(Debug)]
struct Contents {
    token: Unverified,
    principal: Principal,
    rule: String,
    issuer: String,
    subject: String,
    audience: Vec<String>,
    token_id: String,
    issued_at: u64,
    expires_at: u64,
    aws: AwsClaims,
}

impl Verified {
    /// `None` if a required claim is missing, which the checks have ruled out.
    pub(crate) fn new(
        token: Unverified,
        claims: Claims,
        principal: Principal,
        rule: String,
    ) -> Option<Self> {
        Some(Self(Arc::new(Contents {
            token,
            principal,
            rule,
            issuer: claims.issuer.ok()?,
            subject: claims.subject.ok()?,
            audience: claims.audience.ok()?,
            token_id: claims.token_id.ok()?,
            issued_at: claims.issued_at.ok()?,
            expires_at: claims.expires_at.ok()?,
            aws: claims.aws.ok()?.unwrap_or_default(),
        })))
    }

    /// The issuer (`iss`): the account's own.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The subject (`sub`): the ARN of the caller.
    pub fn subject(&self) -> &str {
        &self.0.subject
    }

    /// The audiences (`aud`), in the order of the token.
    pub fn audience(&self) -> &[String] {
        &self.0.audience
    }

    /// The token's id (`jti`), unique within the issuer.
    pub fn token_id(&self) -> &str {
        &self.0.token_id
    }

    /// When the token was issued (`iat`), in seconds since the epoch.
    pub fn issued_at(&self) -> u64 {
        self.0.issued_at
    }

    /// When the token expires (`exp`), in seconds since the epoch.
    pub fn expires_at(&self) -> u64 {
        self.0.expires_at
    }

    /// The name of the trust rule that is met.
    pub fn rule(&self) -> &str {
        &self.0.rule
    }

    /// The caller: the subject, taken apart.
    pub fn principal(&self) -> &Principal {
        &self.0.principal
    }

    /// AWS's own claim; empty if the account opted out of it.
    pub fn aws(&self) -> &AwsClaims {
        &self.0.aws
    }

    /// The header, as signed.
    pub fn header(&self) -> &Document {
        self.0.token.header()
    }

    /// All claims, as signed, those unknown to this library included.
    pub fn claims(&self) -> &Document {
        self.0.token.payload()
    }

    /// Everything about the caller, in the shape that other languages receive.
    pub fn identity(&self) -> Identity<'_> {
        Identity::of(self)
    }
}
