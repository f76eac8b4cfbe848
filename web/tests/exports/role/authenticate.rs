// Generated from a Countersign policy at 2026-01-02T03:04:05Z.
// Audience: api://AzureADTokenExchange.
// Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.

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
        audience: vec!["api://AzureADTokenExchange".to_owned()],
        trust: vec![
            TrustRule {
                name: Some("nightly billing".to_owned()),
                issuer: vec!["https://a1b2c3d4.tokens.sts.global.api.aws".to_owned()],
                account: vec!["123456789012".to_owned()],
                principals: vec!["arn:aws:iam::123456789012:role/billing/Nightly".to_owned(), "arn:aws:iam::123456789012:role/billing/Monthly".to_owned()],
                ..TrustRule::default()
            },
        ],
        algorithms: vec![Algorithm::Es384, Algorithm::Rs256],
        clock_tolerance_seconds: 30,
        max_lifetime_seconds: 900,
        ..PolicyDocument::default()
    }
}
