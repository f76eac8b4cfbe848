//! What is remarkable about a payload.

use std::ops::Range;

use super::finding::{FindingCode, Findings};
use super::members::unknown;
use super::place::Place;
use crate::arn::Principal;
use crate::claims::{AWS_CLAIM, Claims, Instant, describe};
use crate::error::Code;
use crate::issuer;
use crate::json::{Object, Value};
use crate::shown::shortened;

pub(super) fn findings(
    payload: Object<'_>,
    claims: &Claims,
    principal: Option<&Principal>,
    findings: &mut Findings,
    place: &dyn Fn(Range<usize>) -> Place,
) {
    let at = |value: Option<Value<'_>>| value.map(|value| place(value.span()));
    let faults = [
        claims.issuer.as_ref().err(),
        claims.subject.as_ref().err(),
        claims.audience.as_ref().err(),
        claims.issued_at.as_ref().err(),
        claims.expires_at.as_ref().err(),
        claims.not_before.as_ref().err(),
        claims.token_id.as_ref().err(),
        claims.aws.as_ref().err(),
    ];
    faults.into_iter().flatten().for_each(|fault| findings.claim(fault, place));
    if let Ok(issuer) = &claims.issuer
        && issuer::is_sts_service(issuer)
    {
        findings.code(Code::IssuerNotATokenIssuer, issuer, at(last(payload, "iss")));
    }
    if let (Ok(subject), None) = (&claims.subject, principal) {
        let found = shortened(subject);
        findings.code(Code::SubjectNotPrincipal, &found, at(last(payload, "sub")));
    }
    if let Ok(Some(aws)) = &claims.aws {
        if let (Some(account), Some(principal)) = (&aws.account, principal)
            && *account != principal.account
        {
            let inner = last(payload, AWS_CLAIM).and_then(Value::as_object);
            let value = inner.and_then(|inner| last(inner, "aws_account"));
            findings.code(Code::AccountDisagreement, &shortened(account), at(value));
        }
        if let (Some(session), Ok(exp)) = (aws.original_session_expires_at, &claims.expires_at)
            && *exp > session
        {
            let message = format!(
                "The token expires at {}, after its session ends at {}.",
                Instant(*exp),
                Instant(session)
            );
            findings.own(FindingCode::OutlivesSession, message, at(last(payload, "exp")));
        }
    }
    unknown_claims(payload, findings, place);
}

/// The value that claims are read from: of several members with a name, the last.
fn last<'a>(object: Object<'a>, name: &str) -> Option<Value<'a>> {
    object.members().filter(|member| member.name == name).last().map(|member| member.value)
}

fn unknown_claims(
    payload: Object<'_>,
    findings: &mut Findings,
    place: &dyn Fn(Range<usize>) -> Place,
) {
    for member in payload.members() {
        if describe(&member.name, false).is_none() {
            let what = format!("claim `{}`", shortened(&member.name));
            unknown(&what, &member, findings, place);
        }
        if member.name != AWS_CLAIM {
            continue;
        }
        let inner = member.value.as_object().into_iter().flat_map(Object::members);
        for inner in inner.filter(|inner| describe(&inner.name, true).is_none()) {
            let what = format!("member `{}` of AWS's claim", shortened(&inner.name));
            unknown(&what, &inner, findings, place);
        }
    }
}
