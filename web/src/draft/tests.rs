use std::collections::HashSet;

use countersign::json::{Document, Limits};
use countersign::{
    Claims, Code, Detail, KeySet, KeySetLimits, KeyStoreSettings, Policy, Principal, Rejection,
    Verified, Verifier,
};
use countersign_tests::suite::Suite;
use countersign_tests::vectors::Expectation;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Draft, Missing, Start, available, start};
use crate::state::Token;

fn claims(payload: &Value) -> Claims {
    let document = Document::parse(payload.to_string(), Limits::default()).unwrap();
    Claims::read(document.root().as_object().unwrap())
}

fn payload() -> Value {
    json!({
        "iss": "https://a1b2.tokens.sts.global.api.aws",
        "aud": "https://api.example.com",
        "sub": "arn:aws:iam::123456789012:role/billing/Nightly",
        "https://sts.amazonaws.com/": {
            "aws_account": "123456789012",
            "org_id": "o-abc1234567",
            "ou_path": ["o-abc1234567/r-ab12/ou-ab12-11111111/"],
        },
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Claims {
    let mut payload = payload();
    change(&mut payload);
    claims(&payload)
}

fn aws(payload: &mut Value) -> &mut Value {
    &mut payload["https://sts.amazonaws.com/"]
}

fn policy(draft: &Draft) -> Value {
    serde_json::from_str(&draft.text).unwrap()
}

#[test]
fn a_role() {
    let draft = start(Start::Role, &claims(&payload())).unwrap();
    let expected = r#"{
  "audience": "https://api.example.com",
  "trust": [
    {
      "name": "role Nightly",
      "issuer": "https://a1b2.tokens.sts.global.api.aws",
      "account": "123456789012",
      "principals": [
        "arn:aws:iam::123456789012:role/billing/Nightly"
      ]
    }
  ]
}
"#;
    assert_eq!(draft.text, expected);
    assert_eq!(draft.notes.len(), 1, "the audience");
}

#[test]
fn an_identity_center_role_by_its_permission_set() {
    let sub = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/\
               AWSReservedSSO_Power_User_0123456789abcdef";
    let claims = with(|payload| payload["sub"] = sub.into());
    let rule = &policy(&start(Start::Role, &claims).unwrap())["trust"][0];
    assert_eq!(rule["permissionSets"], json!(["Power_User"]));
    assert_eq!(rule["account"], "123456789012");
    assert_eq!(rule["issuer"], "https://a1b2.tokens.sts.global.api.aws");
    assert!(rule.get("principals").is_none());
}

#[test]
fn an_account() {
    let draft = start(Start::Account, &claims(&payload())).unwrap();
    let expected = json!({
        "name": "account 123456789012",
        "issuer": "https://a1b2.tokens.sts.global.api.aws",
        "account": "123456789012",
    });
    assert_eq!(policy(&draft)["trust"], json!([expected]));
}

#[test]
fn an_organization_with_its_units_as_text_or_array_or_not_at_all() {
    let place = "o-abc1234567/r-ab12/ou-ab12-11111111";
    let unit = format!("{place}/**");
    for (found, expected) in [
        (json!(format!("{place}/")), json!([unit])),
        (json!(place), json!([unit])),
        (json!([format!("{place}/"), format!("{place}/")]), json!([unit])),
        (json!(["o-abc1234567/r-ab12/"]), json!(["o-abc1234567/r-ab12/**"])),
        (json!([]), Value::Null),
    ] {
        let claims = with(|payload| aws(payload)["ou_path"] = found.clone());
        let draft = start(Start::Organization, &claims).unwrap();
        let policy = policy(&draft);
        let rule = &policy["trust"][0];
        assert_eq!(rule["organization"], "o-abc1234567");
        assert_eq!(rule.get("organizationalUnits").unwrap_or(&Value::Null), &expected, "{found}");
        assert_eq!(draft.notes.len(), if expected.is_null() { 2 } else { 1 });
    }
}

#[test]
fn a_local_issuer_is_named_as_dangerous() {
    for host in ["127.0.0.1:8460", "localhost:80", "[::1]:9"] {
        let claims = with(|payload| payload["iss"] = format!("http://{host}/a1b2").into());
        for one in Start::ALL {
            let draft = start(one, &claims).unwrap();
            let expected = json!([format!("http://{host}")]);
            assert_eq!(policy(&draft)["dangerLoopbackIssuers"], expected);
        }
    }
}

#[test]
fn several_audiences_are_named_once_each() {
    let claims = with(|payload| payload["aud"] = json!(["b", "a", "b"]));
    assert_eq!(policy(&start(Start::Role, &claims).unwrap())["audience"], json!(["b", "a"]));
}

#[test]
fn what_cannot_be_expressed_is_refused_with_a_reason() {
    use Missing::*;
    type Change = fn(&mut Value);
    let cases: [(Change, [Option<Missing>; 3]); 22] = [
        (|p| p["iss"] = Value::Null, [Some(Issuer); 3]),
        (|p| p["iss"] = "https://sts.amazonaws.com".into(), [Some(IssuerIsSts); 3]),
        (
            |p| p["iss"] = "https://*.tokens.sts.global.api.aws".into(),
            [Some(Issuer), Some(Issuer), Some(IssuerNotAws)],
        ),
        (|p| p["iss"] = "https://id.example.com".into(), [None, None, Some(IssuerNotAws)]),
        (|p| p["iss"] = "http://example.com/a".into(), [Some(Issuer); 3]),
        (|p| p["iss"] = "\"]}".into(), [Some(Issuer), Some(Issuer), Some(IssuerNotAws)]),
        (|p| p["aud"] = 7.into(), [Some(Audience); 3]),
        (|p| p["aud"] = "https://*.example.com".into(), [Some(Audience); 3]),
        (|p| p["aud"] = json!(["a", ""]), [Some(Audience); 3]),
        (|p| p["aud"] = "a\n\"b".into(), [Some(Audience); 3]),
        (|p| p["sub"] = "somebody".into(), [Some(Subject); 3]),
        (|p| p["sub"] = "arn:aws:iam::123456789012:role/*".into(), [Some(Subject); 3]),
        (
            |p| p["sub"] = "arn:aws:iam::123456789012:role/**/Nightly".into(),
            [Some(Subject), None, None],
        ),
        (
            |p| p["sub"] = "arn:aws:iam::123456789012:role/a?/Nightly".into(),
            [Some(Subject), None, None],
        ),
        (|p| p["sub"] = "arn:aws:iam::210987654321:role/Nightly".into(), [Some(AccountsDiffer); 3]),
        (|p| *aws(p) = json!(["odd"]), [Some(AwsClaimShape); 3]),
        (|p| aws(p)["ou_path"] = json!({}), [Some(AwsClaimShape); 3]),
        (|p| *aws(p) = json!({}), [None, None, Some(Organization)]),
        (|p| aws(p)["org_id"] = "o-*".into(), [None, None, Some(OrganizationalUnit)]),
        (|p| aws(p)["ou_path"] = "o-abc1234567/*/".into(), [None, None, Some(OrganizationalUnit)]),
        (|p| aws(p)["ou_path"] = "o-abc1234567//".into(), [None, None, Some(OrganizationalUnit)]),
        (
            |p| aws(p)["ou_path"] = "o-a1b2c3d4e5/r-ab12/".into(),
            [None, None, Some(OrganizationalUnit)],
        ),
    ];
    for (number, (change, expected)) in cases.into_iter().enumerate() {
        let found = available(&with(change)).map(|(_, outcome)| outcome.err());
        assert_eq!(found, expected, "case {number}");
    }
    let odd = with(|p| {
        aws(p)["org_id"] = "o-*".into();
        aws(p)["ou_path"] = json!([]);
    });
    assert_eq!(start(Start::Organization, &odd), Err(OrganizationForm));
}

/// A token with the keys and the time for which it is known to be good.
struct Good {
    token: Token,
    now: u64,
    keys: Vec<(String, String)>,
}

impl Good {
    fn claims(&self) -> &Claims {
        self.token.claims.as_ref().unwrap()
    }

    fn account(&self) -> Option<String> {
        Some(Principal::parse(self.claims().subject.as_deref().ok()?)?.account)
    }

    fn organization(&self) -> Option<&str> {
        self.claims().aws.as_ref().ok()?.as_ref()?.organization.as_deref()
    }

    fn judged_by(&self, policy: Policy) -> Result<Verified, Rejection> {
        let mut verifier = Verifier::new(policy, KeyStoreSettings::default()).unwrap();
        for (issuer, set) in &self.keys {
            let set = KeySet::parse(set.as_bytes(), KeySetLimits::default()).unwrap();
            verifier.add_static_keys(issuer, set);
        }
        verifier.judge(self.token.text(), self.now, Detail::Verdict).into_verdict()
    }
}

fn good_tokens() -> Vec<Good> {
    let suite = Suite::read().unwrap();
    let mut seen = HashSet::new();
    suite
        .cases()
        .filter(|(_, case)| matches!(case.expect, Expectation::Accepted { .. }))
        .filter_map(|(_, case)| {
            let text = case.token.as_ref()?.build();
            let token = seen.insert(text.clone()).then(|| Token::read(text))?;
            Some(Good { token, now: case.now, keys: suite.key_sets(case) })
        })
        .collect()
}

#[test]
fn a_policy_accepts_the_token_that_it_came_from() {
    let mut accepted = [0; 3];
    for good in good_tokens() {
        for (number, one) in Start::ALL.into_iter().enumerate() {
            let Ok(draft) = start(one, good.claims()) else { continue };
            match good.judged_by(Policy::from_json(&draft.text).unwrap()) {
                Ok(_) => accepted[number] += 1,
                // A few vectors are accepted only because their policy allows more than the defaults do.
                Err(rejection) => assert!(
                    matches!(
                        rejection.code,
                        Code::AlgorithmNotAllowed | Code::TimeExpired | Code::TimeLifetime
                    ),
                    "{one:?}: {rejection}\n{}",
                    draft.text
                ),
            }
        }
    }
    assert!(accepted.iter().all(|&count| count > 50), "{accepted:?}");
}

#[test]
fn a_policy_refuses_the_genuine_token_of_another_account_or_organization() {
    let tokens = good_tokens();
    let mut refused = [0; 3];
    for good in tokens.iter().step_by(5) {
        for (number, one) in Start::ALL.into_iter().enumerate() {
            let Ok(draft) = start(one, good.claims()) else { continue };
            let policy = Policy::from_json(&draft.text).unwrap();
            let is_stranger = |token: &&Good| match one {
                Start::Role | Start::Account => token.account() != good.account(),
                Start::Organization => token.organization() != good.organization(),
            };
            for stranger in tokens.iter().filter(is_stranger) {
                assert!(stranger.judged_by(policy.clone()).is_err(), "{}", draft.text);
                refused[number] += 1;
            }
        }
    }
    assert!(refused.iter().all(|&count| count > 20), "{refused:?}");
}

fn odd_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("https://a1b2.tokens.sts.global.api.aws".to_owned()),
        Just("http://127.0.0.1:8460/a".to_owned()),
        Just("arn:aws:iam::123456789012:role/a/b".to_owned()),
        Just("o-abc1234567".to_owned()),
        Just("o-abc1234567/r-ab12/".to_owned()),
        "arn:aws:iam::123456789012:(role|user)/[a-z*?/\"\\\\{}$_]{0,12}",
        "o-[a-z0-9*]{9,11}(/[a-z*-]{0,5}){0,3}/?",
        "https?://[a-z0-9.:*/-]{0,30}",
        ".{0,20}",
    ]
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => odd_text().prop_map(Value::from),
        1 => prop::collection::vec(odd_text(), 0..3).prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(json!({"a": 1})),
    ]
}

