//! The JOSE header (RFC 7515, section 4): AWS's has exactly `kid`, `typ` and `alg`.

use crate::error::Code;
use crate::evaluate::{Evidence, joined};
use crate::json::{Object, Value};
use crate::keys::Algorithm;
use crate::shown::shortened;

/// Longest key id accepted, in characters, as in key sets. AWS's are like `EC384_0`.
const MAX_KEY_ID_CHARACTERS: usize = 256;

/// What a header says, once it says nothing that must be refused.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) key_id: String,
}

/// Reads all of the header but its algorithm.
pub(crate) fn read(header: Object<'_>) -> Result<Header, (Code, Evidence)> {
    if let Some(crit) = header.member("crit") {
        let evidence = Evidence::new("no `crit`: no extension is understood", raw(crit));
        return Err((Code::HeaderCritical, evidence));
    }
    for name in ["b64", "enc", "zip"] {
        if let Some(value) = header.member(name) {
            let found = format!("`{name}`: {}", raw(value));
            return Err((
                Code::HeaderPayloadEncoding,
                Evidence::new("none of b64, enc, zip", found),
            ));
        }
    }
    check_type(header)?;
    Ok(Header { key_id: key_id(header)? })
}

fn check_type(header: Object<'_>) -> Result<(), (Code, Evidence)> {
    let expected = "typ \"JWT\"";
    match header.member("typ") {
        None => Err((Code::HeaderMember, Evidence::new(expected, "no typ"))),
        Some(value) => match value.as_str() {
            None => Err((Code::HeaderMember, Evidence::new(expected, value.kind_name()))),
            Some(typ) if typ.eq_ignore_ascii_case("JWT") => Ok(()),
            Some(_) => Err((Code::HeaderType, Evidence::new(expected, raw(value)))),
        },
    }
}

fn key_id(header: Object<'_>) -> Result<String, (Code, Evidence)> {
    let fail = |found: &str| {
        let expected = format!("kid: a text of 1 to {MAX_KEY_ID_CHARACTERS} printable characters");
        Err((Code::HeaderKeyId, Evidence::new(expected, found)))
    };
    let Some(value) = header.member("kid") else { return fail("no kid") };
    let Some(kid) = value.as_str() else { return fail(value.kind_name()) };
    match kid.chars().count() {
        0 => fail("an empty kid"),
        length if length > MAX_KEY_ID_CHARACTERS => fail(&format!("a kid of {length} characters")),
        _ if kid.chars().any(char::is_control) => fail("a control character in kid"),
        _ => Ok(kid.into_owned()),
    }
}

/// Reads the algorithm (RFC 7518, section 3.1), and refuses all but those of `allowed`.
pub(crate) fn algorithm(
    header: Object<'_>,
    allowed: &[Algorithm],
) -> Result<Algorithm, (Code, Evidence)> {
    let evidence = |found: String| Evidence::new(any_of(allowed), found);
    let Some(value) = header.member("alg") else {
        return Err((Code::HeaderMember, evidence("no alg".to_owned())));
    };
    let Some(name) = value.as_str() else {
        return Err((Code::HeaderMember, evidence(value.kind_name().to_owned())));
    };
    let code = match Algorithm::parse(&name) {
        Some(algorithm) if allowed.contains(&algorithm) => return Ok(algorithm),
        Some(_) => Code::AlgorithmNotAllowed,
        None if name.eq_ignore_ascii_case("none") => Code::AlgorithmNone,
        None if matches!(&*name, "HS256" | "HS384" | "HS512") => Code::AlgorithmHmac,
        None => Code::AlgorithmUnsupported,
    };
    Err((code, evidence(raw(value))))
}

/// The allowed algorithms, as text for people.
pub(crate) fn any_of(allowed: &[Algorithm]) -> String {
    let names: Vec<&str> = allowed.iter().map(|algorithm| algorithm.as_str()).collect();
    joined(&names, " or ")
}

fn raw(value: Value<'_>) -> String {
    shortened(value.raw())
}
