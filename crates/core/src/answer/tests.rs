//! The table that the npm package's answers are tested by too.

use std::collections::BTreeMap;

use http::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{Answers, Reasons, Unauthenticated, bearer};
use crate::error::{Code, Rejection};
use crate::evaluate::Check;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[expect(dead_code, reason = "for people")]
    about: Vec<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    authorization: Vec<String>,
    token: Option<String>,
    rejection: Option<Value>,
    #[serde(default)]
    reasons_shown: bool,
    realm: Option<String>,
    retry_after_seconds: Option<u64>,
    answer: Option<Expected>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Value,
}

#[test]
fn every_answer_is_the_tables() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/http/answers.json");
    let table: Table = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(table.cases.len() >= 20, "only {} cases", table.cases.len());
    for case in &table.cases {
        let found = bearer(case.authorization.iter().map(String::as_bytes));
        assert_eq!(found.clone().ok(), case.token.as_deref(), "{}: the token", case.name);
        let why =
            found.err().or_else(|| case.rejection.as_ref().map(|given| rejected(given).into()));
        let answer = why.map(|why| answered(case, &why));
        assert_eq!(answer, case.answer, "{}", case.name);
    }
}

fn answered(case: &Case, why: &Unauthenticated) -> Expected {
    let mut answers = Answers::default();
    if case.reasons_shown {
        answers = answers.with_reasons(Reasons::Shown);
    }
    if let Some(realm) = &case.realm {
        answers = answers.with_realm(realm);
    }
    if let Some(seconds) = case.retry_after_seconds {
        answers = answers.with_retry_after(seconds);
    }
    let response: Response<String> = answers.answer(why).into_response();
    let headers = response.headers().iter();
    Expected {
        status: response.status().as_u16(),
        headers: headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect(),
        body: serde_json::from_str(response.body()).unwrap(),
    }
}

/// The rejection that the table gives, which must be one that can be.
fn rejected(given: &Value) -> Rejection {
    let text = |name: &str| given[name].as_str().unwrap().to_owned();
    let code = Code::ALL.iter().find(|code| code.as_str() == text("code")).unwrap();
    let check =
        Check::ALL.iter().find(|check| given["check"] == serde_json::to_value(check).unwrap());
    let rejection = Rejection::new(*code, *check.unwrap(), text("expected"), text("found"));
    assert_eq!(serde_json::to_value(&rejection).unwrap(), *given);
    rejection
}

#[test]
fn faults_need_no_replacement_in_a_header() {
    for code in Code::ALL {
        assert_eq!(super::problem::plain(code.fault()), code.fault());
        assert!([401, 403, 503].contains(&code.status()), "{code}");
    }
}
