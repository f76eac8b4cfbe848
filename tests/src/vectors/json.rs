use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

/// A JSON value whose members are always written in the order of their names, whichever features of
/// `serde_json` the rest of the workspace turns on.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(pub Value);

impl Json {
    /// The value as compact text.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sorted(&self.0, serializer)
    }
}

struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sorted(self.0, serializer)
    }
}

fn sorted<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Value::Array(elements) => {
            let mut out = serializer.serialize_seq(Some(elements.len()))?;
            for element in elements {
                out.serialize_element(&Sorted(element))?;
            }
            out.end()
        }
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().collect();
            let mut out = serializer.serialize_map(Some(members.len()))?;
            for (name, member) in members {
                out.serialize_entry(name, &Sorted(member))?;
            }
            out.end()
        }
        plain => plain.serialize(serializer),
    }
}
