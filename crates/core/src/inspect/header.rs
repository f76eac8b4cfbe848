//! What is remarkable about a header.

use std::ops::Range;

use super::finding::{FindingCode, Findings};
use super::members::{self, unknown};
use super::place::Place;
use crate::error::Code;
use crate::header;
use crate::json::Object;
use crate::keys::Algorithm;
use crate::shown::shortened;

/// The header's members that carry a key or point to one (RFC 7515, sections 4.1.2 to 4.1.6).
const EMBEDDED_KEYS: [&str; 4] = ["jku", "jwk", "x5c", "x5u"];

pub(super) fn findings(
    header: Object<'_>,
    findings: &mut Findings,
    place: &dyn Fn(Range<usize>) -> Place,
) {
    let value = |name: &str| header.member(name).map(|value| value.span());
    let mut refused: Vec<Range<usize>> = Vec::new();
    if let Err((code, evidence)) = header::algorithm(header, &Algorithm::ALL) {
        refused.extend(value("alg"));
        findings.code(code, &evidence.found, value("alg").map(place));
    }
    if let Err((code, evidence)) = header::read(header) {
        let span = match code {
            Code::HeaderCritical => value("crit"),
            Code::HeaderPayloadEncoding => ["b64", "enc", "zip"].into_iter().find_map(value),
            Code::HeaderKeyId => value("kid"),
            _ => value("typ"),
        };
        refused.extend(span.clone());
        findings.code(code, &evidence.found, span.map(place));
    }
    for member in header.members() {
        let name = &*member.name;
        if EMBEDDED_KEYS.contains(&name) {
            let message = format!("The header has `{name}`, which a verifier must never use.");
            let at = Some(place(members::whole(&member)));
            findings.own(FindingCode::EmbeddedKey, message, at);
        } else if !["alg", "kid", "typ"].contains(&name) && !refused.contains(&member.value.span())
        {
            let what = format!("header member `{}`", shortened(name));
            unknown(&what, &member, findings, place);
        }
    }
}
