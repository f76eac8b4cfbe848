//! Whatever arrives is answered.

use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, TestRunner};

use super::support::{ALICE, Aws, call, http};
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

/// Orders of tokens, with any flaw and any changes.
#[test]
fn arbitrary_orders_are_answered() {
    let flaws = prop_oneof![
        Just("null"),
        Just("\"expired\""),
        Just("\"not-yet-valid\""),
        Just("\"wrong-signature\""),
        Just("\"tampered-payload\""),
        Just("\"unknown-key\""),
        Just("\"withdrawn-key\""),
        Just("\"alg-none\""),
        Just("\"hmac-confusion\""),
        Just("\"wrong-issuer\""),
        Just("5"),
    ];
    let names = "(iss|exp|iat|jti|aud|sub|kid|alg|https://sts.amazonaws.com/|[a-z]{0,3})";
    let leaves = "(null|true|-?[1-9][0-9]{0,20}|\"[a-z]{0,5}\"|\\[\\]|\\{\\})";
    let members = prop::collection::vec((names, leaves), 0..5).prop_map(|members| {
        let members = members.into_iter().map(|(name, value)| format!("{name:?}:{value}"));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    });
    let nested = (names, members.clone()).prop_map(|(name, inner)| format!("{{{name:?}:{inner}}}"));
    let patches = prop_oneof![members, nested, lines()];
    let durations = prop_oneof![Just("null".to_owned()), "-?[1-9][0-9]{0,20}"];
    let orders = (flaws, patches.clone(), patches, durations);
    let aws = std::cell::RefCell::new(Aws::built_in());
    let granted = std::cell::Cell::new(0);
    let run = TestRunner::new(Runs::with_cases(1000)).run(&orders, |order| {
        let (flaw, claims, header, seconds) = order;
        let mut request = http("POST", "/_countersign/tokens");
        request.body = format!(
            r#"{{"principal":{{"access_key_id":"{ALICE}"}},"region":"r","audience":["a"],
                "signing_algorithm":"ES384","duration_seconds":{seconds},"flaw":{flaw},
                "claims":{claims},"header":{header}}}"#
        )
        .into_bytes();
        let response = aws.borrow_mut().respond(&request);
        prop_assert!((200..500).contains(&response.status), "{response:?}");
        granted.set(granted.get() + u32::from(response.status == 200));
        Ok(())
    });
    run.unwrap();
    assert!(granted.get() > 100, "only {} were granted", granted.get());
}
