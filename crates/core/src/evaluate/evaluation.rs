use super::check::Check;
use super::evidence::Evidence;
use super::judgement::{Judgement, SignatureState};
use super::log::{Detail, Log};
use super::window::Window;
use super::{identity_checks, signature, time_checks};
use crate::arn::Principal;
use crate::claims::Claims;
use crate::error::{Code, Rejection};
use crate::header::{self, Header};
use crate::issuer;
use crate::json::Object;
use crate::keys::{Algorithm, Key, Refusal};
use crate::policy::{Caller, Policy, Scope, TrustOutcome};
use crate::shown::{Quoted, shortened};
use crate::token::Unverified;
use crate::verified::Verified;

/// The evaluation of one token under one policy at one time.
///
/// It has two halves, since between them a key may have to be fetched: [`Evaluation::begin`] makes the
/// checks that need none, and [`Evaluation::finish`] the rest.
#[derive(Debug)]
pub struct Evaluation<'p> {
    policy: &'p Policy,
    now: u64,
    log: Log,
    token: Option<Token>,
    need: Option<KeyNeed>,
}

/// A token of sound form, read but not believed.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) unverified: Unverified,
    pub(super) claims: Claims,
    pub(super) principal: Option<Principal>,
}

/// The key that an evaluation needs to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyNeed {
    /// The issuer that publishes it.
    pub issuer: String,
    /// Its key id, which is unique only within the issuer.
    pub key_id: String,
    /// The algorithm that it must be for.
    pub algorithm: Algorithm,
}

