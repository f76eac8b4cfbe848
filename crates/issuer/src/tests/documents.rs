//! Discovery and key sets.

use serde_json::{Value, json};

use super::support::{Aws, BASE_URL, GOOD, http};
use crate::{Config, DEFAULT_CONFIG, IssuerForm};

const ACCOUNT: &str = "111122223333";

#[test]
fn discovery_has_the_live_members() {
    let mut aws = Aws::built_in();
    let issuer = aws.issuer_of(ACCOUNT);
    assert!(issuer.starts_with(&format!("{BASE_URL}/")) && !issuer.ends_with('/'));
    let response = aws.fetch(&format!("{issuer}/.well-known/openid-configuration"));
    let document: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!(
        document,
        json!({
            "claims_supported": ["sub", "iss", "aud", "exp", "iat", "jti", "https://sts.amazonaws.com/"],
            "id_token_signing_alg_values_supported": ["RS256", "ES384"],
            "issuer": issuer,
            "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
        })
    );
    assert_eq!(response.content_type, "application/json");
    let headers = [
        ("access-control-allow-origin", "*".to_owned()),
        ("cache-control", "public, max-age=300".to_owned()),
    ];
    assert_eq!(response.headers, headers);
}

#[test]
fn key_sets_have_the_live_members() {
    let mut aws = Aws::built_in();
    let set = aws.key_set(ACCOUNT);
    let [rsa, elliptic] = set["keys"].as_array().unwrap().as_slice() else { panic!("{set}") };
    let members = |key: &Value| key.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(members(rsa), ["alg", "e", "kid", "kty", "n", "use"]);
    assert_eq!(members(elliptic), ["alg", "crv", "kid", "kty", "use", "x", "y"]);
    assert_eq!((&rsa["kid"], &rsa["e"]), (&json!("RSA_0"), &json!("AQAB")));
    assert_eq!(elliptic["crv"], "P-384");
    assert_eq!(aws.key_set(ACCOUNT), set, "keys are made once");

    let text = DEFAULT_CONFIG.replace("rsa_keys_state_alg = true", "rsa_keys_state_alg = false");
    let set = Aws::configured(&text).key_set(ACCOUNT);
    assert!(set["keys"][0].get("alg").is_none());
    assert_eq!(set["keys"][1]["alg"], "ES384");
}

#[test]
fn headers_are_configurable() {
    let text = DEFAULT_CONFIG
        .replace("cors = true", "cors = false")
        .replace("cache_max_age_seconds = 300", "cache_max_age_seconds = 5");
    let mut aws = Aws::configured(&text);
    let url = format!("{}/.well-known/jwks.json", aws.issuer_of(ACCOUNT));
    let headers = aws.fetch(&url).headers;
    assert_eq!(headers, [("cache-control", "public, max-age=5".to_owned())]);
    let path = url.strip_prefix(BASE_URL).unwrap();
    assert_eq!(aws.respond(&http("OPTIONS", path)).status, 405);
    assert_eq!(Aws::built_in().respond(&http("DELETE", "/")).status, 405);
}

#[test]
fn web_pages_may_ask_first() {
    let mut aws = Aws::built_in();
    let url = format!("{}/.well-known/jwks.json", aws.issuer_of(ACCOUNT));
    let response = aws.respond(&http("OPTIONS", url.strip_prefix(BASE_URL).unwrap()));
    assert_eq!(response.status, 204);
    assert!(response.headers.contains(&("access-control-allow-origin", "*".into())));
}

#[test]
fn the_aws_form_is_served_by_path_and_by_host() {
    let mut aws = Aws::with(Config::built_in().unwrap().with_issuer_form(IssuerForm::Aws));
    let issuer = aws.issuer_of(ACCOUNT);
    let text = DEFAULT_CONFIG.replace("form = \"loopback\"", "form = \"aws\"");
    assert_eq!(Aws::configured(&text).issuer_of(ACCOUNT), issuer, "the file says it as well");
    let host = issuer.strip_prefix("https://").unwrap();
    let label = host.strip_suffix(".tokens.sts.global.api.aws").unwrap();
    assert_eq!(aws.mint("ASIAEXAMPLEBATCH0001", &GOOD).claims()["iss"], issuer);

    let by_path = aws.respond(&http("GET", &format!("/{label}/.well-known/openid-configuration")));
    let mut request = http("GET", "/.well-known/openid-configuration");
    request.headers[0].1 = format!("{host}:443");
    let by_host = aws.respond(&request);
    assert_eq!(by_path, by_host);
    let document: Value = serde_json::from_slice(&by_host.body).unwrap();
    assert_eq!(document["jwks_uri"], format!("{issuer}/.well-known/jwks.json"));
}

#[test]
fn nothing_else_is_there() {
    let mut aws = Aws::built_in();
    let label = aws.issuer_of(ACCOUNT).strip_prefix(&format!("{BASE_URL}/")).unwrap().to_owned();
    for path in [
        "/.well-known/jwks.json".to_owned(),
        "/00000000-0000-4000-8000-000000000000/.well-known/jwks.json".to_owned(),
        format!("/{label}"),
        format!("/{label}/"),
        format!("/{label}/.well-known/jwks.json/"),
        format!("//{label}/.well-known/jwks.json"),
        format!("/{}/.well-known/jwks.json", label.to_uppercase()),
        String::new(),
    ] {
        assert_eq!(aws.respond(&http("GET", &path)).status, 404, "{path}");
    }
}
