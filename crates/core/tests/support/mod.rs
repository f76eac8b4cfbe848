//! What the property tests are made of: signed tokens, JSON of every kind, policies that can be right.

use countersign::json::{Kind, Value as OurValue};
use countersign::keys::KeySetLimits;
use countersign::{KeySet, KeyStoreSettings, Policy, Verifier, base64url};
use p384::ecdsa::signature::Signer as _;
use p384::pkcs8::EncodePublicKey as _;
use proptest::prelude::*;
use serde_json::{Value, json};

pub(crate) const NOW: u64 = 1_766_915_300;
pub(crate) const ISSUER: &str = "https://abc123.tokens.sts.global.api.aws";
pub(crate) const POLICY: &str = r#"{
    "audience": "https://api.example.com",
    "algorithms": ["ES384", "ES256"],
    "trust": [{ "name": "batch", "issuer": "https://abc123.tokens.sts.global.api.aws",
                "principals": "arn:aws:iam::123456789012:role/**",
                "organizationalUnits": "o-abc1234567/**", "principalTags": { "team": "billing" } }]
}"#;

/// Who signs: a key of each curve, from a fixed scalar.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Signer {
    Es256,
    Es384,
}

impl Signer {
    pub(crate) const ALL: [Self; 2] = [Self::Es256, Self::Es384];

    fn sign(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Es256 => {
                let signature: p256::ecdsa::Signature = p256_key().sign(message);
                signature.to_bytes().to_vec()
            }
            Self::Es384 => {
                let signature: p384::ecdsa::Signature = p384_key().sign(message);
                signature.to_bytes().to_vec()
            }
        }
    }
}

fn p256_key() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap()
}

fn p384_key() -> p384::ecdsa::SigningKey {
    p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap()
}

/// A public key as DER: SubjectPublicKeyInfo.
pub(crate) fn p384_spki() -> Vec<u8> {
    let key = p384::PublicKey::from(p384_key().verifying_key());
    key.to_public_key_der().unwrap().into_vec()
}

pub(crate) fn claims() -> Value {
    json!({
        "aud": "https://api.example.com", "iss": ISSUER, "jti": "an id",
        "iat": NOW - 60, "exp": NOW + 240,
        "sub": "arn:aws:iam::123456789012:role/billing/Nightly",
        "https://sts.amazonaws.com/": {
            "aws_account": "123456789012", "org_id": "o-abc1234567", "source_region": "eu-west-1",
            "ou_path": ["o-abc1234567/r-ab12/ou-ab12-11111111/"],
            "principal_id": "arn:aws:iam::123456789012:role/billing/Nightly",
            "principal_tags": { "team": "billing" }, "request_tags": { "job": "7" },
            "original_session_exp": "2025-12-28T10:45:29Z", "ec2_role_delivery": 2,
        },
    })
}

pub(crate) fn token_of(signer: Signer, claims: &Value) -> String {
    let (kid, alg) = match signer {
        Signer::Es256 => ("EC256_0", "ES256"),
        Signer::Es384 => ("EC384_0", "ES384"),
    };
    let header = json!({ "kid": kid, "typ": "JWT", "alg": alg });
    let encode = |value: &Value| base64url::encode(value.to_string().as_bytes());
    let input = format!("{}.{}", encode(&header), encode(claims));
    let signature = base64url::encode(&signer.sign(input.as_bytes()));
    format!("{input}.{signature}")
}

/// A verifier to which no key is known.
pub(crate) fn keyless(policy: &str) -> Verifier {
    Verifier::new(Policy::from_json(policy).unwrap(), KeyStoreSettings::default()).unwrap()
}

pub(crate) fn verifier(policy: &str) -> Verifier {
    let mut verifier = keyless(policy);
    verifier.add_static_keys(ISSUER, keys());
    verifier
}

/// The key set of [`ISSUER`].
pub(crate) fn keys() -> KeySet {
    let p256 = p256_key().verifying_key().to_sec1_point(false);
    let p384 = p384_key().verifying_key().to_sec1_point(false);
    let keys = json!({ "keys": [
        { "kty": "EC", "crv": "P-256", "kid": "EC256_0",
          "x": base64url::encode(p256.x().unwrap()), "y": base64url::encode(p256.y().unwrap()) },
        { "kty": "EC", "crv": "P-384", "kid": "EC384_0",
          "x": base64url::encode(p384.x().unwrap()), "y": base64url::encode(p384.y().unwrap()) },
    ]});
    KeySet::parse(keys.to_string().as_bytes(), KeySetLimits::default()).unwrap()
}

