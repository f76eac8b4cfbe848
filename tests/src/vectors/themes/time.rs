use serde_json::{Value, json};

use crate::vectors::case::Case;
use crate::vectors::mint::token;
use crate::vectors::shared::{AUDIENCE, EXPIRES_AT, ISSUED_AT, ISSUER, NOW};

const EXPIRED: (&str, &str) = ("time.expired", "expiry");
const FUTURE: (&str, &str) = ("time.issued_in_future", "issued_at");
const LIFETIME: (&str, &str) = ("time.lifetime", "lifetime");
const MILLISECONDS_EXP: (&str, &str) = ("time.milliseconds", "expiry");
const NOT_YET: (&str, &str) = ("time.not_yet_valid", "not_before");
const ORDER: (&str, &str) = ("time.order", "lifetime");
const TOO_OLD: (&str, &str) = ("time.too_old", "age");

const EXACT: &str = "RFC 7519, section 4.1.4: not on or after the expiry; to the second.";

pub(super) fn cases() -> Vec<Case> {
    let policy = |members: Value| {
        let mut policy =
            json!({ "audience": AUDIENCE, "trust": [{ "name": "pinned", "issuer": ISSUER }] });
        if let (Some(policy), Value::Object(members)) = (policy.as_object_mut(), members) {
            policy.extend(members);
        }
        policy
    };
    let nbf = |seconds: u64| token().claim("nbf", json!(seconds));
    let lived = |seconds: u64| token().times(ISSUED_AT, ISSUED_AT + seconds);
    vec![
        Case::accepted("30 seconds after expiry, less one", EXACT, token()).at(EXPIRES_AT + 29),
        Case::rejected("30 seconds after expiry", EXACT, token(), EXPIRED)
            .at(EXPIRES_AT + 30)
            .found("1766915543"),
        Case::accepted("no tolerance: a second before expiry", EXACT, token())
            .by("strict-clock")
            .at(EXPIRES_AT - 1),
        Case::rejected("no tolerance: at expiry", EXACT, token(), EXPIRED)
            .by("strict-clock")
            .at(EXPIRES_AT),
        Case::accepted("tolerance of 300 seconds, less one", EXACT, token())
            .policy(policy(json!({ "clockToleranceSeconds": 300 })))
            .at(EXPIRES_AT + 299),
        Case::rejected("tolerance of 300 seconds", EXACT, token(), EXPIRED)
            .policy(policy(json!({ "clockToleranceSeconds": 300 })))
            .at(EXPIRES_AT + 300),
        Case::rejected(
            "expired years ago, and for another audience",
            "Time comes first; explain shows both.",
            {
                token()
                    .times(1_700_000_000, 1_700_000_900)
                    .claim("aud", json!("https://other.example"))
            },
            EXPIRED,
        )
        .also(&["audience.mismatch"]),
        Case::rejected("expiry zero", "1970, and falsy.", token().claim("exp", json!(0)), EXPIRED),
        Case::rejected(
            "expiry in milliseconds",
            "Date.now() instead of seconds: it would never expire.",
            token().claim("exp", json!(EXPIRES_AT * 1000)),
            MILLISECONDS_EXP,
        )
        .found("1766915543000"),
        Case::rejected(
            "expiry in nanoseconds",
            "time.time_ns() instead of seconds.",
            token().claim("exp", json!(1_766_915_543_000_000_000_u64)),
            MILLISECONDS_EXP,
        ),
        Case::accepted("issued 30 seconds ahead", "The tolerance holds both ways.", token())
            .at(ISSUED_AT - 30),
        Case::rejected("issued 31 seconds ahead", "To the second.", token(), FUTURE)
            .at(ISSUED_AT - 31),
        Case::accepted("no tolerance: issued now", "To the second.", token())
            .by("strict-clock")
            .at(ISSUED_AT),
        Case::rejected("no tolerance: issued a second ahead", "To the second.", token(), FUTURE)
            .by("strict-clock")
            .at(ISSUED_AT - 1),
        Case::rejected(
            "issued a day ahead",
            "peers.md, row iat a day ahead.",
            token().times(ISSUED_AT + 86_400, EXPIRES_AT + 86_400),
            FUTURE,
        ),
        Case::rejected(
            "issued in milliseconds",
            "Date.now() instead of seconds.",
            token().claim("iat", json!(ISSUED_AT * 1000)),
            ("time.milliseconds", "issued_at"),
        ),
        Case::accepted(
            "valid from now on, within the tolerance",
            "RFC 7519, section 4.1.5.",
            nbf(NOW + 30),
        ),
        Case::rejected("valid a second later", "RFC 7519, section 4.1.5.", nbf(NOW + 31), NOT_YET),
        Case::accepted("valid since long", "RFC 7519, section 4.1.5.", nbf(1)),
        Case::accepted("no tolerance: valid from now on", "RFC 7519, section 4.1.5.", nbf(NOW))
            .by("strict-clock"),
        Case::rejected(
            "no tolerance: valid a second later",
            "RFC 7519, section 4.1.5.",
            nbf(NOW + 1),
            NOT_YET,
        )
        .by("strict-clock"),
        Case::rejected(
            "nbf in milliseconds",
            "Date.now() instead of seconds.",
            nbf(NOW * 1000),
            ("time.milliseconds", "not_before"),
        ),
        Case::accepted("an hour's life", "The longest that AWS issues.", lived(3600)),
        Case::rejected(
            "an hour's life and a second",
            "AWS issues none that lives longer.",
            lived(3601),
            LIFETIME,
        )
        .found("3601")
        .expecting("3600"),
        Case::rejected(
            "ten years' life",
            "Forged, or of another issuer.",
            lived(315_360_000),
            LIFETIME,
        ),
        Case::accepted(
            "five minutes' life where that is the limit",
            "maxLifetimeSeconds.",
            lived(300),
        )
        .policy(policy(json!({ "maxLifetimeSeconds": 300 }))),
        Case::rejected(
            "five minutes and a second where that is the limit",
            "maxLifetimeSeconds; the clock's tolerance is no part of it.",
            lived(301),
            LIFETIME,
        )
        .policy(policy(json!({ "maxLifetimeSeconds": 300 }))),
        Case::accepted(
            "a year's life, in so many words",
            "dangerAcceptAnyLifetime.",
            lived(31_536_000),
        )
        .policy(policy(json!({ "dangerAcceptAnyLifetime": true }))),
        Case::rejected("expiry at issue", "It never lived.", token().times(NOW, NOW), ORDER),
        Case::rejected(
            "expiry before issue",
            "Within the tolerance on both sides, and senseless.",
            token().times(NOW + 20, NOW - 20),
            ORDER,
        ),
        Case::rejected(
            "expiry before issue, any lifetime allowed",
            "dangerAcceptAnyLifetime does not allow this.",
            token().times(NOW + 20, NOW - 20),
            ORDER,
        )
        .policy(policy(json!({ "dangerAcceptAnyLifetime": true }))),
        Case::accepted(
            "as old as allowed",
            "maxAgeSeconds and the tolerance, to the second.",
            token(),
        )
        .policy(policy(json!({ "maxAgeSeconds": 60 })))
        .at(ISSUED_AT + 90),
        Case::rejected(
            "a second too old",
            "maxAgeSeconds and the tolerance, to the second.",
            token(),
            TOO_OLD,
        )
        .policy(policy(json!({ "maxAgeSeconds": 60 })))
        .at(ISSUED_AT + 91)
        .found("91")
        .expecting("60"),
        Case::accepted("no tolerance: as old as allowed", "maxAgeSeconds, to the second.", token())
            .policy(policy(json!({ "maxAgeSeconds": 60, "clockToleranceSeconds": 0 })))
            .at(ISSUED_AT + 60),
        Case::rejected(
            "no tolerance: a second too old",
            "maxAgeSeconds, to the second.",
            token(),
            TOO_OLD,
        )
        .policy(policy(json!({ "maxAgeSeconds": 60, "clockToleranceSeconds": 0 })))
        .at(ISSUED_AT + 61),
        Case::rejected("this host's clock at 1970", "A clock that was never set.", token(), FUTURE)
            .at(0),
        Case::rejected("this host's clock in 2100", "Everything has expired.", token(), EXPIRED)
            .at(4_102_444_800),
    ]
}
