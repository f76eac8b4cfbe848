use serde_json::{Value, json};

use crate::vectors::case::{Case, PolicySource};
use crate::vectors::json::Json;
use crate::vectors::shared::{AUDIENCE, ISSUER, ORGANIZATION};

const DEAD_RULE: &str = "A rule that can never match is a mistake.";
const FORM: &str = "What cannot be right is told when the policy is built.";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = bounds();
    cases.extend(issuers());
    cases.extend(values());
    cases.extend(contradictions());
    cases
}

fn bounds() -> Vec<Case> {
    vec![
        rule(
            "no issuer and no organization",
            "It would trust every AWS customer.",
            json!({ "name": "x" }),
            &[("policy.unbounded", "trust[0]")],
        ),
        rule(
            "an account alone",
            "Anyone can run an issuer that claims an account; the issuer must be bounded.",
            json!({ "account": "123456789012" }),
            &[("policy.unbounded", "trust[0]")],
        ),
        rule(
            "principals alone",
            "Anyone can run an issuer that claims a principal.",
            json!({ "principals": "arn:aws:iam::123456789012:role/x" }),
            &[("policy.unbounded", "trust[0]")],
        ),
        rule(
            "an empty rule",
            "It would trust everyone.",
            json!({}),
            &[("policy.unbounded", "trust[0]")],
        ),
        rule(
            "request tags alone, in an organization",
            "The caller chooses request tags: context, never identity.",
            json!({ "organization": ORGANIZATION, "requestTags": { "job": "x" } }),
            &[("policy.caller_chosen", "trust[0].requestTags")],
        ),
        rule(
            "request tags and a region",
            "A region says nothing about who is calling.",
            json!({ "organization": ORGANIZATION, "requestTags": { "job": "x" }, "sourceRegions": "eu-west-1" }),
            &[("policy.caller_chosen", "trust[0].requestTags")],
        ),
        rule("a rule that is a text", FORM, json!("o-abc1234567"), &[("policy.type", "trust[0]")]),
        rule(
            "a misspelt member",
            "Unknown members are refused, so that no condition is lost.",
            json!({ "issuer": ISSUER, "principal": "x" }),
            &[("policy.unknown_member", "trust[0].principal")],
        ),
        rule(
            "AWS's own name for a member",
            "Unknown members are refused, so that no condition is lost.",
            json!({ "issuer": ISSUER, "org_id": ORGANIZATION }),
            &[("policy.unknown_member", "trust[0].org_id")],
        ),
        rule(
            "an empty name",
            "Names are told in reports.",
            json!({ "name": "", "issuer": ISSUER }),
            &[("policy.rule_name", "trust[0].name")],
        ),
        rule(
            "a name with a line break",
            "Names stand in logs.",
            json!({ "name": "a\nb", "issuer": ISSUER }),
            &[("policy.rule_name", "trust[0].name")],
        ),
        rule(
            "a name of 101 characters",
            "Names stand in logs.",
            json!({ "name": "n".repeat(101), "issuer": ISSUER }),
            &[("policy.rule_name", "trust[0].name")],
        ),
        Case::policy_refused(
            "a name twice",
            "It would not be told which rule is met.",
            own(
                json!([{ "name": "x", "issuer": ISSUER }, { "name": "x", "organization": ORGANIZATION }]),
            ),
            &[("policy.rule_name", "trust[1].name")],
        ),
    ]
}

fn issuers() -> Vec<Case> {
    let host = "abc123-def456-ghi789-jkl012.tokens.sts.global.api.aws";
    let issuer = |name: &str, issuer: String| {
        rule(
            &format!("issuer: {name}"),
            "Issuers are compared exactly, so a slip would refuse every token.",
            json!({ "issuer": issuer }),
            &[("policy.issuer", "trust[0].issuer[0]")],
        )
    };
    vec![
        issuer("trailing slash", format!("https://{host}/")),
        issuer("capitals", format!("https://{}", host.to_uppercase())),
        issuer("plain http", format!("http://{host}")),
        issuer("loopback that is not allowed", "http://127.0.0.1:8460/abc".to_owned()),
        issuer("no scheme", host.to_owned()),
        issuer("a user name", format!("https://user@{host}")),
        issuer("a query", format!("https://{host}?x=1")),
        issuer("a fragment", format!("https://{host}#x")),
        issuer("a wildcard", "https://*.tokens.sts.global.api.aws".to_owned()),
        issuer("a space", format!("https://{host} ")),
        issuer("a trailing dot", format!("https://{host}.")),
        issuer("a port out of range", format!("https://{host}:99999")),
        issuer("empty", String::new()),
        issuer("STS itself", "https://sts.amazonaws.com".to_owned()),
        issuer("STS itself, with the slash", "https://sts.amazonaws.com/".to_owned()),
        issuer("a homograph", format!("https://{}", host.replacen('a', "\u{430}", 1))),
        issuer("a path that goes up", "https://issuer.example/../x".to_owned()),
        rule(
            "issuer: twice",
            "Often a slip for another.",
            json!({ "issuer": [ISSUER, ISSUER] }),
            &[("policy.duplicate", "trust[0].issuer[1]")],
        ),
        rule(
            "issuer: empty list",
            "It would silently mean no limit.",
            json!({ "issuer": [], "organization": ORGANIZATION }),
            &[("policy.empty", "trust[0].issuer")],
        ),
        rule(
            "issuer: a number",
            FORM,
            json!({ "issuer": 7 }),
            &[("policy.type", "trust[0].issuer")],
        ),
    ]
}

