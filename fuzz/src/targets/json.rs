//! JSON, beside serde_json: both refuse, or both read the same, or the reason is on the list.

use countersign::json::{Document, Kind, Limits, Value};

use crate::reasons::JsonReason;
use crate::shared::{assert_printable, text};

/// The depths that are tried: that of a token, that of a policy, and one below serde_json's own, 127.
const DEPTHS: [usize; 3] = [16, 32, 120];

/// Runs the target.
pub fn run(data: &[u8]) {
    disagreements(data);
}

/// Runs the target, and says why the two disagree, if they do at some depth. It panics when there is no
/// reason on the list.
pub fn disagreements(data: &[u8]) -> Vec<JsonReason> {
    let text = text(data);
    let theirs: Result<serde_json::Value, _> = serde_json::from_str(text);
    let mut reasons = Vec::new();
    for max_depth in DEPTHS {
        let limits = Limits { max_depth, ..Limits::default() };
        match (Document::parse(text, limits), &theirs) {
            (Ok(document), Ok(theirs)) => {
                assert_eq!(plain(document.root()).as_ref(), Some(theirs));
                assert_within(&document);
            }
            (Ok(document), Err(theirs)) => {
                let reason = JsonReason::of_ours(theirs, &document);
                reasons.push(reason.unwrap_or_else(|| panic!("only we read it: {theirs}")));
                assert_within(&document);
            }
            (Err(ours), theirs) => {
                assert!(text.is_char_boundary(ours.offset), "{ours}");
                assert_printable(&ours.to_string());
                if let Ok(theirs) = theirs {
                    let reason = JsonReason::of_theirs(&ours, text, theirs, max_depth);
                    reasons.push(reason.unwrap_or_else(|| panic!("only we refuse it: {ours}")));
                }
            }
        }
    }
    reasons
}

/// Each value stands where the document says, and reads the same on its own.
fn assert_within(document: &Document) {
    let text = document.text();
    let mut pending = vec![document.root()];
    while let Some(value) = pending.pop() {
        assert_eq!(text.get(value.span()), Some(value.raw()));
        pending.extend(value.as_array().into_iter().flatten());
        for member in value.as_object().into_iter().flat_map(|object| object.members()) {
            let name: String = serde_json::from_str(&text[member.name_span]).unwrap();
            assert_eq!(member.name, name);
            pending.push(member.value);
        }
        if value.kind() == Kind::Number && value.raw() != "-0" {
            assert_eq!(value.as_integer(), serde_json::from_str::<i64>(value.raw()).ok());
        }
    }
}

/// One of our values as one of serde_json's; `None` if a number does not fit there.
fn plain(value: Value<'_>) -> Option<serde_json::Value> {
    Some(match value.kind() {
        Kind::Null => serde_json::Value::Null,
        Kind::Boolean => value.as_bool()?.into(),
        Kind::Number => serde_json::from_str(value.raw()).ok()?,
        Kind::String => value.as_str()?.into_owned().into(),
        Kind::Array => value.as_array()?.map(plain).collect::<Option<Vec<_>>>()?.into(),
        Kind::Object => {
            let members = value.as_object()?.members();
            members
                .map(|member| Some((member.name.into_owned(), plain(member.value)?)))
                .collect::<Option<serde_json::Map<_, _>>>()?
                .into()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::disagreements;
    use crate::corpus;
    use crate::reasons::JsonReason;

    /// A reason that no input has is none.
    #[test]
    fn each_reason_has_an_input() {
        let inputs = corpus::inputs("json").unwrap();
        let reasons: Vec<_> = inputs.iter().flat_map(|(_, input)| disagreements(input)).collect();
        for reason in JsonReason::ALL {
            assert!(reasons.contains(&reason), "{reason:?}");
        }
    }
}
