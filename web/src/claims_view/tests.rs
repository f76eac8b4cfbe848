use countersign::base64url::encode;

use super::{
    AwsClaim, ClaimsView, ContextKind, Fact, Label, Outline, Reading, TimeName, TokenKind,
    UnitKind, arn_of, arn_parts, outline,
};
use crate::state::Token;

fn token(header: &str, payload: &str) -> Token {
    Token::read([header, payload, "signature"].map(|part| encode(part.as_bytes())).join("."))
}

fn view(payload: &str) -> ClaimsView {
    ClaimsView::of(&token(r#"{"alg":"ES384","kid":"EC384_0","typ":"JWT"}"#, payload)).unwrap()
}

/// The claims of a token with these members in AWS's claim.
fn aws(members: &str) -> ClaimsView {
    let sub = "arn:aws:iam::123456789012:role/a/R";
    view(&format!(r#"{{"sub":"{sub}","https://sts.amazonaws.com/":{{{members}}}}}"#))
}

fn of_issuer(issuer: &str) -> TokenKind {
    view(&format!(r#"{{"iss":"{issuer}"}}"#)).kind
}

fn values(facts: &[Fact]) -> Vec<(Label, &str)> {
    facts.iter().map(|fact| (fact.label, fact.value.as_str())).collect()
}

#[test]
fn the_sample_of_awss_documentation() {
    let payload = r#"{"iss":"https://abc123-def456-ghi789-jkl012.tokens.sts.global.api.aws","aud":"https://api.example.com","sub":"arn:aws:iam::123456789012:role/DataProcessingRole","iat":1700000000,"exp":1700000900,"jti":"xyz123-def456-ghi789-jkl012","https://sts.amazonaws.com/":{"aws_account":"123456789012","source_region":"us-east-1","org_id":"o-abc1234567","ou_path":"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/","principal_tags":{"environment":"production","team":"data-engineering","cost-center":"engineering"},"lambda_source_function_arn":"arn:aws:lambda:us-east-1:123456789012:function:process-data","request_tags":{"job-id":"job-2024-001","priority":"high","data-classification":"sensitive"}}}"#;
    let view = view(payload);
    assert_eq!(view.kind, TokenKind::Outbound);
    assert_eq!(view.audiences, ["https://api.example.com"]);
    assert!(!view.audience_is_array);
    let who = view.who.as_ref().unwrap();
    assert_eq!(who.accounts_agree(), Some(true));
    assert_eq!(who.principal_ids_agree(), None);
    assert_eq!(who.principal.as_ref().unwrap().name, "DataProcessingRole");
    let path = &view.organization.as_ref().unwrap().paths[0];
    let kinds: Vec<_> = path.iter().map(|unit| unit.kind).collect();
    use UnitKind::{Organization, OrganizationalUnit, Root};
    assert_eq!(kinds, [Organization, Root, OrganizationalUnit, OrganizationalUnit]);
    assert_eq!(view.principal_tags[0], ("environment".to_owned(), "production".to_owned()));
    assert_eq!(view.request_tags.len(), 3);
    let [lambda] = view.contexts.as_slice() else { panic!("{:?}", view.contexts) };
    assert_eq!(lambda.kind, ContextKind::Lambda);
    assert_eq!(
        values(&lambda.facts)[..3],
        [
            (Label::Function, "process-data"),
            (Label::Region, "us-east-1"),
            (Label::Account, "123456789012"),
        ]
    );
    assert_eq!(view.time(TimeName::Expires), Some(1_700_000_900));
    assert_eq!(view.token_id.as_deref(), Some("xyz123-def456-ghi789-jkl012"));
    assert_eq!(view.source_region.as_deref(), Some("us-east-1"));
    assert!(!view.outlives_session());
}

#[test]
fn a_payload_that_is_no_object_has_no_claims() {
    for payload in ["[]", "1", "{", ""] {
        assert_eq!(ClaimsView::of(&token("{}", payload)), None, "{payload}");
    }
    let empty = view("{}");
    assert_eq!(empty.kind, TokenKind::NoIssuer);
    assert_eq!((empty.who, empty.aws_claim), (None, AwsClaim::Absent));
    assert_eq!(view(r#"{"https://sts.amazonaws.com/":[]}"#).aws_claim, AwsClaim::NoObject);
}

#[test]
fn tokens_are_told_apart_by_their_issuers() {
    for (issuer, kind) in [
        ("https://a-1.tokens.sts.global.api.aws", TokenKind::Outbound),
        ("https://sts.amazonaws.com", TokenKind::StsService),
        ("https://sts.amazonaws.com/", TokenKind::StsService),
        ("https://sts.eu-west-1.amazonaws.com", TokenKind::StsService),
        ("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc", TokenKind::CognitoUserPool),
        ("https://cognito-identity.amazonaws.com", TokenKind::CognitoIdentityPool),
        ("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC", TokenKind::EksServiceAccount),
        ("http://127.0.0.1:8460/abc", TokenKind::LocalIssuer),
        ("http://localhost.evil.example/abc", TokenKind::Foreign),
        ("http://localhost:1@evil.example/abc", TokenKind::Foreign),
        ("https://cognito-idp.evil.example/a", TokenKind::Foreign),
        // Buckets: whoever has one chooses its name.
        ("https://cognito-idp.evil.s3.amazonaws.com/a", TokenKind::Foreign),
        ("https://oidc.eks.evil.s3.eu-west-1.amazonaws.com/id/A", TokenKind::Foreign),
        ("https://cognito-identity.amazonaws.com.evil.example", TokenKind::Foreign),
        ("https://issuer.example", TokenKind::Foreign),
    ] {
        assert_eq!(of_issuer(issuer), kind, "{issuer}");
    }
    let right = "https://a.tokens.sts.global.api.aws".to_owned();
    for issuer in [
        "https://a.tokens.sts.global.api.aws/",
        "http://A.tokens.sts.global.api.aws",
        "a.tokens.sts.global.api.aws",
    ] {
        assert_eq!(of_issuer(issuer), TokenKind::Misspelled(right.clone()), "{issuer}");
    }
}

#[test]
fn tokens_are_told_apart_by_who_signed_them() {
    let signed_by = |signer: &str| {
        ClaimsView::of(&token(&format!(r#"{{"signer":"{signer}"}}"#), "{}")).unwrap().kind
    };
    let balancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1";
    assert_eq!(signed_by(balancer), TokenKind::LoadBalancer);
    let access = "arn:aws:ec2:us-east-1:123456789012:verified-access-instance/vai-1";
    assert_eq!(signed_by(access), TokenKind::VerifiedAccess);
    assert_eq!(signed_by("elasticloadbalancing"), TokenKind::NoIssuer);
}

#[test]
fn who_the_token_speaks_for() {
    let view =
        aws(r#""aws_account":"210987654321","principal_id":"arn:aws:iam::123456789012:role/a/R""#);
    let who = view.who.unwrap();
    assert_eq!(who.accounts_agree(), Some(false));
    assert_eq!(who.principal_ids_agree(), Some(true));
    assert_eq!(who.reserved, None);

    let sub = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/\
               AWSReservedSSO_Power_User_0123456789abcdef";
    let view = self::view(&format!(r#"{{"sub":"{sub}"}}"#));
    let who = view.who.as_ref().unwrap();
    let reserved = who.reserved.as_ref().unwrap();
    assert_eq!(reserved.permission_set, "Power_User");
    assert_eq!(reserved.region.as_deref(), Some("eu-west-1"));
    assert_eq!(reserved.suffix, "0123456789abcdef");
    assert_eq!(who.accounts_agree(), None);
    assert_eq!(view.contexts[0].kind, ContextKind::IdentityCenter);

    let stranger = self::view(r#"{"sub":"someone"}"#).who.unwrap();
    assert_eq!((stranger.subject.as_str(), stranger.principal), ("someone", None));
    assert_eq!(self::view(r#"{"sub":["someone"]}"#).who, None);
}

#[test]
fn times_and_what_is_none() {
    let view = view(
        r#"{"iat":1700000000000,"nbf":"soon","exp":1.5,"https://sts.amazonaws.com/":{"original_session_exp":"2025-12-28T10:45:29Z"}}"#,
    );
    let readings: Vec<_> = view.times.iter().map(|time| (time.name, &time.reading)).collect();
    assert_eq!(
        readings,
        [
            (TimeName::Issued, &Reading::Milliseconds(1_700_000_000)),
            (TimeName::NotBefore, &Reading::Unreadable("\"soon\"".to_owned())),
            (TimeName::Expires, &Reading::Unreadable("1.5".to_owned())),
            (TimeName::SessionEnds, &Reading::Seconds(1_766_918_729)),
        ]
    );
    for exp in ["-1", "1e10", "null", "99999999999999999999999", "true"] {
        let view = self::view(&format!(r#"{{"exp":{exp}}}"#));
        assert_eq!(view.times[0].reading, Reading::Unreadable(exp.to_owned()));
    }
}

#[test]
fn a_token_that_outlives_its_session() {
    let exp = |exp: u64| {
        view(&format!(
            r#"{{"exp":{exp},"https://sts.amazonaws.com/":{{"original_session_exp":"2025-12-28T10:45:29Z"}}}}"#
        ))
    };
    assert!(exp(1_766_918_730).outlives_session());
    assert!(!exp(1_766_918_729).outlives_session());
}

#[test]
fn places_in_an_organization() {
    let paths = |members: &str| aws(members).organization.unwrap().paths;
    let one = paths(r#""ou_path":"o-1/r-1/ou-1/""#);
    let same = paths(r#""ou_path":["o-1/r-1/ou-1/"]"#);
    assert_eq!(one, same);
    assert_eq!(paths(r#""ou_path":["o-1/r-1","x//y"]"#)[1].len(), 3);
    assert_eq!(paths(r#""org_id":"o-1""#), Vec::<Vec<_>>::new());
    assert_eq!(aws("").organization, None);
}

#[test]
fn where_callers_run() {
    let view = aws(
        r#""ec2_source_instance_arn":"arn:aws:ec2:us-east-1:123456789012:instance/i-1","ec2_instance_source_vpc":"vpc-1","ec2_instance_source_private_ipv4":"10.0.0.1","ec2_role_delivery":2"#,
    );
    assert_eq!(
        values(&view.contexts[0].facts),
        [
            (Label::Instance, "i-1"),
            (Label::Region, "us-east-1"),
            (Label::Account, "123456789012"),
            (Label::Resource, "arn:aws:ec2:us-east-1:123456789012:instance/i-1"),
            (Label::Vpc, "vpc-1"),
            (Label::PrivateAddress, "10.0.0.1"),
            (Label::Delivery, "2"),
        ]
    );
    let kinds = |members: &str| -> Vec<ContextKind> {
        aws(members).contexts.iter().map(|context| context.kind).collect()
    };
    assert_eq!(
        kinds(r#""glue_credential_issuing_service":"glue.amazonaws.com""#),
        [ContextKind::Glue]
    );
    assert_eq!(kinds(r#""identity_store_user_id":"u""#), [ContextKind::IdentityCenter]);
    assert_eq!(kinds(r#""source_identity":"alice""#), [ContextKind::SourceIdentity]);
    assert_eq!(kinds(r#""lambda_source_function_arn":{}"#), []);
    let pod = r#""principal_tags":{"eks-cluster-name":"c","kubernetes-namespace":"n"}"#;
    assert_eq!(kinds(pod), [ContextKind::EksPodIdentity]);
    assert_eq!(kinds(r#""principal_tags":{"kubernetes-namespace":"n"}"#), []);
}

#[test]
fn identity_providers() {
    let facts = |provider: &str| {
        aws(&format!(r#""federated_provider":"{provider}""#)).contexts.remove(0).facts
    };
    let oidc = facts("arn:aws:iam::123456789012:oidc-provider/issuer.example/a");
    assert_eq!(
        values(&oidc)[..2],
        [(Label::Type, "oidc-provider"), (Label::Provider, "issuer.example/a")]
    );
    let pool = facts("cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc");
    assert_eq!(
        values(&pool),
        [
            (Label::Pool, "eu-west-1_abc"),
            (Label::Region, "eu-west-1"),
            (Label::Resource, "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc"),
        ]
    );
}

#[test]
fn arns_are_taken_apart() {
    let parts = |arn: &str| {
        let parts = arn_parts(arn).unwrap_or_default();
        parts.into_iter().skip(2).map(|part| (part.label, part.value)).collect::<Vec<_>>()
    };
    let fact = |label, value: &str| (label, value.to_owned());
    assert_eq!(
        parts("arn:aws:sts::123456789012:assumed-role/R/me"),
        [
            fact(Label::Account, "123456789012"),
            fact(Label::Type, "assumed-role"),
            fact(Label::Role, "R"),
            fact(Label::Session, "me"),
        ]
    );
    assert_eq!(
        parts("arn:aws:lambda:us-east-1:123456789012:function:f:PROD")[2..],
        [fact(Label::Type, "function"), fact(Label::Function, "f"), fact(Label::Qualifier, "PROD"),]
    );
    assert_eq!(parts("arn:aws:s3:::bucket"), [fact(Label::Resource, "bucket")]);
    assert_eq!(
        parts("arn:aws:identitystore::123456789012:identitystore/d-1")[1..],
        [fact(Label::Type, "identitystore"), fact(Label::Store, "d-1")]
    );
    for text in ["", "arn:", "arn:aws:iam", "urn:aws:iam::1:role/R"] {
        assert_eq!(arn_parts(text), None, "{text}");
    }
}

#[test]
fn values_in_short() {
    assert_eq!(outline("1"), Outline::Whole);
    assert_eq!(outline(&format!("[{}1]", "1,".repeat(199))), Outline::Array(200));
    assert_eq!(outline(&format!(r#"{{"a":"{}"}}"#, "x".repeat(300))), Outline::Object(1));
    assert_eq!(outline(&"9".repeat(300)), Outline::Long(300));
    assert_eq!(arn_of(r#""arn:aws:s3:::b""#).as_deref(), Some("arn:aws:s3:::b"));
    assert_eq!(arn_of(r#"["arn:aws:s3:::b"]"#), None);
    assert_eq!(arn_of(r#""arn:aws""#), None);
}
