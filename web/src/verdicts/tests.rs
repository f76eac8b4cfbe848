use std::rc::Rc;

use countersign::Instant;
use countersign_tests::suite::Suite;
use countersign_tests::vectors::{Case, Expectation};
use yew::Reducible;

use super::{PolicyVerdict, SignatureVerdict, TimeVerdict, Verdicts};
use crate::state::{Action, State};

/// The verdicts on a state's token.
fn judge(state: &State, now: u64) -> Verdicts {
    Verdicts::of(state, SignatureVerdict::of(state), now)
}

fn state(token: &str, policy: &str, key_set: Option<&str>) -> Rc<State> {
    let state = Rc::new(State::default())
        .reduce(Action::Read(token.to_owned()))
        .reduce(Action::WritePolicy(policy.to_owned()));
    match key_set {
        Some(key_set) => state.reduce(Action::GiveKeys(key_set.to_owned())),
        None => state,
    }
}

/// The page's state for a case, and the key set of the token's issuer.
fn of_case(suite: &Suite, case: &Case) -> (Rc<State>, Option<String>) {
    let token = case.token.as_ref().map(|token| token.build()).unwrap_or_default();
    let state = state(&token, &suite.policy(case), None);
    let sets = suite.key_sets(case);
    let keys = sets.into_iter().find(|(issuer, _)| Some(issuer.as_str()) == state.token.issuer());
    match keys {
        Some((_, set)) => (state.reduce(Action::GiveKeys(set.clone())), Some(set)),
        None => (state, None),
    }
}

/// A case that is accepted, with its token, its policy's text and its key set.
fn accepted() -> (u64, String, String, String) {
    let suite = Suite::read().unwrap();
    let mut cases = suite.cases();
    cases
        .find_map(|(_, case)| {
            let (state, keys) = of_case(&suite, case);
            matches!(case.expect, Expectation::Accepted { .. }).then_some(())?;
            Some((case.now, state.token.text().to_owned(), suite.policy(case), keys?))
        })
        .expect("a case that is accepted")
}

#[test]
fn the_policy_verdict_is_the_verifiers_for_every_vector() {
    let suite = Suite::read().unwrap();
    let mut compared = 0;
    for (file, case) in suite.cases() {
        let (state, _) = of_case(&suite, case);
        // The page takes off what stands around a token, and says so; a verifier refuses it.
        if !state.token.layers.is_empty() {
            continue;
        }
        let verdict = judge(&state, case.now).policy;
        match (&case.expect, verdict) {
            (Expectation::Accepted { rule, .. }, PolicyVerdict::Accepted { rule: found }) => {
                assert_eq!(*rule, found, "{file}: {}", case.name);
            }
            (Expectation::Rejected { code, .. }, PolicyVerdict::Refused { code: found, .. }) => {
                assert_eq!(code, found.as_str(), "{file}: {}", case.name);
            }
            (Expectation::PolicyRefused { faults }, PolicyVerdict::Faulty(count)) => {
                assert_eq!(faults.len(), count, "{file}: {}", case.name);
            }
            // Nothing is said of no token; without keys there is no verdict to compare, and a private
            // key that is pasted into the page is refused at once.
            (Expectation::Rejected { .. }, PolicyVerdict::Nothing) if state.token.is_blank() => {}
            (_, PolicyVerdict::Undecided) if state.token_keys().known().is_none() => {}
            (Expectation::KeysRefused { .. } | Expectation::PolicyRefused { .. }, _) => continue,
            (expected, found) => panic!("{file}: {}: {expected:?}, {found:?}", case.name),
        }
        compared += 1;
    }
    assert!(compared > 700, "only {compared} cases were compared");
}

#[test]
fn without_a_policy_the_signature_can_still_hold() {
    let (now, token, _, keys) = accepted();
    let verdicts = judge(&state(&token, "", Some(&keys)), now);
    assert!(matches!(verdicts.signature, SignatureVerdict::Holds { .. }), "{verdicts:?}");
    assert!(matches!(verdicts.policy, PolicyVerdict::NoPolicy));
    assert!(matches!(verdicts.time, TimeVerdict::Valid { .. }));
    assert!(verdicts.report.is_none());
}

#[test]
fn without_keys_nothing_is_verified() {
    let (now, token, policy, _) = accepted();
    let verdicts = judge(&state(&token, &policy, None), now);
    assert!(matches!(verdicts.signature, SignatureVerdict::NotChecked));
    assert!(matches!(verdicts.policy, PolicyVerdict::Undecided));
}

#[test]
fn without_keys_the_policy_says_what_else_fails() {
    let (now, token, policy, _) = accepted();
    let late = judge(&state(&token, &policy, None), now + 1_000_000).policy;
    let PolicyVerdict::Refused { code, further } = late else { panic!("{late:?}") };
    assert_eq!((code.as_str(), further), ("time.expired", 0));
}

#[test]
fn a_forged_token_fails_whatever_the_policy_says() {
    let (now, token, policy, keys) = accepted();
    let (content, signature) = token.rsplit_once('.').unwrap();
    let first = if signature.starts_with('A') { "B" } else { "A" };
    let forged = format!("{content}.{first}{}", &signature[1..]);
    let verdicts = judge(&state(&forged, &policy, Some(&keys)), now);
    assert!(matches!(verdicts.signature, SignatureVerdict::Fails(_)));
    assert!(matches!(verdicts.policy, PolicyVerdict::Refused { .. }));
}

#[test]
fn times_are_judged_without_a_policy_and_without_keys() {
    let (now, token, policy, _) = accepted();
    for policy in ["", "{", &policy] {
        let state = state(&token, policy, None);
        let late = judge(&state, now + 1_000_000).time;
        let TimeVerdict::Invalid { check, expires_at: Some(at) } = late else { panic!("{late:?}") };
        assert_eq!(check.code.unwrap().as_str(), "time.expired");
        assert!(Instant(at) < Instant(now + 1_000_000));
        assert!(matches!(judge(&state, 0).time, TimeVerdict::Invalid { .. }));
    }
}

#[test]
fn without_a_policy_a_token_may_live_as_long_as_it_says() {
    let part = |text: &str| countersign::base64url::encode(text.as_bytes());
    let token = [r#"{"alg":"RS256","kid":"a","typ":"JWT"}"#, r#"{"iat":1000,"exp":90000}"#, "x"];
    let token = token.map(part).join(".");
    let at = |now| judge(&state(&token, "", None), now).time;
    assert!(matches!(at(2_000), TimeVerdict::Valid { expires_at: 90_000 }), "{:?}", at(2_000));
    assert!(matches!(at(91_000), TimeVerdict::Invalid { .. }));
}

#[test]
fn nothing_is_said_of_nothing() {
    let verdicts = judge(&State::default(), 1_700_000_000);
    assert!(matches!(verdicts.signature, SignatureVerdict::Nothing));
    assert!(matches!(verdicts.time, TimeVerdict::Nothing));
    assert!(matches!(verdicts.policy, PolicyVerdict::Nothing));
}

#[test]
fn a_shared_token_cannot_be_verified() {
    let (now, token, policy, keys) = accepted();
    let (content, _) = token.rsplit_once('.').unwrap();
    let verdicts = judge(&state(&format!("{content}."), &policy, Some(&keys)), now);
    assert!(matches!(verdicts.signature, SignatureVerdict::TakenOff));
    assert!(!matches!(verdicts.policy, PolicyVerdict::Accepted { .. }));
}
