use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::{sibling, stranger, token};
use crate::vectors::shared::{
    ACCOUNT, AUDIENCE, ISSUER, ORGANIZATION, SIBLING, SIBLING_ISSUER, STRANGER_ISSUER,
};

const ORGANIZATION_FAULT: (&str, &str) = ("trust.organization", "claimed_trust");
const PRINCIPAL: (&str, &str) = ("trust.principal", "trust");
const PRINCIPAL_TAG: (&str, &str) = ("trust.principal_tag", "trust");
const REQUEST_TAG: (&str, &str) = ("trust.request_tag", "trust");
const SOURCE_REGION: (&str, &str) = ("trust.source_region", "trust");

pub(super) fn cases() -> Vec<Case> {
    let mut cases = organizations();
    cases.extend(accounts());
    cases.extend(tags_and_regions());
    cases.extend(several_rules());
    cases
}

fn organizations() -> Vec<Case> {
    let org = |value: Value| token().aws("org_id", value);
    let other = |name: &str, why: &str, organization: &str| {
        Case::rejected(name, why, org(json!(organization)), ORGANIZATION_FAULT).by("organization")
    };
    vec![
        Case::accepted(
            "an account of the organization",
            "Its issuer is named nowhere in the policy.",
            token(),
        )
        .by("organization"),
        Case::accepted(
            "another account of the organization",
            "Its issuer is named nowhere in the policy.",
            sibling(),
        )
        .by("organization")
        .shows("/aws/account", json!(SIBLING)),
        Case::rejected(
            "a stranger",
            "Any AWS customer can mint valid tokens from an issuer of AWS's form.",
            stranger(),
            ORGANIZATION_FAULT,
        )
        .by("organization")
        .found("o-stranger12")
        .expecting(ORGANIZATION),
        Case::rejected(
            "a stranger without keys at hand",
            "A stranger causes no fetch: the verdict is the same without keys.",
            stranger(),
            ORGANIZATION_FAULT,
        )
        .by("organization")
        .shared_keys("none"),
        Case::rejected(
            "a stranger who claims the organization",
            "The claim is checked again, signed: the organization's accounts have other keys.",
            stranger().claim("iss", json!(ISSUER)).aws("org_id", json!(ORGANIZATION)),
            ("signature.invalid", "signature"),
        )
        .by("organization"),
        Case::rejected(
            "an account outside any organization",
            "It has no org_id.",
            token().without_aws("org_id"),
            ORGANIZATION_FAULT,
        )
        .by("organization")
        .found("no"),
        other("a longer id", "A test of the prefix only.", "o-abc12345678"),
        other("a shorter id", "A test of the prefix, the other way round.", "o-abc123456"),
        other("capitals", "Compared exactly.", "O-ABC1234567"),
        other("a space", "Compared exactly.", " o-abc1234567"),
        other("empty", "Compared exactly.", ""),
        other("a star", "The token chooses nothing.", "*"),
        other(
            "the path of a place in it",
            "org_id is the organization alone.",
            "o-abc1234567/r-ab12",
        ),
        Case::rejected(
            "issuer and organization, another organization",
            "Both must hold.",
            org(json!("o-stranger12")),
            ORGANIZATION_FAULT,
        )
        .policy(rule(json!({ "issuer": ISSUER, "organization": ORGANIZATION }))),
        Case::accepted("issuer and organization", "Both hold.", token())
            .policy(rule(json!({ "issuer": ISSUER, "organization": ORGANIZATION })))
            .rule("trust[0]"),
        Case::rejected(
            "issuer and organization, another issuer",
            "A pinned issuer is not widened by the organization.",
            sibling(),
            ("issuer.untrusted", "issuer"),
        )
        .policy(rule(json!({ "issuer": ISSUER, "organization": ORGANIZATION }))),
        Case::rejected(
            "an issuer that is not AWS's, with the organization in its tokens",
            "Only AWS's form of issuer speaks for organizations.",
            token().claim("iss", json!("https://issuer.example")),
            ("issuer.untrusted", "issuer"),
        )
        .by("organization"),
    ]
}

