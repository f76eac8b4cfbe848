use countersign::AWS_CLAIM;
use countersign::json::{Document, Limits, Object, Value};

use super::AwsClaim;
use crate::state::Token;

/// A payload, read leniently: a member of the wrong type hides no other.
pub(super) struct Payload {
    document: Document,
}

impl Payload {
    pub(super) fn read(token: &Token) -> Option<Self> {
        let part = token.inspection.parts.iter().find(|part| part.name == "payload")?;
        let limits = Limits { max_depth: 100, ..Limits::default() };
        let text = part.text.as_deref()?;
        let (document, _) = Document::parse_noting_duplicates(text, limits).ok()?;
        document.root().as_object()?;
        Some(Self { document })
    }

    fn root(&self) -> Option<Object<'_>> {
        self.document.root().as_object()
    }

    /// A claim.
    pub(super) fn claim(&self, name: &str) -> Option<Value<'_>> {
        self.root()?.member(name)
    }

    /// A member of AWS's claim.
    pub(super) fn aws(&self, name: &str) -> Option<Value<'_>> {
        self.claim(AWS_CLAIM)?.as_object()?.member(name)
    }

    pub(super) fn aws_claim(&self) -> AwsClaim {
        match self.claim(AWS_CLAIM) {
            None => AwsClaim::Absent,
            Some(claim) if claim.as_object().is_some() => AwsClaim::Present,
            Some(_) => AwsClaim::NoObject,
        }
    }

    /// A claim that is a string.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        Some(self.claim(name)?.as_str()?.into_owned())
    }

    /// A member of AWS's claim that is a string, or the text of one that is a number.
    pub(super) fn aws_text(&self, name: &str) -> Option<String> {
        scalar(self.aws(name)?)
    }

    /// A claim that is one text or an array; whether it is the latter.
    pub(super) fn one_or_many(&self, name: &str) -> (Vec<String>, bool) {
        self.claim(name).map(many).unwrap_or_default()
    }

    /// A member of AWS's claim that is an object, as names and texts in its order.
    pub(super) fn tags(&self, name: &str) -> Vec<(String, String)> {
        let object = self.aws(name).and_then(Value::as_object);
        let members = object.into_iter().flat_map(Object::members);
        members.map(|tag| (tag.name.into_owned(), shown(tag.value))).collect()
    }
}

/// The texts of an array, or of the one value; and whether it is an array.
pub(super) fn many(value: Value<'_>) -> (Vec<String>, bool) {
    match value.as_array() {
        Some(elements) => (elements.map(shown).collect(), true),
        None => (vec![shown(value)], false),
    }
}

/// A string's text; of anything else its JSON text.
pub(super) fn shown(value: Value<'_>) -> String {
    value.as_str().map_or_else(|| value.raw().to_owned(), |text| text.into_owned())
}

fn scalar(value: Value<'_>) -> Option<String> {
    let is_container = value.as_object().is_some() || value.as_array().is_some();
    (!is_container).then(|| shown(value))
}
