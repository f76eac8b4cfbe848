use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::{AWS_CLAIM, token};
use crate::vectors::shared::{AUDIENCE, ISSUER, ORGANIZATION, UNIT};

const MISSING: (&str, &str) = ("aws_claim.missing", "trust");
const MISSING_EARLY: (&str, &str) = ("aws_claim.missing", "claimed_trust");
const TYPE: (&str, &str) = ("claim.type", "aws_claim");

pub(super) fn cases() -> Vec<Case> {
    let mut cases = absent();
    cases.extend(types());
    cases.extend(contexts());
    cases
}

/// Customers ask AWS for an opt-out of the whole claim: its absence is a verdict, never a crash.
fn absent() -> Vec<Case> {
    let none = || token().without(AWS_CLAIM);
    let rule = |member: &str, value: Value| json!({ "audience": AUDIENCE, "trust": [{ "name": "pinned", "issuer": ISSUER, member: value }] });
    let why = "An account may opt out of AWS's claim.";
    vec![
        Case::accepted("absent, issuer pinned", why, none())
            .shows("/aws/account", json!("123456789012"))
            .shows("/aws/organization", Value::Null)
            .shows("/aws/organizationalUnits", json!([]))
            .shows("/aws/principalTags", json!({})),
        Case::accepted("empty", "Every member is optional.", token().claim(AWS_CLAIM, json!({}))),
        Case::accepted("absent, principal named", why, none())
            .policy(rule("principals", json!("arn:aws:iam::123456789012:role/billing/*"))),
        Case::rejected("absent, organization trusted", why, none(), MISSING_EARLY)
            .by("organization")
            .expecting(ORGANIZATION),
        Case::rejected("absent, organizational unit wanted", why, none(), MISSING)
            .policy(rule("organizationalUnits", json!(["o-abc1234567/**"]))),
        Case::rejected("absent, tag wanted", why, none(), MISSING)
            .policy(rule("principalTags", json!({ "team": "billing" }))),
        Case::rejected("absent, region wanted", why, none(), MISSING)
            .policy(rule("sourceRegions", json!("eu-west-1"))),
        Case::rejected(
            "its name without the slash",
            "People look for it so; it is not there.",
            none().claim("https://sts.amazonaws.com", json!({ "org_id": ORGANIZATION })),
            MISSING_EARLY,
        )
        .by("organization"),
        Case::rejected(
            "its members at the top",
            "Only what stands within AWS's claim counts.",
            none().claim("org_id", json!(ORGANIZATION)),
            MISSING_EARLY,
        )
        .by("organization"),
        Case::rejected(
            "empty, organization trusted",
            "An account outside any organization has no org_id.",
            token().claim(AWS_CLAIM, json!({})),
            ("trust.organization", "claimed_trust"),
        )
        .by("organization")
        .found("no"),
    ]
}

fn types() -> Vec<Case> {
    let why = "Claim type confusion, within AWS's claim.";
    let member = |name: &str, what: &str, value: Value| {
        Case::rejected(&format!("{name}: {what}"), why, token().aws(name, value), TYPE)
            .policy(
                json!({ "audience": AUDIENCE, "trust": [{ "name": "pinned", "issuer": ISSUER }] }),
            )
            .expecting(name)
    };
    let mut cases: Vec<Case> = [
        ("a string", json!("x")),
        ("an array", json!([{ "org_id": ORGANIZATION }])),
        ("null", Value::Null),
        ("a number", json!(1)),
    ]
    .into_iter()
    .map(|(what, value)| {
        Case::rejected(&format!("the claim: {what}"), why, token().claim(AWS_CLAIM, value), TYPE)
    })
    .collect();
    for name in [
        "aws_account",
        "org_id",
        "source_region",
        "principal_id",
        "source_identity",
        "federated_provider",
    ] {
        cases.push(member(name, "a number", json!(123_456_789_012_u64)));
        cases.push(member(name, "an array", json!(["x"])));
    }
    for name in ["principal_tags", "request_tags"] {
        cases.push(member(name, "an array", json!([{ "Key": "team", "Value": "billing" }])));
        cases.push(member(name, "a value that is a number", json!({ "team": 1 })));
        cases.push(member(name, "a value that is an array", json!({ "team": ["billing"] })));
        cases.push(member(name, "null", Value::Null));
    }
    cases.push(member("ou_path", "an object", json!({ "0": UNIT })));
    cases.push(member("ou_path", "an array with a number", json!([UNIT, 1])));
    for (what, value) in [("a string", json!("x")), ("null", Value::Null)] {
        cases.push(
            Case::rejected(
                &format!("the claim, organization trusted: {what}"),
                "It is there, and it is wrong: not missing.",
                token().claim(AWS_CLAIM, value),
                ("claim.type", "claimed_trust"),
            )
            .by("organization"),
        );
    }
    cases.push(
        Case::rejected(
            "org_id, organization trusted: an array with the organization",
            "Claim type confusion: includes() would find it.",
            token().aws("org_id", json!([ORGANIZATION])),
            ("claim.type", "claimed_trust"),
        )
        .by("organization"),
    );
    cases
}

