use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::token;
use crate::vectors::shared::{AUDIENCE, ISSUER, UNIT};

const PERMISSION_SET: (&str, &str) = ("trust.permission_set", "trust");
const PRINCIPAL: (&str, &str) = ("trust.principal", "trust");
const UNIT_FAULT: (&str, &str) = ("trust.organizational_unit", "trust");

pub(super) fn cases() -> Vec<Case> {
    let mut cases = principals();
    cases.extend(permission_sets());
    cases.extend(organizational_units());
    cases
}

fn principals() -> Vec<Case> {
    let arn = |path: &str| format!("arn:aws:iam::123456789012:{path}");
    let nightly = arn("role/billing/Nightly");
    // A pattern, a principal, and whether they match.
    let table = [
        (nightly.clone(), nightly.clone(), true),
        (arn("role/billing/*"), nightly.clone(), true),
        (arn("role/billing/*"), arn("role/billing/eu/Nightly"), false),
        (arn("role/billing/*"), arn("role/billing-evil/Nightly"), false),
        (arn("role/billing/*"), arn("role/x/billing/Nightly"), false),
        (arn("role/billing/*"), arn("user/billing/Nightly"), false),
        // A colon may stand in a path, and begins nothing: whoever may make roles below one path must not
        // come to hold another.
        (arn("role/billing/*"), arn("role/x:y/billing/Nightly"), false),
        (arn("role/Nightly"), arn("role/x:y/Nightly"), false),
        (arn("role/*/billing/Nightly"), arn("role/x:y/billing/Nightly"), true),
        (arn("role/*"), nightly.clone(), false),
        (arn("role/*"), arn("role/Nightly"), true),
        (arn("role/**"), nightly.clone(), true),
        (arn("role/**"), arn("role/Nightly"), true),
        (arn("role/billing/**"), arn("role/billing/eu/x/Nightly"), true),
        (arn("role/billing/**/Nightly"), nightly.clone(), true),
        (arn("role/billing/**/Nightly"), arn("role/billing/eu/Nightly"), true),
        (arn("role/billing/**/Nightly"), arn("role/billing/eu/NotNightly"), false),
        (arn("role/*/Nightly"), nightly.clone(), true),
        (arn("role/billing/N*y"), nightly.clone(), true),
        (arn("role/billing/*ght*"), nightly.clone(), true),
        (arn("role/billing/*tgh*"), nightly.clone(), false),
        (arn("role/billing/Night*htly"), nightly.clone(), false),
        (arn("role/billing/nightly"), nightly.clone(), false),
        (arn("role/billing/Nightl"), nightly.clone(), false),
        (arn("role/billing/Nightly"), arn("role/billing/Nightly2"), false),
        (arn("role/b.lling/Nightly"), nightly.clone(), false),
        ("arn:*:iam::*:role/billing/Nightly".to_owned(), nightly.clone(), true),
        ("arn:aws:iam::*:role/billing/*".to_owned(), nightly.clone(), true),
        ("arn:aws-cn:iam::*:role/**".to_owned(), nightly.clone(), false),
        ("arn:aws:iam::222233334444:role/**".to_owned(), nightly.clone(), false),
        ("arn:aws:iam::*:user/**".to_owned(), nightly.clone(), false),
        // A backtracking matcher would not come back from this one.
        (
            arn(&format!("role/{}b", "*a".repeat(60))),
            arn(&format!("role/{}", "a".repeat(500))),
            false,
        ),
        (
            arn(&format!("role/{}", "*a".repeat(60))),
            arn(&format!("role/{}", "a".repeat(500))),
            true,
        ),
    ];
    table
        .into_iter()
        .map(|(pattern, principal, matches)| {
            let why = "Segment-aware and linear: one star stays within a segment, two cross; case matters.";
            let name = format!("principal {}: {} {}", if matches { "in" } else { "not in" }, short(&pattern), short(&principal));
            let policy = rule("principals", json!(pattern));
            let mint = token().principal(&principal);
            if matches {
                Case::accepted(&name, why, mint).policy(policy)
            } else {
                Case::rejected(&name, why, mint, PRINCIPAL).policy(policy).found("arn:aws:iam::123456789012:")
            }
        })
        .chain([
            Case::accepted("the second of two patterns", "One pattern is enough.", token()).policy(rule("principals", json!([arn("role/Admin"), arn("role/billing/*")]))),
            Case::rejected("neither of two patterns", "One pattern must match.", token(), PRINCIPAL).policy(rule("principals", json!([arn("role/Admin"), arn("role/*")]))),
        ])
        .collect()
}

