use super::{Authorization, hex};
use crate::aws::Service;
use crate::http::Request;
use crate::time::Timestamp;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn signed(headers: &[(&str, &str)], credential: &str, names: &str, signature: &str) -> Request {
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
    );
    let mut headers: Vec<_> =
        headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    headers.push(("Authorization".into(), authorization));
    Request { method: "GET".into(), path: "/".into(), headers, ..Request::default() }
}

/// `get-vanilla` of AWS's Signature Version 4 test suite.
fn vanilla() -> Request {
    signed(
        &[("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")],
        "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request",
        "host;x-amz-date",
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    )
}

/// The worked example of the IAM User Guide.
fn list_users() -> Request {
    let headers = [
        ("Host", "iam.amazonaws.com"),
        ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        ("X-Amz-Date", "20150830T123600Z"),
    ];
    let mut request = signed(
        &headers,
        "AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request",
        "content-type;host;x-amz-date",
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    );
    request.query = "Version=2010-05-08&Action=ListUsers".into();
    request
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn code(request: &Request, secret: &str, now: &str) -> Result<(), (&'static str, String)> {
    Authorization::of(request)
        .and_then(|authorization| authorization.verify(request, secret, at(now)))
        .map_err(|error| (error.code, error.message))
}

#[test]
fn signing_key_of_the_iam_user_guide() {
    let authorization = Authorization::of(&list_users()).unwrap();
    let key = hex(&authorization.signing_key(SECRET));
    assert_eq!(key, "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

#[test]
fn published_vectors_verify() {
    assert_eq!(code(&vanilla(), SECRET, "2015-08-30T12:36:00Z"), Ok(()));
    assert_eq!(code(&list_users(), SECRET, "2015-08-30T12:36:00Z"), Ok(()));
}

#[test]
fn whatever_is_signed_may_not_change() {
    let mut requests = vec![vanilla(), vanilla(), vanilla(), list_users(), list_users()];
    requests[0].method = "POST".into();
    requests[1].headers[0].1 = "example.com".into();
    requests[2].body = b"x".into();
    requests[3].query = "Version=2010-05-08&Action=ListRoles".into();
    requests[4].query.push_str("&Action=ListUsers");
    for request in requests {
        let (code, message) = code(&request, SECRET, "2015-08-30T12:36:00Z").unwrap_err();
        assert_eq!(code, "SignatureDoesNotMatch");
        assert!(message.starts_with("The request signature we calculated does not match"));
    }
    let wrong_secret = code(&vanilla(), "other", "2015-08-30T12:36:00Z").unwrap_err();
    assert_eq!(wrong_secret.0, "SignatureDoesNotMatch");
}

#[test]
fn signatures_age() {
    assert_eq!(code(&vanilla(), SECRET, "2015-08-30T12:51:00Z"), Ok(()));
    let expired = code(&vanilla(), SECRET, "2015-08-30T12:51:01Z").unwrap_err();
    let text = "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z \
                (20150830T125101Z - 15 min.)";
    assert_eq!(expired, ("SignatureDoesNotMatch", text.into()));
    let early = code(&vanilla(), SECRET, "2015-08-30T12:30:59Z").unwrap_err();
    assert!(early.1.starts_with("Signature not yet current: "), "{}", early.1);
}

#[test]
fn the_scope_must_fit() {
    let authorization = Authorization::of(&list_users()).unwrap();
    assert_eq!(authorization.check_service(Service::Iam), Ok(()));
    let error = authorization.check_service(Service::Sts).unwrap_err();
    assert_eq!(error.message, "Credential should be scoped to correct service: 'sts'.");

    let mut other_day = vanilla();
    other_day.headers[1].1 = "20150831T123600Z".into();
    let error = code(&other_day, SECRET, "2015-08-31T12:36:00Z").unwrap_err();
    assert!(error.1.starts_with("Date in Credential scope does not match"), "{}", error.1);
}

#[test]
fn headers_are_read_strictly() {
    let signature = "0".repeat(64);
    let good = "AKID/20150830/us-east-1/sts/aws4_request";
    let cases: [(&str, String, &str); 7] = [
        ("IncompleteSignature", "Bearer x".into(), "requires 'AWS4-HMAC-SHA256'"),
        ("IncompleteSignature", "AWS4-HMAC-SHA256 Credential".into(), "missing equal-sign"),
        (
            "IncompleteSignature",
            format!("AWS4-HMAC-SHA256 Credential={good}"),
            "requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
        ),
        (
            "IncompleteSignature",
            format!(
                "AWS4-HMAC-SHA256 Credential=AKID/x, SignedHeaders=host, Signature={signature}"
            ),
            "exactly 5 slash-delimited elements",
        ),
        (
            "IncompleteSignature",
            format!("AWS4-HMAC-SHA256 Credential={good}, SignedHeaders=host, Signature=zz"),
            "64 hexadecimal digits",
        ),
        (
            "SignatureDoesNotMatch",
            format!(
                "AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/sts/aws3, SignedHeaders=host, \
                 Signature={signature}"
            ),
            "valid terminator",
        ),
        (
            "SignatureDoesNotMatch",
            format!(
                "AWS4-HMAC-SHA256 Credential=AKID/20150830/US EAST/sts/aws4_request, \
                 SignedHeaders=host, Signature={signature}"
            ),
            "valid region",
        ),
    ];
    for (code, header, text) in cases {
        let mut request = vanilla();
        request.headers[2].1 = header;
        let error = Authorization::of(&request).unwrap_err();
        assert_eq!(error.code, code, "{}", error.message);
        assert!(error.message.contains(text), "{}", error.message);
        assert!(!error.message.contains(&signature));
    }
    assert_eq!(
        Authorization::of(&Request::default()).unwrap_err().code,
        "MissingAuthenticationToken"
    );
}

#[test]
fn host_and_date_are_required() {
    let mut undated = vanilla();
    undated.headers.remove(1);
    let error = code(&undated, SECRET, "2015-08-30T12:36:00Z").unwrap_err();
    assert_eq!(error.0, "IncompleteSignature");
    let unhosted = signed(
        &[("X-Amz-Date", "20150830T123600Z")],
        "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request",
        "x-amz-date",
        &"0".repeat(64),
    );
    let error = code(&unhosted, SECRET, "2015-08-30T12:36:00Z").unwrap_err();
    assert!(error.1.starts_with("'Host' or ':authority' must be"), "{}", error.1);
}
