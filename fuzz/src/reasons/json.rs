use std::collections::HashSet;

use countersign::json::{Document, Fault, FaultKind, Kind, Limits, Value as OurValue};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// Why one of two readers of JSON, ours and serde_json, accepts a text that the other refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonReason {
    /// We refuse: a member stands twice in an object. serde_json keeps the last in silence, other readers
    /// the first, so that a token would mean one thing here and another one there.
    DuplicateMember,
    /// We refuse: arrays and objects nest deeper than we allow (16 levels in a token). serde_json allows 127.
    Depth,
    /// We accept: a number that no double holds, such as `1e400`. We keep numbers as they are written and
    /// never round; a claim that must be a number has to be a whole one that fits, whatever we read here.
    NumberBeyondDouble,
}

impl JsonReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::DuplicateMember, Self::Depth, Self::NumberBeyondDouble];

    /// Why we refuse a text that serde_json reads.
    pub fn of_theirs(ours: &Fault, text: &str, theirs: &Value, max_depth: usize) -> Option<Self> {
        match &ours.kind {
            FaultKind::DuplicateMember(_) if has_duplicates(text) => Some(Self::DuplicateMember),
            FaultKind::TooDeep if depth(theirs) > max_depth || has_duplicates(text) => {
                // Of a member that stands twice, the value that serde_json dropped may be the deep one.
                Some(Self::Depth)
            }
            _ => None,
        }
    }

    /// Why we read a text that serde_json refuses.
    pub fn of_ours(theirs: &serde_json::Error, ours: &Document) -> Option<Self> {
        let is_range = theirs.to_string().starts_with("number out of range");
        (is_range && is_large(ours.root())).then_some(Self::NumberBeyondDouble)
    }
}

/// Whether a number in a text is no finite double.
pub(super) fn has_large_number(text: &str) -> bool {
    Document::parse(text, Limits::default()).is_ok_and(|document| is_large(document.root()))
}

fn is_large(value: OurValue<'_>) -> bool {
    let is_infinite = |raw: &str| raw.parse::<f64>().is_ok_and(f64::is_infinite);
    (value.kind() == Kind::Number && is_infinite(value.raw()))
        || value.as_array().is_some_and(|mut elements| elements.any(is_large))
        || value
            .as_object()
            .is_some_and(|object| object.members().any(|member| is_large(member.value)))
}

/// How deep arrays and objects nest.
pub(super) fn depth(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Whether an object within a JSON text has a member twice, as serde_json passes them on.
pub(super) fn has_duplicates(text: &str) -> bool {
    serde_json::from_str(text).is_ok_and(|Duplicates(found)| found)
}

struct Duplicates(bool);

impl<'de> Deserialize<'de> for Duplicates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Finder)
    }
}

struct Finder;

impl<'de> Visitor<'de> for Finder {
    type Value = Duplicates;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Duplicates, A::Error> {
        let mut names = HashSet::new();
        let mut found = false;
        while let Some((name, Duplicates(within))) = members.next_entry::<String, _>()? {
            found |= within | !names.insert(name);
        }
        Ok(Duplicates(found))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Duplicates, A::Error> {
        let mut found = false;
        while let Some(Duplicates(within)) = elements.next_element()? {
            found |= within;
        }
        Ok(Duplicates(found))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_str<E>(self, _: &str) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_unit<E>(self) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }
}
