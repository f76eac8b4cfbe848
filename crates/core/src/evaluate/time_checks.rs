//! The checks of a token's times (RFC 7519, section 4.1). All times are seconds since the epoch.

use super::check::Check;
use super::evidence::Evidence;
use super::log::Log;
use super::window::Window;
use crate::claims::{ClaimFault, Claims, Instant};
use crate::error::Code;
use crate::policy::Policy;
use crate::shown::shortened;

const NO_TIMES: &str = "the token lacks a time that this needs";

pub(super) fn run(log: &mut Log, policy: &Policy, claims: &Claims, now: u64) {
    let tolerance = policy.document().clock_tolerance_seconds;
    expiry(log, claims, now, tolerance);
    issued_at(log, claims, now, tolerance);
    not_before(log, claims, now, tolerance);
    lifetime(log, policy, claims);
    age(log, policy, claims, now, tolerance);
    if !log.is_closed() {
        let outcome = claims.token_id.as_deref().map_err(fault);
        log.check(Check::TokenId, outcome, |id| Evidence::new("`jti`", shortened(id)));
    }
}

/// When the checks pass that pass now: each of them asks the clock only whether it is within its window.
pub(super) fn window(policy: &Policy, claims: &Claims) -> Window {
    let tolerance = policy.document().clock_tolerance_seconds;
    let windows = [
        claims.expires_at.as_ref().ok().map(|exp| until_expired(*exp, tolerance)),
        claims.issued_at.as_ref().ok().map(|iat| once_valid(*iat, tolerance)),
        claims.not_before.as_ref().ok().and_then(|nbf| nbf.map(|nbf| once_valid(nbf, tolerance))),
        claims
            .issued_at
            .as_ref()
            .ok()
            .zip(policy.document().max_age_seconds)
            .map(|(iat, max_age)| until_too_old(*iat, max_age, tolerance)),
    ];
    windows.into_iter().flatten().fold(Window::ALWAYS, Window::and)
}

/// From the expiry on a token is refused, but for the tolerance.
fn until_expired(exp: u64, tolerance: u64) -> Window {
    Window::before(exp.saturating_add(tolerance))
}

/// From the time on that `iat` or `nbf` names, and a little before, as clocks differ.
fn once_valid(since: u64, tolerance: u64) -> Window {
    Window::from(since.saturating_sub(tolerance))
}

fn until_too_old(iat: u64, max_age: u64, tolerance: u64) -> Window {
    iat.checked_add(max_age.saturating_add(tolerance)).map_or(Window::ALWAYS, Window::up_to)
}

fn expiry(log: &mut Log, claims: &Claims, now: u64, tolerance: u64) {
    let passes = |exp: u64| until_expired(exp, tolerance).contains(now);
    let expected = || format!("`exp` after {}", at(now.saturating_sub(tolerance)));
    time(log, Check::Expiry, Code::TimeExpired, claims.expires_at.as_ref(), passes, expected);
}

fn issued_at(log: &mut Log, claims: &Claims, now: u64, tolerance: u64) {
    if log.is_closed() {
        return;
    }
    let latest = now.saturating_add(tolerance);
    let expected = || format!("`iat` at or before {}", at(latest));
    let claim = claims.issued_at.as_ref();
    let passes = |iat: u64| once_valid(iat, tolerance).contains(now);
    time(log, Check::IssuedAt, Code::TimeIssuedInFuture, claim, passes, expected);
}

fn not_before(log: &mut Log, claims: &Claims, now: u64, tolerance: u64) {
    if log.is_closed() {
        return;
    }
    let latest = now.saturating_add(tolerance);
    let evidence = |nbf: Option<u64>| {
        let found = nbf.map_or_else(|| "no `nbf`".to_owned(), at);
        Evidence::new(format!("`nbf` at or before {}", at(latest)), found)
    };
    let outcome = claims.not_before.as_ref().map_err(fault).and_then(|nbf| match *nbf {
        Some(nbf) if !once_valid(nbf, tolerance).contains(now) => {
            Err((Code::TimeNotYetValid, evidence(Some(nbf))))
        }
        nbf => Ok(nbf),
    });
    log.check(Check::NotBefore, outcome, |nbf| evidence(*nbf));
}

fn lifetime(log: &mut Log, policy: &Policy, claims: &Claims) {
    if log.is_closed() {
        return;
    }
    let (Ok(iat), Ok(exp)) = (&claims.issued_at, &claims.expires_at) else {
        return log.skip(Check::Lifetime, NO_TIMES);
    };
    let document = policy.document();
    let any = document.danger_accept_any_lifetime;
    let evidence = |seconds: u64| {
        let expected = match any {
            true => "any lifetime (dangerAcceptAnyLifetime)".to_owned(),
            false => format!("1 to {} seconds", document.max_lifetime_seconds),
        };
        Evidence::new(expected, format!("{seconds} seconds"))
    };
    let outcome = match exp.checked_sub(*iat) {
        None | Some(0) => {
            let found = format!("`exp` {} and `iat` {}", at(*exp), at(*iat));
            Err((Code::TimeOrder, Evidence::new("`exp` after `iat`", found)))
        }
        Some(seconds) if any || seconds <= document.max_lifetime_seconds => Ok(seconds),
        Some(seconds) => Err((Code::TimeLifetime, evidence(seconds))),
    };
    log.check(Check::Lifetime, outcome, |seconds| evidence(*seconds));
}

fn age(log: &mut Log, policy: &Policy, claims: &Claims, now: u64, tolerance: u64) {
    if log.is_closed() {
        return;
    }
    let Some(max_age) = policy.document().max_age_seconds else {
        return log.skip(Check::Age, "the policy sets no maxAgeSeconds");
    };
    let Ok(iat) = &claims.issued_at else { return log.skip(Check::Age, NO_TIMES) };
    let age = now.saturating_sub(*iat);
    let evidence = || {
        Evidence::new(format!("at most {max_age} seconds since `iat`"), format!("{age} seconds"))
    };
    let young = until_too_old(*iat, max_age, tolerance).contains(now);
    let outcome = young.then_some(()).ok_or_else(|| (Code::TimeTooOld, evidence()));
    log.check(Check::Age, outcome, |()| evidence());
}

/// Makes the check of one required time. Its evidence is put into words only when it is wanted.
fn time(
    log: &mut Log,
    check: Check,
    code: Code,
    claim: Result<&u64, &ClaimFault>,
    passes: impl Fn(u64) -> bool,
    expected: impl Fn() -> String,
) {
    let evidence = |seconds: u64| Evidence::new(expected(), at(seconds));
    let outcome = claim.map_err(fault).and_then(|seconds| match passes(*seconds) {
        true => Ok(*seconds),
        false => Err((code, evidence(*seconds))),
    });
    log.check(check, outcome, |seconds| evidence(*seconds));
}

pub(super) fn fault(fault: &ClaimFault) -> (Code, Evidence) {
    (fault.code, Evidence::new(fault.expected.as_str(), fault.found.as_str()))
}

fn at(seconds: u64) -> String {
    format!("{seconds} ({})", Instant(seconds))
}
