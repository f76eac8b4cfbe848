//! `AccessDenied`, as AWS words it.

use super::support::{Aws, GOOD};

const STRICT: &str = "ASIAEXAMPLESTRICT001";
const JOB: [(&str, &str); 2] = [("Tags.member.1.Key", "Job-Id"), ("Tags.member.1.Value", "7")];
const TAG: [(&str, &str); 2] = [("Tags.member.2.Key", "other"), ("Tags.member.2.Value", "")];

fn denied(caller: &str, account: &str, action: &str, reason: &str) -> (u16, String, String) {
    let message = format!(
        "User: {caller} is not authorized to perform: {action} on resource: \
         arn:aws:sts::{account}:self {reason}"
    );
    (403, "AccessDenied".into(), message)
}

#[test]
fn organization_policies_deny_explicitly() {
    let mut aws = Aws::built_in();
    let mut answer = |parameters: &[&[(&str, &str)]]| aws.token(STRICT, &parameters.concat());
    let expected = |action: &str| {
        denied(
            "arn:aws:sts::222233334444:assumed-role/Strict/session",
            "222233334444",
            action,
            "with an explicit deny in a service control policy",
        )
    };
    let get = expected("sts:GetWebIdentityToken");
    assert_eq!(answer(&[&GOOD, &JOB]).status, 200);
    assert_eq!(answer(&[&GOOD]).error(), get, "a required tag is missing");
    assert_eq!(answer(&[&GOOD, &JOB, &[("DurationSeconds", "901")]]).error(), get);
    let audience = [("Audience.member.2", "https://example.com")];
    assert_eq!(answer(&[&GOOD, &JOB, &audience]).error(), get, "every audience must be allowed");
    let rsa = [GOOD[0], ("SigningAlgorithm", "RS256")];
    assert_eq!(answer(&[&rsa, &JOB]).error(), get);
    let tag = expected("sts:TagGetWebIdentityToken");
    assert_eq!(answer(&[&GOOD, &JOB, &TAG]).error(), tag, "a tag key is not allowed");
}

#[test]
fn an_omitted_lifetime_counts_as_300_seconds() {
    let policy =
        "[[organizations]]\nid = \"o-abc1234567\"\npolicy = { max_duration_seconds = 299 }";
    let text = crate::DEFAULT_CONFIG.replace("[[organizations]]\nid = \"o-abc1234567\"", policy);
    let mut aws = Aws::configured(&text);
    let (status, code, message) = aws.token("ASIAEXAMPLEBATCH0001", &GOOD).error();
    assert_eq!((status, code.as_str()), (403, "AccessDenied"));
    assert!(message.ends_with("with an explicit deny in a service control policy"), "{message}");
    assert_eq!(aws.token("ASIAEXAMPLESTRANGER1", &GOOD).status, 200, "outside the organization");
}

#[test]
fn tags_can_be_denied_altogether() {
    let text = crate::DEFAULT_CONFIG
        .replace("id = \"999988887777\"", "id = \"999988887777\"\npolicy = { deny_tags = true }");
    let mut aws = Aws::configured(&text);
    assert_eq!(aws.token("ASIAEXAMPLESTRANGER1", &GOOD).status, 200);
    let parameters = [GOOD, JOB].concat();
    assert_eq!(
        aws.token("ASIAEXAMPLESTRANGER1", &parameters).error(),
        denied(
            "arn:aws:sts::999988887777:assumed-role/Batch/session",
            "999988887777",
            "sts:TagGetWebIdentityToken",
            "with an explicit deny in an identity-based policy"
        )
    );
}

#[test]
fn permissions_that_a_principal_lacks() {
    let mut aws = Aws::built_in();
    let account = "111122223333";
    assert_eq!(
        aws.token("AKIAEXAMPLEDENIED001", &GOOD).error(),
        denied(
            "arn:aws:iam::111122223333:user/denied",
            account,
            "sts:GetWebIdentityToken",
            "because no identity-based policy allows the sts:GetWebIdentityToken action"
        )
    );
    assert_eq!(aws.token("AKIAEXAMPLENOTAGS001", &GOOD).status, 200);
    assert_eq!(
        aws.token("AKIAEXAMPLENOTAGS001", &[GOOD, JOB].concat()).error(),
        denied(
            "arn:aws:iam::111122223333:user/no-tags",
            account,
            "sts:TagGetWebIdentityToken",
            "because no identity-based policy allows the sts:TagGetWebIdentityToken action"
        )
    );
    assert_eq!(
        aws.token("ASIAEXAMPLEFEDERATED", &GOOD).error(),
        denied(
            "arn:aws:sts::111122223333:federated-user/carol",
            account,
            "sts:GetWebIdentityToken",
            "because no session policy allows the sts:GetWebIdentityToken action"
        )
    );
}
