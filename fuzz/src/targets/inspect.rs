//! What is pasted into the inspector, of any kind.

use countersign::{Unverified, inspect, peel};

use crate::shared::{assert_printable, text};

/// Runs the target.
pub fn run(data: &[u8]) {
    let text = text(data);
    let token = peel(text).token;
    let shown = inspect(text);
    assert!(!shown.verified);
    assert!(serde_json::to_string(&shown).is_ok());
    if let Err(rejection) = Unverified::parse(&token) {
        let found = shown.findings.iter().any(|f| f.code.as_str() == rejection.code.as_str());
        assert!(found, "refused and not found: {rejection}");
    }
    for finding in &shown.findings {
        assert_printable(&finding.message);
    }
    let members = || shown.header.iter().chain(&shown.payload);
    let places = shown.findings.iter().filter_map(|finding| finding.place);
    for place in places.chain(members().map(|member| member.place)) {
        assert!(token.get(place.start..place.end).is_some(), "{place:?}");
        if let Some(span) = place.decoded {
            let part = shown.parts.iter().find(|part| part.name == place.part).unwrap();
            assert!(part.text.as_ref().unwrap().get(span.range()).is_some(), "{place:?}");
            assert!(part.start <= place.start && place.end <= part.start + part.length);
        }
    }
    for member in members() {
        let part = shown.parts.iter().find(|part| part.name == member.place.part).unwrap();
        let text = part.text.as_ref().unwrap();
        assert_eq!(text.get(member.value_span.range()), Some(member.value.as_str()));
    }
}
