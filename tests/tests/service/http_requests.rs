//! Requests to services behind the layer, and with the extractor: the answers are the table's.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRef, Request};
use axum::response::Response;
use axum::routing::get;
use countersign::Verified;
use countersign::answer::{Answers, Reasons};
use countersign::axum::Authenticated;
use countersign::tower::{AuthenticationLayer, Authenticator};
use serde_json::Value;
use tower_layer::Layer as _;
use tower_service::Service;

use crate::aws::Aws;

#[derive(Clone, FromRef)]
struct Shop {
    authenticator: Authenticator,
}

async fn whoami(Authenticated(caller): Authenticated) -> String {
    caller.principal().name.clone()
}

async fn greet(caller: Option<Authenticated>) -> String {
    caller.map_or("nobody".to_owned(), |Authenticated(caller)| caller.principal().name.clone())
}

fn extracting(authenticator: Authenticator) -> Router {
    Router::new()
        .route("/whoami", get(whoami))
        .route("/greeting", get(greet))
        .with_state(Shop { authenticator })
}

fn layered(authenticator: Authenticator) -> Router {
    let handler = async |request: Request| -> String {
        request.extensions().get::<Verified>().unwrap().principal().name.clone()
    };
    Router::new().route("/whoami", get(handler)).layer(AuthenticationLayer::new(authenticator))
}

