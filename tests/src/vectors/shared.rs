use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::case::{KeySets, Shared};
use super::json::Json;
use super::signer::{RsaKey, Signer};

/// 2025-12-28T09:48:20Z, within the life of every token that says nothing else about it.
pub(super) const NOW: u64 = 1_766_915_300;
pub(super) const ISSUED_AT: u64 = 1_766_915_243;
pub(super) const EXPIRES_AT: u64 = 1_766_915_543;

pub(super) const AUDIENCE: &str = "https://api.example.com";
pub(super) const ORGANIZATION: &str = "o-abc1234567";
pub(super) const UNIT: &str = "o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-22222222/";

/// The account that policies pin.
pub(super) const ACCOUNT: &str = "123456789012";
pub(super) const ISSUER: &str = "https://abc123-def456-ghi789-jkl012.tokens.sts.global.api.aws";
pub(super) const ROLE: &str = "arn:aws:iam::123456789012:role/billing/Nightly";

/// A second account of the organization, whose keys have the same ids.
pub(super) const SIBLING: &str = "222233334444";
pub(super) const SIBLING_ISSUER: &str =
    "https://5f0c6e1a-90b1-4a7e-8f5d-2b6a7c8d9e0f.tokens.sts.global.api.aws";
pub(super) const SIBLING_ROLE: &str = "arn:aws:iam::222233334444:role/Deploy";

/// An AWS customer whom nobody trusts: genuine issuer, genuine keys.
pub(super) const STRANGER: &str = "999988887777";
pub(super) const STRANGER_ISSUER: &str =
    "https://0badc0de-0000-4000-8000-00000badc0de.tokens.sts.global.api.aws";
pub(super) const STRANGER_ROLE: &str = "arn:aws:iam::999988887777:role/billing/Nightly";

pub(super) const ES384: Signer = Signer::P384("account");
pub(super) const RS256: Signer = Signer::Rsa(RsaKey::Bits2048);
pub(super) const ES256: Signer = Signer::P256("account");
pub(super) const SIBLING_ES384: Signer = Signer::P384("sibling");
pub(super) const STRANGER_ES384: Signer = Signer::P384("stranger");
pub(super) const STRANGER_RS256: Signer = Signer::Rsa(RsaKey::Bits2048Other);

pub(super) fn with(mut jwk: Value, changes: Value) -> Value {
    let (Some(jwk_members), Value::Object(changes)) = (jwk.as_object_mut(), changes) else {
        return jwk;
    };
    for (name, value) in changes {
        if value.is_null() {
            jwk_members.remove(&name);
        } else {
            jwk_members.insert(name, value);
        }
    }
    jwk
}

/// A key as AWS publishes it.
pub(super) fn published(signer: Signer, kid: &str, alg: &str) -> Value {
    with(signer.jwk(kid), json!({ "use": "sig", "alg": alg }))
}

#[expect(clippy::needless_pass_by_value, reason = "called with literals")]
pub(super) fn key_set(keys: Vec<Value>) -> Value {
    json!({ "keys": keys })
}

/// The pinned account's issuer with these keys, and a sound one that no token names: doors may refuse
/// a static key set without any usable key at once.
pub(super) fn only(mut keys: Vec<Value>) -> KeySets {
    keys.push(published(Signer::P384("spare"), "SPARE_0", "ES384"));
    vec![(ISSUER.to_owned(), key_set(keys))]
}

fn standard() -> KeySets {
    let account = vec![
        // As AWS has published it: without `alg`.
        with(RS256.jwk("RSA_0"), json!({ "use": "sig" })),
        published(ES384, "EC384_0", "ES384"),
        published(ES256, "EC256_0", "ES256"),
    ];
    let sibling = vec![published(SIBLING_ES384, "EC384_0", "ES384")];
    let stranger = vec![
        published(STRANGER_RS256, "RSA_0", "RS256"),
        published(STRANGER_ES384, "EC384_0", "ES384"),
    ];
    vec![
        (ISSUER.to_owned(), key_set(account)),
        (SIBLING_ISSUER.to_owned(), key_set(sibling)),
        (STRANGER_ISSUER.to_owned(), key_set(stranger)),
    ]
}

pub(super) fn shared() -> Shared {
    let keys = [("standard", standard()), ("none", KeySets::new())];
    let policies = [
        (
            "pinned",
            json!({
                "audience": AUDIENCE,
                "trust": [{ "name": "pinned", "issuer": ISSUER, "account": ACCOUNT }],
            }),
        ),
        (
            "organization",
            json!({
                "audience": AUDIENCE,
                "trust": [{ "name": "organization", "organization": ORGANIZATION }],
            }),
        ),
        (
            "es256",
            json!({
                "audience": AUDIENCE,
                "algorithms": ["ES256", "ES384"],
                "trust": [{ "name": "es256", "issuer": ISSUER }],
            }),
        ),
        (
            "strict-clock",
            json!({
                "audience": AUDIENCE,
                "clockToleranceSeconds": 0,
                "trust": [{ "name": "strict-clock", "issuer": ISSUER }],
            }),
        ),
    ];
    Shared {
        about: "What several cases refer to by name: key sets by issuer, and policies.".to_owned(),
        keys: keys
            .into_iter()
            .map(|(name, sets)| {
                let sets = sets.into_iter().map(|(issuer, set)| (issuer, Json(set)));
                (name.to_owned(), sets.collect::<BTreeMap<_, _>>())
            })
            .collect(),
        policies: policies.map(|(name, policy)| (name.to_owned(), Json(policy))).into(),
    }
}
