//! The identity that a service receives for a verified token.

mod row;

use std::collections::BTreeMap;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::arn::Principal;
use crate::claims::{AwsClaims, Ec2, Glue, IdentityCenter, Lambda};
use crate::verified::Verified;

/// Who is calling, as signed by AWS.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Identity<'a> {
    /// The account's issuer (`iss`).
    pub issuer: &'a str,
    /// The ARN of the caller (`sub`).
    pub subject: &'a str,
    /// The audiences (`aud`), in the order of the token.
    pub audience: &'a [String],
    /// The token's id (`jti`), unique within the issuer.
    pub token_id: &'a str,
    /// When the token was issued (`iat`), in seconds since the epoch.
    pub issued_at: u64,
    /// When the token expires (`exp`), in seconds since the epoch.
    pub expires_at: u64,
    /// The name of the trust rule that is met.
    pub rule: &'a str,
    /// The caller: the subject, taken apart.
    pub principal: &'a Principal,
    /// The account and what AWS says about the caller.
    pub aws: AwsIdentity<'a>,
    /// The token's header, as signed.
    pub header: JsonText<'a>,
    /// All claims, as signed, unknown ones included.
    pub claims: JsonText<'a>,
}

/// What AWS says about the caller.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AwsIdentity<'a> {
    /// The account id, 12 digits.
    pub account: &'a str,
    /// The organization that the account is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<&'a str>,
    /// The account's place in the organization, for example `o-…/r-…/ou-…/`; empty if it is in none.
    pub organizational_units: &'a [String],
    /// The region whose STS endpoint issued the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_region: Option<&'a str>,
    /// Tags of the role and the session: the word of whoever may tag them.
    pub principal_tags: &'a BTreeMap<String, String>,
    /// Tags that the caller chose freely for this token: context, never identity.
    pub request_tags: &'a BTreeMap<String, String>,
    /// When the caller's role session ends, in seconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_session_expires_at: Option<u64>,
    /// The source identity, which survives role chaining.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<&'a str>,
    /// The identity provider of a web identity session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub federated_provider: Option<&'a str>,
    /// The Lambda function that the caller runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lambda: Option<&'a Lambda>,
    /// The EC2 instance that the caller's credentials were given to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ec2: Option<&'a Ec2>,
    /// The Glue job that the caller runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub glue: Option<&'a Glue>,
    /// The Identity Center user whom the caller acts for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_center: Option<&'a IdentityCenter>,
}

/// A JSON text that is passed on byte for byte; only `serde_json` can serialize it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonText<'a>(pub &'a str);

impl<'a> Identity<'a> {
    pub(crate) fn of(verified: &'a Verified) -> Self {
        Self {
            issuer: verified.issuer(),
            subject: verified.subject(),
            audience: verified.audience(),
            token_id: verified.token_id(),
            issued_at: verified.issued_at(),
            expires_at: verified.expires_at(),
            rule: verified.rule(),
            principal: verified.principal(),
            aws: AwsIdentity::of(verified.principal(), verified.aws()),
            header: JsonText(verified.header().text()),
            claims: JsonText(verified.claims().text()),
        }
    }
}

impl<'a> AwsIdentity<'a> {
    fn of(principal: &'a Principal, aws: &'a AwsClaims) -> Self {
        Self {
            account: &principal.account,
            organization: aws.organization.as_deref(),
            organizational_units: &aws.organizational_units,
            source_region: aws.source_region.as_deref(),
            principal_tags: &aws.principal_tags,
            request_tags: &aws.request_tags,
            original_session_expires_at: aws.original_session_expires_at,
            source_identity: aws.source_identity.as_deref(),
            federated_provider: aws.federated_provider.as_deref(),
            lambda: aws.lambda.as_ref(),
            ec2: aws.ec2.as_ref(),
            glue: aws.glue.as_ref(),
            identity_center: aws.identity_center.as_ref(),
        }
    }
}

impl Serialize for JsonText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<&RawValue>(self.0).map_err(S::Error::custom)?.serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for JsonText<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "JsonObject".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": true })
    }
}
