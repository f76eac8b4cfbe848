//! Rotation with overlap, withdrawal, and who may ask for them.

use super::support::{Aws, GOOD, http};
use crate::Peer;

const ACCOUNT: &str = "111122223333";
const KEY: &str = "ASIAEXAMPLEBATCH0001";

#[test]
fn rotation_overlaps_and_then_withdraws() {
    let mut aws = Aws::built_in();
    let before = aws.mint(KEY, &GOOD);
    let (status, account) = aws.admin("POST", &format!("accounts/{ACCOUNT}/rotate"));
    assert_eq!(status, 200, "{account}");
    assert_eq!(account["keys"].as_array().unwrap().len(), 4);

    let after = aws.mint(KEY, &GOOD);
    assert_eq!((before.kid(), after.kid()), ("EC384_0".into(), "EC384_1".into()));
    assert_eq!(aws.kids(ACCOUNT), ["RSA_1", "RSA_0", "EC384_1", "EC384_0"]);
    let keys = aws.key_set(ACCOUNT);
    assert!(before.verifies_with(&keys) && after.verifies_with(&keys));

    aws.wait(899);
    assert_eq!(aws.kids(ACCOUNT).len(), 4);
    aws.wait(1);
    assert_eq!(aws.kids(ACCOUNT), ["RSA_1", "EC384_1"]);
    let keys = aws.key_set(ACCOUNT);
    assert!(!before.verifies_with(&keys) && after.verifies_with(&keys));
}

#[test]
fn rotation_without_overlap() {
    let mut aws = Aws::built_in();
    aws.admin("POST", &format!("accounts/{ACCOUNT}/rotate?overlap_seconds=0"));
    assert_eq!(aws.kids(ACCOUNT), ["RSA_1", "EC384_1"]);
    assert_eq!(aws.kids("222233334444"), ["RSA_0", "EC384_0"], "other accounts keep theirs");
    let (status, refusal) =
        aws.admin("POST", &format!("accounts/{ACCOUNT}/rotate?overlap_seconds=x"));
    assert_eq!((status, &refusal["code"]), (400, &"admin.invalid_overlap".into()));
}

#[test]
fn withdrawing_the_signing_key_makes_a_new_one() {
    let mut aws = Aws::built_in();
    let token = aws.mint(KEY, &GOOD);
    let path = format!("accounts/{ACCOUNT}/withdraw?kid=EC384_0");
    assert_eq!(aws.admin("POST", &path).0, 200);
    assert_eq!(aws.kids(ACCOUNT), ["RSA_0", "EC384_1"]);
    assert!(!token.verifies_with(&aws.key_set(ACCOUNT)));
    assert_eq!(aws.mint(KEY, &GOOD).kid(), "EC384_1");
    let (status, refusal) = aws.admin("POST", &path);
    assert_eq!((status, &refusal["code"]), (404, &"admin.unknown_key".into()));
}

#[test]
fn the_state_holds_no_secrets() {
    let mut aws = Aws::built_in();
    aws.mint(KEY, &GOOD);
    let (status, state) = aws.admin("GET", "state");
    assert_eq!(status, 200);
    let accounts = state["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 5);
    assert_eq!(accounts[0]["issuer"], aws.issuer_of(ACCOUNT));
    assert_eq!(accounts[0]["federation"], "enabled");
    assert_eq!(accounts[0]["keys"][0]["kid"], "EC384_0");
    let principals = state["principals"].as_array().unwrap();
    assert!(principals.iter().any(|principal| principal["access_key_id"] == KEY));
    let text = state.to_string();
    assert!(!text.contains("PRIVATE") && !text.contains("secret"));
}

#[test]
fn unknown_commands_and_accounts() {
    let mut aws = Aws::built_in();
    for (method, path, code) in [
        ("POST", "state", "admin.unknown_command"),
        ("GET", "accounts/111122223333/rotate", "admin.unknown_command"),
        ("POST", "accounts/123456789012/rotate", "admin.unknown_account"),
        ("POST", "accounts/123456789012/withdraw?kid=RSA_0", "admin.unknown_account"),
    ] {
        let (status, refusal) = aws.admin(method, path);
        assert_eq!((status, &refusal["code"]), (404, &code.into()), "{method} {path}");
    }
}

#[test]
fn only_programs_on_this_machine() {
    let mut aws = Aws::built_in();
    let mut remote = http("GET", "/_countersign/state");
    remote.peer = Peer::Remote;
    let mut page = http("GET", "/_countersign/state");
    page.headers.push(("Origin".into(), "https://evil.example".into()));
    let mut rebound = http("GET", "/_countersign/state");
    rebound.headers[0].1 = "evil.example:8080".into();
    let mut hostless = http("GET", "/_countersign/state");
    hostless.headers.clear();
    for request in [remote, page, rebound, hostless] {
        assert_eq!(aws.respond(&request).status, 403, "{request:?}");
    }
    for host in ["localhost:8080", "[::1]:8080", "127.0.0.1"] {
        let mut request = http("GET", "/_countersign/state");
        request.headers[0].1 = host.into();
        assert_eq!(aws.respond(&request).status, 200, "{host}");
    }
}
