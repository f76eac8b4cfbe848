//! From minting to verification, without a network: the local issuer mints tokens, and its answers are
//! what the verifier fetches.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

mod aws;

use aws::{
    AUDIENCE, Aws, BATCH, EC2, LAMBDA, ORGANIZATION, PRODUCTION, SSO, STRANGER, STRANGERS_ACCOUNT,
    STRICT, STRICT_ACCOUNT, changed, outcome, renamed_key,
};
use countersign::keys::{FetchFailure, FetchPurpose};
use countersign::{
    Code, Detail, FetchOutcome, FreshnessHeaders, KeyStoreSettings, Policy, Step, Verifier,
};
use serde_json::json;

#[test]
fn a_pinned_issuer_on_loopback_in_both_algorithms() {
    let mut aws = Aws::on_loopback();
    let issuer = aws.issuer_of(PRODUCTION);
    assert!(issuer.starts_with("http://127.0.0.1:8460/"), "{issuer}");
    let mut verifier = verifier(&json!({
        "audience": AUDIENCE, "dangerLoopbackIssuers": ["http://127.0.0.1:8460"],
        "trust": [{ "name": "production", "issuer": issuer, "account": PRODUCTION,
                    "principals": "arn:aws:iam::111122223333:role/billing/*" }],
    }));
    for algorithm in ["ES384", "RS256"] {
        let token = aws.mint(BATCH, algorithm);
        let judgement = aws.verify(&mut verifier, &token);
        let verified = judgement.verdict().unwrap();
        assert_eq!(verified.rule(), "production");
        assert_eq!(verified.issuer(), issuer);
        assert_eq!(verified.subject(), "arn:aws:iam::111122223333:role/billing/Batch");
        assert_eq!(verified.aws().organization.as_deref(), Some(ORGANIZATION));
        assert_eq!(verified.aws().source_identity.as_deref(), Some("alice"));
        assert_eq!(verified.expires_at() - verified.issued_at(), 300);
    }
    let well_known = |name: &str| format!("{issuer}/.well-known/{name}");
    let expected = [well_known("openid-configuration"), well_known("jwks.json")];
    assert_eq!(aws.fetched, expected, "fetched once, for all tokens");
}

#[test]
fn plain_http_is_refused_unless_allowed_in_so_many_words() {
    let aws = Aws::on_loopback();
    let policy =
        json!({ "audience": AUDIENCE, "trust": [{ "issuer": aws.issuer_of(PRODUCTION) }] });
    let faults = Policy::from_json(&policy.to_string()).unwrap_err();
    assert_eq!(faults.as_slice()[0].code.as_str(), "policy.issuer");
    // Trust by organization covers no loopback issuer either.
    let mut aws = aws;
    let token = aws.mint(BATCH, "ES384");
    let judgement = aws.verify(&mut verifier(&organization()), &token);
    assert_eq!(outcome(&judgement), Err(Code::IssuerUntrusted));
    assert!(aws.fetched.is_empty());
}

#[test]
fn an_organization_is_trusted_whose_issuers_are_never_named() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&json!({
        "audience": AUDIENCE,
        "trust": [{ "organization": ORGANIZATION,
                    "organizationalUnits": ["o-abc1234567/r-ab12/ou-ab12-11111111/**"] }],
    }));
    let token = aws.mint(BATCH, "ES384");
    let judgement = aws.verify(&mut verifier, &token);
    let verified = judgement.verdict().unwrap();
    assert_eq!(verified.principal().account, PRODUCTION);
    assert_eq!(verified.issuer(), aws.issuer_of(PRODUCTION));
    assert!(verified.issuer().ends_with(".tokens.sts.global.api.aws"));
    assert_eq!(aws.fetched, [format!("{}/.well-known/jwks.json", verified.issuer())]);

    // The same organization, another place in it.
    let token = aws.mint(STRICT, "ES384");
    let judgement = aws.verify(&mut verifier, &token);
    assert_eq!(outcome(&judgement), Err(Code::TrustOrganizationalUnit));
}

