//! The TOML file's shape.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::keys::Algorithm;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) issuer: Settings,
    #[serde(default)]
    pub(super) organizations: Vec<OrganizationEntry>,
    #[serde(default)]
    pub(super) accounts: Vec<AccountEntry>,
    #[serde(default)]
    pub(super) principals: Vec<PrincipalEntry>,
}

/// `[issuer]`: what holds for every account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    pub(crate) form: IssuerForm,
    /// In the order in which AWS publishes them, once they are checked.
    pub(crate) algorithms: Vec<Algorithm>,
    pub(crate) global_endpoint: bool,
    pub(crate) cache_max_age_seconds: u32,
    pub(crate) cors: bool,
    pub(crate) key_overlap_seconds: u32,
    pub(crate) ou_path_form: OuPathForm,
    pub(crate) rsa_keys_state_alg: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            form: IssuerForm::Loopback,
            algorithms: Algorithm::ALL.to_vec(),
            global_endpoint: false,
            cache_max_age_seconds: 300,
            cors: true,
            key_overlap_seconds: 900,
            ou_path_form: OuPathForm::Array,
            rsa_keys_state_alg: true,
        }
    }
}

/// How issuer URLs look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuerForm {
    /// `https://<label>.tokens.sts.global.api.aws`, as AWS's own; the documents are served on loopback all
    /// the same, and by `Host` header.
    Aws,
    /// `http://127.0.0.1:<port>/<label>`, so that verifiers find the documents there. The default.
    Loopback,
}

/// How `ou_path` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OuPathForm {
    /// An array of one string, as AWS sends it. The default.
    Array,
    /// A string, as AWS documents it.
    String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationEntry {
    pub(super) id: String,
    #[serde(default)]
    pub(super) policy: OrganizationPolicy,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountEntry {
    pub(super) id: String,
    pub(super) organization: Option<String>,
    pub(super) ou_path: Option<String>,
    #[serde(default)]
    pub(super) federation: Federation,
    #[serde(default)]
    pub(super) omit_aws_claim: bool,
    #[serde(default)]
    pub(super) policy: OrganizationPolicy,
}

/// Whether outbound web identity federation is on for an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Federation {
    #[default]
    Disabled,
    Enabled,
}

/// What an organization's or an account's policy allows; each limit left out limits nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct OrganizationPolicy {
    pub(crate) allowed_audiences: Option<Vec<String>>,
    pub(crate) max_duration_seconds: Option<u32>,
    pub(crate) allowed_algorithms: Option<Vec<Algorithm>>,
    pub(crate) required_tags: Vec<String>,
    pub(crate) allowed_tag_keys: Option<Vec<String>>,
    pub(crate) deny_tags: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrincipalEntry {
    pub(super) access_key_id: String,
    pub(super) secret_access_key: Option<Secret>,
    pub(super) session_token: Option<Secret>,
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) session_expires_at: Option<String>,
    pub(super) session_expires_in_seconds: Option<u32>,
    #[serde(default = "yes")]
    pub(super) may_get_token: bool,
    #[serde(default = "yes")]
    pub(super) may_tag: bool,
    #[serde(default)]
    pub(super) principal_tags: BTreeMap<String, String>,
    pub(super) source_identity: Option<String>,
    #[serde(default)]
    pub(super) context: PrincipalContext,
}

fn yes() -> bool {
    true
}

/// A secret, which no debug output shows.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where the principal's credentials came from, in the words of the token's AWS claim. Members sorted by
/// name: they are written into the claim as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrincipalContext {
    #[serde(skip_serializing_if = "Option::is_none")]
    ec2_instance_source_private_ipv4: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ec2_instance_source_vpc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ec2_role_delivery: Option<RoleDelivery>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ec2_source_instance_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    federated_provider: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glue_credential_issuing_service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_store_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_store_user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lambda_source_function_arn: Option<String>,
}

/// AWS documents a number, and sends a string such as "2.0".
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
enum RoleDelivery {
    Number(u32),
    Text(String),
}
