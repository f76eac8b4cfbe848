//! What samples say: the shapes that AWS issues, of one example account.

use countersign::{AWS_CLAIM, Instant};
use serde_json::{Map, Value, json};

use super::kind::Sample;
use super::recipe::Ids;

/// For whom the samples are issued.
pub(super) const AUDIENCE: &str = "https://api.example.com";
pub(super) const ACCOUNT: &str = "111122223333";
pub(super) const ORGANIZATION: &str = "o-abc1234567";
pub(super) const OU: &str = "o-abc1234567/r-ab12/ou-ab12-11111111/";
const OU_PATH: &str = "o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-22222222/";
const REGION: &str = "eu-west-1";
/// How long samples live, in seconds: long enough to look around, and not longer than AWS allows.
const LIFETIME: u64 = 1_800;
const SESSION: u64 = 3_600;

/// The payload of a sample at `now` (seconds since the epoch), as it is signed.
pub(super) fn payload(sample: Sample, now: u64, ids: &Ids) -> String {
    let issued_at = issued_at(sample, now);
    let unit = if sample == Sample::Milliseconds { 1_000 } else { 1 };
    let subject = format!("arn:aws:iam::{ACCOUNT}:{}", role(sample));
    // The members are in the order of their names, as in AWS's tokens.
    let mut payload = json!({
        "aud": if sample == Sample::WrongAudience { "https://partner.example.com" } else { AUDIENCE },
        "exp": expires_at(sample, now) * unit,
        "iat": issued_at * unit,
        "iss": ids.issuer(),
        "jti": ids.token,
        "sub": subject,
    });
    if sample != Sample::OptedOut
        && let Some(payload) = payload.as_object_mut()
    {
        payload.insert(AWS_CLAIM.to_owned(), aws_claim(sample, &subject, issued_at));
    }
    let text = payload.to_string();
    match sample {
        // As a text, since a JSON value has no member twice.
        Sample::DuplicateMember => {
            text.replacen('{', r#"{"aud":"https://partner.example.com","#, 1)
        }
        _ => text,
    }
}

/// The payload of the forged sample, as it was changed after signing.
pub(super) fn forged(signed: &str) -> String {
    signed.replace("role/billing/Batch", "role/Administrator")
}

/// When a sample expires, in seconds since the epoch, whatever its payload says.
pub(super) fn expires_at(sample: Sample, now: u64) -> u64 {
    issued_at(sample, now) + LIFETIME
}

fn issued_at(sample: Sample, now: u64) -> u64 {
    match sample {
        Sample::Expired => now.saturating_sub(3_600 + LIFETIME),
        _ => now,
    }
}

fn role(sample: Sample) -> &'static str {
    match sample {
        Sample::Lambda => "role/service-role/process-data",
        Sample::Ec2 => "role/web-server",
        Sample::EksPod => "role/eks/checkout",
        Sample::IdentityCenter => {
            "role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Developer_0123456789abcdef"
        }
        Sample::Glue => "role/service-role/AWSGlueServiceRole-nightly",
        _ => "role/billing/Batch",
    }
}

fn aws_claim(sample: Sample, subject: &str, issued_at: u64) -> Value {
    let mut claim = json!({
        "aws_account": ACCOUNT,
        "org_id": ORGANIZATION,
        "original_session_exp": Instant(issued_at + SESSION).to_string(),
        "ou_path": [OU_PATH],
        "principal_id": subject,
        "source_region": REGION,
    });
    if let (Some(claim), Value::Object(more)) = (claim.as_object_mut(), context(sample)) {
        claim.extend(more);
    }
    claim
}

/// What AWS adds for where the caller runs.
fn context(sample: Sample) -> Value {
    match sample {
        Sample::Lambda => json!({
            "lambda_source_function_arn":
                format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:process-data"),
        }),
        Sample::Ec2 => json!({
            "ec2_instance_source_private_ipv4": "10.0.0.17",
            "ec2_instance_source_vpc": "vpc-0123456789abcdef0",
            "ec2_role_delivery": "2.0",
            "ec2_source_instance_arn":
                format!("arn:aws:ec2:{REGION}:{ACCOUNT}:instance/i-0123456789abcdef0"),
        }),
        Sample::EksPod => json!({
            "principal_tags": {
                "eks-cluster-arn": format!("arn:aws:eks:{REGION}:{ACCOUNT}:cluster/shop"),
                "eks-cluster-name": "shop",
                "kubernetes-namespace": "checkout",
                "kubernetes-pod-name": "checkout-7d4b9c6f5-x2x9z",
                "kubernetes-pod-uid": "be559787-44f2-4f1b-9a58-EXAMPLE22222",
                "kubernetes-service-account": "checkout",
            },
        }),
        Sample::IdentityCenter => json!({
            "identity_store_arn": format!("arn:aws:identitystore::{ACCOUNT}:identitystore/d-1234567890"),
            "identity_store_user_id": "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
        }),
        Sample::Glue => json!({ "glue_credential_issuing_service": "glue.amazonaws.com" }),
        Sample::OptedOut => Value::Object(Map::new()),
        _ => json!({
            "principal_tags": { "environment": "production", "team": "billing" },
            "request_tags": { "job-id": "nightly-42" },
            "source_identity": "alice",
        }),
    }
}
