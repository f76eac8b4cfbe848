//! A configuration that has been checked.

use std::collections::BTreeMap;

use super::file::{Federation, OrganizationPolicy, PrincipalContext, Secret, Settings};
use crate::arn::PrincipalArn;
use crate::time::Timestamp;

/// A checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) settings: Settings,
    /// Policies by organization id.
    pub(crate) organizations: BTreeMap<String, OrganizationPolicy>,
    /// Accounts by account number.
    pub(crate) accounts: BTreeMap<String, Account>,
    /// Principals by access key id.
    pub(crate) principals: BTreeMap<String, Principal>,
}

/// One AWS account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) organization: Option<String>,
    pub(crate) ou_path: Option<String>,
    pub(crate) federation: Federation,
    pub(crate) omit_aws_claim: bool,
    pub(crate) policy: OrganizationPolicy,
}

/// One principal, known by its access key id.
#[derive(Clone, Debug)]
pub(crate) struct Principal {
    pub(crate) arn: PrincipalArn,
    pub(crate) secret_access_key: Option<Secret>,
    pub(crate) session_token: Option<Secret>,
    pub(crate) session_name: String,
    pub(crate) session: Session,
    pub(crate) may_get_token: bool,
    pub(crate) may_tag: bool,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) source_identity: Option<String>,
    pub(crate) context: PrincipalContext,
}

/// Whether credentials end, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Session {
    /// Long-term credentials of a user.
    LongTerm,
    /// A session that ends at this moment.
    ExpiresAt(Timestamp),
    /// A session that always has this many seconds left: a caller that keeps its credentials fresh.
    ExpiresIn(u32),
}

impl Session {
    /// When the session ends, seen from `now`.
    pub(crate) fn expiry(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::LongTerm => None,
            Self::ExpiresAt(end) => Some(end),
            Self::ExpiresIn(seconds) => Some(now.plus_seconds(seconds)),
        }
    }
}
