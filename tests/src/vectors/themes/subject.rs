use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::{Mint, token};
use crate::vectors::shared::{AUDIENCE, ISSUER};

const DISAGREEMENT: (&str, &str) = ("account.disagreement", "account");
const NOT_PRINCIPAL: (&str, &str) = ("subject.not_principal", "subject");

pub(super) fn cases() -> Vec<Case> {
    let of = |arn: &str| token().principal(arn);
    let mut cases = vec![
        accepted("a role without a path", "arn:aws:iam::123456789012:role/DataProcessingRole")
            .shows("/principal/kind", json!("role"))
            .shows("/principal/name", json!("DataProcessingRole"))
            .shows("/principal/path", json!("/"))
            .shows("/principal/permissionSet", Value::Null),
        accepted("a role with a path", "arn:aws:iam::123456789012:role/a/b/Name")
            .shows("/principal/path", json!("/a/b/"))
            .shows("/principal/name", json!("Name"))
            .shows("/principal/account", json!("123456789012"))
            .shows("/principal/partition", json!("aws")),
        accepted("a user", "arn:aws:iam::123456789012:user/ops/alice@example.com")
            .shows("/principal/kind", json!("user"))
            .shows("/principal/name", json!("alice@example.com")),
        accepted("a service-linked role", "arn:aws:iam::123456789012:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForEKS"),
        accepted("Identity Center, with its region", "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_PowerUser_0123456789abcdef")
            .shows("/principal/permissionSet", json!("PowerUser")),
        accepted("Identity Center, without a region", "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Read_Only_0123456789abcdef")
            .shows("/principal/permissionSet", json!("Read_Only")),
        accepted("Identity Center's name outside its path", "arn:aws:iam::123456789012:role/AWSReservedSSO_Admin_0123456789abcdef")
            .shows("/principal/permissionSet", Value::Null),
        accepted("GovCloud", "arn:aws-us-gov:iam::123456789012:role/Name").shows("/principal/partition", json!("aws-us-gov")),
        accepted("China", "arn:aws-cn:iam::123456789012:role/Name").shows("/principal/partition", json!("aws-cn")),
        accepted("every character of a name", "arn:aws:iam::123456789012:role/A-z_0+=,.@"),
    ];
    for (name, arn) in [
        ("an assumed role", "arn:aws:sts::123456789012:assumed-role/Name/session"),
        ("a federated user", "arn:aws:sts::123456789012:federated-user/carol"),
        ("the root user", "arn:aws:iam::123456789012:root"),
        ("a group", "arn:aws:iam::123456789012:group/Admins"),
        ("an OIDC provider", "arn:aws:iam::123456789012:oidc-provider/example.com"),
        ("an instance profile", "arn:aws:iam::123456789012:instance-profile/Name"),
        ("a user id", "AIDAEXAMPLE"),
        ("a text that contains an ARN", "x arn:aws:iam::123456789012:role/Name"),
        ("a line break at the end", "arn:aws:iam::123456789012:role/Name\n"),
        ("a zero byte", "arn:aws:iam::123456789012:role/Name\u{0}"),
        ("a letter that is not ASCII", "arn:aws:iam::123456789012:role/N\u{e4}me"),
        ("a star", "arn:aws:iam::123456789012:role/*"),
        ("capitals in arn", "ARN:aws:iam::123456789012:role/Name"),
        ("a region", "arn:aws:iam:us-east-1:123456789012:role/Name"),
        ("no partition", "arn::iam::123456789012:role/Name"),
        ("an account of 11 digits", "arn:aws:iam::12345678901:role/Name"),
        ("an account with a letter", "arn:aws:iam::12345678901a:role/Name"),
        ("an account of full-width digits", "arn:aws:iam::\u{ff11}23456789012:role/Name"),
        ("no account", "arn:aws:iam:::role/Name"),
        ("no name", "arn:aws:iam::123456789012:role/"),
        ("an empty segment", "arn:aws:iam::123456789012:role/billing//Nightly"),
        ("an empty first segment", "arn:aws:iam::123456789012:role//Nightly"),
        ("a slash at the end", "arn:aws:iam::123456789012:role/billing/"),
        ("a colon in the name", "arn:aws:iam::123456789012:role/billing:Nightly"),
    ] {
        cases.push(
            Case::rejected(
                name,
                "A token's subject is the IAM ARN of a role or user, and nothing else.",
                of(arn),
                NOT_PRINCIPAL,
            )
            .policy(issuer_only()),
        );
    }
    cases.extend(accounts());
    cases
}

/// The account in `sub`, `aws_account` and a pinned account must agree.
fn accounts() -> Vec<Case> {
    let other = |mint: Mint| mint.claim("sub", json!("arn:aws:iam::222233334444:role/Name"));
    vec![
        Case::rejected(
            "aws_account differs from the subject's",
            "design.md: they must agree.",
            other(token()),
            DISAGREEMENT,
        )
        .policy(issuer_only())
        .found("123456789012")
        .expecting("222233334444"),
        Case::rejected(
            "aws_account differs, the subject's is pinned",
            "design.md: all three must agree.",
            token().aws("aws_account", json!("222233334444")),
            DISAGREEMENT,
        ),
        Case::rejected(
            "aws_account is pinned, the subject's differs",
            "design.md: all three must agree; the subject decides.",
            other(token()),
            ("trust.account", "claimed_trust"),
        )
        .found("222233334444")
        .expecting("123456789012"),
        Case::rejected(
            "both agree, another is pinned",
            "design.md: all three must agree.",
            token().principal("arn:aws:iam::222233334444:role/Name"),
            ("trust.account", "claimed_trust"),
        ),
        Case::rejected(
            "aws_account with a space",
            "Compared exactly.",
            token().aws("aws_account", json!("123456789012 ")),
            DISAGREEMENT,
        ),
        Case::rejected(
            "aws_account without a leading zero",
            "Accounts are texts, not numbers.",
            {
                token()
                    .principal("arn:aws:iam::012345678901:role/Name")
                    .aws("aws_account", json!("12345678901"))
            },
            DISAGREEMENT,
        )
        .policy(issuer_only()),
        accepted("an account with a leading zero", "arn:aws:iam::012345678901:role/Name")
            .shows("/aws/account", json!("012345678901")),
        Case::accepted(
            "no aws_account",
            "Every member of AWS's claim is optional; the subject names the account.",
            token().without_aws("aws_account"),
        )
        .shows("/aws/account", json!("123456789012")),
    ]
}

fn accepted(name: &str, arn: &str) -> Case {
    Case::accepted(name, "A principal as AWS names it.", token().principal(arn))
        .policy(issuer_only())
        .shows("/principal/arn", json!(arn))
        .shows("/subject", json!(arn))
}

fn issuer_only() -> Value {
    json!({ "audience": AUDIENCE, "trust": [{ "name": "pinned", "issuer": ISSUER }] })
}
