use std::rc::Rc;

use yew::Reducible;

use super::{Action, Clock, FetchProblem, Keys, State};

fn after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(Rc::new(State::default()), |state, action| state.reduce(action))
}

const ISSUER: &str = "https://a.tokens.sts.global.api.aws";
const URL: &str = "https://a.tokens.sts.global.api.aws/.well-known/jwks.json";

fn token() -> String {
    let part = |text: &str| countersign::base64url::encode(text.as_bytes());
    let payload = format!(r#"{{"iss":"{ISSUER}"}}"#);
    format!("{}.{}.AAAA", part(r#"{"alg":"ES384","kid":"EC384_0","typ":"JWT"}"#), part(&payload))
}

fn started() -> Action {
    Action::FetchStarted { issuer: ISSUER.into(), url: URL.into() }
}

fn ended(outcome: Result<countersign::KeySet, FetchProblem>) -> Action {
    Action::FetchEnded { issuer: ISSUER.into(), url: URL.into(), outcome }
}

#[test]
fn the_clock_runs_unless_it_is_set() {
    assert_eq!(after([]).clock.now(7), 7);
    assert_eq!(after([Action::SetClock(Clock::Set(5))]).clock.now(7), 5);
}

#[test]
fn no_token_stays_when_the_page_is_cleared() {
    let state = after([
        Action::Read(token()),
        Action::ReadOther(Some(token())),
        Action::GiveKeys(r#"{"keys":[]}"#.into()),
        Action::WritePolicy("{}".into()),
        Action::Redact(true),
        Action::Clear,
    ]);
    assert!(state.token.is_blank() && state.other.is_none() && !state.redacted);
    assert_eq!(state.policy.text, "{}", "a policy is no token");
    assert!(state.reduce(Action::Read(token())).token_keys().known().is_some());
}

#[test]
fn keys_belong_to_an_issuer() {
    let given = after([Action::Read(token()), Action::GiveKeys(r#"{"keys":[]}"#.into())]);
    assert!(given.token_keys().known().is_some());
    let other = given.reduce(Action::Read("x".into()));
    assert!(other.token_keys().known().is_none(), "another issuer's keys are not used");
    let back = other.reduce(Action::Read(token()));
    assert!(back.token_keys().known().is_some());
    assert_eq!(back.reduce(Action::GiveKeys(" \n".into())).token_keys(), &Keys::Missing);
}

#[test]
fn keys_that_come_before_the_token_wait_for_it() {
    let keys = || Action::GiveKeys(r#"{"keys":[]}"#.into());
    let waiting = after([keys()]);
    assert!(waiting.token_keys().known().is_none() && waiting.waiting_keys.is_some());
    let blank = waiting.reduce(Action::Read(" ".into()));
    let read = blank.reduce(Action::Read(token()));
    assert!(read.token_keys().known().is_some() && read.waiting_keys.is_none());
    let nameless = read.reduce(Action::Read("x".into()));
    assert!(nameless.token_keys().known().is_none(), "they are that issuer's, and nobody else's");
    let cleared = after([keys(), Action::Clear, Action::Read(token())]);
    assert!(cleared.token_keys().known().is_none());
}

#[test]
fn a_late_answer_does_not_replace_keys_given_meanwhile() {
    let state = after([
        Action::Read(token()),
        started(),
        Action::GiveKeys(r#"{"keys":[]}"#.into()),
        ended(Err(FetchProblem::Blocked)),
    ]);
    assert!(state.token_keys().known().is_some());
    let state = after([Action::Read(token()), started(), ended(Err(FetchProblem::Status(500)))]);
    assert!(matches!(
        state.token_keys(),
        Keys::Unreachable { problem: FetchProblem::Status(500), .. }
    ));
}

#[test]
fn a_policy_is_judged_as_it_is_written() {
    assert!(after([Action::WritePolicy(" ".into())]).policy.outcome.is_none());
    assert!(after([Action::WritePolicy("{".into())]).policy.faults().is_some());
    let text = format!(r#"{{"audience":"a","trust":[{{"issuer":"{ISSUER}"}}]}}"#);
    assert!(after([Action::WritePolicy(text)]).policy.policy().is_some());
}

#[test]
fn a_signature_is_taken_off_before_sharing() {
    let state = after([Action::Read(format!("Bearer {}", token()))]);
    let shared = state.token.without_signature().unwrap();
    assert!(shared.is_redacted() && !shared.text().contains("AAAA"));
    assert_eq!(shared.issuer(), Some(ISSUER));
    for broken in ["", "a", "a.b", "a.b.c.d", "{}"] {
        assert!(after([Action::Read(broken.into())]).token.without_signature().is_none());
    }
}

#[test]
fn a_policy_that_was_replaced_comes_back() {
    let written = after([
        Action::ReplacePolicy("a".into()),
        Action::WritePolicy("b".into()),
        Action::ReplacePolicy("c".into()),
        Action::ReplacePolicy("c".into()),
    ]);
    assert_eq!((written.policy.text.as_str(), written.former_policy.as_deref()), ("c", Some("b")));
    let undone = written.reduce(Action::UndoPolicy);
    assert_eq!((undone.policy.text.as_str(), undone.former_policy.as_deref()), ("b", Some("c")));
    let again = undone.reduce(Action::UndoPolicy);
    assert_eq!(again.policy.text, "c");
    let blank = after([Action::WritePolicy(" ".into()), Action::ReplacePolicy("d".into())]);
    assert!(blank.former_policy.is_none(), "nothing was lost");
    assert_eq!(blank.reduce(Action::UndoPolicy).policy.text, "d");
}

#[test]
fn what_stands_around_a_token_is_no_part_of_it() {
    let bare = super::Token::read(token());
    assert_eq!((bare.text(), bare.layers.len()), (token().as_str(), 0));
    let header = super::Token::read(format!("Authorization: Bearer {}\n", token()));
    assert_eq!(header.text(), token());
    assert!(!header.layers.is_empty());
}

#[test]
fn a_policy_survives_many_samples() {
    let sample = |policy: &str| Action::Sample {
        token: token(),
        key_set: r#"{"keys":[]}"#.into(),
        policy: policy.into(),
    };
    let after = after([
        Action::WritePolicy("mine".into()),
        sample("1"),
        sample("2"),
        sample("2"),
        sample("3"),
    ]);
    assert_eq!((&*after.policy.text, after.former_policy.as_deref()), ("3", Some("mine")));
    let changed = after.reduce(Action::WritePolicy("3, changed".into())).reduce(sample("1"));
    assert_eq!(changed.former_policy.as_deref(), Some("3, changed"));
}
