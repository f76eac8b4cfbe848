//! What stands in a token.

use serde_json::json;

use super::support::{ALICE, Aws, BATCH, GOOD, START_MILLIS};
use crate::DEFAULT_CONFIG;

#[test]
fn a_role_session_has_the_live_shape() {
    let mut aws = Aws::built_in();
    let issuer = aws.issuer_of("111122223333");
    let answer = aws.token(BATCH, &GOOD);
    assert_eq!(answer.text("Expiration"), "2026-04-21T07:42:10.000Z");
    let token = super::support::Token(answer.text("WebIdentityToken"));
    assert_eq!(token.header(), r#"{"kid":"EC384_0","typ":"JWT","alg":"ES384"}"#);
    let id = token.claims()["jti"].as_str().unwrap().to_owned();
    assert_eq!(
        token.payload(),
        format!(
            r#"{{"aud":"https://api.example.com","exp":1776757330,"https://sts.amazonaws.com/":{{"aws_account":"111122223333","org_id":"o-abc1234567","original_session_exp":"2026-04-21T08:37:10Z","ou_path":["o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-22222222/"],"principal_id":"arn:aws:iam::111122223333:role/billing/Batch","principal_tags":{{"environment":"production","team":"billing"}},"source_identity":"alice","source_region":"eu-west-1"}},"iat":1776757030,"iss":"{issuer}","jti":"{id}","sub":"arn:aws:iam::111122223333:role/billing/Batch"}}"#
        )
    );
    assert_ne!(aws.mint(BATCH, &GOOD).claims()["jti"], json!(id));
}

#[test]
fn both_algorithms_verify_with_the_published_keys() {
    let mut aws = Aws::built_in();
    let elliptic = aws.mint(BATCH, &GOOD);
    let rsa = aws.mint(BATCH, &[("Audience.member.1", "a"), ("SigningAlgorithm", "RS256")]);
    assert_eq!(rsa.header(), r#"{"kid":"RSA_0","typ":"JWT","alg":"RS256"}"#);
    let keys = aws.key_set("111122223333");
    assert!(elliptic.verifies_with(&keys) && rsa.verifies_with(&keys));
    // The same kid recurs in every account, and is another key there.
    let others = aws.key_set("999988887777");
    assert!(!elliptic.verifies_with(&others) && !rsa.verifies_with(&others));
    let signature_bytes = |token: &str| token.rsplit('.').next().unwrap().len() * 3 / 4;
    assert_eq!(signature_bytes(&elliptic.0), 96);
    assert_eq!(signature_bytes(&rsa.0), 256);
}

#[test]
fn several_audiences_keep_order_and_duplicates() {
    let token = Aws::built_in().mint(
        BATCH,
        &[
            ("Audience.member.2", "a"),
            ("Audience.member.1", "b"),
            ("Audience.member.3", "b"),
            ("SigningAlgorithm", "ES384"),
        ],
    );
    assert_eq!(token.claims()["aud"], json!(["b", "a", "b"]));
}

#[test]
fn long_term_credentials_have_no_session() {
    let parameters = [
        GOOD.as_slice(),
        &[
            ("DurationSeconds", "3600"),
            ("Tags.member.1.Key", "job-id"),
            ("Tags.member.1.Value", "job 7 漢字"),
        ],
    ]
    .concat();
    let token = Aws::built_in().mint(ALICE, &parameters);
    assert_eq!(token.claims()["sub"], "arn:aws:iam::111122223333:user/ops/alice");
    assert_eq!(token.claims()["exp"], START_MILLIS / 1000 + 3600);
    assert!(token.claims().get("nbf").is_none());
    let aws = token.aws();
    assert!(aws.get("original_session_exp").is_none());
    assert_eq!(aws["request_tags"], json!({ "job-id": "job 7 漢字" }));
}

#[test]
fn the_context_of_each_kind_of_principal() {
    let mut aws = Aws::built_in();
    let ec2 = aws.mint("ASIAEXAMPLEEC2000001", &GOOD).aws();
    assert_eq!(ec2["ec2_instance_source_private_ipv4"], "10.0.0.17");
    assert_eq!(ec2["ec2_role_delivery"], "2.0");
    let lambda = aws.mint("ASIAEXAMPLELAMBDA001", &GOOD).aws();
    let function = "arn:aws:lambda:eu-west-1:111122223333:function:process-data";
    assert_eq!(lambda["lambda_source_function_arn"], function);
    let person = aws.mint("ASIAEXAMPLESSO000001", &GOOD).aws();
    assert_eq!(person["identity_store_user_id"], "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111");
    let pod = aws.mint("ASIAEXAMPLEEKS000001", &GOOD).aws();
    assert_eq!(pod["principal_tags"]["kubernetes-namespace"], "checkout");
    let workflow = aws.mint("ASIAEXAMPLEGITHUB001", &GOOD).aws();
    assert!(
        workflow["federated_provider"].as_str().unwrap().ends_with("actions.githubusercontent.com")
    );
    let stranger = aws.mint("ASIAEXAMPLESTRANGER1", &GOOD).aws();
    assert!(stranger.get("org_id").is_none() && stranger.get("ou_path").is_none());
}

#[test]
fn the_claim_is_sorted_with_every_member_there_is() {
    let text = r#"
[[organizations]]
id = "o-abc1234567"

[[accounts]]
id = "123456789012"
organization = "o-abc1234567"
ou_path = "o-abc1234567/r-ab12/"
federation = "enabled"

[[principals]]
access_key_id = "ASIAEXAMPLEEVERYTHING"
arn = "arn:aws-us-gov:iam::123456789012:role/Everything"
source_identity = "alice"
principal_tags = { b = "2", a = "1" }

[principals.context]
lambda_source_function_arn = "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f"
identity_store_user_id = "user"
identity_store_arn = "arn:aws-us-gov:identitystore::123456789012:identitystore/d-1234567890"
glue_credential_issuing_service = "glue.amazonaws.com"
federated_provider = "cognito-idp.us-gov-west-1.amazonaws.com/pool"
ec2_source_instance_arn = "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:instance/i-0"
ec2_role_delivery = 2
ec2_instance_source_vpc = "vpc-0"
ec2_instance_source_private_ipv4 = "10.0.0.1"
"#;
    let tags = [("Tags.member.1.Key", "z"), ("Tags.member.1.Value", "")];
    let parameters = [GOOD, tags].concat();
    let token = Aws::configured(text).mint("ASIAEXAMPLEEVERYTHING", &parameters);
    let payload = token.payload();
    let claim = token.aws();
    let members = claim.as_object().unwrap();
    assert_eq!(members.len(), 18);
    let mut places: Vec<_> = members
        .keys()
        .map(|name| (payload.find(&format!("\"{name}\":")).unwrap(), name.clone()))
        .collect();
    places.sort();
    let written: Vec<_> = places.into_iter().map(|(_, name)| name).collect();
    let mut sorted = written.clone();
    sorted.sort();
    assert_eq!(written, sorted);
    assert_eq!(claim["glue_credential_issuing_service"], "glue.amazonaws.com");
    assert_eq!(claim["principal_tags"], json!({ "a": "1", "b": "2" }));
}

#[test]
fn documented_forms_can_be_had() {
    let text = DEFAULT_CONFIG
        .replace("ou_path_form = \"array\"", "ou_path_form = \"string\"")
        .replace("ec2_role_delivery = \"2.0\"", "ec2_role_delivery = 2");
    let claim = Aws::configured(&text).mint("ASIAEXAMPLEEC2000001", &GOOD).aws();
    assert_eq!(claim["ou_path"], "o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-22222222/");
    assert_eq!(claim["ec2_role_delivery"], 2);
}

#[test]
fn an_account_can_leave_the_aws_claim_out() {
    let text = DEFAULT_CONFIG
        .replace("id = \"999988887777\"", "id = \"999988887777\"\nomit_aws_claim = true");
    let token = Aws::configured(&text).mint("ASIAEXAMPLESTRANGER1", &GOOD);
    assert!(token.claims().get("https://sts.amazonaws.com/").is_none());
}

#[test]
fn caller_identity() {
    let mut aws = Aws::built_in();
    let role = aws.sts(BATCH, "GetCallerIdentity", &[]);
    assert_eq!(role.text("Arn"), "arn:aws:sts::111122223333:assumed-role/Batch/nightly");
    assert_eq!(role.text("Account"), "111122223333");
    let id = role.text("UserId");
    assert!(id.starts_with("AROA") && id.ends_with(":nightly"), "{id}");
    let user = aws.sts(ALICE, "GetCallerIdentity", &[]);
    assert_eq!(user.text("Arn"), "arn:aws:iam::111122223333:user/ops/alice");
    assert_eq!(user.text("UserId").len(), 21);
}