/// What became of the search for a key.
#[derive(Clone, Copy, Debug)]
pub enum KeyOutcome<'k> {
    /// Here it is.
    Ready(&'k Key),
    /// It cannot be had.
    Refused(&'k Refusal),
    /// Here it is, past its lifetime: its issuer cannot be reached.
    Stale(&'k Key),
}

impl<'k> KeyOutcome<'k> {
    /// A key that is there.
    pub fn of(key: &'k Key, stale: bool) -> Self {
        if stale { Self::Stale(key) } else { Self::Ready(key) }
    }
}

impl<'p> Evaluation<'p> {
    /// Reads a token and makes the checks that need no key.
    pub fn begin(policy: &'p Policy, token: &str, now: u64, detail: Detail) -> Self {
        let mut evaluation = Self { policy, now, log: Log::new(detail), token: None, need: None };
        match Unverified::parse(token) {
            Err(rejection) => evaluation.refuse_form(rejection),
            Ok(unverified) => evaluation.pre_screen(unverified, token.len()),
        }
        evaluation
    }

    /// The key that is needed; `None` if the verdict is known without one.
    pub fn key_need(&self) -> Option<&KeyNeed> {
        self.need.as_ref()
    }

    /// Makes the remaining checks. `key` is what became of [`Evaluation::key_need`].
    pub fn finish(mut self, key: Option<KeyOutcome<'_>>) -> Judgement {
        let Some(token) = self.token.take() else { return self.judgement(None) };
        let stale_key = matches!(key, Some(KeyOutcome::Stale(_)));
        let need = self.need.take();
        let signature = self.signature(&token.unverified, need.as_ref(), key);
        if !self.log.is_closed() {
            time_checks::run(&mut self.log, self.policy, &token.claims, self.now);
        }
        let mut rule = None;
        if !self.log.is_closed() {
            rule = identity_checks::run(&mut self.log, self.policy, &token);
        }
        let window = time_checks::window(self.policy, &token.claims);
        let verified = match (rule, token.principal, &self.log.rejection) {
            (Some(rule), Some(principal), None) if signature == SignatureState::Held => {
                Verified::new(token.unverified, token.claims, principal, rule)
            }
            _ => None,
        };
        let tolerance = self.policy.document().clock_tolerance_seconds;
        Judgement { signature, stale_key, window, tolerance, need, ..self.judgement(verified) }
    }

    fn judgement(self, verified: Option<Verified>) -> Judgement {
        let verdict = match (verified, self.log.rejection) {
            (_, Some(rejection)) => Err(rejection),
            (Some(verified), None) => Ok(verified),
            // Without a rejection all claims were there; this says so instead of panicking.
            (None, None) => {
                Err(Rejection::new(Code::ClaimMissing, Check::Trust, "every claim", "no identity"))
            }
        };
        Judgement {
            verdict,
            signature: SignatureState::NotChecked,
            stale_key: false,
            need: None,
            claim: None,
            window: Window::ALWAYS,
            generation: None,
            tolerance: 0,
            entries: self.log.entries,
            now: self.now,
        }
    }

    /// Records a token whose form is unsound: the checks before the fault hold, those after are moot.
    fn refuse_form(&mut self, rejection: Rejection) {
        let at = rejection.check;
        for check in Check::ALL.iter().copied().filter(|check| *check < at) {
            let evidence = Evidence::new(check.question(), "as expected");
            self.log.check(check, Ok(()), |()| evidence);
        }
        self.log.fail(rejection);
        // Whether there is a check for replay is not for an evaluation to say.
        let moot = |check: &Check| *check > at && *check < Check::Replay;
        for check in Check::ALL.iter().copied().filter(moot) {
            self.log.skip(check, "the token's form is unsound");
        }
    }

    fn pre_screen(&mut self, unverified: Unverified, length: usize) {
        let log = &mut self.log;
        let size = || Evidence::new(Check::Size.question(), format!("{length} bytes"));
        log.check(Check::Size, Ok(()), |()| size());
        for check in [Check::Structure, Check::Encoding, Check::Json] {
            log.check(check, Ok(()), |()| Evidence::new(check.question(), "as expected"));
        }
        let objects =
            (unverified.header().root().as_object(), unverified.payload().root().as_object());
        let (Some(header), Some(payload)) = objects else { return };
        let algorithm = self.algorithm(header);
        let header = self.header(header);
        let claims = Claims::read(payload);
        let principal = claims.subject.as_deref().ok().and_then(Principal::parse);
        let issuer = self.issuer(&claims);
        self.claimed_trust(issuer, &claims, principal.as_ref());
        if let (Some(algorithm), Some(header), Some(issuer), None) =
            (algorithm, header, issuer, &self.log.rejection)
        {
            let issuer = issuer.to_owned();
            self.need = Some(KeyNeed { issuer, key_id: header.key_id, algorithm });
        }
        self.token = Some(Token { unverified, claims, principal });
    }

    fn algorithm(&mut self, header: Object<'_>) -> Option<Algorithm> {
        let allowed = self.policy.algorithms();
        self.log.check(Check::Algorithm, header::algorithm(header, allowed), |algorithm| {
            Evidence::new(header::any_of(allowed), algorithm.as_str())
        })
    }

    fn header(&mut self, header: Object<'_>) -> Option<Header> {
        if self.log.is_closed() {
            return None;
        }
        self.log.check(Check::Header, header::read(header), |header| {
            Evidence::new("type JWT and a key id", format!("key id {}", Quoted(&header.key_id)))
        })
    }

    /// The issuer, if a trust rule covers it.
    fn issuer<'c>(&mut self, claims: &'c Claims) -> Option<&'c str> {
        if self.log.is_closed() {
            return None;
        }
        let expected = || self.policy.rules().issuers_text();
        let outcome = match &claims.issuer {
            Err(fault) => {
                Err((fault.code, Evidence::new(fault.expected.as_str(), fault.found.as_str())))
            }
            Ok(issuer) if self.policy.rules().cover(issuer) => Ok(issuer.as_str()),
            Ok(issuer) => {
                let found = shortened(issuer);
                Err((untrusted(self.policy, issuer), Evidence::new(expected(), found)))
            }
        };
        self.log.check(Check::Issuer, outcome, |issuer| Evidence::new(expected(), *issuer))
    }

    /// Knows a stranger by the organization and account that the token itself claims, so that strangers
    /// cause neither a fetch nor the work of a signature.
    fn claimed_trust(
        &mut self,
        issuer: Option<&str>,
        claims: &Claims,
        principal: Option<&Principal>,
    ) {
        if self.log.is_closed() {
            return;
        }
        let Some(issuer) = issuer else {
            return self.log.skip(Check::ClaimedTrust, "no trust rule covers the issuer");
        };
        let aws = claims.aws.as_ref().ok().and_then(Option::as_ref);
        let caller = Caller { issuer, principal, aws };
        let outcome = match self.policy.rules().judge(caller, Scope::OrganizationAndAccount) {
            TrustOutcome::Met(_) | TrustOutcome::Uncovered => Ok(()),
            // A claim that cannot be read is not a claim that is missing.
            TrustOutcome::Unmet(mismatch) => Err(match &claims.aws {
                Err(fault) => time_checks::fault(fault),
                Ok(_) => (mismatch.code, mismatch.evidence),
            }),
        };
        self.log.check(Check::ClaimedTrust, outcome, |()| {
            let organization = aws.and_then(|aws| aws.organization.as_deref());
            let account = principal.map(|principal| principal.account.as_str());
            Evidence::new(
                "an organization and account that a trust rule takes",
                format!(
                    "organization {}, account {}",
                    organization.unwrap_or("none"),
                    account.unwrap_or("none")
                ),
            )
        });
    }

    fn signature(
        &mut self,
        token: &Unverified,
        need: Option<&KeyNeed>,
        key: Option<KeyOutcome<'_>>,
    ) -> SignatureState {
        if self.log.is_closed() {
            return SignatureState::NotChecked;
        }
        let Some(need) = need else {
            let reason = "an earlier check failed, so no key was asked for";
            self.log.skip(Check::Key, reason);
            self.log.skip(Check::Signature, reason);
            return SignatureState::NotChecked;
        };
        let wanted = || signature::wanted_key(&need.key_id, Some(&need.issuer), need.algorithm);
        let is_stale = matches!(key, Some(KeyOutcome::Stale(_)));
        let outcome = match key {
            Some(KeyOutcome::Ready(key) | KeyOutcome::Stale(key)) => Ok(key),
            Some(KeyOutcome::Refused(refusal)) => Err(signature::refused_key(wanted(), refusal)),
            None => Err(signature::refused_key(wanted(), &Refusal::NotLoaded)),
        };
        let key = self.log.check(Check::Key, outcome, |key| {
            let algorithm = key.algorithm();
            let found = match is_stale {
                false => format!("a key for {algorithm}"),
                true => format!("a key for {algorithm}, kept past its lifetime"),
            };
            Evidence::new(wanted(), found)
        });
        let Some(key) = key else {
            self.log.skip(Check::Signature, "there is no key to check it with");
            return SignatureState::NotChecked;
        };
        let held = self.log.check(Check::Signature, signature::verify(key, token), |()| {
            Evidence::new(signature::SIGNATURE, "it matches")
        });
        if held.is_some() { SignatureState::Held } else { SignatureState::Failed }
    }
}

/// The most telling code for an issuer that no rule covers.
fn untrusted(policy: &Policy, found: &str) -> Code {
    if issuer::is_sts_service(found) {
        return Code::IssuerNotATokenIssuer;
    }
    let plain = issuer::without_slips(found);
    let rules = policy.rules();
    let respelled = rules.pin(&plain) || (plain != found && rules.cover(&plain));
    if respelled { Code::IssuerSpelling } else { Code::IssuerUntrusted }
}
