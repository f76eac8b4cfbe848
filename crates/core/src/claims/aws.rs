use std::collections::BTreeMap;

use serde::Serialize;

use super::instant::Instant;
use super::registered::{ClaimFault, wrong_type};
use crate::json::{Kind, Value};

/// The name of AWS's own claim, with its trailing slash.
pub const AWS_CLAIM: &str = "https://sts.amazonaws.com/";

/// AWS's own claim about the caller (AWS, "Understanding token claims"). Every member is optional.
///
/// The members that identity can rest on must have their type, or the claim is refused. Members that
/// only describe the context are left out here when their shape is new; all of them stay in the
/// identity's `claims`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AwsClaims {
    /// The caller's account id, 12 digits (`aws_account`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The organization that the account is in (`org_id`), for example `o-abc1234567`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The account's place in the organization (`ou_path`), for example `o-…/r-…/ou-…/`.
    pub organizational_units: Vec<String>,
    /// The region whose STS endpoint issued the token (`source_region`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_region: Option<String>,
    /// ARN of the caller (`principal_id`); equal to the subject in every token seen so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal_id: Option<String>,
    /// Tags of the role and the session (`principal_tags`): the word of whoever may tag them.
    pub principal_tags: BTreeMap<String, String>,
    /// Tags that the caller chose freely for this token (`request_tags`): context, never identity.
    pub request_tags: BTreeMap<String, String>,
    /// When the caller's role session ends (`original_session_exp`), in seconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_session_expires_at: Option<u64>,
    /// The source identity (`source_identity`), which survives role chaining.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
    /// The identity provider of a web identity session (`federated_provider`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub federated_provider: Option<String>,
    /// The Lambda function that the caller runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lambda: Option<Lambda>,
    /// The EC2 instance that the caller's credentials were given to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ec2: Option<Ec2>,
    /// The Glue job that the caller runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub glue: Option<Glue>,
    /// The Identity Center user whom the caller acts for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_center: Option<IdentityCenter>,
}

/// The Lambda function that a caller runs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Lambda {
    /// The function's ARN (`lambda_source_function_arn`).
    pub function_arn: String,
}

/// The EC2 instance that a caller's credentials were given to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ec2 {
    /// The instance's ARN (`ec2_source_instance_arn`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_arn: Option<String>,
    /// The id of the instance's VPC (`ec2_instance_source_vpc`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc: Option<String>,
    /// The instance's private IPv4 address (`ec2_instance_source_private_ipv4`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_ipv4: Option<String>,
    /// The version of the instance metadata service that delivered the credentials
    /// (`ec2_role_delivery`), as text: AWS documents a number and sends a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_delivery: Option<String>,
}

/// The Glue job that a caller runs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Glue {
    /// The service that issued the credentials (`glue_credential_issuing_service`).
    pub credential_issuing_service: String,
}

/// The Identity Center user whom a caller acts for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct IdentityCenter {
    /// The user's id (`identity_store_user_id`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The identity store's ARN (`identity_store_arn`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_store_arn: Option<String>,
}

