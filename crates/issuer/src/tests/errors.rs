//! Every row of the error table, in AWS's words.

use super::support::{ALICE, Answer, Aws, BATCH, GOOD, Token, call};

const CONSTRAINT: &str = "failed to satisfy constraint: Member must";

fn refusal(parameters: &[(&str, &str)]) -> (u16, String, String) {
    Aws::built_in().token(BATCH, parameters).error()
}

fn validation(message: &str) -> (u16, String, String) {
    (400, "ValidationError".into(), message.into())
}

/// The good request with `changes`: an empty name removes nothing, a known name is replaced.
fn good_but<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = GOOD.into_iter().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    kept.chain(changes.iter().copied()).collect()
}

#[test]
fn missing_members() {
    assert_eq!(
        refusal(&[("SigningAlgorithm", "ES384")]),
        validation(&format!(
            "1 validation error detected: Value null at 'audience' {CONSTRAINT} not be null"
        ))
    );
    assert_eq!(
        refusal(&[("Audience.member.1", "a")]),
        validation(&format!(
            "1 validation error detected: Value null at 'signingAlgorithm' {CONSTRAINT} not be null"
        ))
    );
}

#[test]
fn lifetimes_out_of_range() {
    for (seconds, constraint) in [
        ("59", "have value greater than or equal to 60"),
        ("-1", "have value greater than or equal to 60"),
        ("3601", "have value less than or equal to 3600"),
    ] {
        assert_eq!(
            refusal(&good_but(&[("DurationSeconds", seconds)])),
            validation(&format!(
                "1 validation error detected: Value '{seconds}' at 'durationSeconds' {CONSTRAINT} {constraint}"
            ))
        );
    }
    let malformed = refusal(&good_but(&[("DurationSeconds", "ten")]));
    assert_eq!((malformed.0, malformed.1.as_str()), (400, "MalformedInput"));
    for seconds in ["60", "3600"] {
        Aws::built_in().mint(ALICE, &good_but(&[("DurationSeconds", seconds)]));
    }
}

#[test]
fn audiences_out_of_bounds() {
    assert_eq!(
        refusal(&[("Audience", ""), ("SigningAlgorithm", "ES384")]),
        validation(&format!(
            "1 validation error detected: Value '[]' at 'audience' {CONSTRAINT} have length greater than or equal to 1"
        ))
    );
    let eleven: Vec<String> = (1..=11).map(|number| format!("Audience.member.{number}")).collect();
    let mut parameters: Vec<_> = eleven.iter().map(|name| (name.as_str(), "a")).collect();
    parameters.push(("SigningAlgorithm", "ES384"));
    assert_eq!(
        refusal(&parameters),
        validation(&format!(
            "1 validation error detected: Value '[a, a, a, a, a, a, a, a, a, a, a]' at 'audience' \
             {CONSTRAINT} have length less than or equal to 10"
        ))
    );
    for text in ["", &"a".repeat(1001)] {
        assert_eq!(
            refusal(&good_but(&[("Audience.member.1", text)])),
            validation(&format!(
                "1 validation error detected: Value '[{text}]' at 'audience' {CONSTRAINT} satisfy \
                 constraint: [Member must have length less than or equal to 1000, Member must have \
                 length greater than or equal to 1]"
            ))
        );
    }
    Aws::built_in().mint(BATCH, &good_but(&[("Audience.member.1", &"é".repeat(1000))]));
}

#[test]
fn algorithms_that_sts_does_not_offer() {
    for name in ["rs256", "ES256", "HS256"] {
        assert_eq!(
            refusal(&good_but(&[("SigningAlgorithm", name)])),
            validation(
                "Requested SigningAlgorithm is not supported. See the GetWebIdentityToken \
                 documentation for supported algorithms"
            )
        );
    }
    assert_eq!(
        refusal(&good_but(&[("SigningAlgorithm", "none")])),
        validation(&format!(
            "1 validation error detected: Value 'none' at 'signingAlgorithm' {CONSTRAINT} have \
             length greater than or equal to 5"
        ))
    );
}

