//! Switching the feature on and off.

use super::support::{Aws, GOOD};

const ADMIN: &str = "AKIAEXAMPLEADMIN0003";
const ACCOUNT: &str = "444455556666";
const ENABLE: &str = "EnableOutboundWebIdentityFederation";
const DISABLE: &str = "DisableOutboundWebIdentityFederation";
const INFO: &str = "GetOutboundWebIdentityFederationInfo";

#[test]
fn enabling_twice_and_disabling_twice_fail() {
    let mut aws = Aws::built_in();
    let issuer = aws.issuer_of(ACCOUNT);
    for action in [INFO, DISABLE] {
        let (status, code, _) = aws.iam(ADMIN, action).error();
        assert_eq!((status, code.as_str()), (404, "FeatureDisabled"), "{action}");
    }
    let enabled = aws.iam(ADMIN, ENABLE);
    assert_eq!((enabled.status, enabled.text("IssuerIdentifier")), (200, issuer.clone()));
    let (status, code, _) = aws.iam(ADMIN, ENABLE).error();
    assert_eq!((status, code.as_str()), (409, "FeatureEnabled"));
    let info = aws.iam(ADMIN, INFO);
    assert_eq!(info.text("IssuerIdentifier"), issuer);
    assert_eq!(info.text("JwtVendingEnabled"), "true");

    let disabled = aws.iam(ADMIN, DISABLE);
    assert_eq!(disabled.status, 200);
    assert!(!disabled.body.contains("Result>"), "no output: {}", disabled.body);
    assert_eq!(aws.iam(ADMIN, DISABLE).error().1, "FeatureDisabled");
}

#[test]
fn issuer_and_keys_survive_disabling() {
    let mut aws = Aws::built_in();
    aws.iam(ADMIN, ENABLE);
    let token = aws.mint(ADMIN, &GOOD);
    let (issuer, keys) = (aws.issuer_of(ACCOUNT), aws.key_set(ACCOUNT));
    aws.iam(ADMIN, DISABLE);
    assert_eq!(aws.token(ADMIN, &GOOD).status, 403);
    assert_eq!(aws.key_set(ACCOUNT), keys, "the key set stays served");
    assert!(token.verifies_with(&keys));
    aws.iam(ADMIN, ENABLE);
    assert_eq!(aws.issuer_of(ACCOUNT), issuer);
    assert!(aws.mint(ADMIN, &GOOD).verifies_with(&keys));
}
