//! The rules answer through their index exactly what looking at one after the other would.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::document::{PolicyDocument, TrustRule};
use super::rule::{Caller, Constraint, Rule, Scope, TrustOutcome};
use super::{Rules, compile};
use crate::arn::Principal;
use crate::claims::AwsClaims;
use crate::issuer;

const ISSUERS: [&str; 5] = [
    "https://a.tokens.sts.global.api.aws",
    "https://b.tokens.sts.global.api.aws",
    "https://issuer.example",
    "http://127.0.0.1:8460/a",
    "http://127.0.0.1:8461/a",
];
const LOOPBACK: &str = "http://127.0.0.1:8460";
const ORGANIZATIONS: [&str; 2] = ["o-aaaaaaaaaa", "o-bbbbbbbbbb"];
const ACCOUNTS: [&str; 3] = ["111111111111", "222222222222", "333333333333"];
const PRINCIPALS: [&str; 8] = [
    "arn:aws:iam::111111111111:role/team/x",
    "arn:aws:iam::111111111111:role/team/*",
    "arn:aws:iam::222222222222:role/**",
    "arn:aws:iam::*:role/team/x",
    "arn:*:iam::111111111111:role/team/x",
    "arn:aws:iam::*:user/**",
    "arn:aws:iam::*:role/t*/**/x",
    "arn:aws:iam::333333333333:role/y",
];
const SUBJECTS: [&str; 6] = [
    "arn:aws:iam::111111111111:role/team/x",
    "arn:aws:iam::111111111111:role/team/sub/x",
    "arn:aws-cn:iam::111111111111:role/team/x",
    "arn:aws:iam::222222222222:role/team/x",
    "arn:aws:iam::333333333333:role/y",
    "arn:aws:iam::333333333333:user/team/x",
];
const TAGS: [&str; 2] = ["k", "l"];
const VALUES: [&str; 2] = ["v", "w"];

/// The rules one after the other: what the index must agree with.
fn one_by_one<'p>(rules: &'p [Rule], caller: Caller<'_>, scope: Scope) -> TrustOutcome<'p> {
    let mut closest: Option<(Constraint, &Rule)> = None;
    for rule in rules.iter().filter(|rule| covers(rule, caller.issuer)) {
        match first_unmet(rule, caller, scope) {
            None => return TrustOutcome::Met(rule),
            Some(unmet) if closest.is_none_or(|(furthest, _)| unmet > furthest) => {
                closest = Some((unmet, rule));
            }
            Some(_) => {}
        }
    }
    match closest {
        None => TrustOutcome::Uncovered,
        Some((unmet, rule)) => TrustOutcome::Unmet(rule.mismatch(unmet, caller)),
    }
}

fn covers(rule: &Rule, text: &str) -> bool {
    if rule.issuers.is_empty() {
        return rule.organization.is_some()
            && (issuer::is_aws_issuer(text) || issuer::is_loopback_issuer(text, LOOPBACK));
    }
    rule.issuers.iter().any(|pinned| pinned == text)
}

fn first_unmet(rule: &Rule, caller: Caller<'_>, scope: Scope) -> Option<Constraint> {
    let organization = caller.aws.and_then(|aws| aws.organization.as_ref());
    if rule.organization.is_some() && rule.organization.as_ref() != organization {
        return Some(Constraint::Organization);
    }
    let account = caller.account();
    if !rule.accounts.is_empty() && !rule.accounts.iter().any(|a| Some(a.as_str()) == account) {
        return Some(Constraint::Account);
    }
    if scope == Scope::OrganizationAndAccount { None } else { rule.first_unmet(caller) }
}

fn some(of: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<String>> {
    subsequence(of, 0..=most).prop_map(|texts| texts.into_iter().map(str::to_owned).collect())
}

fn one(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(of).prop_map(str::to_owned)
}

fn rule() -> impl Strategy<Value = TrustRule> {
    let who = (
        some(&ISSUERS, 2),
        option::of(one(&ORGANIZATIONS)),
        some(&ACCOUNTS, 2),
        some(&PRINCIPALS, 2),
    );
    let wanted = || btree_map(one(&TAGS), some(&VALUES, 2), 0..2);
    (who, wanted(), wanted(), option::of(Just("eu-west-1".to_owned()))).prop_map(
        |((issuer, organization, account, principals), principal_tags, request_tags, region)| {
            TrustRule {
                issuer,
                organization,
                account,
                principals,
                principal_tags,
                request_tags,
                source_regions: region.into_iter().collect(),
                ..TrustRule::default()
            }
        },
    )
}

fn claims() -> impl Strategy<Value = Option<AwsClaims>> {
    let tags = || btree_map(one(&TAGS), one(&VALUES), 0..2);
    let claims = (
        option::of(one(&ORGANIZATIONS)),
        option::of(one(&ACCOUNTS)),
        tags(),
        tags(),
        any::<bool>(),
    );
    option::weighted(
        0.9,
        claims.prop_map(|(organization, account, principal_tags, request_tags, region)| {
            AwsClaims {
                organization,
                account,
                principal_tags,
                request_tags,
                source_region: region.then(|| "eu-west-1".to_owned()),
                ..AwsClaims::default()
            }
        }),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_says_what_one_rule_after_the_other_says(
        trust in vec(rule(), 0..12),
        callers in vec((select(&ISSUERS), option::of(select(&SUBJECTS)), claims()), 1..8),
    ) {
        let document = PolicyDocument {
            trust,
            danger_loopback_issuers: vec![LOOPBACK.to_owned()],
            ..PolicyDocument::default()
        };
        // Whether the policy has faults does not matter here.
        let rules = compile::compile(&document, &mut Vec::new());
        let indexed = Rules::new(rules.clone(), &document.danger_loopback_issuers);
        for (issuer, subject, aws) in callers {
            let principal = subject.and_then(Principal::parse);
            let caller = Caller { issuer, principal: principal.as_ref(), aws: aws.as_ref() };
            prop_assert_eq!(indexed.cover(issuer), rules.iter().any(|rule| covers(rule, issuer)));
            prop_assert_eq!(
                indexed.pin(issuer),
                rules.iter().any(|rule| rule.pinned_issuers().any(|pinned| pinned == issuer))
            );
            for scope in [Scope::OrganizationAndAccount, Scope::All] {
                let expected = one_by_one(&rules, caller, scope);
                prop_assert_eq!(format!("{:?}", indexed.judge(caller, scope)), format!("{expected:?}"));
            }
        }
    }
}
