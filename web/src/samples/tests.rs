use std::rc::Rc;

use countersign::{Algorithm, FindingCode, base64url};
use p384::ecdsa::SigningKey;
use p384::ecdsa::signature::Signer as _;
use serde_json::{Value, json};
use yew::Reducible;

use super::{Form, FormFault, Ids, Recipe, Refusal, Sample, minted, principals};
use crate::language::Language;
use crate::state::{Action, State};
use crate::verdicts::{PolicyVerdict, SignatureVerdict, TimeVerdict, Verdicts};

const NOW: u64 = 1_770_000_000;

/// The verdicts on a state's token.
fn judge(state: &State, now: u64) -> Verdicts {
    Verdicts::of(state, SignatureVerdict::of(state), now)
}

fn ids() -> Ids {
    let id = "0f8fad5b-d9cb-469f-a165-70867728950e".to_owned();
    Ids { label: id.clone(), token: id }
}

/// The page with a sample; those of another algorithm than ES384 have no key here.
fn page(sample: Sample) -> Rc<State> {
    let key = SigningKey::from_slice(&[7; 48]).unwrap();
    let point = key.verifying_key().to_sec1_point(false);
    let coordinate = |bytes: Option<&_>| base64url::encode(bytes.map(|b: &[u8]| b).unwrap());
    let jwk = json!({
        "kty": "EC",
        "crv": "P-384",
        "x": coordinate(point.x().map(|x| &**x)),
        "y": coordinate(point.y().map(|y| &**y)),
        "d": "never",
        "key_ops": ["sign"],
    });
    let recipe = Recipe::of(sample, NOW, &ids());
    let signature: p384::ecdsa::Signature = key.sign(recipe.signing_input.as_bytes());
    let (token, key_set) = (recipe.finished(&signature.to_bytes()), recipe.key_set(&jwk));
    assert!(!key_set.contains("never") && !key_set.contains("key_ops"));
    let key_set = if recipe.algorithm == Algorithm::Es384 { key_set } else { String::new() };
    let policy = recipe.policy;
    Rc::new(State::default()).reduce(Action::Sample { token, key_set, policy })
}

#[test]
fn genuine_samples_are_accepted() {
    for sample in Sample::GENUINE {
        let page = page(sample);
        let verdicts = judge(&page, NOW);
        assert!(matches!(verdicts.time, TimeVerdict::Valid { .. }), "{sample:?}");
        if sample.algorithm() == Algorithm::Es384 {
            let holds = matches!(verdicts.signature, SignatureVerdict::Holds { .. });
            let accepted = matches!(verdicts.policy, PolicyVerdict::Accepted { .. });
            assert!(holds && accepted, "{sample:?}: {verdicts:?}");
        } else {
            assert!(matches!(verdicts.policy, PolicyVerdict::Undecided), "{sample:?}");
        }
        assert_eq!(page.token.inspection.findings, [], "{sample:?}");
        assert_eq!(!page.token.layers.is_empty(), sample == Sample::StsAnswer);
    }
}

#[test]
fn refused_samples_are_refused_each_for_its_reason() {
    let mut codes = Vec::new();
    for sample in Sample::REFUSED {
        let page = page(sample);
        let PolicyVerdict::Refused { code: found, .. } = judge(&page, NOW).policy else {
            panic!("{sample:?} is not refused");
        };
        codes.push((sample.id(), found.as_str()));
    }
    assert_eq!(
        codes,
        [
            ("expired", "time.expired"),
            ("forged", "signature.invalid"),
            ("wrong-audience", "audience.mismatch"),
            ("opted-out", "aws_claim.missing"),
            ("milliseconds", "time.milliseconds"),
            ("duplicate-member", "token.duplicate_member"),
            ("es256", "algorithm.not_allowed"),
            ("cut-off", "token.segments"),
        ]
    );
}

