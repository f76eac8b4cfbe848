//! What is wrong with a document or a key, with the evidence: what was expected and what was found.

use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::code::{DiscoveryCode, JwkCode, KeySetCode};
use crate::shown::{Quoted, printable};

macro_rules! fault {
    ($(#[$meta:meta])* $name:ident of $code:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name {
            /// The stable code.
            pub code: $code,
            /// What would have been accepted, as text for people.
            pub expected: String,
            /// What was there instead, as text for people; long values are shortened.
            pub found: String,
        }

        impl $name {
            pub(super) fn new(
                code: $code,
                expected: impl Into<String>,
                found: impl Into<String>,
            ) -> Self {
                Self::of(code, expected.into(), found.into())
            }

            fn of(code: $code, expected: String, found: String) -> Self {
                Self { code, expected: printable(expected), found: printable(found) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let Self { code, expected, found } = self;
                write!(f, "{} Expected {expected}; found {found}. [{code}]", code.fault())
            }
        }

        impl std::error::Error for $name {}

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut out = serializer.serialize_struct(stringify!($name), 5)?;
                out.serialize_field("code", &self.code)?;
                out.serialize_field("message", self.code.fault())?;
                out.serialize_field("remedy", self.code.remedy())?;
                out.serialize_field("expected", &self.expected)?;
                out.serialize_field("found", &self.found)?;
                out.end()
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let code = generator.subschema_for::<$code>();
                schemars::json_schema!({
                    "type": "object",
                    "properties": {
                        "code": code,
                        "message": { "type": "string" },
                        "remedy": { "type": "string" },
                        "expected": { "type": "string" },
                        "found": { "type": "string" },
                    },
                    "required": ["code", "message", "remedy", "expected", "found"],
                })
            }
        }
    };
}

fault! {
    /// Why a discovery document was refused.
    DiscoveryFault of DiscoveryCode
}

fault! {
    /// Why a key set was refused as a whole.
    KeySetFault of KeySetCode
}

fault! {
    /// Why one key of a set is not used.
    SkipReason of JwkCode
}

/// A text as evidence: quoted, its control characters escaped, and shortened.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 100;
    match text.char_indices().nth(LONGEST) {
        None => Quoted(text).to_string(),
        Some((end, _)) => format!("{}…", Quoted(text.get(..end).unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use super::{JwkCode, SkipReason, quoted};

    #[test]
    fn evidence_is_quoted_escaped_and_short() {
        assert_eq!(quoted("a\"\n"), r#""a\"\n""#);
        assert_eq!(quoted(&"é".repeat(101)), format!("\"{}\"…", "é".repeat(100)));
    }

    #[test]
    fn faults_speak_in_sentences_and_in_json() {
        let reason = SkipReason::new(JwkCode::Use, "\"sig\"", quoted("enc"));
        assert_eq!(
            reason.to_string(),
            "The key's `use` is not signatures. Expected \"sig\"; found \"enc\". [jwk.use]"
        );
        assert_eq!(
            serde_json::to_value(&reason).unwrap(),
            serde_json::json!({
                "code": "jwk.use",
                "message": "The key's `use` is not signatures.",
                "remedy": "Publish the key with use \"sig\", or without the member.",
                "expected": "\"sig\"",
                "found": "\"enc\"",
            })
        );
    }
}
