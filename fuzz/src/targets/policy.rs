//! A policy as JSON.

use countersign::{Policy, PolicyFault, Verifier};

use crate::shared::{assert_printable, text, theirs};

/// Runs the target.
pub fn run(data: &[u8]) {
    let text = text(data);
    match Policy::from_json(text) {
        Err(faults) => {
            assert!(!faults.as_slice().is_empty());
            faults.to_string().lines().for_each(assert_printable);
            for fault in faults.as_slice() {
                assert_printable(&fault.message);
                assert_printable(&fault.path);
                assert_placed(fault, text);
            }
        }
        Ok(policy) => {
            theirs(text.as_bytes());
            let written = serde_json::to_string(policy.document()).unwrap();
            let again = Policy::from_json(&written)
                .unwrap_or_else(|faults| panic!("{written} is no policy any more: {faults}"));
            assert_eq!(policy.document(), again.document());
            let built = Policy::new(policy.document().clone()).unwrap();
            assert_eq!(policy.document(), built.document());
            assert_bounded(&policy);
            assert!(Verifier::new(policy, Default::default()).is_ok());
        }
    }
}

/// The fault's place is one in the text.
fn assert_placed(fault: &PolicyFault, text: &str) {
    if fault.code.as_str() == "policy.json" {
        let (_, place) = fault.message.rsplit_once("(line ").unwrap();
        let (line, column) = place.split_once(", column ").unwrap();
        let column = column.strip_suffix(").").unwrap();
        let (line, column): (usize, usize) = (line.parse().unwrap(), column.parse().unwrap());
        let found = text.split('\n').nth(line - 1).expect("a line of the text");
        assert!((1..=found.chars().count() + 1).contains(&column), "{}", fault.message);
        return;
    }
    if fault.code.as_str() == "policy.unknown_member" {
        // Such a member may be called anything, `trust[7` too.
        return;
    }
    let Some(rule) = fault.path.strip_prefix("trust[") else { return };
    let (index, _) = rule.split_once(']').unwrap();
    if let Some(policy) = theirs(text.as_bytes()) {
        let rules = policy["trust"].as_array().map_or(0, Vec::len);
        assert!(index.parse::<usize>().unwrap() < rules, "{}", fault.path);
    }
}

/// A policy trusts somebody in particular, for an audience, unless it says otherwise by name.
fn assert_bounded(policy: &Policy) {
    let document = policy.document();
    assert!(!document.trust.is_empty() && !document.algorithms.is_empty());
    assert!(document.danger_accept_any_audience == document.audience.is_empty());
    for rule in &document.trust {
        assert!(!rule.issuer.is_empty() || rule.organization.is_some());
    }
}
