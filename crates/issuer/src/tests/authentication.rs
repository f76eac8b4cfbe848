//! Credentials: unknown, expired, for the wrong service, with a secret and without.

use super::support::{Answer, Aws, BATCH, GOOD, call, http};
use crate::Timestamp;

#[test]
fn credentials_that_do_not_hold() {
    let mut aws = Aws::built_in();
    let unknown = aws.token("AKIAEXAMPLEUNKNOWN01", &GOOD).error();
    let message = "The security token included in the request is invalid.";
    assert_eq!(unknown, (403, "InvalidClientTokenId".into(), message.into()));
    let expired = aws.token("ASIAEXAMPLEEXPIRED01", &GOOD).error();
    let message = "The security token included in the request is expired";
    assert_eq!(expired, (403, "ExpiredToken".into(), message.into()));

    let mut unsigned = call(BATCH, "sts", "GetWebIdentityToken", "2011-06-15", &GOOD);
    unsigned.headers.pop();
    let missing = Answer::of(&aws.respond(&unsigned)).error();
    let message = "Request is missing Authentication Token";
    assert_eq!(missing, (403, "MissingAuthenticationToken".into(), message.into()));

    let misdirected = call(BATCH, "iam", "GetWebIdentityToken", "2011-06-15", &GOOD);
    let (status, code, message) = Answer::of(&aws.respond(&misdirected)).error();
    assert_eq!((status, code.as_str()), (403, "SignatureDoesNotMatch"));
    assert_eq!(message, "Credential should be scoped to correct service: 'sts'.");
}

#[test]
fn a_session_ends_at_its_end() {
    let end = "session_expires_at = \"2026-04-21T08:00:00Z\"";
    let text = crate::DEFAULT_CONFIG.replace("session_expires_at = \"2025-11-19T00:00:00Z\"", end);
    let mut aws = Aws::configured(&text);
    let mut at = |time: &str| {
        aws.now = Timestamp::parse_rfc3339(time).unwrap();
        aws.sts("ASIAEXAMPLEEXPIRED01", "GetCallerIdentity", &[]).status
    };
    assert_eq!(at("2026-04-21T07:59:59.999Z"), 200);
    assert_eq!(at("2026-04-21T08:00:00Z"), 403);
}

#[test]
fn requests_may_come_in_the_url() {
    let mut request = call(BATCH, "sts", "GetCallerIdentity", "2011-06-15", &[]);
    request.query = String::from_utf8(std::mem::take(&mut request.body)).unwrap();
    request.method = "GET".into();
    assert_eq!(Aws::built_in().respond(&request).status, 200);
}

/// The request that botocore 1.44.5 sends and signs at 2026-04-21T07:37:10Z.
const BOTOCORE: &str = "74d1916f24c9fdc22fab622e06b10c6d9b0d6e025f6600e844c0a7bde4d583d0";

fn botocore(signature: &str, session_token: &str) -> crate::Request {
    let mut request = http("POST", "/");
    request.headers.extend(
        [
            ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
            ("X-Amz-Date", "20260421T073710Z"),
            ("X-Amz-Security-Token", session_token),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={BATCH}/20260421/eu-west-1/sts/aws4_request, \
         SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature={signature}"
    );
    request.headers.push(("Authorization".into(), authorization));
    request.body =
        b"Action=GetWebIdentityToken&Version=2011-06-15&Audience.member.1=https%3A%2F%2F\
        api.example.com&SigningAlgorithm=ES384"
            .into();
    request
}

#[test]
fn a_configured_secret_and_session_token_are_verified() {
    let credentials = format!(
        "access_key_id = \"{BATCH}\"\n\
         secret_access_key = \"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\"\n\
         session_token = \"session-token\""
    );
    let text = crate::DEFAULT_CONFIG.replace(&format!("access_key_id = \"{BATCH}\""), &credentials);
    let mut aws = Aws::configured(&text);
    let mut answer = |request| Answer::of(&aws.respond(&request));
    assert_eq!(answer(botocore(BOTOCORE, "session-token")).status, 200);
    assert_eq!(answer(botocore(BOTOCORE, "other")).error().1, "InvalidClientTokenId");
    assert_eq!(
        answer(botocore(&"0".repeat(64), "session-token")).error().1,
        "SignatureDoesNotMatch"
    );
    let mut changed = botocore(BOTOCORE, "session-token");
    changed.body.extend(b"&DurationSeconds=3600");
    assert_eq!(answer(changed).error().1, "SignatureDoesNotMatch");
    aws.wait(16 * 60);
    let late = Answer::of(&aws.respond(&botocore(BOTOCORE, "session-token"))).error();
    assert!(late.2.starts_with("Signature expired: "), "{late:?}");
    // Without a secret in the configuration any signature will do.
    let mut open = Aws::built_in();
    assert_eq!(open.respond(&botocore(&"0".repeat(64), "any")).status, 200);
}

#[test]
fn debug_output_shows_no_secret() {
    let text = crate::DEFAULT_CONFIG.replace(
        &format!("access_key_id = \"{BATCH}\""),
        &format!("access_key_id = \"{BATCH}\"\nsecret_access_key = \"hidden-secret\""),
    );
    let config = crate::Config::parse(&text).unwrap();
    assert!(!format!("{config:?}").contains("hidden-secret"));
}
