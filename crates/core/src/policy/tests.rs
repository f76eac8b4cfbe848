use super::{Policy, PolicyDocument, TrustRule};

/// The faults of a policy, as `code path`.
fn faults(json: &str) -> Vec<String> {
    match Policy::from_json(json) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.as_slice().iter().map(|f| format!("{} {}", f.code, f.path)).collect(),
    }
}

/// The faults of a policy with this one trust rule.
fn rule_faults(rule: &str) -> Vec<String> {
    faults(&format!(r#"{{"audience":"a","trust":[{rule}]}}"#))
}

const ORGANIZATION: &str = r#""organization":"o-abc1234567""#;

#[test]
fn the_smallest_policies() {
    assert_eq!(rule_faults(r#"{"issuer":"https://a.tokens.sts.global.api.aws"}"#), [""; 0]);
    assert_eq!(rule_faults(&format!("{{{ORGANIZATION}}}")), [""; 0]);
    let policy = Policy::from_json(
        r#"{"$schema":"x","audience":["a","b"],"trust":[{"organization":"o-abc1234567"}]}"#,
    )
    .unwrap();
    let document = policy.document();
    assert_eq!((document.clock_tolerance_seconds, document.max_lifetime_seconds), (30, 3600));
    assert_eq!(policy.rules().as_slice()[0].name(), "trust[0]");
}

#[test]
fn every_fault_is_named_at_once() {
    let found = faults(
        r#"{"audience":"","trust":[{"organization":"o-1","principals":["arn:aws:iam::1:role/x"],
            "acount":"123456789012"},{}],"algorithms":["ES384","none"],"clockToleranceSeconds":301,
            "maxLifetimeSeconds":7200,"maxAgeSeconds":1.5,"extra":1}"#,
    );
    assert_eq!(
        found,
        [
            "policy.unknown_member trust[0].acount",
            "policy.algorithm algorithms[1]",
            "policy.type maxAgeSeconds",
            "policy.unknown_member extra",
            "policy.audience audience[0]",
            "policy.range clockToleranceSeconds",
            "policy.range maxLifetimeSeconds",
            "policy.organization trust[0].organization",
            "policy.principal trust[0].principals[0]",
            "policy.unbounded trust[1]",
        ]
    );
}

#[test]
fn one_mistake_is_one_fault() {
    assert_eq!(faults("[]"), ["policy.type "]);
    assert_eq!(faults("{"), ["policy.json "]);
    assert_eq!(faults(r#"{"audience":"a","audience":"b"}"#), ["policy.json "]);
    assert_eq!(faults("{}"), ["policy.missing audience", "policy.missing trust"]);
    assert_eq!(
        faults(r#"{"audience":5,"trust":7}"#),
        ["policy.type audience", "policy.type trust"]
    );
    assert_eq!(faults(r#"{"audience":[],"trust":[{"issuer":[]}]}"#).len(), 2);
    assert_eq!(rule_faults("5"), ["policy.type trust[0]"]);
    assert_eq!(rule_faults(r#"{"organization":5}"#), ["policy.type trust[0].organization"]);
    assert_eq!(
        rule_faults(&format!(r#"{{{ORGANIZATION},"account":5,"requestTags":{{"a":"b"}}}}"#)),
        ["policy.type trust[0].account"]
    );
    assert_eq!(
        rule_faults(&format!(r#"{{{ORGANIZATION},"principalTags":{{"a":[]}}}}"#)),
        ["policy.empty trust[0].principalTags.a"]
    );
}

#[test]
fn a_slip_in_json_has_its_place() {
    let faults = Policy::from_json("{\n  \"audience\": \"ä\" 1\n}").unwrap_err();
    let message = &faults.as_slice()[0].message;
    assert!(message.ends_with("(line 2, column 19)."), "{message}");
}

#[test]
fn a_fault_can_be_logged() {
    let faults = Policy::from_json(r#"{"audience":"a","trust":[{"a\n\u001b[2J\u202e":1}]}"#);
    let text = faults.unwrap_err().as_slice()[0].to_string();
    assert!(text.starts_with(r"trust[0].a\n\u{1b}[2J\u{202e}: "), "{text}");
    assert!(!text.contains(crate::is_deceptive), "{text:?}");
}

#[test]
fn a_rule_never_trusts_everyone_nor_the_callers_own_word() {
    for rule in
        ["{}", r#"{"account":"123456789012"}"#, r#"{"principals":"arn:aws:iam::*:role/**"}"#]
    {
        assert_eq!(rule_faults(rule), ["policy.unbounded trust[0]"], "{rule}");
    }
    for bound in [ORGANIZATION, r#""issuer":"https://a.tokens.sts.global.api.aws""#] {
        let rule = format!(r#"{{{bound},"requestTags":{{"job":"x"}}}}"#);
        assert_eq!(rule_faults(&rule), ["policy.caller_chosen trust[0].requestTags"], "{rule}");
        let rule = format!(r#"{{{bound},"requestTags":{{"job":"x"}},"account":"123456789012"}}"#);
        assert_eq!(rule_faults(&rule), [""; 0], "{rule}");
    }
}

#[test]
fn issuers_are_exact() {
    for issuer in [
        "https://a.tokens.sts.global.api.aws/",
        "https://A.tokens.sts.global.api.aws",
        "http://a.tokens.sts.global.api.aws",
        "https://sts.amazonaws.com",
        "https://sts.eu-west-1.amazonaws.com",
        "http://127.0.0.1:8460/abc",
        "a.tokens.sts.global.api.aws",
        "https://*.tokens.sts.global.api.aws",
        "",
    ] {
        let rule = format!(r#"{{"issuer":"{issuer}"}}"#);
        assert_eq!(rule_faults(&rule), ["policy.issuer trust[0].issuer[0]"], "{issuer}");
    }
    let loopback = r#"{"audience":"a","trust":[{"issuer":"http://127.0.0.1:8460/abc"}],
        "dangerLoopbackIssuers":["http://127.0.0.1:8460"]}"#;
    assert_eq!(faults(loopback), [""; 0]);
    let remote = loopback.replace("127.0.0.1", "10.0.0.1");
    assert_eq!(faults(&remote), ["policy.loopback_issuer dangerLoopbackIssuers[0]"]);
}

#[test]
fn contradictions_are_found() {
    let other_account = format!(
        r#"{{{ORGANIZATION},"account":"123456789012","principals":"arn:aws:iam::210987654321:role/x"}}"#
    );
    assert_eq!(rule_faults(&other_account), ["policy.contradiction trust[0].principals[0]"]);
    let other_organization =
        format!(r#"{{{ORGANIZATION},"organizationalUnits":"o-zzz1234567/**"}}"#);
    assert_eq!(
        rule_faults(&other_organization),
        ["policy.contradiction trust[0].organizationalUnits[0]"]
    );
    let any = r#"{"audience":"a","dangerAcceptAnyAudience":true,"trust":[{"organization":"o-abc1234567"}]}"#;
    assert_eq!(faults(any), ["policy.contradiction audience"]);
}

#[test]
fn rust_and_json_make_the_same_policy() {
    let document = PolicyDocument {
        audience: vec!["https://api.example.com".into()],
        trust: vec![TrustRule {
            name: Some("ours".into()),
            organization: Some("o-abc1234567".into()),
            organizational_units: vec!["o-abc1234567/r-ab12/**".into()],
            principal_tags: [("environment".into(), vec!["production".into()])].into(),
            permission_sets: vec!["Dev*".into()],
            ..TrustRule::default()
        }],
        max_age_seconds: Some(900),
        ..PolicyDocument::default()
    };
    let json = serde_json::to_string(&document).unwrap();
    assert_eq!(Policy::from_json(&json).unwrap().document(), &document);
    assert_eq!(Policy::new(document.clone()).unwrap().document(), &document);
}

#[test]
fn the_schema_knows_the_members_that_the_reader_knows() {
    let json = r#"{"audience":"a","trust":[{"name":"n","issuer":"https://a.tokens.sts.global.api.aws",
        "organization":"o-abc1234567","account":"123456789012","principals":"arn:aws:iam::*:role/**",
        "permissionSets":"x","organizationalUnits":"o-abc1234567/**","principalTags":{"a":"b"},
        "requestTags":{"a":"b"},"sourceRegions":"eu-west-1"}],"algorithms":["ES256"],
        "clockToleranceSeconds":0,"maxLifetimeSeconds":60,"maxAgeSeconds":1,
        "dangerAcceptAnyAudience":false,"dangerAcceptAnyLifetime":false,
        "dangerLoopbackIssuers":["http://localhost:1"]}"#;
    assert_eq!(faults(json), [""; 0]);
    #[cfg(feature = "schema")]
    {
        let schema = schemars::schema_for!(PolicyDocument).to_value();
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        let names = |value: &serde_json::Value| {
            let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(names(&schema["properties"]), names(&value));
        assert_eq!(names(&schema["$defs"]["TrustRule"]["properties"]), names(&value["trust"][0]));
        assert!(!schema.to_string().contains("null"), "the reader takes no null");
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["required"], serde_json::json!(["trust"]));
    }
}
