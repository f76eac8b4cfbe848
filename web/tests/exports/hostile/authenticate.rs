// Generated from a Countersign policy at 2026-01-02T03:04:05Z.
// Audience: '" `id` \ \' -- # // $(id) END_OF_JSON, ${aws:userid} $${x} %{y}, ^;^a,b.
// Rule */ '; DROP USER admin; -- " $(id) \ \u{202e}${x}: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name; principal tags */\n', __proto__.
// Rule exact: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name.

use std::io::Read;
use std::time::{SystemTime, UNIX_EPOCH};

use countersign::{
    Algorithm, Detail, KeySet, KeySetLimits, KeyStoreSettings, Policy, PolicyDocument, TrustRule,
    Verifier,
};

/// Verifies the token on standard input, by the key set of one issuer.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(issuer), Some(key_set)) = (arguments.next(), arguments.next()) else {
        return Err("usage: authenticate <issuer> <key set file> < token".into());
    };
    let mut verifier = Verifier::new(Policy::new(policy())?, KeyStoreSettings::default())?;
    let key_set = KeySet::parse(&std::fs::read(key_set)?, KeySetLimits::default())?;
    verifier.add_static_keys(&issuer, key_set);

    let mut token = String::new();
    std::io::stdin().read_to_string(&mut token)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let verified = verifier.judge(token.trim(), now, Detail::Verdict).into_verdict()?;
    println!("{}", verified.principal().arn);
    Ok(())
}

/// Whom this service trusts.
pub(crate) fn policy() -> PolicyDocument {
    PolicyDocument {
        audience: vec!["'\" `id` \\ \\' -- # // $(id) END_OF_JSON".to_owned(), "${aws:userid} $${x} %{y}".to_owned(), "^;^a,b".to_owned()],
        trust: vec![
            TrustRule {
                name: Some("*/ '; DROP USER admin; -- \" $(id) \\ \u{202e}${x}".to_owned()),
                issuer: vec!["https://a1b2c3d4.tokens.sts.global.api.aws".to_owned()],
                principals: vec!["arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/\"q\\\"/Name".to_owned()],
                principal_tags: [("*/\u{a}'".to_owned(), vec!["\u{202e}".to_owned()]), ("__proto__".to_owned(), vec!["a".to_owned(), "'\" `id` \\ \\' -- # // $(id) END_OF_JSON".to_owned()])].into(),
                ..TrustRule::default()
            },
            TrustRule {
                name: Some("exact".to_owned()),
                issuer: vec!["https://a1b2c3d4.tokens.sts.global.api.aws".to_owned()],
                principals: vec!["arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/\"q\\\"/Name".to_owned()],
                ..TrustRule::default()
            },
        ],
        algorithms: vec![Algorithm::Es384, Algorithm::Rs256],
        clock_tolerance_seconds: 30,
        max_lifetime_seconds: 3600,
        danger_accept_any_lifetime: true,
        danger_loopback_issuers: vec!["http://127.0.0.1:8460".to_owned()],
        ..PolicyDocument::default()
    }
}
