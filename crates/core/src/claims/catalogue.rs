use serde::Serialize;

use super::aws::AWS_CLAIM;

/// What a claim means and whose word it is. Defined here once, for every door and the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ClaimDescription {
    /// The member's name. Names of AWS's claim are those within it.
    pub name: &'static str,
    /// Whether the member stands within AWS's claim.
    pub within_aws_claim: bool,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// The IAM condition key with the same meaning, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition_key: Option<&'static str>,
    /// Whose word it is.
    pub asserter: Asserter,
}

/// Whose word a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Asserter {
    /// AWS itself: it can be relied on.
    Aws,
    /// Whoever called GetWebIdentityToken chose it freely: context, never identity.
    Caller,
    /// Whoever may tag the role, the user or the session.
    Tagger,
}

const fn registered(name: &'static str, meaning: &'static str) -> ClaimDescription {
    ClaimDescription {
        name,
        within_aws_claim: false,
        meaning,
        condition_key: None,
        asserter: Asserter::Aws,
    }
}

const fn aws(
    name: &'static str,
    meaning: &'static str,
    condition_key: Option<&'static str>,
) -> ClaimDescription {
    ClaimDescription {
        name,
        within_aws_claim: true,
        meaning,
        condition_key,
        asserter: Asserter::Aws,
    }
}

/// Every claim that AWS documents or has been seen to send (AWS, "Understanding token claims").
pub const CATALOGUE: &[ClaimDescription] = &[
    registered("iss", "The account's own issuer, which publishes the keys that verify the token."),
    ClaimDescription {
        asserter: Asserter::Caller,
        condition_key: Some("sts:IdentityTokenAudience"),
        ..registered(
            "aud",
            "Whom the token is for, as the caller asked; a service must insist on its own.",
        )
    },
    registered("sub", "The IAM ARN of the role or user that asked for the token, with its path."),
    registered("iat", "When the token was issued, in seconds since the epoch."),
    registered(
        "exp",
        "When the token expires, in seconds since the epoch; at most an hour after `iat`.",
    ),
    registered(
        "nbf",
        "When the token begins to be valid, in seconds since the epoch; AWS does not set it.",
    ),
    registered("jti", "An id unique to this token, for refusing it a second time."),
    registered(AWS_CLAIM, "AWS's own claim about the caller; an account can opt out of it."),
    aws("aws_account", "The account of the caller.", Some("aws:PrincipalAccount")),
    aws(
        "source_region",
        "The region whose STS endpoint issued the token.",
        Some("aws:RequestedRegion"),
    ),
    aws(
        "principal_id",
        "The ARN of the caller; equal to `sub` in every token seen so far.",
        Some("aws:PrincipalArn"),
    ),
    aws("org_id", "The organization that the account is in.", Some("aws:PrincipalOrgID")),
    aws(
        "ou_path",
        "The account's place in the organization, from the organization down.",
        Some("aws:PrincipalOrgPaths"),
    ),
    ClaimDescription {
        asserter: Asserter::Tagger,
        ..aws(
            "principal_tags",
            "Tags of the role and its session, merged.",
            Some("aws:PrincipalTag"),
        )
    },
    ClaimDescription {
        asserter: Asserter::Caller,
        ..aws(
            "request_tags",
            "Tags that the caller chose freely for this token.",
            Some("aws:RequestTag"),
        )
    },
    aws("original_session_exp", "When the caller's role session ends.", None),
    aws(
        "federated_provider",
        "The identity provider through which the session was begun.",
        Some("aws:FederatedProvider"),
    ),
    ClaimDescription {
        asserter: Asserter::Tagger,
        ..aws(
            "source_identity",
            "An identity set when the first role was assumed; it survives role chaining.",
            Some("aws:SourceIdentity"),
        )
    },
    aws(
        "identity_store_user_id",
        "The Identity Center user whom the caller acts for.",
        Some("identitystore:UserId"),
    ),
    aws(
        "identity_store_arn",
        "The identity store that the user is in.",
        Some("identitystore:IdentityStoreArn"),
    ),
    aws(
        "ec2_source_instance_arn",
        "The instance that the credentials were given to.",
        Some("ec2:SourceInstanceARN"),
    ),
    aws(
        "ec2_instance_source_vpc",
        "The VPC of the instance that the credentials were given to.",
        Some("aws:Ec2InstanceSourceVpc"),
    ),
    aws(
        "ec2_instance_source_private_ipv4",
        "The private IPv4 address of the instance that the credentials were given to.",
        Some("aws:Ec2InstanceSourcePrivateIPv4"),
    ),
    aws(
        "ec2_role_delivery",
        "The version of the instance metadata service that delivered the credentials.",
        Some("ec2:RoleDelivery"),
    ),
    aws(
        "lambda_source_function_arn",
        "The Lambda function that the caller runs in.",
        Some("lambda:SourceFunctionArn"),
    ),
    aws(
        "glue_credential_issuing_service",
        "The service that issued the credentials, for a Glue job.",
        Some("glue:CredentialIssuingService"),
    ),
];

/// The description of a claim, by its name and whether it stands within AWS's claim.
pub fn describe(name: &str, within_aws_claim: bool) -> Option<&'static ClaimDescription> {
    CATALOGUE.iter().find(|claim| claim.name == name && claim.within_aws_claim == within_aws_claim)
}

#[cfg(test)]
mod tests {
    use super::{Asserter, CATALOGUE, describe};

    #[test]
    fn each_claim_stands_once() {
        for claim in CATALOGUE {
            assert_eq!(describe(claim.name, claim.within_aws_claim), Some(claim), "{}", claim.name);
            assert!(claim.meaning.ends_with('.'), "{}", claim.name);
        }
    }

    #[test]
    fn request_tags_are_never_identity() {
        assert_eq!(describe("request_tags", true).unwrap().asserter, Asserter::Caller);
        assert_eq!(describe("request_tags", false), None);
    }
}
