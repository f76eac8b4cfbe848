use serde_json::json;

use crate::vectors::case::Case;
use crate::vectors::mint::{rs256, sibling, stranger, token};
use crate::vectors::shared::{
    AUDIENCE, ES384, ISSUER, RS256, SIBLING_ES384, SIBLING_ISSUER, STRANGER_ES384, STRANGER_ISSUER,
    STRANGER_RS256, key_set, only, published, with,
};

const INVALID: (&str, &str) = ("signature.invalid", "signature");
const UNKNOWN: (&str, &str) = ("key.unknown", "key");
const UNUSABLE: (&str, &str) = ("key.unusable", "key");

pub(super) fn cases() -> Vec<Case> {
    let ec = published(ES384, "EC384_0", "ES384");
    let rsa = published(RS256, "RSA_0", "RS256");
    let both = json!({ "audience": AUDIENCE, "trust": [{ "name": "pinned", "issuer": [ISSUER, SIBLING_ISSUER] }] });
    let own = |issuer: &str, signer| {
        (issuer.to_owned(), key_set(vec![published(signer, "EC384_0", "ES384")]))
    };
    let many = |count: usize| {
        let mut keys: Vec<_> =
            (2..count).map(|n| published(STRANGER_ES384, &format!("EC384_{n}"), "ES384")).collect();
        keys.push(ec.clone());
        only(keys)
    };
    vec![
        Case::rejected(
            "no keys at hand",
            "verifySync on a cold cache says so, and fetches nothing.",
            token(),
            ("key.not_loaded", "key"),
        )
        .shared_keys("none"),
        Case::rejected(
            "keys of another issuer only",
            "Keys are looked up by issuer and key id, never by key id alone.",
            token(),
            ("key.not_loaded", "key"),
        )
        .keys(vec![own(SIBLING_ISSUER, SIBLING_ES384)]),
        Case::rejected(
            "no key with the id",
            "The issuer publishes other keys only.",
            token(),
            UNKNOWN,
        )
        .keys(only(Vec::new())),
        Case::rejected(
            "key withdrawn",
            "A withdrawn key verifies nothing, however good the signature.",
            token(),
            UNKNOWN,
        )
        .keys(only(vec![rsa.clone()]))
        .found("RSA_0"),
        Case::rejected(
            "signed by the sibling account's key of the same id",
            "RSA_0 and EC384_0 recur in every account: cache poisoning between issuers.",
            token().signed_by(SIBLING_ES384),
            INVALID,
        )
        .policy(both.clone()),
        Case::rejected(
            "the sibling's token by this account's key",
            "The same, the other way round.",
            sibling().signed_by(ES384),
            INVALID,
        )
        .policy(both.clone()),
        Case::accepted(
            "two issuers, one key id",
            "Each issuer's key serves its own tokens.",
            sibling(),
        )
        .policy(both),
        Case::rejected(
            "signed by a stranger's key of the same id",
            "Any AWS customer has a key EC384_0.",
            token().signed_by(STRANGER_ES384),
            INVALID,
        ),
        Case::rejected(
            "a stranger's token, by its own keys",
            "Genuine, and of an issuer that nobody trusts.",
            stranger(),
            ("issuer.untrusted", "issuer"),
        ),
        Case::rejected(
            "RSA, signed by a stranger's key of the same id",
            "Any AWS customer has a key RSA_0.",
            rs256().signed_by(STRANGER_RS256),
            INVALID,
        ),
        Case::rejected(
            "key id twice for one algorithm",
            "It is not said which key is meant, so neither is used.",
            token(),
            UNUSABLE,
        )
        .keys(only(vec![ec.clone(), published(STRANGER_ES384, "EC384_0", "ES384")])),
        Case::accepted(
            "one key id for two algorithms, ES384",
            "Key and algorithm together say which is meant.",
            token().header("kid", json!("k")),
        )
        .keys(only(vec![
            with(rsa.clone(), json!({ "kid": "k" })),
            with(ec.clone(), json!({ "kid": "k" })),
        ])),
        Case::accepted(
            "one key id for two algorithms, RS256",
            "Key and algorithm together say which is meant.",
            rs256().header("kid", json!("k")),
        )
        .keys(only(vec![
            with(rsa.clone(), json!({ "kid": "k" })),
            with(ec.clone(), json!({ "kid": "k" })),
        ])),
        Case::accepted(
            "a bad key beside the good one",
            "One bad key must not take the others with it.",
            token(),
        )
        .keys(only(vec![
            json!({ "kty": "OKP", "crv": "Ed25519", "kid": "ED_0", "x": "AA" }),
            json!(7),
            json!(null),
            ec.clone(),
        ])),
        Case::accepted("100 keys", "100 is within the limit.", token()).keys(many(100)),
        Case::keys_refused("101 keys", "A bound on work.", "key_set.too_many_keys", many(101)),
        Case::keys_refused(
            "a key set of 30 MB",
            "peers.md, row 30 MB JWKS document.",
            "key_set.too_large",
            only(vec![ec.clone()]),
        )
        .padded_keys(30 << 20),
        Case::accepted("a key set just within 64 KiB", "64 KiB is the limit.", token())
            .keys(only(vec![ec.clone()]))
            .padded_keys(65_000),
        Case::keys_refused(
            "keys that are no array",
            "RFC 7517, section 5.1.",
            "key_set.keys",
            vec![(ISSUER.to_owned(), json!({ "keys": { "EC384_0": ec.clone() } }))],
        ),
        Case::keys_refused(
            "a certificate map instead of keys",
            "Firebase publishes such; it is no key set.",
            "key_set.keys",
            vec![(ISSUER.to_owned(), json!({ "EC384_0": "-----BEGIN CERTIFICATE-----" }))],
        ),
        Case::accepted(
            "a stranger's keys at hand",
            "They serve only the stranger's tokens.",
            token(),
        )
        .keys(vec![own(ISSUER, ES384), own(STRANGER_ISSUER, STRANGER_ES384)]),
    ]
}
