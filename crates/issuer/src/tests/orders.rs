//! Tokens that a test orders: STS's rules, and then the faults.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};

use super::support::{Aws, BATCH, GOOD, START_MILLIS, Token, http};
use crate::{Algorithm, Config};

const ROLE: &str = "arn:aws:iam::111122223333:role/jobs/Nightly";
const ACCOUNT: &str = "111122223333";
const NOW: i64 = START_MILLIS / 1000;

/// An order with these changes, which replace what it has.
fn order(aws: &mut Aws, changes: &Value) -> (u16, Value) {
    let mut order = json!({
        "principal": { "arn": ROLE },
        "region": "eu-west-1",
        "audience": ["https://api.example.com"],
        "signing_algorithm": "ES384",
    });
    for (name, change) in changes.as_object().unwrap() {
        order[name] = change.clone();
    }
    let mut request = http("POST", "/_countersign/tokens");
    request.body = order.to_string().into_bytes();
    let response = aws.respond(&request);
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

fn ordered(aws: &mut Aws, changes: &Value) -> Token {
    let (status, answer) = order(aws, changes);
    assert_eq!(status, 200, "{answer}");
    Token(answer["token"].as_str().unwrap().to_owned())
}

#[test]
fn an_order_gives_what_a_client_of_sts_gets() {
    let mut aws = Aws::built_in();
    let minted = aws.mint(BATCH, &GOOD);
    let token = ordered(&mut aws, &json!({ "principal": { "access_key_id": BATCH } }));
    let without_id = |token: &Token| {
        let mut claims = token.claims();
        claims.as_object_mut().unwrap().remove("jti");
        claims
    };
    assert_eq!(without_id(&token), without_id(&minted));
    assert_eq!(token.header(), minted.header());
    assert!(token.verifies_with(&aws.key_set(ACCOUNT)));
}

#[test]
fn principals_can_be_described() {
    let mut aws = Aws::built_in();
    let token = ordered(
        &mut aws,
        &json!({
            "principal": {
                "arn": ROLE,
                "principal_tags": { "team": "billing" },
                "session_expires_in_seconds": 900,
                "context": { "glue_credential_issuing_service": "glue.amazonaws.com" },
            },
            "duration_seconds": 900,
            "tags": [{ "key": "job", "value": "7" }],
        }),
    );
    let claim = token.aws();
    assert_eq!(token.claims()["sub"], ROLE);
    assert_eq!(token.claims()["exp"], NOW + 900);
    assert_eq!(claim["principal_tags"], json!({ "team": "billing" }));
    assert_eq!(claim["request_tags"], json!({ "job": "7" }));
    assert_eq!(claim["glue_credential_issuing_service"], "glue.amazonaws.com");
}

#[test]
fn sts_refuses_as_ever() {
    let mut aws = Aws::built_in();
    for (changes, status, code) in [
        (json!({ "duration_seconds": 59 }), 400, "ValidationError"),
        (json!({ "audience": [] }), 400, "ValidationError"),
        (json!({ "audience": null }), 400, "ValidationError"),
        (json!({ "principal": { "arn": ROLE, "may_get_token": false } }), 403, "AccessDenied"),
        (
            json!({ "principal": { "arn": ROLE, "session_expires_at": "2025-01-01T00:00:00Z" } }),
            403,
            "ExpiredToken",
        ),
        (
            json!({ "principal": { "access_key_id": "ASIANOBODY0000000000" } }),
            403,
            "InvalidClientTokenId",
        ),
        (
            json!({ "principal": { "arn": "arn:aws:iam::333344445555:role/x" } }),
            403,
            "OutboundWebIdentityFederationDisabledException",
        ),
        // However the token is to be spoilt afterwards.
        (json!({ "duration_seconds": 59, "flaw": "expired" }), 400, "ValidationError"),
    ] {
        let (found, answer) = order(&mut aws, &changes);
        assert_eq!((found, &answer["aws"]["code"]), (status, &code.into()), "{changes} {answer}");
        assert_eq!(answer["code"], "admin.refused_by_aws");
    }
}

#[test]
fn orders_that_cannot_be_understood() {
    let mut aws = Aws::built_in();
    for (changes, code, path) in [
        (json!({ "principal": { "arn": "x" } }), "config.invalid_arn", "principal.arn"),
        (
            json!({ "principal": { "arn": "arn:aws:iam::123456789012:role/x" } }),
            "config.unknown_account",
            "principal.arn",
        ),
        (json!({ "flaw": "stale" }), "config.syntax", "line 1, column 54"),
        (json!({ "audiences": [] }), "config.syntax", "line 1, column 51"),
        (json!({ "principal": { "arn": ROLE, "tags": {} } }), "config.syntax", "principal"),
    ] {
        let (status, answer) = order(&mut aws, &changes);
        assert_eq!((status, &answer["code"]), (400, &"admin.invalid_order".into()));
        let fault = &answer["faults"][0];
        assert_eq!((&fault["code"], &fault["path"]), (&code.into(), &path.into()), "{answer}");
    }
}

#[test]
fn times_are_moved_and_signed() {
    let mut aws = Aws::built_in();
    for (flaw, issued) in [("expired", NOW - 3900), ("not-yet-valid", NOW + 3600)] {
        let token = ordered(&mut aws, &json!({ "flaw": flaw }));
        assert_eq!(token.claims()["iat"], issued);
        assert_eq!(token.claims()["exp"], issued + 300);
        assert!(token.verifies_with(&aws.key_set(ACCOUNT)), "{flaw}");
    }
}

#[test]
fn signatures_that_do_not_hold() {
    let mut aws = Aws::built_in();
    for algorithm in [Algorithm::Es384, Algorithm::Rs256] {
        let good = ordered(&mut aws, &json!({ "signing_algorithm": algorithm }));
        for flaw in ["wrong-signature", "tampered-payload", "unknown-key", "withdrawn-key"] {
            let token = ordered(&mut aws, &json!({ "flaw": flaw, "signing_algorithm": algorithm }));
            assert!(!token.verifies_with(&aws.key_set(ACCOUNT)), "{flaw}");
            let has_its_key_id = matches!(flaw, "wrong-signature" | "tampered-payload");
            assert_eq!(token.kid() == good.kid(), has_its_key_id, "{flaw}");
        }
        assert!(good.verifies_with(&aws.key_set(ACCOUNT)));
    }
}

#[test]
fn the_withdrawn_key_is_the_last_one() {
    let mut aws = Aws::built_in();
    let keys = aws.key_set(ACCOUNT);
    aws.admin("POST", &format!("accounts/{ACCOUNT}/rotate?overlap_seconds=0"));
    let token = ordered(&mut aws, &json!({ "flaw": "withdrawn-key" }));
    assert!(token.verifies_with(&keys), "it was published once");
    assert!(!token.verifies_with(&aws.key_set(ACCOUNT)));
}

#[test]
fn algorithms_that_are_none() {
    let mut aws = Aws::built_in();
    let unsigned = ordered(&mut aws, &json!({ "flaw": "alg-none" }));
    assert!(unsigned.header().contains(r#""alg":"none""#) && unsigned.0.ends_with('.'));

    let token = ordered(&mut aws, &json!({ "flaw": "hmac-confusion" }));
    assert!(token.header().contains(r#""alg":"HS256""#));
    let state = &aws.issuer.states[ACCOUNT];
    let pem = state.ring.signing_key(Algorithm::Es384).unwrap().public_key_pem().unwrap();
    assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----"));
    let (message, _) = token.0.rsplit_once('.').unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(pem.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    assert!(mac.verify_slice(&token.signature()).is_ok());
}

#[test]
fn claims_and_header_are_patched_and_signed() {
    let mut aws = Aws::built_in();
    let token = ordered(
        &mut aws,
        &json!({
            "claims": {
                "jti": null,
                "aud": 5,
                "nbf": { "in": { "depth": null, "kept": 1 } },
                "https://sts.amazonaws.com/": { "org_id": "o-other00000", "ou_path": null },
            },
            "header": { "typ": "at+jwt", "kid": null },
        }),
    );
    let claims = token.claims();
    assert_eq!((claims.get("jti"), &claims["aud"]), (None, &json!(5)));
    assert_eq!(claims["nbf"], json!({ "in": { "kept": 1 } }));
    assert_eq!(token.aws()["org_id"], "o-other00000");
    assert_eq!(token.aws().get("ou_path"), None);
    assert_eq!(token.aws()["aws_account"], ACCOUNT);
    assert_eq!(token.header(), r#"{"alg":"ES384","typ":"at+jwt"}"#);
}

#[test]
fn the_wrong_issuer_only_looks_like_one() {
    let aws_form = Config::built_in().unwrap().with_issuer_form(crate::IssuerForm::Aws);
    for mut aws in [Aws::built_in(), Aws::with(aws_form)] {
        let issuer = aws.issuer_of(ACCOUNT);
        let token = ordered(&mut aws, &json!({ "flaw": "wrong-issuer" }));
        let claims = token.claims();
        let found = claims["iss"].as_str().unwrap();
        assert_ne!(found, issuer);
        assert!(found.ends_with(".tokens.sts.global.api.aws.example.com"), "{found}");
    }
}

#[test]
fn the_feature_is_switched_whatever_it_was() {
    let mut aws = Aws::built_in();
    for (command, state) in
        [("disable", "disabled"), ("disable", "disabled"), ("enable", "enabled")]
    {
        let before = aws.issuer.revision();
        let (status, account) = aws.admin("POST", &format!("accounts/{ACCOUNT}/{command}"));
        assert_eq!((status, &account["federation"]), (200, &state.into()));
        assert!(aws.issuer.revision() > before);
    }
}

#[test]
fn an_issuer_that_signs_with_one_algorithm_publishes_no_other() {
    let text = crate::DEFAULT_CONFIG.replace(r#"["RS256", "ES384"]"#, r#"["ES384"]"#);
    let mut aws = Aws::configured(&text);
    assert_eq!(aws.kids(ACCOUNT), ["EC384_0"]);
    aws.admin("POST", &format!("accounts/{ACCOUNT}/rotate"));
    assert_eq!(aws.kids(ACCOUNT), ["EC384_1", "EC384_0"]);
    let url = format!("{}/.well-known/openid-configuration", aws.issuer_of(ACCOUNT));
    let document: Value = serde_json::from_slice(&aws.fetch(&url).body).unwrap();
    assert_eq!(document["id_token_signing_alg_values_supported"], json!(["ES384"]));
    let (status, answer) = order(&mut aws, &json!({ "signing_algorithm": "RS256" }));
    assert_eq!((status, &answer["aws"]["code"]), (400, &"ValidationError".into()));
    let none = text.replace(r#"["ES384"]"#, "[]");
    let error = Config::parse(&none).unwrap_err();
    let codes: Vec<_> = error.faults().iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["config.no_algorithm"]);
}

#[test]
fn a_configuration_may_be_json() {
    let config = json!({
        "issuer": { "form": "aws" },
        "accounts": [{ "id": "123456789012", "federation": "enabled" }],
    });
    assert!(Config::from_json(&config.to_string()).is_ok());
    let fault = |text: &str| {
        let error = Config::from_json(text).unwrap_err();
        let fault = &error.faults()[0];
        (fault.code, fault.path.clone())
    };
    assert_eq!(fault("{ \"issuer\": 5 }"), ("config.syntax", "line 1, column 13".into()));
    assert_eq!(
        fault(r#"{ "accounts": [{ "id": "12" }] }"#),
        ("config.invalid_account_id", "accounts[0].id".into())
    );
}

#[test]
fn rsa_keys_can_be_the_hosts() {
    fn made() -> Option<Vec<u8>> {
        use rand_core::SeedableRng;
        use rsa::pkcs8::EncodePrivateKey;
        let mut entropy = chacha20::ChaCha20Rng::from_seed([3; 32]);
        let key = rsa::RsaPrivateKey::new(&mut entropy, 2048).ok()?;
        Some(key.to_pkcs8_der().ok()?.as_bytes().to_vec())
    }
    let modulus = |aws: &mut Aws| aws.key_set(ACCOUNT)["keys"][0]["n"].clone();
    let mut aws = Aws::built_in();
    let own = modulus(&mut aws);
    let mut with_host = Aws::built_in();
    with_host.issuer = with_host.issuer.with_rsa_keys_of(made);
    let hosts = modulus(&mut with_host);
    assert_ne!(hosts, own);
    let mut again = Aws::built_in();
    again.issuer = again.issuer.with_rsa_keys_of(made);
    assert_eq!(modulus(&mut again), hosts);
    let mut without = Aws::built_in();
    without.issuer = without.issuer.with_rsa_keys_of(|| None);
    assert_eq!(modulus(&mut without), own);
}
