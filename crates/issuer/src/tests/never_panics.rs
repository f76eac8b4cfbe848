//! Whatever arrives is answered.

use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, TestRunner};

use super::support::{ALICE, Aws, call};
use crate::{Peer, Request};

fn lines() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ -~]{0,80}", "AWS4-HMAC-SHA256 [A-Za-z=/;, ]{0,80}"]
}

fn requests() -> impl Strategy<Value = Request> {
    let method = prop_oneof![Just("GET"), Just("POST"), Just("OPTIONS"), Just("PUT"), Just("")];
    let path = prop_oneof![
        Just("/".to_owned()),
        any::<String>(),
        "/_countersign/[a-z0-9/]{0,40}",
        "/[a-f0-9-]{0,36}/.well-known/(jwks.json|openid-configuration)",
    ];
    let name = prop_oneof![Just("host"), Just("authorization"), Just("x-amz-date"), Just("origin")];
    let headers = prop::collection::vec((name.prop_map(str::to_owned), lines()), 0..5);
    let body = prop::collection::vec(any::<u8>(), 0..200);
    (method, path, lines(), headers, body).prop_map(|(method, path, query, headers, body)| {
        Request { method: method.to_owned(), path, query, headers, body, peer: Peer::Loopback }
    })
}

#[test]
fn arbitrary_requests_are_answered() {
    let mut aws = Aws::built_in();
    let aws = std::cell::RefCell::new(&mut aws);
    let run = TestRunner::new(Runs::with_cases(2000)).run(&requests(), |request| {
        let response = aws.borrow_mut().respond(&request);
        prop_assert!((200..500).contains(&response.status), "{response:?}");
        Ok(())
    });
    run.unwrap();
}

/// Parameters near the ones that matter, from an authenticated caller.
#[test]
fn arbitrary_parameters_are_answered_in_well_formed_xml() {
    let names = prop_oneof![
        "Audience(\\.member\\.[0-9]{1,3})?",
        "Tags\\.member\\.[0-9]{1,2}\\.(Key|Value)",
        Just("DurationSeconds".to_owned()),
        Just("SigningAlgorithm".to_owned()),
    ];
    let values = prop_oneof![
        any::<String>(),
        "[0-9]{1,12}",
        Just("ES384".to_owned()),
        Just("300".to_owned())
    ];
    let parameters = prop::collection::vec((names, values), 0..12);
    let mut aws = Aws::built_in();
    let aws = std::cell::RefCell::new(&mut aws);
    let run = TestRunner::new(Runs::with_cases(2000)).run(&parameters, |parameters| {
        let borrowed: Vec<_> = parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let request = call(ALICE, "sts", "GetWebIdentityToken", "2011-06-15", &borrowed);
        let response = aws.borrow_mut().respond(&request);
        prop_assert!(matches!(response.status, 200 | 400), "{response:?}");
        let text = String::from_utf8(response.body).unwrap();
        prop_assert!(text.chars().all(|c| c == '\n' || c == '\t' || c >= ' '), "{text:?}");
        prop_assert_eq!(text.matches('<').count(), text.matches('>').count());
        Ok(())
    });
    run.unwrap();
}