fn accounts() -> Vec<Case> {
    let rule_of =
        |account: Value| rule(json!({ "organization": ORGANIZATION, "account": account }));
    vec![
        Case::accepted(
            "one of several accounts",
            "Organization and account must both hold.",
            sibling(),
        )
        .policy(rule_of(json!([ACCOUNT, SIBLING])))
        .rule("trust[0]"),
        Case::rejected(
            "another account of the organization, not named",
            "Organization and account must both hold.",
            sibling(),
            ("trust.account", "claimed_trust"),
        )
        .policy(rule_of(json!(ACCOUNT)))
        .found(SIBLING)
        .expecting(ACCOUNT),
        Case::rejected(
            "the account of another partition",
            "Partition and account are fields.",
            token().principal("arn:aws-cn:iam::123456789012:role/billing/Nightly"),
            PRINCIPAL,
        )
        .policy(rule(
            json!({ "issuer": ISSUER, "principals": ["arn:aws:iam::123456789012:role/**"] }),
        )),
    ]
}

fn tags_and_regions() -> Vec<Case> {
    let by = |members: Value| {
        let mut members = members;
        if let Some(members) = members.as_object_mut() {
            members.insert("issuer".to_owned(), json!(ISSUER));
        }
        rule(members)
    };
    let accepted = |name: &str, members: Value| {
        Case::accepted(name, "All members of the rule hold.", token())
            .policy(by(members))
            .rule("trust[0]")
    };
    let rejected = |name: &str, why: &str, members: Value, code: (&str, &str)| {
        Case::rejected(name, why, token(), code).policy(by(members))
    };
    vec![
        accepted("a tag of the principal", json!({ "principalTags": { "team": "billing" } })),
        accepted(
            "a tag of the principal, one of several values",
            json!({ "principalTags": { "environment": ["staging", "production"] } }),
        ),
        accepted(
            "two tags of the principal",
            json!({ "principalTags": { "environment": "production", "team": "billing" } }),
        ),
        rejected(
            "a tag of another value",
            "Compared exactly.",
            json!({ "principalTags": { "team": "payments" } }),
            PRINCIPAL_TAG,
        )
        .found("billing")
        .expecting("payments"),
        rejected(
            "a tag that is missing",
            "Absence is no match.",
            json!({ "principalTags": { "cost-center": "7" } }),
            PRINCIPAL_TAG,
        ),
        rejected(
            "one tag of two",
            "All tags must hold.",
            json!({ "principalTags": { "environment": "production", "team": "x" } }),
            PRINCIPAL_TAG,
        ),
        rejected(
            "a tag's value in capitals",
            "Compared exactly.",
            json!({ "principalTags": { "team": "Billing" } }),
            PRINCIPAL_TAG,
        ),
        rejected(
            "a tag's key in capitals",
            "Compared exactly.",
            json!({ "principalTags": { "Team": "billing" } }),
            PRINCIPAL_TAG,
        ),
        rejected(
            "a tag with a star",
            "Tag values are no patterns.",
            json!({ "principalTags": { "team": "*" } }),
            PRINCIPAL_TAG,
        ),
        rejected(
            "an empty value for a missing tag",
            "Absent and empty are two things.",
            json!({ "principalTags": { "cost-center": "" } }),
            PRINCIPAL_TAG,
        ),
        rejected(
            "a tag that only the caller set",
            "Request tags are never taken for principal tags.",
            json!({ "principalTags": { "job-id": "job-2024-001" } }),
            PRINCIPAL_TAG,
        ),
        Case::accepted(
            "an empty tag value",
            "A tag's value may be empty.",
            token().aws("principal_tags", json!({ "batch": "" })),
        )
        .policy(by(json!({ "principalTags": { "batch": "" } })))
        .rule("trust[0]"),
        accepted(
            "a tag of the request",
            json!({ "account": ACCOUNT, "requestTags": { "job-id": "job-2024-001" } }),
        ),
        rejected(
            "a tag of the request, another value",
            "Compared exactly.",
            json!({ "account": ACCOUNT, "requestTags": { "job-id": "job-1" } }),
            REQUEST_TAG,
        )
        .found("job-2024-001"),
        rejected(
            "a tag of the request that only the principal has",
            "Principal tags are never taken for request tags.",
            json!({ "account": ACCOUNT, "requestTags": { "team": "billing" } }),
            REQUEST_TAG,
        ),
        accepted("a region", json!({ "sourceRegions": ["us-east-1", "eu-west-1"] })),
        rejected(
            "another region",
            "Compared exactly.",
            json!({ "sourceRegions": "us-east-1" }),
            SOURCE_REGION,
        )
        .found("eu-west-1")
        .expecting("us-east-1"),
        rejected(
            "a region that begins alike",
            "Compared exactly.",
            json!({ "sourceRegions": "eu-west-2" }),
            SOURCE_REGION,
        ),
        Case::rejected(
            "no region in the token",
            "Absence is no match.",
            token().without_aws("source_region"),
            SOURCE_REGION,
        )
        .policy(by(json!({ "sourceRegions": "eu-west-1" }))),
        Case::rejected(
            "no tags in the token",
            "Absence is no match.",
            token().without_aws("principal_tags"),
            PRINCIPAL_TAG,
        )
        .policy(by(json!({ "principalTags": { "team": "billing" } }))),
    ]
}

