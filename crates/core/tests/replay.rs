//! A token is accepted once: what the verdict, the report and the identity are in every case.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

#[expect(dead_code, reason = "most of it serves the property tests")]
mod support;

use std::num::NonZeroUsize;

use countersign::replay::{NoAnswer, OnceKey, Replay, ReplayMemory, WhenUnavailable};
use countersign::{Check, CheckReport, Code, Detail, Judgement, OutcomeName, Step, Verifier};
use support::{ISSUER, NOW, POLICY, Signer, claims, token_of, verifier};

const NO_ANSWERS: [NoAnswer; 4] =
    [NoAnswer::Failed, NoAnswer::NotAsked, NoAnswer::Timeout, NoAnswer::Unclear];

fn protected(when_unavailable: WhenUnavailable) -> Verifier {
    verifier(POLICY).with_replay_protection(when_unavailable)
}

fn token() -> String {
    token_of(Signer::Es256, &claims())
}

fn judged(when_unavailable: WhenUnavailable, answer: Option<Replay>, detail: Detail) -> Judgement {
    let judgement = protected(when_unavailable).judge(&token(), NOW, detail);
    match answer {
        Some(answer) => judgement.with_replay(answer),
        None => judgement,
    }
}

/// The code of the verdict, on which the report agrees; `None` if the token is accepted.
fn code(when_unavailable: WhenUnavailable, answer: Option<Replay>) -> Option<Code> {
    let verdict = judged(when_unavailable, answer, Detail::Verdict);
    let explained = judged(when_unavailable, answer, Detail::Report);
    assert!(verdict.report().checks.is_empty());
    assert_eq!(verdict.verdict().err(), explained.verdict().err());
    let report = explained.report();
    assert_eq!(report.accepted, verdict.verdict().is_ok());
    assert_eq!(report.rejection.as_ref(), verdict.verdict().err());
    assert_eq!(report.checks.iter().map(|c| c.check).collect::<Vec<_>>(), Check::ALL);
    let code = verdict.verdict().err().map(|rejection| rejection.code);
    assert_eq!(replay(&explained).code, code);
    code
}

fn replay(judgement: &Judgement) -> CheckReport {
    let report = judgement.report();
    report.checks.into_iter().find(|report| report.check == Check::Replay).unwrap()
}

#[test]
fn only_a_first_use_is_accepted() {
    for choice in [WhenUnavailable::Accept, WhenUnavailable::Refuse] {
        assert_eq!(code(choice, Some(Replay::First)), None);
        assert_eq!(code(choice, Some(Replay::Seen)), Some(Code::TokenReplayed));
        assert_eq!(code(choice, Some(Replay::Full)), Some(Code::ReplayFull));
        assert_eq!(code(choice, None), Some(Code::ReplayUnavailable), "nobody asked the store");
    }
}

#[test]
fn a_store_that_does_not_answer_is_the_hosts_choice() {
    for why in NO_ANSWERS {
        let answer = Some(Replay::Unavailable(why));
        assert_eq!(code(WhenUnavailable::Refuse, answer), Some(Code::ReplayUnavailable));
        let is_outage = matches!(why, NoAnswer::Failed | NoAnswer::Timeout);
        let refused = (!is_outage).then_some(Code::ReplayUnavailable);
        assert_eq!(code(WhenUnavailable::Accept, answer), refused, "{why:?}");
    }
    let accepted = judged(
        WhenUnavailable::Accept,
        Some(Replay::Unavailable(NoAnswer::Timeout)),
        Detail::Report,
    );
    let found = replay(&accepted).found.unwrap();
    assert!(found.contains("did not answer in time"), "the report does not hide it: {found}");
}

