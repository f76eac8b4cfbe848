// Generated from a Countersign policy at 2026-01-02T03:04:05Z.
// Audience: https://api.example.com, https://api.example.org.
// Rule our organization: organization o-abc1234567; organizational units o-abc1234567/r-ab12/**; principal tags environment.
// Rule partner: issuer https://e5f6a7b8.tokens.sts.global.api.aws; account 210987654321; principals arn:aws:iam::210987654321:role/export/*; source regions eu-west-1; request tags job.
// Rule trust[2]: issuer https://c9d0e1f2.tokens.sts.global.api.aws; account 345678901234; request tags job, tier.

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
        audience: vec!["https://api.example.com".to_owned(), "https://api.example.org".to_owned()],
        trust: vec![
            TrustRule {
                name: Some("our organization".to_owned()),
                organization: Some("o-abc1234567".to_owned()),
                organizational_units: vec!["o-abc1234567/r-ab12/**".to_owned()],
                principal_tags: [("environment".to_owned(), vec!["production".to_owned(), "staging".to_owned()])].into(),
                ..TrustRule::default()
            },
            TrustRule {
                name: Some("partner".to_owned()),
                issuer: vec!["https://e5f6a7b8.tokens.sts.global.api.aws".to_owned()],
                account: vec!["210987654321".to_owned()],
                principals: vec!["arn:aws:iam::210987654321:role/export/*".to_owned()],
                source_regions: vec!["eu-west-1".to_owned()],
                request_tags: [("job".to_owned(), vec!["nightly".to_owned()])].into(),
                ..TrustRule::default()
            },
            TrustRule {
                issuer: vec!["https://c9d0e1f2.tokens.sts.global.api.aws".to_owned()],
                account: vec!["345678901234".to_owned()],
                request_tags: [("job".to_owned(), vec!["weekly".to_owned()]), ("tier".to_owned(), vec!["gold".to_owned()])].into(),
                ..TrustRule::default()
            },
        ],
        algorithms: vec![Algorithm::Es384],
        clock_tolerance_seconds: 30,
        max_lifetime_seconds: 3600,
        max_age_seconds: Some(300),
        ..PolicyDocument::default()
    }
}