async fn ask(service: &mut Router, path: &str, authorization: &[&str]) -> Response {
    let mut request = Request::builder().uri(path);
    for value in authorization {
        request = request.header("authorization", value.as_bytes());
    }
    service.call(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: Response) -> String {
    let body = to_bytes(response.into_body(), 10_000).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

fn headers(response: &Response) -> BTreeMap<String, String> {
    let headers = response.headers().iter();
    headers
        .filter(|(name, _)| *name != "content-length")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect()
}

#[tokio::test]
async fn requests_without_one_token_are_answered_as_the_table_says() {
    let aws = Aws::start().await;
    let path = countersign_tests::suite::folder().join("http/answers.json");
    let table: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut asked = 0;
    for case in table["cases"].as_array().unwrap() {
        if case.get("token").is_some() {
            continue;
        }
        let answers = match case.get("realm").and_then(Value::as_str) {
            Some(realm) => Answers::default().with_realm(realm),
            None => Answers::default(),
        };
        let authenticator = Authenticator::new(aws.verifier()).with_answers(answers);
        let values: Vec<&str> =
            case["authorization"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
        for mut service in [extracting(authenticator.clone()), layered(authenticator.clone())] {
            let response = ask(&mut service, "/whoami", &values).await;
            let expected = &case["answer"];
            assert_eq!(response.status().as_u16(), expected["status"], "{case}");
            assert_eq!(serde_json::to_value(headers(&response)).unwrap(), expected["headers"]);
            let body: Value = serde_json::from_str(&text(response).await).unwrap();
            assert_eq!(body, expected["body"]);
            asked += 1;
        }
    }
    assert!(asked > 20, "only {asked}");
    assert_eq!(aws.fetched(), 0);
}

#[tokio::test]
async fn a_good_token_gets_through_and_a_bad_one_does_not() {
    let aws = Aws::start().await;
    let hidden = Authenticator::new(aws.verifier());
    let shown = hidden.clone().with_answers(Answers::default().with_reasons(Reasons::Shown));
    let good = format!("Bearer {}", aws.mint());
    let foreign = format!("bearer {}", aws.mint_for("https://other.example.com"));
    for (authenticator, is_shown) in [(hidden, false), (shown, true)] {
        for mut service in [extracting(authenticator.clone()), layered(authenticator.clone())] {
            let response = ask(&mut service, "/whoami", &[&good]).await;
            assert_eq!((response.status().as_u16(), &*text(response).await), (200, "Batch"));
            let response = ask(&mut service, "/whoami", &[&foreign]).await;
            assert_eq!(response.status(), 401);
            let challenge = response.headers()["www-authenticate"].to_str().unwrap().to_owned();
            assert!(challenge.starts_with(r#"Bearer realm="api", error="invalid_token""#));
            assert_eq!(challenge.contains("error_description"), is_shown, "{challenge}");
            let body = text(response).await;
            assert_eq!(body.contains("audience.mismatch"), is_shown, "{body}");
            assert!(!body.contains(foreign.rsplit('.').next().unwrap()));
        }
    }
}

#[tokio::test]
async fn keys_that_cannot_be_had_are_an_outage_and_not_the_callers_fault() {
    let aws = Aws::start().await;
    aws.answer(crate::aws::Mode::Down);
    let authenticator = Authenticator::new(aws.verifier());
    let good = format!("Bearer {}", aws.mint());
    for mut service in [extracting(authenticator.clone()), layered(authenticator)] {
        let response = ask(&mut service, "/whoami", &[&good]).await;
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "5");
        assert!(response.headers().get("www-authenticate").is_none());
    }
}

#[tokio::test]
async fn an_optional_caller_is_nobody_only_without_credentials() {
    let aws = Aws::start().await;
    let mut service = extracting(Authenticator::new(aws.verifier()));
    assert_eq!(text(ask(&mut service, "/greeting", &[]).await).await, "nobody");
    assert_eq!(text(ask(&mut service, "/greeting", &["Basic eA=="]).await).await, "nobody");
    let good = format!("Bearer {}", aws.mint());
    assert_eq!(text(ask(&mut service, "/greeting", &[&good]).await).await, "Batch");
    assert_eq!(ask(&mut service, "/greeting", &["Bearer x.y.z"]).await.status(), 401);
    assert_eq!(ask(&mut service, "/greeting", &["Bearer x y"]).await.status(), 400);
}

#[tokio::test]
async fn layer_and_extractors_verify_a_token_once_between_them() {
    let aws = Aws::start().await;
    let memory = countersign::replay::ReplayMemory::new(std::num::NonZeroUsize::MIN);
    let verifier = countersign::Verifier::new(aws.policy(), Default::default()).unwrap();
    let verifier = countersign::service::AsyncVerifier::builder(verifier, aws.host())
        .replay_protection(
            std::sync::Mutex::new(memory),
            countersign::replay::WhenUnavailable::Refuse,
        )
        .build();
    let authenticator = Authenticator::new(verifier);
    let twice = async |one: Authenticated, other: Authenticated| -> bool {
        one.0.token_id() == other.0.token_id()
    };
    let twice = async move |one: Authenticated, other: Authenticated| {
        assert!(twice(one, other).await);
        "once"
    };
    let router = Router::new()
        .route("/twice", get(twice))
        .with_state(Shop { authenticator: authenticator.clone() });
    let mut service = AuthenticationLayer::new(authenticator.clone()).layer(router);
    let good = format!("Bearer {}", aws.mint());
    let request = || {
        let request = Request::builder().uri("/twice").header("authorization", &good);
        request.body(Body::empty()).unwrap()
    };
    let response = service.call(request()).await.unwrap();
    assert_eq!((response.status().as_u16(), &*text(response).await), (200, "once"));
    assert_eq!(service.call(request()).await.unwrap().status(), 401, "it was used");
    assert_eq!(authenticator.verifier().metrics().verified, 1);
}

#[tokio::test]
async fn what_a_verifier_with_another_policy_accepted_is_verified_again() {
    let aws = Aws::start().await;
    let strict = serde_json::json!({
        "audience": crate::aws::AUDIENCE,
        "trust": [{ "issuer": aws.issuer, "principals": ["arn:aws:iam::*:role/billing/Admin"] }],
        "dangerLoopbackIssuers": [aws.issuer.rsplit_once('/').unwrap().0],
    });
    let strict = countersign::Policy::from_json(&strict.to_string()).unwrap();
    let strict = countersign::Verifier::new(strict, Default::default()).unwrap();
    let strict = countersign::service::AsyncVerifier::new(strict, aws.host());
    let lenient = AuthenticationLayer::new(Authenticator::new(aws.verifier()));
    let good = format!("Bearer {}", aws.mint());
    let mut outer = layered(Authenticator::new(aws.verifier()));
    assert_eq!(ask(&mut outer, "/whoami", &[&good]).await.status(), 200);
    let mut inner = extracting(Authenticator::new(strict)).layer(lenient);
    assert_eq!(ask(&mut inner, "/whoami", &[&good]).await.status(), 403);
}