fn several_rules() -> Vec<Case> {
    let rules = |rules: Value| json!({ "audience": AUDIENCE, "trust": rules });
    let nightly = "arn:aws:iam::123456789012:role/billing/Nightly";
    let admin = "arn:aws:iam::123456789012:role/Admin";
    vec![
        Case::accepted("the second of two rules", "One rule is enough.", token())
            .policy(rules(json!([{ "name": "first", "issuer": ISSUER, "principals": admin }, { "name": "second", "issuer": ISSUER, "principals": nightly }])))
            .rule("second").shows("/rule", json!("second")),
        Case::accepted("the first of two that hold", "The order of the policy decides whose name is told.", token())
            .policy(rules(json!([{ "name": "first", "issuer": ISSUER }, { "name": "second", "organization": ORGANIZATION }]))).rule("first"),
        Case::accepted("a rule without a name", "Its place names it.", token())
            .policy(rules(json!([{ "issuer": SIBLING_ISSUER }, { "issuer": ISSUER }]))).rule("trust[1]"),
        Case::accepted("a pinned issuer beside an organization", "The rules do not weaken each other.", sibling())
            .policy(rules(json!([{ "name": "pinned", "issuer": ISSUER }, { "name": "organization", "organization": ORGANIZATION }]))).rule("organization"),
        Case::rejected("members of two rules", "No rule is met in full: half of one and half of the other is nothing.", token(), ("trust.principal_tag", "trust"))
            .policy(rules(json!([
                { "name": "first", "issuer": ISSUER, "principals": admin, "principalTags": { "team": "billing" } },
                { "name": "second", "issuer": ISSUER, "principals": nightly, "principalTags": { "team": "payments" } },
            ])))
            .expecting("second"),
        Case::rejected("a rule for another issuer", "Its members say nothing about this one.", token(), PRINCIPAL)
            .policy(rules(json!([{ "name": "first", "issuer": ISSUER, "principals": admin }, { "name": "second", "issuer": STRANGER_ISSUER }])))
            .expecting("first"),
        Case::rejected("no rule is met", "The rule that comes closest is told.", token(), SOURCE_REGION)
            .policy(rules(json!([
                { "name": "far", "organization": "o-another1234" },
                { "name": "near", "issuer": ISSUER, "principals": nightly, "sourceRegions": "us-east-1" },
            ])))
            .expecting("near"),
    ]
}

#[expect(clippy::needless_pass_by_value, reason = "called with literals")]
fn rule(rule: Value) -> Value {
    json!({ "audience": AUDIENCE, "trust": [rule] })
}