#[test]
fn policies_are_sound_and_read_well() {
    for sample in Sample::GENUINE.into_iter().chain(Sample::REFUSED) {
        let page = page(sample);
        assert!(page.policy.policy().is_some(), "{sample:?}: {:?}", page.policy.faults());
        assert!(page.policy.text.starts_with("{\n  \"audience\": "), "{sample:?}");
    }
}

#[test]
fn what_was_changed_in_the_forged_sample_is_its_role() {
    let role = |sample| page(sample).token.inspection.principal.clone().unwrap().name;
    assert_eq!(
        (role(Sample::Role), role(Sample::Forged)),
        ("Batch".into(), "Administrator".into())
    );
}

#[test]
fn the_cut_off_sample_still_shows_its_header_and_some_claims() {
    let page = page(Sample::CutOff);
    let parts = &page.token.inspection.parts;
    assert_eq!(parts.len(), 2);
    assert!(parts[1].text.as_deref().unwrap().starts_with(r#"{"aud":"https://api.example.com""#));
    let refused = |code: FindingCode| code.as_str() == "token.segments";
    assert!(page.token.inspection.findings.iter().any(|finding| refused(finding.code)));
}

#[test]
fn samples_are_told_apart() {
    let all: Vec<_> = Sample::GENUINE.into_iter().chain(Sample::REFUSED).collect();
    for language in Language::ALL {
        for told in [
            all.iter().map(|sample| sample.title().in_language(language)).collect::<Vec<_>>(),
            all.iter().map(|sample| sample.about().in_language(language)).collect(),
            all.iter().map(|sample| sample.id()).collect(),
        ] {
            let mut distinct = told.clone();
            distinct.sort_unstable();
            distinct.dedup();
            assert_eq!(distinct.len(), told.len());
        }
    }
}

fn form() -> Form {
    Form {
        access_key: "ASIAEXAMPLE".into(),
        audiences: " https://api.example.com \n\n b".into(),
        algorithm: Algorithm::Es384,
        duration: " 300 ".into(),
        tags: "job-id = 1\nurl=a=b\n".into(),
    }
}

#[test]
fn a_form_becomes_a_request() {
    let json: Value = serde_json::to_value(form().read().unwrap()).unwrap();
    assert_eq!(
        json,
        json!({
            "accessKeyId": "ASIAEXAMPLE",
            "audience": ["https://api.example.com", "b"],
            "signingAlgorithm": "ES384",
            "durationSeconds": 300,
            "tags": { "job-id": "1", "url": "a=b" },
        })
    );
}

#[test]
fn a_form_that_cannot_be_asked_says_why() {
    for (form, fault) in [
        (Form { duration: "5 min".into(), ..form() }, FormFault::Duration("5 min".into())),
        (Form { tags: "a=1\nb".into(), ..form() }, FormFault::TagLine("b".into())),
        (Form { tags: "a=1\na=2".into(), ..form() }, FormFault::TagTwice("a".into())),
    ] {
        assert_eq!(form.read(), Err(fault));
    }
}

#[test]
fn the_local_issuers_answers_are_read() {
    let state = r#"{"accounts":[],"principals":[{"access_key_id":"A","account":"1","arn":"b","session_expires_at":null},{"access_key_id":"B","arn":"a"}]}"#;
    let found = principals(state).unwrap();
    let found: Vec<_> = found.iter().map(|one| (&*one.arn, &*one.access_key)).collect();
    assert_eq!(found, [("a", "B"), ("b", "A")]);
    assert_eq!(minted(r#"{"token":"a.b.c","expiration":"x"}"#), Ok("a.b.c".into()));
    let refused = r#"{"code":"ValidationError","message":"1 validation error"}"#;
    let refusal = Refusal { code: "ValidationError".into(), message: "1 validation error".into() };
    assert_eq!(minted(refused), Err(refusal.clone()));
    assert_eq!(principals(refused), Err(refusal));
    assert_eq!(minted("<html>"), Err(Refusal::default()));
}