fn values() -> Vec<Case> {
    let one = |member: &str, name: &str, value: Value, code: &str, at: &str| {
        rule(
            &format!("{member}: {name}"),
            FORM,
            json!({ "issuer": ISSUER, member: value }),
            &[(code, &format!("trust[0].{member}{at}"))],
        )
    };
    let principal =
        |name: &str, arn: &str| one("principals", name, json!([arn]), "policy.principal", "[0]");
    let unit = |name: &str, path: &str| {
        one("organizationalUnits", name, json!([path]), "policy.organizational_unit", "[0]")
    };
    let organization =
        |name: &str, id: &str| one("organization", name, json!(id), "policy.organization", "");
    vec![
        organization("without o-", "abc1234567"),
        organization("too short", "o-abc"),
        organization("capitals", "o-ABC1234567"),
        organization("a star", "o-*"),
        organization("a path", "o-abc1234567/r-ab12"),
        organization("an account", "123456789012"),
        one("organization", "a list", json!([ORGANIZATION]), "policy.type", ""),
        one("account", "11 digits", json!("12345678901"), "policy.account", "[0]"),
        one("account", "with hyphens", json!("1234-5678-9012"), "policy.account", "[0]"),
        one(
            "account",
            "a number, whose leading zeros are lost",
            json!(12_345_678_901_u64),
            "policy.type",
            "",
        ),
        one("account", "a star", json!(["123456789012", "*"]), "policy.account", "[1]"),
        one("account", "twice", json!(["123456789012", "123456789012"]), "policy.duplicate", "[1]"),
        principal("a star", "*"),
        principal("a name alone", "role/billing/*"),
        principal("an assumed role", "arn:aws:sts::123456789012:assumed-role/x/y"),
        principal("the root user", "arn:aws:iam::123456789012:root"),
        principal("part of an account", "arn:aws:iam::1234*:role/x"),
        principal("part of a partition", "arn:aws*:iam::123456789012:role/x"),
        principal("a star as the resource", "arn:aws:iam::123456789012:*"),
        principal("part of the kind", "arn:aws:iam::123456789012:*/x"),
        principal("a question mark", "arn:aws:iam::123456789012:role/x?"),
        principal("two stars within a segment", "arn:aws:iam::123456789012:role/x**"),
        principal("two crossings", "arn:aws:iam::123456789012:role/**/x/**"),
        principal("a slash at the end", "arn:aws:iam::123456789012:role/billing/"),
        principal("an empty segment", "arn:aws:iam::123456789012:role/billing//x"),
        principal("a region", "arn:aws:iam:eu-west-1:123456789012:role/x"),
        principal("a space", "arn:aws:iam::123456789012:role/a b"),
        one("principals", "empty list", json!([]), "policy.empty", ""),
        one("principals", "an object", json!({ "arn": "x" }), "policy.type", ""),
        unit("a unit's id alone", "ou-ab12-11111111"),
        unit("a star for the organization", "*/r-ab12/**"),
        unit("two stars within a segment", "o-abc1234567/r-ab12/ou-**"),
        unit("an empty segment", "o-abc1234567//ou-ab12-11111111"),
        unit("capitals", "o-abc1234567/R-AB12/**"),
        one("permissionSets", "a space", json!("Power User"), "policy.permission_set", "[0]"),
        one(
            "permissionSets",
            "33 characters",
            json!("p".repeat(33)),
            "policy.permission_set",
            "[0]",
        ),
        one("permissionSets", "a slash", json!("a/b"), "policy.permission_set", "[0]"),
        one("permissionSets", "empty", json!(""), "policy.permission_set", "[0]"),
        one("sourceRegions", "a zone", json!("eu-west-1a"), "policy.source_region", "[0]"),
        one("sourceRegions", "a star", json!("eu-*"), "policy.source_region", "[0]"),
        one(
            "sourceRegions",
            "a name",
            json!(["eu-west-1", "Ireland"]),
            "policy.source_region",
            "[1]",
        ),
        one("principalTags", "no tags", json!({}), "policy.empty", ""),
        one("principalTags", "no values", json!({ "team": [] }), "policy.empty", ".team"),
        one("principalTags", "a number", json!({ "team": 7 }), "policy.type", ".team"),
        one("principalTags", "a list of pairs", json!([{ "Key": "team" }]), "policy.type", ""),
        one(
            "principalTags",
            "a key of 129 characters",
            json!({ "k".repeat(129): "x" }),
            "policy.tag",
            &format!(".{}", "k".repeat(129)),
        ),
        one(
            "principalTags",
            "a value of 257 characters",
            json!({ "team": "v".repeat(257) }),
            "policy.tag",
            ".team",
        ),
        one(
            "principalTags",
            "a value twice",
            json!({ "team": ["x", "x"] }),
            "policy.duplicate",
            ".team[1]",
        ),
    ]
}

fn contradictions() -> Vec<Case> {
    vec![
        rule(
            "a principal of another account",
            DEAD_RULE,
            json!({
                "issuer": ISSUER, "account": "123456789012", "principals": ["arn:aws:iam::222233334444:role/x"],
            }),
            &[("policy.contradiction", "trust[0].principals[0]")],
        ),
        rule(
            "a unit of another organization",
            DEAD_RULE,
            json!({
                "organization": ORGANIZATION, "organizationalUnits": ["o-another1234/r-ab12/**"],
            }),
            &[("policy.contradiction", "trust[0].organizationalUnits[0]")],
        ),
    ]
}

#[expect(clippy::needless_pass_by_value, reason = "called with literals")]
fn rule(name: &str, why: &str, rule: Value, faults: &[(&str, &str)]) -> Case {
    Case::policy_refused(name, why, own(json!([rule])), faults)
}

#[expect(clippy::needless_pass_by_value, reason = "called with literals")]
fn own(trust: Value) -> PolicySource {
    PolicySource::Own(Json(json!({ "audience": AUDIENCE, "trust": trust })))
}
