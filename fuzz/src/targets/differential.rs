//! Tokens that are signed as they should be, beside the crate jsonwebtoken: both accept, both refuse, or the
//! reason is on the list.
//!
//! An input is a row of choices, of which the first is always what AWS sends: no input at all is a good
//! token.

use std::time::{SystemTime, UNIX_EPOCH};

use arbitrary::Unstructured;
use countersign::base64url;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::Value;

use crate::reasons::{Case, TokenReason};
use crate::shared::{ISSUER, Signer, judged, jwks, verifier};

/// What the two made of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Both accept it.
    Accepted,
    /// Both refuse it.
    Refused,
    /// They disagree, for this reason.
    Disagreed(TokenReason),
}

/// Runs the target.
pub fn run(data: &[u8]) {
    outcome(data);
}

/// Runs the target, and says what came of it. It panics when there is no reason on the list.
pub fn outcome(data: &[u8]) -> Outcome {
    loop {
        // The other reads the system's clock: again, if that went on meanwhile.
        let now = clock();
        let outcome = compare(data, now);
        if clock() == now {
            return outcome.unwrap_or_else(|disagreement| panic!("{disagreement}"));
        }
    }
}

fn compare(data: &[u8], now: u64) -> Result<Outcome, String> {
    let Token { signer, header, payload } = token(&mut Unstructured::new(data), now);
    let encode = |text: &str| base64url::encode(text.as_bytes());
    let input = format!("{}.{}", encode(&header), encode(&payload));
    let text = format!("{input}.{}", base64url::encode(&signer.sign(input.as_bytes())));
    let tolerance = verifier().policy().document().clock_tolerance_seconds;
    let case = Case { header: &header, payload: &payload, key_id: signer.key_id(), now, tolerance };
    let judgement = judged(verifier(), &text, now);
    match (judgement.verdict(), theirs(&text, signer, tolerance)) {
        (Ok(ours), Ok(theirs)) => {
            let claims: Value = serde_json::from_str(ours.claims().text()).unwrap();
            assert_eq!(claims, theirs);
            Ok(Outcome::Accepted)
        }
        (Err(_), Err(_)) => Ok(Outcome::Refused),
        (Err(ours), Ok(_)) => TokenReason::of_theirs(ours.code, case)
            .map(Outcome::Disagreed)
            .ok_or_else(|| format!("only jsonwebtoken accepts {header} {payload}: {ours}")),
        (Ok(_), Err(theirs)) => TokenReason::of_ours(&theirs, case)
            .map(Outcome::Disagreed)
            .ok_or_else(|| format!("only we accept {header} {payload}: {theirs}")),
    }
}

fn theirs(token: &str, signer: Signer, tolerance: u64) -> Result<Value, String> {
    let keys = jwks()["keys"].as_array().unwrap();
    let jwk = keys.iter().find(|jwk| jwk["kid"] == signer.key_id()).unwrap();
    let jwk: Jwk = serde_json::from_value(jwk.clone()).unwrap();
    let key = DecodingKey::from_jwk(&jwk).unwrap();
    let algorithm = match signer {
        Signer::Es256 => Algorithm::ES256,
        Signer::Es384 => Algorithm::ES384,
        Signer::Rs256 => Algorithm::RS256,
    };
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&["https://api.example.com"]);
    validation.leeway = tolerance;
    validation.validate_nbf = true;
    decode(token, &key, &validation).map(|data| data.claims).map_err(|fault| fault.to_string())
}

fn clock() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

struct Token {
    signer: Signer,
    header: String,
    payload: String,
}