fn permission_sets() -> Vec<Case> {
    let role = |path: &str, name: &str| {
        token().principal(&format!("arn:aws:iam::123456789012:role/{path}{name}"))
    };
    let reserved = "aws-reserved/sso.amazonaws.com/eu-west-1/";
    let power = "AWSReservedSSO_PowerUser_0123456789abcdef";
    let why =
        "Identity Center names its roles by permission set, under a path that only AWS can use.";
    let accepted = |name: &str, set: Value| {
        Case::accepted(name, why, role(reserved, power)).policy(rule("permissionSets", set))
    };
    let rejected = |name: &str, path: &str, role_name: &str| {
        Case::rejected(name, why, role(path, role_name), PERMISSION_SET)
            .policy(rule("permissionSets", json!("PowerUser")))
    };
    vec![
        accepted("permission set", json!("PowerUser")),
        accepted("permission set, one of two", json!(["Admin", "PowerUser"])),
        accepted("permission set, with a star", json!("Power*")),
        rejected("permission set outside the reserved path", "", power),
        rejected(
            "permission set in a path that looks alike",
            "x/aws-reserved/sso.amazonaws.com/",
            power,
        ),
        rejected("another permission set", reserved, "AWSReservedSSO_Admin_0123456789abcdef")
            .found("Admin")
            .expecting("PowerUser"),
        rejected("permission set, longer", reserved, "AWSReservedSSO_PowerUserX_0123456789abcdef"),
        rejected(
            "permission set, and a hash that is none",
            reserved,
            "AWSReservedSSO_PowerUser_nothexadecimalxx",
        ),
        rejected("a plain role", "", "PowerUser"),
        Case::rejected(
            "a user called like the role",
            why,
            token().principal(&format!("arn:aws:iam::123456789012:user/{reserved}{power}")),
            PERMISSION_SET,
        )
        .policy(rule("permissionSets", json!("PowerUser"))),
    ]
}

fn organizational_units() -> Vec<Case> {
    let below = "o-abc1234567/r-ab12/ou-ab12-11111111/**";
    let place = |units: Value| token().aws("ou_path", units);
    let root = "o-abc1234567/r-ab12/";
    let table = [
        ("the unit itself", UNIT.trim_end_matches('/'), json!([UNIT]), true),
        ("the unit itself, with its slash", UNIT, json!([UNIT]), true),
        ("a unit below", below, json!([UNIT]), true),
        (
            "the unit of the pattern's root",
            below,
            json!(["o-abc1234567/r-ab12/ou-ab12-11111111/"]),
            true,
        ),
        (
            "a unit three levels below",
            below,
            json!(["o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-2/ou-ab12-3/ou-ab12-4/"]),
            true,
        ),
        ("ou_path as a string", below, json!(UNIT), true),
        ("ou_path without the slash at its end", below, json!([UNIT.trim_end_matches('/')]), true),
        (
            "the second of two places",
            below,
            json!(["o-abc1234567/r-ab12/ou-ab12-99999999/", UNIT]),
            true,
        ),
        (
            "one level below the root",
            "o-abc1234567/r-ab12/*",
            json!(["o-abc1234567/r-ab12/ou-ab12-11111111/"]),
            true,
        ),
        ("two levels where one is allowed", "o-abc1234567/r-ab12/*", json!([UNIT]), false),
        ("the whole organization", "o-abc1234567/**", json!([root]), true),
        (
            "a sibling whose id begins alike",
            "o-abc1234567/r-ab12/ou-ab12-11111111/**",
            json!(["o-abc1234567/r-ab12/ou-ab12-111111112/"]),
            false,
        ),
        ("a sibling", below, json!(["o-abc1234567/r-ab12/ou-ab12-99999999/"]), false),
        ("the unit above", below, json!([root]), false),
        (
            "the unit elsewhere in the tree",
            below,
            json!(["o-abc1234567/r-ab12/ou-ab12-99999999/ou-ab12-11111111/"]),
            false,
        ),
        (
            "the unit of another organization",
            below,
            json!(["o-stranger12/r-ab12/ou-ab12-11111111/"]),
            false,
        ),
        ("no place", below, json!([]), false),
        ("an empty text", below, json!(""), false),
        ("an empty segment", below, json!(["o-abc1234567/r-ab12/ou-ab12-11111111//x/"]), false),
        ("a star in the token", below, json!(["o-abc1234567/**"]), false),
    ];
    table
        .into_iter()
        .map(|(name, pattern, units, matches)| {
            let name = format!("organizational unit: {name}");
            let why = "A place in the organization is a path of ids, compared segment by segment.";
            let policy = rule("organizationalUnits", json!([pattern]));
            if matches {
                Case::accepted(&name, why, place(units)).policy(policy)
            } else {
                Case::rejected(&name, why, place(units), UNIT_FAULT).policy(policy)
            }
        })
        .collect()
}

#[expect(clippy::needless_pass_by_value, reason = "called with literals")]
fn rule(member: &str, value: Value) -> Value {
    json!({ "audience": AUDIENCE, "trust": [{ "name": "pinned", "issuer": ISSUER, member: value }] })
}

fn short(arn: &str) -> String {
    let rest = arn.strip_prefix("arn:aws:iam::123456789012:").unwrap_or(arn);
    if rest.len() > 60 {
        format!("{}…", rest.chars().take(20).collect::<String>())
    } else {
        rest.to_owned()
    }
}
