use serde_json::json;

use crate::vectors::case::Case;
use crate::vectors::mint::token;

const JSON: (&str, &str) = ("token.json", "json");
const NOT_AN_OBJECT: (&str, &str) = ("token.not_an_object", "json");
const DUPLICATE: (&str, &str) = ("token.duplicate_member", "json");
const TOO_DEEP: (&str, &str) = ("token.too_deep", "json");

pub(super) fn cases() -> Vec<Case> {
    let payload = token().payload_text();
    let inner = payload.trim_start_matches('{');
    let with = |member: &str| token().payload(format!("{{{member},{inner}"));
    let nested =
        |levels: usize| with(&format!("\"deep\":{}1{}", "[".repeat(levels), "]".repeat(levels)));
    let header = |text: &str| token().header_bytes(text);
    vec![
        Case::rejected(
            "cut-off payload",
            "RFC 8259: the object does not end.",
            token().payload(payload.trim_end_matches('}')),
            JSON,
        )
        .found("of the payload"),
        Case::rejected(
            "something after the payload",
            "Two texts in one.",
            token().payload(format!("{payload}{{}}")),
            JSON,
        ),
        Case::rejected(
            "trailing comma",
            "JavaScript would take it.",
            token().payload(format!("{},}}", payload.trim_end_matches('}'))),
            JSON,
        ),
        Case::rejected(
            "single quotes",
            "JavaScript would take it.",
            token().payload(payload.replace('"', "'")),
            JSON,
        ),
        Case::rejected("a comment", "JSON5 would take it.", with("/* x */\"x\":1"), JSON),
        Case::rejected("NaN", "Python's json module would take it.", with("\"x\":NaN"), JSON),
        Case::rejected("only white space", "There is no value.", token().payload("   "), JSON),
        Case::rejected(
            "byte order mark before the payload",
            "RFC 8259, section 8.1.",
            token().payload(format!("\u{feff}{payload}")),
            JSON,
        )
        .found("byte order mark"),
        Case::rejected(
            "byte order mark before the header",
            "RFC 8259, section 8.1.",
            header(&format!("\u{feff}{}", token().header_text())),
            JSON,
        ),
        Case::rejected(
            "header that is not JSON",
            "Bytes that merely decode.",
            header("alg=ES384"),
            JSON,
        )
        .found("of the header"),
        Case::rejected(
            "a raw control character in a string",
            "RFC 8259, section 7: it must be escaped.",
            with("\"x\":\"a\nb\""),
            JSON,
        ),
        Case::rejected("an unknown escape", "RFC 8259, section 7.", with("\"x\":\"\\x41\""), JSON),
        Case::rejected(
            "a high surrogate alone",
            "RFC 8259, section 8.2: readers disagree about it.",
            with("\"x\":\"\\ud83d\""),
            JSON,
        )
        .found("surrogate"),
        Case::rejected(
            "a low surrogate alone",
            "RFC 8259, section 8.2.",
            with("\"x\":\"\\ude00\""),
            JSON,
        ),
        Case::rejected(
            "surrogates in the wrong order",
            "RFC 8259, section 8.2.",
            with("\"x\":\"\\ude00\\ud83d\""),
            JSON,
        ),
        Case::accepted(
            "a pair of surrogates",
            "RFC 8259, section 7: one character.",
            with("\"x\":\"\\ud83d\\ude00\""),
        )
        .shows("/claims/x", json!("😀")),
        Case::rejected(
            "a number with a leading zero",
            "RFC 8259, section 6: octal to some.",
            with("\"x\":01"),
            JSON,
        ),
        Case::rejected("a number with a plus", "RFC 8259, section 6.", with("\"x\":+1"), JSON),
        Case::rejected(
            "a number that ends in a point",
            "RFC 8259, section 6.",
            with("\"x\":1."),
            JSON,
        ),
        Case::rejected("a hexadecimal number", "RFC 8259, section 6.", with("\"x\":0x1"), JSON),
        Case::rejected("Infinity", "RFC 8259, section 6.", with("\"x\":Infinity"), JSON),
        Case::accepted(
            "numbers that no double holds, in an unknown claim",
            "They are kept as they are and read by nobody.",
            with("\"x\":123456789012345678901234567890,\"y\":0.1e-400"),
        ),
        Case::rejected(
            "payload is an array",
            "RFC 7519, section 7.2, step 10: a JSON object.",
            token().payload("[1]"),
            NOT_AN_OBJECT,
        )
        .found("an array"),
        Case::rejected(
            "payload is a string",
            "RFC 7519, section 7.2.",
            token().payload("\"x\""),
            NOT_AN_OBJECT,
        ),
        Case::rejected(
            "payload is a number",
            "RFC 7519, section 7.2.",
            token().payload("1"),
            NOT_AN_OBJECT,
        ),
        Case::rejected(
            "payload is null",
            "typeof null is object in JavaScript.",
            token().payload("null"),
            NOT_AN_OBJECT,
        ),
        Case::rejected(
            "header is an array",
            "RFC 7515, section 4: a JSON object.",
            header("[]"),
            NOT_AN_OBJECT,
        ),
        Case::rejected(
            "alg twice",
            "peers.md, row duplicate members: two readers, two algorithms.",
            header(r#"{"alg":"none","kid":"EC384_0","typ":"JWT","alg":"ES384"}"#),
            DUPLICATE,
        )
        .found("of the header"),
        Case::rejected(
            "sub twice",
            "peers.md, row duplicate members: two readers, two principals.",
            with("\"sub\":\"arn:aws:iam::123456789012:role/Admin\""),
            DUPLICATE,
        )
        .found("sub"),
        Case::rejected(
            "iss twice, once escaped",
            "The names are equal once escapes are resolved.",
            with(r#""\u0069ss":"https://evil.example""#),
            DUPLICATE,
        ),
        Case::rejected(
            "org_id twice within AWS's claim",
            "Duplicates are looked for at every depth.",
            {
                token().payload(
                    payload.replace("\"org_id\":", "\"org_id\":\"o-stranger12\",\"org_id\":"),
                )
            },
            DUPLICATE,
        ),
        Case::rejected(
            "a tag twice",
            "Duplicates are looked for at every depth.",
            token().payload(payload.replace("\"team\":", "\"team\":\"x\",\"team\":")),
            DUPLICATE,
        ),
        Case::rejected(
            "twice within an array's object",
            "Duplicates are looked for at every depth.",
            with("\"x\":[{\"a\":1,\"a\":1}]"),
            DUPLICATE,
        ),
        Case::rejected(
            "twice among many members",
            "A large object is searched in another way.",
            {
                let many: Vec<String> = (0..40).map(|n| format!("\"m{n}\":{n}")).collect();
                with(&format!("\"x\":{{{},\"m7\":0}}", many.join(",")))
            },
            DUPLICATE,
        ),
        Case::accepted(
            "names that differ in case only",
            "They are two names.",
            with("\"Sub\":\"x\",\"ISS\":\"y\""),
        )
        .shows("/claims/Sub", json!("x")),
        Case::rejected(
            "10,000 levels",
            "Deep nesting must neither crash a reader nor be read.",
            nested(10_000),
            TOO_DEEP,
        ),
        Case::rejected("17 levels", "16 is the limit; AWS's tokens have 3.", nested(16), TOO_DEEP),
        Case::accepted("16 levels", "16 is within the limit.", nested(15)),
        Case::accepted(
            "white space between members",
            "RFC 8259, section 2: insignificant, and signed as it stands.",
            token().payload(format!(" \t\r\n{{ \n{inner} \n")),
        ),
        Case::rejected(
            "deep nesting in the header",
            "The header has the same limit.",
            header(&format!("{{\"x\":{}1{}}}", "[".repeat(40), "]".repeat(40))),
            TOO_DEEP,
        ),
    ]
}
