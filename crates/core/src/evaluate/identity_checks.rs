//! The checks of who is calling, and for whom the token is.

use super::check::Check;
use super::evaluation::Token;
use super::evidence::{Evidence, joined};
use super::log::Log;
use super::time_checks::fault;
use crate::arn::Principal;
use crate::claims::{AwsClaims, Claims};
use crate::error::Code;
use crate::policy::{Caller, Policy, Scope, TrustOutcome};
use crate::shown::{Quoted, shortened};

/// Makes the checks, and answers the name of the trust rule that is met.
pub(super) fn run(log: &mut Log, policy: &Policy, token: &Token) -> Option<String> {
    audience(log, policy, &token.claims);
    subject(log, &token.claims, token.principal.as_ref());
    let aws = aws_claim(log, &token.claims);
    account(log, token.principal.as_ref(), aws);
    trust(log, policy, token, aws)
}

fn audience(log: &mut Log, policy: &Policy, claims: &Claims) {
    if log.is_closed() {
        return;
    }
    let document = policy.document();
    let wanted = || match document.danger_accept_any_audience {
        true => "any audience (dangerAcceptAnyAudience)".to_owned(),
        false => policy.audience_text().to_owned(),
    };
    let outcome = claims.audience.as_ref().map_err(fault).and_then(|audience| {
        let evidence = || Evidence::new(wanted(), shortened(&joined(audience, ", ")));
        let met = document.danger_accept_any_audience
            || audience.iter().any(|one| policy.names_audience(one));
        met.then_some(audience).ok_or_else(|| (Code::AudienceMismatch, evidence()))
    });
    log.check(Check::Audience, outcome, |audience| {
        Evidence::new(wanted(), shortened(&joined(audience, ", ")))
    });
}

fn subject(log: &mut Log, claims: &Claims, principal: Option<&Principal>) {
    if log.is_closed() {
        return;
    }
    let expected = "the ARN of an IAM role or user";
    let outcome = match (&claims.subject, principal) {
        (Err(found), _) => Err(fault(found)),
        (Ok(_), Some(principal)) => Ok(principal),
        (Ok(subject), None) => {
            Err((Code::SubjectNotPrincipal, Evidence::new(expected, shortened(subject))))
        }
    };
    log.check(Check::Subject, outcome, |p| Evidence::new(expected, shortened(&p.arn)));
}

fn aws_claim<'c>(log: &mut Log, claims: &'c Claims) -> Option<&'c AwsClaims> {
    if log.is_closed() {
        return None;
    }
    let outcome = claims.aws.as_ref().map(Option::as_ref).map_err(fault);
    log.check(Check::AwsClaim, outcome, |aws| {
        let found = if aws.is_some() { "as documented" } else { "no such claim" };
        Evidence::new("members of the documented types, if the claim is there", found)
    })?
}

fn account(log: &mut Log, principal: Option<&Principal>, aws: Option<&AwsClaims>) {
    if log.is_closed() {
        return;
    }
    let claimed = aws.and_then(|aws| aws.account.as_deref());
    let (Some(principal), Some(claimed)) = (principal, claimed) else {
        return log.skip(Check::Account, "the token does not name the account in both places");
    };
    let evidence = || {
        Evidence::new(
            format!("account {} of the subject", principal.account),
            format!("account {} in AWS's claim", shortened(claimed)),
        )
    };
    let agree = principal.account == claimed;
    let outcome = agree.then_some(()).ok_or_else(|| (Code::AccountDisagreement, evidence()));
    log.check(Check::Account, outcome, |()| evidence());
}

fn trust(log: &mut Log, policy: &Policy, token: &Token, aws: Option<&AwsClaims>) -> Option<String> {
    if log.is_closed() {
        return None;
    }
    let Ok(issuer) = &token.claims.issuer else {
        log.skip(Check::Trust, "the token names no issuer");
        return None;
    };
    let caller = Caller { issuer, principal: token.principal.as_ref(), aws };
    let outcome = match policy.rules().judge(caller, Scope::All) {
        TrustOutcome::Met(rule) => Ok(rule.name().to_owned()),
        TrustOutcome::Unmet(mismatch) => Err((mismatch.code, mismatch.evidence)),
        TrustOutcome::Uncovered => {
            log.skip(Check::Trust, "no trust rule covers the issuer");
            return None;
        }
    };
    log.check(Check::Trust, outcome, |rule| {
        Evidence::new("all constraints of one trust rule", format!("rule {} is met", Quoted(rule)))
    })
}