proptest! {
    #[test]
    fn no_token_makes_a_broken_policy_or_a_pattern(
        iss in odd_value(), aud in odd_value(), sub in odd_value(),
        org in odd_value(), ou in odd_value(), keep in 0_u8..32,
    ) {
        let claims = with(|payload| {
            if keep & 1 == 0 { payload["iss"] = iss; }
            if keep & 2 == 0 { payload["aud"] = aud; }
            if keep & 4 == 0 { payload["sub"] = sub; }
            if keep & 8 == 0 { aws(payload)["org_id"] = org; }
            if keep & 16 == 0 { aws(payload)["ou_path"] = ou; }
        });
        for one in Start::ALL {
            let Ok(draft) = start(one, &claims) else { continue };
            let policy = Policy::from_json(&draft.text).unwrap();
            let document = policy.document();
            let rule = &document.trust[0];
            prop_assert!(document.trust.len() == 1);
            prop_assert!(rule.principals.iter().all(|arn| Ok(arn) == claims.subject.as_ref()));
            prop_assert!(!rule.principals.iter().any(|arn| arn.contains('*')));
            prop_assert!(!rule.permission_sets.iter().any(|set| set.contains('*')));
            for unit in &rule.organizational_units {
                let place = unit.strip_suffix("/**").unwrap();
                prop_assert!(!place.contains('*') && place.starts_with("o-"));
            }
        }
    }
}