impl AwsClaims {
    pub(super) fn read(value: Value<'_>) -> Result<Self, ClaimFault> {
        let object = value.as_object().ok_or_else(|| wrong_type(AWS_CLAIM, "an object", value))?;
        let mut aws = Self::default();
        let mut ec2 = Ec2::default();
        let mut identity_center = IdentityCenter::default();
        for member in object.members() {
            let (name, value) = (&*member.name, member.value);
            // The length first: hardly any two names share one.
            match (name.len(), name) {
                (11, "aws_account") => aws.account = Some(text(name, value)?),
                (6, "org_id") => aws.organization = Some(text(name, value)?),
                (7, "ou_path") => aws.organizational_units = one_or_many(name, value)?,
                (13, "source_region") => aws.source_region = Some(text(name, value)?),
                (12, "principal_id") => aws.principal_id = Some(text(name, value)?),
                (14, "principal_tags") => aws.principal_tags = tags(name, value)?,
                (12, "request_tags") => aws.request_tags = tags(name, value)?,
                (15, "source_identity") => aws.source_identity = Some(text(name, value)?),
                (18, "federated_provider") => aws.federated_provider = Some(text(name, value)?),
                (20, "original_session_exp") => {
                    aws.original_session_expires_at = value
                        .as_str()
                        .and_then(|text| Instant::parse_rfc3339(&text))
                        .map(|instant| instant.0);
                }
                (26, "lambda_source_function_arn") => {
                    aws.lambda = context(value).map(|function_arn| Lambda { function_arn });
                }
                (31, "glue_credential_issuing_service") => {
                    aws.glue = context(value)
                        .map(|credential_issuing_service| Glue { credential_issuing_service });
                }
                (23, "ec2_source_instance_arn") => ec2.instance_arn = context(value),
                (23, "ec2_instance_source_vpc") => ec2.vpc = context(value),
                (32, "ec2_instance_source_private_ipv4") => ec2.private_ipv4 = context(value),
                (17, "ec2_role_delivery") => ec2.role_delivery = context(value),
                (22, "identity_store_user_id") => identity_center.user_id = context(value),
                (18, "identity_store_arn") => identity_center.identity_store_arn = context(value),
                _ => {}
            }
        }
        aws.ec2 = (ec2 != Ec2::default()).then_some(ec2);
        aws.identity_center =
            (identity_center != IdentityCenter::default()).then_some(identity_center);
        Ok(aws)
    }
}

fn text(name: &str, value: Value<'_>) -> Result<String, ClaimFault> {
    match value.to_text() {
        Some(text) => Ok(text),
        None => Err(wrong_type(&path(name), "a string", value)),
    }
}

/// AWS documents a string and sends an array of strings.
fn one_or_many(name: &str, value: Value<'_>) -> Result<Vec<String>, ClaimFault> {
    let Some(elements) = value.as_array() else { return Ok(vec![text(name, value)?]) };
    let mut texts = Vec::new();
    for element in elements {
        texts.push(text(name, element)?);
    }
    Ok(texts)
}

fn tags(name: &str, value: Value<'_>) -> Result<BTreeMap<String, String>, ClaimFault> {
    let expected = "an object whose values are strings";
    let Some(object) = value.as_object() else {
        return Err(wrong_type(&path(name), expected, value));
    };
    let mut tags = BTreeMap::new();
    for tag in object.members() {
        let Some(text) = tag.value.to_text() else {
            return Err(wrong_type(&path(name), expected, tag.value));
        };
        tags.insert(tag.name.into_owned(), text);
    }
    Ok(tags)
}

/// A member that only describes the context: a string as it is, a number as its text.
fn context(value: Value<'_>) -> Option<String> {
    match value.kind() {
        Kind::Number => Some(value.raw().to_owned()),
        _ => value.to_text(),
    }
}

fn path(name: &str) -> String {
    format!("{AWS_CLAIM}.{name}")
}

#[cfg(test)]
mod tests {
    use super::{AWS_CLAIM, AwsClaims};
    use crate::claims::CATALOGUE;
    use crate::json::{Document, Limits};

    #[test]
    fn every_member_of_the_catalogue_is_read() {
        for claim in CATALOGUE.iter().filter(|claim| claim.within_aws_claim) {
            let read = |value: &str| {
                let text = format!("{{{:?}:{value}}}", claim.name);
                let document = Document::parse(text, Limits::default()).unwrap();
                AwsClaims::read(document.root()).unwrap_or_default()
            };
            let values = [r#""2026-12-28T10:45:29Z""#, r#"{"a":"b"}"#];
            let read = values.map(read);
            assert_ne!(read, [AwsClaims::default(), AwsClaims::default()], "{AWS_CLAIM} {claim:?}");
        }
    }
}