/// Any JSON value that both readers hold exactly.
pub(crate) fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (NOW - 1000..NOW + 1000).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        prop::num::f64::NORMAL.prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
        "arn:aws:iam::[0-9]{12}:(role|user)/[a-z/]{1,8}".prop_map(Value::from),
        "(https|http)://[a-z0-9.@:-]{1,20}/?".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..20)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Texts that are JSON, or nearly: written with white space, and then a few characters changed.
pub(crate) fn json_text() -> impl Strategy<Value = String> {
    let written = (json_value(), any::<bool>()).prop_map(|(value, pretty)| match pretty {
        true => serde_json::to_string_pretty(&value).unwrap(),
        false => value.to_string(),
    });
    let piece = prop_oneof![
        "[\\[\\]{}\",:\\\\0-9eE.+\\- \\n\\t]{1,3}",
        "\\\\u[0-9a-fA-F]{3,4}",
        "\\\\[a-z\"/]",
        prop::sample::select(vec![
            "true",
            "null",
            "\u{feff}",
            "\"a\":1,",
            "1e400",
            "-0",
            "\u{0}",
            "\u{7f}",
            "\\ud83d\\ude00",
        ])
        .prop_map(str::to_owned),
    ];
    let changes = prop::collection::vec((any::<prop::sample::Index>(), piece, 0_usize..3), 0..3);
    (written, changes).prop_map(|(mut text, changes)| {
        for (at, piece, removed) in changes {
            let places: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let index = at.index(places.len());
            let (from, to) = (places[index], places[(index + removed).min(places.len() - 1)]);
            text.replace_range(from..to, &piece);
        }
        text
    })
}

/// Policies that can be right.
pub(crate) fn policy() -> impl Strategy<Value = Value> {
    let tags = prop::collection::btree_map(
        "[A-Za-z:/]{1,10}",
        prop::collection::btree_set("\\PC{0,10}", 1..3),
        1..3,
    );
    let constraints = (
        prop::option::of("[0-9]{12}".prop_map(|account| json!(account))),
        prop::option::of(
            "[a-z*]{1,5}(/[a-z]{1,4}){0,2}".prop_filter("two stars", |p| !p.contains("**")),
        ),
        prop::option::of("o-[a-z0-9]{10}(/(r|ou)-[a-z0-9]{4}){0,2}(/\\*\\*)?"),
        prop::option::of(tags),
        prop::option::of("(eu|us)-(west|north)-[1-3]"),
    );
    let bound = prop_oneof![
        "https://[a-z0-9]{1,20}\\.tokens\\.sts\\.global\\.api\\.aws".prop_map(|i| ("issuer", i)),
        Just(("issuer", ISSUER.to_owned())),
        Just(("organization", "o-abc1234567".to_owned())),
    ];
    let rule = (bound, constraints).prop_map(|((member, value), constraints)| {
        let (account, path, unit, tags, region) = constraints;
        let mut rule = json!({ member: value });
        if let Some(path) = path {
            rule["principals"] = json!([format!("arn:aws:iam::*:role/{path}")]);
        } else if let Some(account) = account {
            rule["account"] = account;
        }
        if let Some(unit) = unit.filter(|_| member == "issuer") {
            rule["organizationalUnits"] = json!(unit);
        }
        if let Some(tags) = tags {
            rule["principalTags"] = json!(tags);
        }
        if let Some(region) = region {
            rule["sourceRegions"] = json!([region]);
        }
        rule
    });
    (
        prop::collection::vec(rule, 1..4),
        prop::option::of(0_u64..=300),
        prop::option::of(60_u64..=3600),
        prop::option::of(1_u64..=3600),
    )
        .prop_map(|(trust, tolerance, lifetime, age)| {
            let mut policy = json!({ "audience": ["https://api.example.com"], "trust": trust });
            let members = [
                ("clockToleranceSeconds", tolerance),
                ("maxLifetimeSeconds", lifetime),
                ("maxAgeSeconds", age),
            ];
            for (member, value) in members {
                if let Some(value) = value {
                    policy[member] = json!(value);
                }
            }
            policy
        })
}

/// One of our values as one of `serde_json`'s; `None` if a number does not fit there.
pub(crate) fn plain_value(value: OurValue<'_>) -> Option<Value> {
    match value.kind() {
        Kind::Null => Some(Value::Null),
        Kind::Boolean => value.as_bool().map(Value::from),
        Kind::Number => serde_json::from_str(value.raw()).ok(),
        Kind::String => value.as_str().map(|text| Value::from(text.as_ref())),
        Kind::Array => {
            value.as_array()?.map(plain_value).collect::<Option<Vec<_>>>().map(Value::from)
        }
        Kind::Object => {
            let mut members = serde_json::Map::new();
            for member in value.as_object()?.members() {
                members.insert(member.name.into_owned(), plain_value(member.value)?);
            }
            Some(Value::Object(members))
        }
    }
}
