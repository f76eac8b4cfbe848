use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::document::Document;
use super::node::{Node, NodeKind};
use super::{scan, string};

/// A value within a [`Document`].
#[derive(Clone, Copy)]
pub struct Value<'a> {
    document: &'a Document,
    index: usize,
}

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `[…]`
    Array,
    /// `true` or `false`
    Boolean,
    /// `null`
    Null,
    /// A number
    Number,
    /// `{…}`
    Object,
    /// `"…"`
    String,
}

impl Kind {
    /// The kind with its article, for sentences.
    pub fn name(self) -> &'static str {
        match self {
            Self::Array => "an array",
            Self::Boolean => "a boolean",
            Self::Null => "null",
            Self::Number => "a number",
            Self::Object => "an object",
            Self::String => "a string",
        }
    }
}

impl<'a> Value<'a> {
    pub(super) fn new(document: &'a Document, index: usize) -> Self {
        Self { document, index }
    }

    /// What kind of value this is.
    pub fn kind(self) -> Kind {
        match self.node().kind {
            NodeKind::Array => Kind::Array,
            NodeKind::False | NodeKind::True => Kind::Boolean,
            NodeKind::Null => Kind::Null,
            NodeKind::Number => Kind::Number,
            NodeKind::Object => Kind::Object,
            NodeKind::String { .. } => Kind::String,
        }
    }

    /// The kind with its article, for sentences.
    pub fn kind_name(self) -> &'static str {
        self.kind().name()
    }

    /// The value's text, byte for byte as it stands in the document.
    pub fn raw(self) -> &'a str {
        self.document.text.get(self.span()).unwrap_or_default()
    }

    /// The value's place in the document's text, in bytes.
    pub fn span(self) -> Range<usize> {
        let node = self.node();
        node.start as usize..node.end as usize
    }

    /// The string, its escapes resolved.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        let node = self.node();
        match node.kind {
            NodeKind::String { .. } => Some(string::contents(&self.document.text, node)),
            _ => None,
        }
    }

    /// As [`Value::as_str`], as a text of its own.
    pub fn to_text(self) -> Option<String> {
        self.as_str().map(Cow::into_owned)
    }

    /// The number, if it is written as a plain integer (no fraction, no exponent, no sign of zero)
    /// that fits.
    pub fn as_integer(self) -> Option<i64> {
        if self.kind() != Kind::Number {
            return None;
        }
        let raw = self.raw().as_bytes();
        let (negative, digits) = match raw.strip_prefix(b"-") {
            Some(digits) => (true, digits),
            None => (false, raw),
        };
        if negative && digits == b"0" {
            return None;
        }
        let largest = i64::MAX.unsigned_abs() + u64::from(negative);
        let mut magnitude = 0_u64;
        for digit in digits {
            if !digit.is_ascii_digit() || magnitude > largest / 10 {
                return None;
            }
            magnitude = magnitude * 10 + u64::from(digit - b'0');
        }
        if magnitude > largest {
            return None;
        }
        Some(if negative { magnitude.wrapping_neg() as i64 } else { magnitude as i64 })
    }

    /// The boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.node().kind {
            NodeKind::True => Some(true),
            NodeKind::False => Some(false),
            _ => None,
        }
    }

    /// The elements, if this is an array.
    pub fn as_array(self) -> Option<impl Iterator<Item = Value<'a>> + use<'a>> {
        (self.kind() == Kind::Array).then(|| Elements::within(self))
    }

    /// The members, if this is an object.
    pub fn as_object(self) -> Option<Object<'a>> {
        (self.kind() == Kind::Object).then_some(Object { value: self })
    }

    fn node(self) -> Node {
        const NULL: Node = Node { kind: NodeKind::Null, start: 0, end: 0, mark: 0 };
        self.document.nodes.get(self.index).copied().unwrap_or(NULL)
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.raw())
    }
}

/// An object within a [`Document`], its members in the order of the text.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a> {
    value: Value<'a>,
}

/// A member of an [`Object`].
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The name, its escapes resolved.
    pub name: Cow<'a, str>,
    /// The name's place in the document's text, in bytes, quotes included.
    pub name_span: Range<usize>,
    /// The value.
    pub value: Value<'a>,
}

impl<'a> Object<'a> {
    /// The members, in the order of the text.
    pub fn members(self) -> impl Iterator<Item = Member<'a>> + use<'a> {
        Members(Elements::within(self.value))
    }

    /// The value of the first member with this name.
    pub fn member(self, name: &str) -> Option<Value<'a>> {
        let mark = scan::fingerprint(name);
        let mut elements = Elements::within(self.value);
        loop {
            let found = elements.next()?;
            let value = elements.next()?;
            if found.node().mark == mark && found.as_str().is_some_and(|found| found == name) {
                return Some(value);
            }
        }
    }

    /// The object as a value.
    pub fn as_value(self) -> Value<'a> {
        self.value
    }
}

/// The members of an object.
struct Members<'a>(Elements<'a>);

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        let (name, value) = (self.0.next()?, self.0.next()?);
        Some(Member { name: name.as_str()?, name_span: name.span(), value })
    }
}

/// The values directly within an array or object.
struct Elements<'a> {
    document: &'a Document,
    index: usize,
    end: usize,
}

impl<'a> Elements<'a> {
    fn within(value: Value<'a>) -> Self {
        Self {
            document: value.document,
            index: value.index + 1,
            end: value.node().next(value.index),
        }
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        if self.index >= self.end {
            return None;
        }
        let value = Value::new(self.document, self.index);
        self.index = value.node().next(self.index);
        Some(value)
    }
}