#[test]
fn a_stranger_causes_no_fetch_at_all() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let token = aws.mint(STRANGER, "ES384");
    assert!(token.len() > 500, "a genuine token of AWS's form");
    for _ in 0..3 {
        let judgement = aws.verify(&mut verifier, &token);
        assert_eq!(outcome(&judgement), Err(Code::TrustOrganization));
    }
    // Nor does one who claims the organization in a token of an account that is pinned to another.
    let mut pinned = verifier_of_account();
    let judgement = aws.verify(&mut pinned, &token);
    assert_eq!(outcome(&judgement), Err(Code::TrustOrganization));
    // Whatever the stranger writes that is not AWS's form of issuer goes nowhere either.
    let evil = changed(&token, |claims| {
        claims["iss"] = json!("https://169.254.169.254");
        claims["https://sts.amazonaws.com/"]["org_id"] = json!(ORGANIZATION);
    });
    assert_eq!(outcome(&aws.verify(&mut verifier, &evil)), Err(Code::IssuerUntrusted));
    assert!(aws.fetched.is_empty(), "{:?}", aws.fetched);
}

#[test]
fn a_stranger_who_claims_the_organization_is_refused_by_the_signature() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let token = aws.mint(STRANGER, "ES384");
    let lie = changed(&token, |claims| {
        claims["https://sts.amazonaws.com/"]["org_id"] = json!(ORGANIZATION);
    });
    assert_eq!(outcome(&aws.verify(&mut verifier, &lie)), Err(Code::SignatureInvalid));
    // It named its own issuer, whose keys were fetched; those of the organization stay apart.
    let host = aws.issuer_of(STRANGERS_ACCOUNT);
    assert!(aws.fetched.iter().all(|url| url.starts_with(&host)));
    let impersonation = changed(&token, |claims| {
        claims["iss"] = json!(aws.issuer_of(PRODUCTION));
        claims["https://sts.amazonaws.com/"]["org_id"] = json!(ORGANIZATION);
    });
    assert_eq!(outcome(&aws.verify(&mut verifier, &impersonation)), Err(Code::SignatureInvalid));
}

#[test]
fn issuers_with_the_same_key_ids_never_share_keys() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let tokens = [aws.mint(BATCH, "ES384"), aws.mint(STRICT, "ES384")];
    for token in &tokens {
        assert_eq!(outcome(&aws.verify(&mut verifier, token)), Ok(()));
    }
    assert_eq!(aws.fetched.len(), 2, "the key set of each issuer");
    let [one, other] = tokens.each_ref().map(|token| token.rsplit_once('.').unwrap());
    for (input, signature) in [(one.0, other.1), (other.0, one.1)] {
        let crossed = format!("{input}.{signature}");
        assert_eq!(outcome(&aws.verify(&mut verifier, &crossed)), Err(Code::SignatureInvalid));
    }
    assert_ne!(aws.issuer_of(PRODUCTION), aws.issuer_of(STRICT_ACCOUNT));
}

#[test]
fn a_rotation_costs_one_fetch() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let old = aws.mint(BATCH, "ES384");
    assert_eq!(outcome(&aws.verify(&mut verifier, &old)), Ok(()));
    aws.administer(&format!("accounts/{PRODUCTION}/rotate?overlap_seconds=900"));
    aws.now += 20;
    aws.fetched.clear();
    for _ in 0..3 {
        let new = aws.mint(BATCH, "ES384");
        assert_eq!(outcome(&aws.verify(&mut verifier, &new)), Ok(()), "a new key id");
        assert_eq!(outcome(&aws.verify(&mut verifier, &old)), Ok(()), "the overlap");
    }
    let key_set = format!("{}/.well-known/jwks.json", aws.issuer_of(PRODUCTION));
    assert_eq!(aws.fetched, [key_set], "the key set once, and no discovery");
}

#[test]
fn a_withdrawn_key_is_refused_once_the_cache_has_ended() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    aws.lifetime = 3600;
    let old = aws.mint(BATCH, "ES384");
    assert_eq!(outcome(&aws.verify(&mut verifier, &old)), Ok(()));
    aws.administer(&format!("accounts/{PRODUCTION}/rotate?overlap_seconds=0"));
    // The issuer says that its documents may be kept for 300 seconds.
    aws.now += 301;
    assert_eq!(outcome(&aws.verify(&mut verifier, &old)), Err(Code::KeyUnknown));
    let new = aws.mint(BATCH, "ES384");
    assert_eq!(outcome(&aws.verify(&mut verifier, &new)), Ok(()));
}

