use std::collections::BTreeMap;

use countersign::json::{Document, Limits, Value};

use super::{Part, Path};
use crate::state::Token;

/// A value and where it stands.
pub(super) struct Entry {
    pub(super) path: Path,
    pub(super) value: String,
}

/// Deeper objects are compared as a whole.
const MOST_NAMES: usize = 4;

/// Every value of a token that is not an object, in the token's order.
pub(super) fn entries(token: &Token) -> Vec<Entry> {
    let mut flat = Flat::default();
    for (part, name) in [(Part::Header, "header"), (Part::Payload, "payload")] {
        let text = token.inspection.parts.iter().find(|part| part.name == name);
        let Some(text) = text.and_then(|part| part.text.as_deref()) else { continue };
        match Document::parse_noting_duplicates(text, Limits::default()) {
            Ok((document, _)) => flat.add(part, &mut Vec::new(), document.root()),
            // What cannot be read is compared as text.
            Err(_) => flat.push(part, &[], text),
        }
    }
    flat.entries
}

#[derive(Default)]
struct Flat {
    entries: Vec<Entry>,
    seen: BTreeMap<(Part, Vec<String>), usize>,
}

impl Flat {
    fn add(&mut self, part: Part, names: &mut Vec<String>, value: Value<'_>) {
        let object = value.as_object().filter(|object| object.members().next().is_some());
        match object {
            Some(object) if names.len() < MOST_NAMES => {
                for member in object.members() {
                    names.push(member.name.clone().into_owned());
                    self.add(part, names, member.value);
                    names.pop();
                }
            }
            _ => self.push(part, names, value.raw()),
        }
    }

    fn push(&mut self, part: Part, names: &[String], value: &str) {
        let occurrence = self.seen.entry((part, names.to_vec())).or_default();
        let path = Path { part, names: names.to_vec(), occurrence: *occurrence };
        *occurrence += 1;
        self.entries.push(Entry { path, value: value.to_owned() });
    }
}