#[test]
fn several_violations_are_reported_together() {
    assert_eq!(
        refusal(&[("DurationSeconds", "59"), ("SigningAlgorithm", "RS2566")]),
        validation(&format!(
            "3 validation errors detected: Value null at 'audience' {CONSTRAINT} not be null; \
             Value '59' at 'durationSeconds' {CONSTRAINT} have value greater than or equal to 60; \
             Value 'RS2566' at 'signingAlgorithm' {CONSTRAINT} have length less than or equal to 5"
        ))
    );
}

#[test]
fn tags_out_of_bounds() {
    let pattern = r"satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]";
    let long_key = "k".repeat(129);
    let long_value = "v".repeat(257);
    let cases = [
        ("k*", "v", format!("Value 'k*' at 'tags.1.member.key' {CONSTRAINT} {pattern}+")),
        ("k", "<&>", format!("Value '<&>' at 'tags.1.member.value' {CONSTRAINT} {pattern}*")),
        (
            &long_key,
            "v",
            format!(
                "Value '{long_key}' at 'tags.1.member.key' {CONSTRAINT} have length less than or equal to 128"
            ),
        ),
        (
            "k",
            &long_value,
            format!(
                "Value '{long_value}' at 'tags.1.member.value' {CONSTRAINT} have length less than or equal to 256"
            ),
        ),
    ];
    for (key, value, message) in cases {
        let parameters = good_but(&[("Tags.member.1.Key", key), ("Tags.member.1.Value", value)]);
        let expected = validation(&format!("1 validation error detected: {message}"));
        assert_eq!(refusal(&parameters), expected);
    }
    assert_eq!(
        refusal(&good_but(&[("Tags.member.1.Key", "k")])),
        validation(&format!(
            "1 validation error detected: Value null at 'tags.1.member.value' {CONSTRAINT} not be null"
        ))
    );
    let names: Vec<_> = (1..=51)
        .map(|number| (format!("Tags.member.{number}.Key"), format!("Tags.member.{number}.Value")))
        .collect();
    let numbers: Vec<_> = (1..=51).map(|number| format!("k{number}")).collect();
    let mut parameters = GOOD.to_vec();
    for ((key, value), number) in names.iter().zip(&numbers) {
        parameters.extend([(key.as_str(), number.as_str()), (value.as_str(), "")]);
    }
    let (status, code, message) = refusal(&parameters);
    assert_eq!((status, code.as_str()), (400, "ValidationError"));
    assert!(message.ends_with(
        "at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50"
    ));
    Aws::built_in().mint(BATCH, &parameters[..parameters.len() - 2]);
}

#[test]
fn duplicate_tag_keys() {
    let parameters = good_but(&[
        ("Tags.member.1.Key", "Job"),
        ("Tags.member.1.Value", "1"),
        ("Tags.member.2.Key", "job"),
        ("Tags.member.2.Value", "2"),
    ]);
    let message = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    assert_eq!(refusal(&parameters), (400, "InvalidParameterValue".into(), message.into()));
}

