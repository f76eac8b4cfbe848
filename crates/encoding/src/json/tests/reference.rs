//! The plain way to read JSON: recursive, an octet at a time, each name compared with each.

use crate::json::fault::{Fault, FaultKind};
use crate::json::node::{Node, NodeKind};
use crate::json::string;

/// A recursive-descent parser; its recursion is bounded by `max_depth`.
pub(super) struct Reference<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    max_depth: usize,
    nodes: Vec<Node>,
    duplicates: Vec<Fault>,
}

impl<'a> Reference<'a> {
    pub(super) fn new(text: &'a str, max_depth: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            depth: 0,
            max_depth,
            nodes: Vec::with_capacity(text.len() / 12 + 4),
            duplicates: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Result<(Vec<Node>, Vec<Fault>), Fault> {
        if self.text.starts_with('\u{feff}') {
            return Err(Fault::new(FaultKind::ByteOrderMark, 0));
        }
        self.space();
        self.value()?;
        self.space();
        if self.at != self.bytes.len() {
            return Err(self.syntax("end of the text"));
        }
        Ok((self.nodes, self.duplicates))
    }

    fn value(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'{') => self.nested(NodeKind::Object, Self::object),
            Some(b'[') => self.nested(NodeKind::Array, Self::array),
            Some(b'"') => self.string("value"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", NodeKind::True),
            Some(b'f') => self.word("false", NodeKind::False),
            Some(b'n') => self.word("null", NodeKind::Null),
            _ => Err(self.syntax("value")),
        }
    }

    fn nested(
        &mut self,
        kind: NodeKind,
        inner: fn(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        if self.depth == self.max_depth {
            return Err(Fault::new(FaultKind::TooDeep, self.at));
        }
        self.depth += 1;
        let node = self.open(kind, self.at);
        self.at += 1;
        inner(self)?;
        self.close(node);
        self.depth -= 1;
        if kind == NodeKind::Object {
            self.note_duplicates(node);
        }
        Ok(())
    }

    fn object(&mut self) -> Result<(), Fault> {
        self.space();
        if self.take(b'}') {
            return Ok(());
        }
        loop {
            self.space();
            self.string("member name")?;
            self.space();
            if !self.take(b':') {
                return Err(self.syntax("colon after the member name"));
            }
            self.space();
            self.value()?;
            self.space();
            if self.take(b'}') {
                return Ok(());
            }
            if !self.take(b',') {
                return Err(self.syntax("comma or end of the object"));
            }
        }
    }

    fn array(&mut self) -> Result<(), Fault> {
        self.space();
        if self.take(b']') {
            return Ok(());
        }
        loop {
            self.space();
            self.value()?;
            self.space();
            if self.take(b']') {
                return Ok(());
            }
            if !self.take(b',') {
                return Err(self.syntax("comma or end of the array"));
            }
        }
    }

    fn string(&mut self, what: &'static str) -> Result<(), Fault> {
        let start = self.at;
        if !self.take(b'"') {
            return Err(self.syntax(what));
        }
        let mut escaped = false;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at = string::skip_escape(self.bytes, self.at)?;
                }
                Some(0x20..) => self.at += 1,
                Some(_) => return Err(self.syntax("escape for a control character")),
                None => return Err(self.syntax("end of the string")),
            }
        }
        self.at += 1;
        let node = self.open(NodeKind::String { escaped }, start);
        self.close(node);
        Ok(())
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        let node = self.open(NodeKind::Number, start);
        self.close(node);
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.syntax("digit"));
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self, word: &'static str, kind: NodeKind) -> Result<(), Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.syntax("value"));
        }
        let node = self.open(kind, self.at);
        self.at += word.len();
        self.close(node);
        Ok(())
    }

    /// Notes every member name of an object that stands there a second time.
    fn note_duplicates(&mut self, object: usize) {
        let mut earlier = Vec::new();
        let mut index = object + 1;
        while let Some(&name) = self.nodes.get(index) {
            let text = string::contents(self.text, name);
            if earlier.contains(&text) {
                let kind = FaultKind::DuplicateMember(text.clone().into_owned());
                self.duplicates.push(Fault::new(kind, name.start as usize));
            }
            earlier.push(text);
            index = self.nodes[index + 1].mark as usize;
        }
    }

    /// In these nodes `mark` is the next node, whatever the kind.
    fn open(&mut self, kind: NodeKind, start: usize) -> usize {
        // The text's length fits in 32 bits, so every offset and every count of nodes does.
        self.nodes.push(Node { kind, start: start as u32, end: 0, mark: 0 });
        self.nodes.len() - 1
    }

    fn close(&mut self, index: usize) {
        let (end, next) = (self.at as u32, self.nodes.len() as u32);
        if let Some(node) = self.nodes.get_mut(index) {
            node.end = end;
            node.mark = next;
        }
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn syntax(&self, expected: &'static str) -> Fault {
        Fault::new(FaultKind::Syntax(expected), self.at)
    }
}
