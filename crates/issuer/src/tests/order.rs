//! Validation → authorization → session escalation → disabled, as seen live; authentication before all.

use super::support::{Aws, GOOD};

/// An account without the feature, with a principal for which everything else is wrong too.
const EVERYTHING_WRONG: &str = r#"
[[accounts]]
id = "123456789012"

[[principals]]
access_key_id = "ASIAEXAMPLEWRONG0001"
arn = "arn:aws:iam::123456789012:role/Wrong"
session_expires_in_seconds = 60
may_get_token = false

[[principals]]
access_key_id = "ASIAEXAMPLEWRONG0002"
arn = "arn:aws:iam::123456789012:role/Allowed"
session_expires_in_seconds = 60
"#;

#[test]
fn each_check_comes_before_the_next() {
    let mut aws = Aws::configured(EVERYTHING_WRONG);
    let mut code = |key: &str, parameters: &[(&str, &str)]| aws.token(key, parameters).error().1;
    let long = [GOOD.as_slice(), &[("DurationSeconds", "61")]].concat();
    let invalid = [GOOD.as_slice(), &[("DurationSeconds", "3601")]].concat();

    assert_eq!(code("ASIAEXAMPLEUNKNOWN01", &invalid), "InvalidClientTokenId");
    assert_eq!(code("ASIAEXAMPLEWRONG0001", &invalid), "ValidationError");
    assert_eq!(code("ASIAEXAMPLEWRONG0001", &long), "AccessDenied");
    assert_eq!(code("ASIAEXAMPLEWRONG0002", &long), "SessionDurationEscalationException");
    let short = [GOOD.as_slice(), &[("DurationSeconds", "60")]].concat();
    let last = "OutboundWebIdentityFederationDisabledException";
    assert_eq!(code("ASIAEXAMPLEWRONG0002", &short), last);
}

#[test]
fn constraints_before_the_algorithm_before_duplicate_tags() {
    let mut aws = Aws::built_in();
    let duplicates = [
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", ""),
        ("Tags.member.2.Key", "A"),
        ("Tags.member.2.Value", ""),
    ];
    let mut error = |parameters: &[(&str, &str)]| {
        aws.token("ASIAEXAMPLEBATCH0001", &[parameters, &duplicates].concat()).error()
    };
    let (_, code, message) = error(&[("SigningAlgorithm", "rs256")]);
    assert_eq!(code, "ValidationError");
    assert!(message.starts_with("1 validation error detected: Value null at 'audience'"));
    let (_, code, message) = error(&[("SigningAlgorithm", "rs256"), ("Audience.member.1", "a")]);
    assert_eq!(code, "ValidationError");
    assert!(message.starts_with("Requested SigningAlgorithm is not supported."));
    assert_eq!(error(&GOOD).1, "InvalidParameterValue");
}