/// A choice, by one byte of the input; the first when there is no more.
fn choose<'t>(u: &mut Unstructured<'_>, choices: &[&'t str]) -> &'t str {
    let last = choices.len() - 1;
    choices[u.int_in_range(0..=last).unwrap_or_default()]
}

fn token(u: &mut Unstructured<'_>, now: u64) -> Token {
    // ES256 most often, since it is the quickest.
    let signers = [Signer::Es256, Signer::Es384, Signer::Es256, Signer::Es256, Signer::Rs256];
    let signer = signers[u.int_in_range(0..=4).unwrap_or_default()];
    let name = format!("\"{}\"", signer.name());
    let key_id = format!("\"{}\"", signer.key_id());
    let header = [
        ("kid", one(u, &key_id, &["", "null", "\"\"", "7", "\"EC384_0\"", "\"\\u0000\"", "[]"])),
        (
            "typ",
            one(u, "\"JWT\"", &["", "null", "\"jwt\"", "\"at+jwt\"", "\"\"", "1", "[\"JWT\"]"]),
        ),
        (
            "alg",
            one(u, &name, &["", "null", "\"none\"", "\"HS256\"", "\"ES384\"", "\"es256\"", "{}"]),
        ),
    ];
    let iat = time(u, now, 0);
    let exp = time(u, now, 240);
    let has_nbf = u.int_in_range(0..=7).is_ok_and(|drawn| drawn == 7);
    let nbf = if has_nbf { time(u, now, 0) } else { String::new() };
    let audiences = [
        "",
        "null",
        "[]",
        "\"https://other.example.com\"",
        "[\"https://api.example.com\"]",
        "[\"https://other.example.com\",\"https://api.example.com\"]",
        "[1]",
        "{}",
        "\"\"",
        "[\"https://api.example.com\",\"https://api.example.com\"]",
    ];
    let issuer = format!("\"{ISSUER}\"");
    let list = format!("[{issuer}]");
    let issuers = ["", "null", &list, "\"https://x.tokens.sts.global.api.aws\"", "7", "\"\""];
    let payload = [
        ("iss", one(u, &issuer, &issuers)),
        ("sub", one(u, "\"arn:aws:iam::123456789012:role/billing/Nightly\"", SUBJECTS)),
        ("aud", one(u, "\"https://api.example.com\"", &audiences)),
        ("jti", one(u, "\"an id\"", &["", "null", "\"\"", "7"])),
        ("iat", iat),
        ("exp", exp),
        ("nbf", nbf),
        ("https://sts.amazonaws.com/", aws_claim(u)),
    ];
    let header = object(header.into_iter().chain([extra(u, HEADER_NAMES)]));
    let payload = object(payload.into_iter().chain([extra(u, CLAIM_NAMES)]));
    Token { signer, header, payload }
}

const SUBJECTS: &[&str] = &[
    "",
    "null",
    "\"\"",
    "\"arn:aws:iam::123456789012:user/alice\"",
    "\"arn:aws:iam::210987654321:role/Other\"",
    "\"arn:aws:iam::123456789012:role/a:b/Name\"",
    "\"arn:aws:iam::123456789012:role//Name\"",
    "\"arn:aws:sts::123456789012:assumed-role/Name/session\"",
    "\"arn:aws:iam::123456789012:root\"",
    "\"arn:aws-cn:iam::123456789012:role/Name\"",
    "\"alice\"",
    "[\"arn:aws:iam::123456789012:role/Name\"]",
];

const HEADER_NAMES: &[&str] = &[
    "", "crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "cty", "url",
    "nonce", "kid", "alg", "typ", "other",
];

const CLAIM_NAMES: &[&str] =
    &["", "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "https://sts.amazonaws.com/", "other"];

/// The usual value, or another one; an empty text is a member that is left out.
fn one(u: &mut Unstructured<'_>, usual: &str, others: &[&str]) -> String {
    // Most members are as usual in most tokens: else hardly any would get far.
    match u.int_in_range(0..=11).unwrap_or(0) {
        8..=10 => choose(u, others).to_owned(),
        11 => value(u),
        _ => usual.to_owned(),
    }
}

/// A member with a name of these, or none.
fn extra<'n>(u: &mut Unstructured<'_>, names: &[&'n str]) -> (&'n str, String) {
    let name = choose(u, names);
    (name, if name.is_empty() { String::new() } else { value(u) })
}

fn value(u: &mut Unstructured<'_>) -> String {
    let plain = [
        "\"text\"",
        "[\"b64\"]",
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e400",
        "-0",
        "1e2",
        "{}",
        "[]",
        "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
        "{\"a\":1,\"a\":2}",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "18446744073709551616",
        "{\"kty\":\"EC\"}",
        "\"https://api.example.com\"",
    ];
    let length = plain.len();
    match u.int_in_range(0..=length).unwrap_or_default() {
        at if at < length => plain[at].to_owned(),
        _ => u.arbitrary::<&str>().unwrap_or("\u{1b}").to_owned(),
    }
}

/// A time near one at which verdicts change, in one of the ways in which a number can be written.
fn time(u: &mut Unstructured<'_>, now: u64, usual: i64) -> String {
    const NEAR: [i64; 19] = [
        0, 1, -1, 29, 30, 31, -29, -30, -31, 59, 60, 240, 3599, 3600, 3601, -3600, -3570, 86_400,
        -7,
    ];
    let offset = match u.int_in_range(0..=11).unwrap_or_default() {
        0..=5 => usual,
        10 => i64::from(u.arbitrary::<i16>().unwrap_or_default()),
        11 => i64::from(u.arbitrary::<i32>().unwrap_or_default()),
        _ => NEAR[u.int_in_range(0..=NEAR.len() - 1).unwrap_or_default()],
    };
    let seconds = now.saturating_add_signed(offset);
    match u.int_in_range(0..=23).unwrap_or_default() {
        16 => String::new(),
        17 => format!("{seconds}.0"),
        18 => format!("{seconds}.5"),
        19 => format!("{seconds}000"),
        20 => format!("\"{seconds}\""),
        21 => format!("{seconds}e0"),
        22 => format!("-{seconds}"),
        23 => value(u),
        _ => seconds.to_string(),
    }
}

fn aws_claim(u: &mut Unstructured<'_>) -> String {
    if u.int_in_range(0..=15).unwrap_or_default() == 15 {
        return value(u);
    }
    let members = [
        ("aws_account", one(u, "\"123456789012\"", &["", "\"210987654321\"", "null", "1"])),
        ("org_id", one(u, "\"o-abc1234567\"", &["", "\"o-zzz1234567\"", "null"])),
        (
            "ou_path",
            one(u, "[\"o-abc1234567/r-ab12/\"]", &["", "\"o-abc1234567/r-ab12/\"", "[]", "[7]"]),
        ),
        ("source_region", one(u, "\"eu-west-1\"", &["", "7"])),
        ("principal_tags", one(u, "{\"team\":\"billing\"}", &["", "{}", "{\"team\":7}", "[]"])),
        ("ec2_role_delivery", one(u, "2", &["", "\"2.0\"", "{}"])),
    ];
    object(members.into_iter().chain([extra(u, &["", "request_tags", "aws_account", "other"])]))
}

/// An object of these members; those without a value are left out.
fn object<'n>(members: impl Iterator<Item = (&'n str, String)>) -> String {
    let written = members.filter(|(_, value)| !value.is_empty());
    let written: Vec<String> = written.map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", written.join(","))
}

#[cfg(test)]
mod tests {
    use super::{Outcome, outcome};
    use crate::corpus;
    use crate::reasons::TokenReason;

    #[test]
    fn no_choice_at_all_is_a_good_token() {
        assert_eq!(outcome(&[]), Outcome::Accepted);
    }

    /// A reason that no input has is none.
    #[test]
    fn each_reason_has_an_input() {
        let inputs = corpus::inputs("differential").unwrap();
        let outcomes: Vec<Outcome> = inputs.iter().map(|(_, input)| outcome(input)).collect();
        for reason in TokenReason::ALL {
            assert!(outcomes.contains(&Outcome::Disagreed(reason)), "{reason:?}");
        }
        assert!(outcomes.contains(&Outcome::Refused));
    }
}