#[test]
fn an_unknown_key_id_is_asked_for_once() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let token = aws.mint(BATCH, "ES384");
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Ok(()));
    aws.now += 20;
    aws.fetched.clear();
    let junk = renamed_key(&token, "EC384_999");
    for _ in 0..50 {
        assert_eq!(outcome(&aws.verify(&mut verifier, &junk)), Err(Code::KeyUnknown));
    }
    assert_eq!(aws.fetched.len(), 1, "{:?}", aws.fetched);
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Ok(()), "the others are unharmed");
}

#[test]
fn a_flood_of_unknown_key_ids_delays_a_rotation_by_the_cooldown_at_most() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let token = aws.mint(BATCH, "ES384");
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Ok(()));
    aws.now += 20;
    aws.fetched.clear();
    for number in 0..50 {
        let junk = renamed_key(&token, &format!("JUNK_{number}"));
        assert_eq!(outcome(&aws.verify(&mut verifier, &junk)), Err(Code::KeyUnknown));
    }
    assert_eq!(aws.fetched.len(), 1, "{:?}", aws.fetched);
    aws.administer(&format!("accounts/{PRODUCTION}/rotate?overlap_seconds=900"));
    let new = aws.mint(BATCH, "ES384");
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Ok(()), "known keys are unharmed");
    aws.now += KeyStoreSettings::default().unknown_key_cooldown_seconds;
    assert_eq!(outcome(&aws.verify(&mut verifier, &new)), Ok(()), "a genuine new key id");
}

#[test]
fn what_is_wrong_with_a_token_is_told() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let token = aws.mint(BATCH, "RS256");
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Ok(()));
    let other = aws.mint_for(BATCH, "RS256", "https://other.example");
    let judgement = aws.verify(&mut verifier, &other);
    assert_eq!(outcome(&judgement), Err(Code::AudienceMismatch));
    let rejection = judgement.verdict().unwrap_err();
    assert!(rejection.expected.contains(AUDIENCE) && rejection.found.contains("other.example"));
    let tampered = changed(&token, |claims| claims["exp"] = json!(4_000_000_000_u64));
    assert_eq!(outcome(&aws.verify(&mut verifier, &tampered)), Err(Code::SignatureInvalid));
    aws.now += 329;
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Ok(()), "within the tolerance");
    aws.now += 1;
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Err(Code::TimeExpired));
    aws.now -= 361;
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Err(Code::TimeIssuedInFuture));
}

#[test]
fn contexts_arrive_as_they_were_minted() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let mut identity = |key: &str| {
        let token = aws.mint(key, "ES384");
        let judgement = aws.verify(&mut verifier, &token);
        serde_json::to_value(judgement.verdict().unwrap().identity()).unwrap()
    };
    assert_eq!(identity(EC2)["aws"]["ec2"]["roleDelivery"], "2.0");
    assert_eq!(identity(EC2)["aws"]["ec2"]["privateIpv4"], "10.0.0.17");
    let function = "arn:aws:lambda:eu-west-1:111122223333:function:process-data";
    assert_eq!(identity(LAMBDA)["aws"]["lambda"]["functionArn"], function);
    assert_eq!(identity(SSO)["principal"]["permissionSet"], "Developer");
    assert!(identity(SSO)["aws"]["identityCenter"]["userId"].is_string());
    let batch = identity(BATCH);
    assert_eq!(batch["aws"]["principalTags"]["team"], "billing");
    assert_eq!(batch["aws"]["organizationalUnits"].as_array().unwrap().len(), 1);
    assert!(batch["aws"]["originalSessionExpiresAt"].is_u64());
}