fn contexts() -> Vec<Case> {
    let shown = |name: &str, members: Value| {
        let mint = members
            .as_object()
            .into_iter()
            .flatten()
            .fold(token(), |mint, (name, value)| mint.aws(name, value.clone()));
        Case::accepted(name, "AWS documents or sends it.", mint)
    };
    vec![
        shown("everything that AWS asserts of every caller", json!({}))
            .shows("/aws/organization", json!(ORGANIZATION))
            .shows("/aws/sourceRegion", json!("eu-west-1"))
            .shows("/aws/principalTags", json!({ "environment": "production", "team": "billing" }))
            .shows("/aws/requestTags", json!({ "job-id": "job-2024-001" }))
            .shows("/aws/originalSessionExpiresAt", json!(1_766_918_729)),
        shown("ou_path as an array", json!({ "ou_path": [UNIT] })).shows("/aws/organizationalUnits", json!([UNIT])),
        shown("ou_path as a string", json!({ "ou_path": UNIT })).shows("/aws/organizationalUnits", json!([UNIT])),
        shown("ou_path of two places", json!({ "ou_path": [UNIT, "o-abc1234567/r-ab12/"] }))
            .shows("/aws/organizationalUnits", json!([UNIT, "o-abc1234567/r-ab12/"])),
        shown("EC2, role_delivery as a number", json!({
            "ec2_source_instance_arn": "arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0",
            "ec2_instance_source_vpc": "vpc-0123456789abcdef0",
            "ec2_instance_source_private_ipv4": "10.0.0.17",
            "ec2_role_delivery": 2,
        }))
        .shows("/aws/ec2", json!({
            "instanceArn": "arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0",
            "vpc": "vpc-0123456789abcdef0", "privateIpv4": "10.0.0.17", "roleDelivery": "2",
        })),
        shown("EC2, role_delivery as a string", json!({ "ec2_role_delivery": "2.0" })).shows("/aws/ec2/roleDelivery", json!("2.0")),
        shown("Lambda", json!({ "lambda_source_function_arn": "arn:aws:lambda:us-east-1:123456789012:function:process-data" }))
            .shows("/aws/lambda/functionArn", json!("arn:aws:lambda:us-east-1:123456789012:function:process-data")),
        shown("Glue", json!({ "glue_credential_issuing_service": "glue.amazonaws.com" }))
            .shows("/aws/glue/credentialIssuingService", json!("glue.amazonaws.com")),
        shown("Identity Center", json!({
            "identity_store_user_id": "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
            "identity_store_arn": "arn:aws:identitystore::123456789012:identitystore/d-1234567890",
        }))
        .shows("/aws/identityCenter/userId", json!("a1b2c3d4-5678-90ab-cdef-EXAMPLE11111")),
        shown("web identity, by its provider's ARN", json!({ "federated_provider": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }))
            .shows("/aws/federatedProvider", json!("arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com")),
        shown("web identity, as Cognito has it", json!({ "federated_provider": "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc" }))
            .shows("/aws/federatedProvider", json!("cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc")),
        shown("source identity", json!({ "source_identity": "alice" })).shows("/aws/sourceIdentity", json!("alice")),
        shown("unknown members", json!({ "new_in_2027": { "deep": [1, "two"] } }))
            .shows("/claims/https:~1~1sts.amazonaws.com~1/new_in_2027", json!({ "deep": [1, "two"] })),
        shown("a session's end that cannot be read", json!({ "original_session_exp": "tomorrow" }))
            .shows("/aws/originalSessionExpiresAt", Value::Null)
            .shows("/claims/https:~1~1sts.amazonaws.com~1/original_session_exp", json!("tomorrow")),
        shown("a session's end with an offset", json!({ "original_session_exp": "2025-12-28T12:45:29.999+02:00" }))
            .shows("/aws/originalSessionExpiresAt", json!(1_766_918_729)),
        shown("a tag called __proto__", json!({ "request_tags": { "__proto__": "polluted" } }))
            .shows("/aws/requestTags/__proto__", json!("polluted")),
        shown("tags of Kubernetes", json!({ "principal_tags": { "eks-cluster-name": "shop", "kubernetes-namespace": "checkout", "kubernetes-service-account": "checkout" } }))
            .shows("/aws/principalTags/kubernetes-namespace", json!("checkout")),
        Case::accepted("unknown claims", "They are kept as signed.", token().claim("https://example.com/x", json!({ "a": 1 })))
            .shows("/claims/https:~1~1example.com~1x", json!({ "a": 1 })),
        Case::accepted("a claim called __proto__", "It is an own member of the claims, and changes nothing else.", {
            token().claim("__proto__", json!({ "accepted": true }))
        })
        .shows("/claims/__proto__", json!({ "accepted": true })),
    ]
}