#[test]
fn payloads_over_the_limit() {
    let audience = "a".repeat(1000);
    let full = "v".repeat(256);
    let names: Vec<String> = (1..=10).map(|number| format!("Audience.member.{number}")).collect();
    let tags: Vec<_> = (11..=25)
        .map(|number| (format!("Tags.member.{number}.Key"), format!("Tags.member.{number}.Value")))
        .collect();
    let mut common = vec![("SigningAlgorithm", "ES384")];
    common.extend(names.iter().map(|name| (name.as_str(), audience.as_str())));
    for (key, value) in &tags {
        common.extend([(key.as_str(), key.as_str()), (value.as_str(), full.as_str())]);
    }

    // The last tag's value fills the payload to the byte.
    let mut aws = Aws::built_in();
    let mut token = |value: &str| {
        let last = [("Tags.member.50.Key", "last"), ("Tags.member.50.Value", value)];
        aws.token(BATCH, &[common.as_slice(), &last].concat())
    };
    let size = |answer: &Answer| Token(answer.text("WebIdentityToken")).payload().len();
    let room = 14_984 - size(&token(""));
    assert!(room < 256, "a tag's value cannot fill {room} bytes");
    let filled = token(&"v".repeat(room));
    assert_eq!(size(&filled), 14_984);
    let (status, code, message) = token(&"v".repeat(room + 1)).error();
    assert_eq!((status, code.as_str()), (400, "JWTPayloadSizeExceededException"));
    assert_eq!(message, "The requested token payload size exceeds the maximum allowed size.");
}

#[test]
fn a_token_may_not_outlive_its_session() {
    let mut aws = Aws::built_in();
    let longer = aws.token("ASIAEXAMPLESHORT0001", &good_but(&[("DurationSeconds", "601")]));
    let message = "Requested token expiry time must be before the original session's expiry time.";
    assert_eq!(longer.error(), (403, "SessionDurationEscalationException".into(), message.into()));
    aws.mint("ASIAEXAMPLESHORT0001", &good_but(&[("DurationSeconds", "600")]));
}

#[test]
fn the_feature_is_off() {
    let error = Aws::built_in().token("AKIAEXAMPLEADMIN0001", &GOOD).error();
    let code = "OutboundWebIdentityFederationDisabledException";
    assert_eq!(error, (403, code.into(), "OutboundWebIdentityFederation is disabled.".into()));
}

#[test]
fn the_global_endpoint_mints_nothing() {
    let expected = (
        400,
        "InvalidAction".to_owned(),
        "Operation not supported on STS global endpoint".to_owned(),
    );
    let mut request = call(BATCH, "sts", "GetWebIdentityToken", "2011-06-15", &GOOD);
    request.headers[0].1 = "sts.amazonaws.com".into();
    let mut aws = Aws::built_in();
    assert_eq!(Answer::of(&aws.respond(&request)).error(), expected);

    let text = crate::DEFAULT_CONFIG.replace("global_endpoint = false", "global_endpoint = true");
    let mut global = Aws::configured(&text);
    assert_eq!(global.token(BATCH, &GOOD).error(), expected);
    assert_eq!(global.sts(BATCH, "GetCallerIdentity", &[]).status, 200);
}

#[test]
fn unknown_operations() {
    let mut aws = Aws::built_in();
    let unknown = aws.sts(BATCH, "AssumeRole", &[]).error();
    let message = "Could not find operation AssumeRole for version 2011-06-15";
    assert_eq!(unknown, (400, "InvalidAction".into(), message.into()));
    // An operation of the other service.
    let error = aws.iam(ALICE, "GetWebIdentityToken").error();
    assert_eq!((error.0, error.1.as_str()), (400, "InvalidAction"));
    let error = aws.sts(BATCH, "", &[]).error();
    assert_eq!((error.0, error.1.as_str()), (400, "MissingAction"));
}

#[test]
fn errors_have_the_shape_that_clients_parse() {
    let mut aws = Aws::built_in();
    let answer = aws.iam("AKIAEXAMPLEADMIN0001", "GetOutboundWebIdentityFederationInfo");
    let id = answer.text("RequestId");
    assert_eq!(
        answer.body,
        format!(
            "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\n  <Error>\n    \
             <Type>Sender</Type>\n    <Code>FeatureDisabled</Code>\n    <Message>Outbound web \
             identity federation is disabled for this account.</Message>\n  </Error>\n  \
             <RequestId>{id}</RequestId>\n</ErrorResponse>\n"
        )
    );
    assert_ne!(aws.token(BATCH, &[]).text("RequestId"), id);
}