#[test]
fn an_issuer_that_is_down_is_not_asked_again_at_once() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let failures = [
        FetchOutcome::Failed { reason: FetchFailure::Timeout, detail: String::new() },
        response(503, b"busy"),
        response(302, b""),
        response(200, b"<html>a login page</html>"),
        response(200, &vec![b' '; 1 << 20]),
    ];
    for failure in failures {
        aws.fetched.clear();
        aws.answer_instead = Some(failure);
        let token = aws.mint(BATCH, "ES384");
        for _ in 0..3 {
            let judgement = aws.verify(&mut verifier, &token);
            let rejection = judgement.verdict().unwrap_err();
            assert_eq!(rejection.code, Code::KeyUnavailable);
            assert!(rejection.retryable() && rejection.status() == 503);
        }
        assert_eq!(aws.fetched.len(), 1, "one attempt for all three");
        // Longer than any back-off.
        aws.now += 400;
    }
    aws.answer_instead = None;
    let token = aws.mint(BATCH, "ES384");
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Ok(()), "it came back");
}

#[test]
fn a_discovery_document_leads_nowhere_else() {
    let mut aws = Aws::in_the_cloud();
    let issuer = aws.issuer_of(PRODUCTION);
    let token = aws.mint(BATCH, "ES384");
    for jwks_uri in [
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "https://evil.example/jwks.json".to_owned(),
        format!("{issuer}.evil.example/jwks.json"),
        format!("{issuer}@evil.example/jwks.json"),
        format!("{issuer}:8443/jwks.json"),
        "file:///etc/passwd".to_owned(),
        "/jwks.json".to_owned(),
    ] {
        let mut verifier = verifier(&organization());
        aws.fetched.clear();
        let document = json!({ "issuer": issuer, "jwks_uri": jwks_uri }).to_string();
        aws.answer_instead = Some(response(200, document.as_bytes()));
        let judgement = aws.verify(&mut verifier, &token);
        assert_eq!(outcome(&judgement), Err(Code::KeyUnavailable), "{jwks_uri}");
        assert_eq!(aws.fetched.len(), 1, "{:?}", aws.fetched);
    }
    let mut verifier = verifier(&organization());
    let other = json!({ "issuer": format!("{issuer}/"), "jwks_uri": format!("{issuer}/x") });
    aws.answer_instead = Some(response(200, other.to_string().as_bytes()));
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Err(Code::KeyUnavailable));
}

#[test]
fn without_fetching_there_are_no_keys_and_with_one_under_way_others_wait() {
    let mut aws = Aws::in_the_cloud();
    let mut verifier = verifier(&organization());
    let token = aws.mint(BATCH, "ES384");
    let cold = verifier.judge(&token, aws.now, Detail::Verdict);
    assert_eq!(outcome(&cold), Err(Code::KeyNotLoaded));
    let Step::Fetch(fetch) = verifier.step(&token, aws.now, Detail::Verdict) else {
        panic!("the first asks for the key set, whose place is known by the issuer's form");
    };
    assert_eq!(fetch.purpose, FetchPurpose::KeySet);
    for _ in 0..20 {
        let step = verifier.step(&token, aws.now, Detail::Verdict);
        assert!(matches!(step, Step::Wait { .. }), "{step:?}");
    }
    let answer = aws.answer(&fetch.url);
    verifier.supply(fetch.id, answer, aws.now);
    assert_eq!(outcome(&aws.verify(&mut verifier, &token)), Ok(()));
    let warm = verifier.judge(&token, aws.now, Detail::Verdict);
    assert_eq!(outcome(&warm), Ok(()));
}

fn organization() -> serde_json::Value {
    json!({ "audience": AUDIENCE, "trust": [{ "organization": ORGANIZATION }] })
}

fn verifier_of_account() -> Verifier {
    verifier(&json!({
        "audience": AUDIENCE,
        "trust": [{ "organization": ORGANIZATION, "account": PRODUCTION }],
    }))
}

fn verifier(policy: &serde_json::Value) -> Verifier {
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    Verifier::new(policy, KeyStoreSettings::default()).unwrap()
}

fn response(status: u16, body: &[u8]) -> FetchOutcome {
    FetchOutcome::Response { status, freshness: FreshnessHeaders::default(), body: body.to_vec() }
}
