//! What survives a restart.

use chacha20::ChaCha20Rng;
use rand_core::SeedableRng;

use super::support::{Aws, BASE_URL, BATCH, GOOD, http};
use crate::{Config, Issuer, Snapshot};

const ACCOUNT: &str = "111122223333";

/// Starts the issuer again from its snapshot, with other randomness.
fn restarted(aws: &Aws, config: Config) -> Aws {
    let json = aws.issuer.snapshot().unwrap().to_json().unwrap();
    let snapshot = Snapshot::parse(json.as_bytes()).unwrap();
    let mut entropy = ChaCha20Rng::from_seed([9; 32]);
    let issuer = Issuer::restore(config, BASE_URL, &snapshot, &mut entropy).unwrap();
    Aws { issuer, now: aws.now, entropy }
}

#[test]
fn issuers_keys_and_switches_survive() {
    let mut aws = Aws::built_in();
    let before = aws.mint(BATCH, &GOOD);
    aws.admin("POST", &format!("accounts/{ACCOUNT}/rotate"));
    aws.iam("AKIAEXAMPLEADMIN0003", "EnableOutboundWebIdentityFederation");
    let keys = aws.key_set(ACCOUNT);

    let mut again = restarted(&aws, Config::built_in().unwrap());
    assert_eq!(again.issuer_of(ACCOUNT), aws.issuer_of(ACCOUNT));
    assert_eq!(again.key_set(ACCOUNT), keys);
    assert!(before.verifies_with(&keys));
    let after = again.mint(BATCH, &GOOD);
    assert_eq!(after.kid(), "EC384_1");
    assert!(after.verifies_with(&keys));
    again.mint("AKIAEXAMPLEADMIN0003", &GOOD);

    // The overlap goes on across the restart, and numbers are not given twice.
    again.wait(900);
    assert_eq!(again.kids(ACCOUNT), ["RSA_1", "EC384_1"]);
    again.admin("POST", &format!("accounts/{ACCOUNT}/withdraw?kid=RSA_1"));
    let mut third = restarted(&again, Config::built_in().unwrap());
    assert_eq!(third.kids(ACCOUNT), ["RSA_2", "EC384_1"]);
}

#[test]
fn accounts_may_come_and_go() {
    let aws = Aws::built_in();
    let small = "[[accounts]]\nid = \"121212121212\"\nfederation = \"enabled\"";
    let without = restarted(&aws, Config::parse(small).unwrap());
    let accounts: Vec<_> = without.issuer.issuers().map(|(id, _)| id.to_owned()).collect();
    assert_eq!(accounts, ["121212121212"]);
    let again = restarted(&without, Config::built_in().unwrap());
    assert_eq!(again.issuer_of(ACCOUNT), aws.issuer_of(ACCOUNT));
}

#[test]
fn the_revision_moves_when_the_snapshot_does() {
    let mut aws = Aws::built_in();
    let snapshot = |aws: &Aws| aws.issuer.snapshot().unwrap().to_json().unwrap();
    let mut last = (aws.issuer.revision(), snapshot(&aws));
    let mut changes = |aws: &mut Aws, act: &dyn Fn(&mut Aws)| {
        act(aws);
        let new = (aws.issuer.revision(), snapshot(aws));
        let changed = new.1 != last.1;
        assert_eq!(new.0 != last.0, changed);
        last = new;
        changed
    };
    let admin = "AKIAEXAMPLEADMIN0003";
    let mint: &dyn Fn(&mut Aws) = &|aws| drop(aws.mint(BATCH, &GOOD));
    let list: &dyn Fn(&mut Aws) = &|aws| drop(aws.kids(ACCOUNT));
    assert!(changes(&mut aws, mint));
    assert!(!changes(&mut aws, mint));
    let order_by_a_withdrawn_key: &dyn Fn(&mut Aws) = &|aws| {
        let mut request = http("POST", "/_countersign/tokens");
        request.body = br#"{
            "principal": { "access_key_id": "ASIAEXAMPLEBATCH0001" }, "region": "eu-west-1",
            "audience": ["https://api.example.com"], "signing_algorithm": "ES384", "flaw": "withdrawn-key"
        }"#
        .into();
        assert_eq!(aws.respond(&request).status, 200);
    };
    assert!(changes(&mut aws, order_by_a_withdrawn_key), "its number is not given again");
    assert!(!changes(&mut aws, order_by_a_withdrawn_key));
    assert!(changes(&mut aws, list));
    assert!(!changes(&mut aws, list));
    assert!(changes(&mut aws, &|aws| drop(aws.iam(admin, "EnableOutboundWebIdentityFederation"))));
    assert!(!changes(&mut aws, &|aws| drop(aws.iam(admin, "EnableOutboundWebIdentityFederation"))));
    assert!(changes(&mut aws, &|aws| drop(aws.iam(admin, "DisableOutboundWebIdentityFederation"))));
    assert!(changes(&mut aws, &|aws| drop(aws.admin("POST", "accounts/111122223333/rotate"))));
    assert!(!changes(&mut aws, list));
    aws.wait(900);
    assert!(changes(&mut aws, list), "withdrawn keys are forgotten");
}

#[test]
fn damaged_snapshots_are_refused_without_showing_keys() {
    let mut aws = Aws::built_in();
    aws.mint(BATCH, &GOOD);
    let good = aws.issuer.snapshot().unwrap().to_json().unwrap();
    let begin = good.find("-----BEGIN PRIVATE KEY-----\\n").unwrap() + 60;
    let secret = good[begin..begin + 16].to_owned();
    let flipped = good.replace(&secret, &"A".repeat(16));
    let unquoted = good.replace("-----BEGIN", "\"-----BEGIN");
    for text in [
        "",
        "{}",
        "[]",
        &good[..good.len() / 2],
        &good.replace("\"version\": 1", "\"version\": 2"),
        &good.replace("\"label\"", "\"lable\""),
        &good.replace("\"ES384\"", "\"RS256\""),
        &flipped,
        &unquoted,
    ] {
        let parsed = Snapshot::parse(text.as_bytes()).and_then(|snapshot| {
            let mut entropy = ChaCha20Rng::from_seed([9; 32]);
            Issuer::restore(Config::built_in().unwrap(), BASE_URL, &snapshot, &mut entropy)
                .map(drop)
        });
        let error = parsed.unwrap_err();
        assert_eq!(error.code, "state.corrupt", "{text}");
        assert!(!error.to_string().contains(&secret));
    }
}