#[test]
fn what_is_claimed_is_issuer_and_id_until_the_token_is_refused_as_expired() {
    let verifier = protected(WhenUnavailable::Refuse);
    let once = verifier.judge(&token(), NOW, Detail::Verdict).once().unwrap();
    assert_eq!(once.key, OnceKey::new(ISSUER, "an id"));
    assert_eq!(once.until, NOW + 240 + 30);
    let at = |now| verifier.judge(&token(), now, Detail::Verdict).once();
    assert_eq!(at(once.until - 1), Some(once));
    assert_eq!(at(once.until), None, "expired");
    // The same token, signed by another key and with other claims, is still the same token.
    let mut other = claims();
    other["aud"] = serde_json::json!(["https://api.example.com", "https://other.example"]);
    let again = verifier.judge(&token_of(Signer::Es384, &other), NOW, Detail::Verdict);
    assert_eq!(again.once().map(|once| once.key), Some(once.key));
}

#[test]
fn a_token_that_is_refused_anyway_claims_nothing_and_stays_refused() {
    let verifier = protected(WhenUnavailable::Accept);
    let mut without_id = claims();
    without_id.as_object_mut().unwrap().remove("jti");
    let mut empty_id = claims();
    empty_id["jti"] = serde_json::json!("");
    let tampered = format!("{}A", token());
    for (token, expected) in [
        (token_of(Signer::Es256, &without_id), Code::ClaimMissing),
        (token_of(Signer::Es256, &empty_id), Code::ClaimType),
        (tampered, Code::SignatureMalformed),
        (String::new(), Code::TokenEmpty),
    ] {
        for detail in [Detail::Verdict, Detail::Report] {
            let judgement = verifier.judge(&token, NOW, detail);
            assert_eq!(judgement.once(), None);
            let judgement = judgement.with_replay(Replay::First);
            assert_eq!(judgement.verdict().unwrap_err().code, expected);
            if detail == Detail::Report {
                assert_eq!(replay(&judgement).outcome, OutcomeName::Skipped);
            }
        }
    }
}

#[test]
fn an_answer_counts_once() {
    let judgement = judged(WhenUnavailable::Refuse, Some(Replay::Seen), Detail::Report);
    let again = judgement.with_replay(Replay::First);
    assert_eq!(again.verdict().unwrap_err().code, Code::TokenReplayed);
    assert_eq!(again.once(), None);
}

#[test]
fn without_protection_nothing_is_asked_and_the_report_does_not_speak_of_it() {
    let judgement = verifier(POLICY).judge(&token(), NOW, Detail::Report);
    assert_eq!(judgement.once(), None);
    assert!(judgement.verdict().is_ok());
    for judgement in [&judgement, &verifier(POLICY).judge("no token", NOW, Detail::Report)] {
        let checks: Vec<_> = judgement.report().checks.iter().map(|c| c.check).collect();
        assert_eq!(Some(checks.as_slice()), Check::ALL.strip_suffix(&[Check::Replay]));
    }
    let judgement = judgement.with_replay(Replay::Seen);
    assert!(judgement.verdict().is_ok(), "there was nothing to ask");
}

#[test]
fn a_step_asks_as_well() {
    let mut verifier = protected(WhenUnavailable::Refuse);
    let mut used = ReplayMemory::new(NonZeroUsize::new(1).unwrap());
    let mut present = |token: &str| match verifier.step(token, NOW, Detail::Verdict) {
        Step::Judged { judgement, .. } => {
            let once = judgement.once().unwrap();
            judgement.with_replay(used.once(&once, NOW)).into_verdict()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(present(&token()).unwrap().token_id(), "an id");
    let replayed = present(&token()).unwrap_err();
    assert_eq!((replayed.code, replayed.status()), (Code::TokenReplayed, 401));
    assert!(replayed.found.contains("\"an id\""), "{replayed}");
    let mut another = claims();
    another["jti"] = serde_json::json!("another id");
    let full = present(&token_of(Signer::Es256, &another)).unwrap_err();
    assert_eq!((full.code, full.status(), full.retryable()), (Code::ReplayFull, 503, true));
}
