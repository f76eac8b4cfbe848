use super::fault::{Fault, FaultKind};
use super::node::{Node, NodeKind};
use super::{duplicates, scan, string};

/// What is read so far.
pub(super) struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    max_depth: usize,
    nodes: Vec<Node>,
    duplicates: Vec<Fault>,
}

/// The node around the outermost value: there is none. No text is so long that it has this one.
const NONE: u32 = u32::MAX;

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, max_depth: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            max_depth,
            nodes: Vec::with_capacity(text.len() / 12 + 4),
            duplicates: Vec::new(),
        }
    }

    /// Reads the text in one loop, without recursion: while an array or object is open, its node says in
    /// which other one it stands.
    pub(super) fn run(mut self) -> Result<(Vec<Node>, Vec<Fault>), Fault> {
        if self.text.starts_with('\u{feff}') {
            return Err(Fault::new(FaultKind::ByteOrderMark, 0));
        }
        let mut at = self.space(0);
        let mut open = NONE;
        let mut depth = 0;
        let mut naming = false;
        loop {
            // Here a value begins, or a member's name.
            match self.octet(at) {
                b'"' => {
                    at = self.string(at, naming)?;
                    if naming {
                        at = self.space(at);
                        if self.octet(at) != b':' {
                            return Err(syntax("colon after the member name", at));
                        }
                        at = self.space(at + 1);
                        naming = false;
                        continue;
                    }
                }
                _ if naming => return Err(syntax("member name", at)),
                first @ (b'{' | b'[') => {
                    if depth == self.max_depth {
                        return Err(Fault::new(FaultKind::TooDeep, at));
                    }
                    depth += 1;
                    let (kind, end) = match first {
                        b'{' => (NodeKind::Object, b'}'),
                        _ => (NodeKind::Array, b']'),
                    };
                    let node = self.nodes.len() as u32;
                    self.nodes.push(Node { kind, start: at as u32, end: open, mark: 0 });
                    open = node;
                    at = self.space(at + 1);
                    if self.octet(at) != end {
                        naming = kind == NodeKind::Object;
                        continue;
                    }
                }
                b'-' | b'0'..=b'9' => at = self.number(at)?,
                b't' => at = self.word("true", NodeKind::True, at)?,
                b'f' => at = self.word("false", NodeKind::False, at)?,
                b'n' => at = self.word("null", NodeKind::Null, at)?,
                _ => return Err(syntax("value", at)),
            }
            // Here it has ended.
            loop {
                at = self.space(at);
                let nodes = self.nodes.len();
                let Some(outer) = self.nodes.get_mut(open as usize) else {
                    if at != self.bytes.len() {
                        return Err(syntax("end of the text", at));
                    }
                    return Ok((self.nodes, self.duplicates));
                };
                let object = outer.kind == NodeKind::Object;
                let next = self.bytes.get(at).copied();
                if next == Some(b',') {
                    at = self.space(at + 1);
                    naming = object;
                    break;
                }
                if next != Some(if object { b'}' } else { b']' }) {
                    let of_array = "comma or end of the array";
                    return Err(syntax(
                        if object { "comma or end of the object" } else { of_array },
                        at,
                    ));
                }
                at += 1;
                let closed = open as usize;
                open = outer.end;
                outer.end = at as u32;
                outer.mark = nodes as u32;
                depth -= 1;
                if object {
                    duplicates::note(self.text, &self.nodes, closed, &mut self.duplicates);
                }
            }
        }
    }

    /// Reads the string at `at`, and answers where the text goes on, as the others here do.
    fn string(&mut self, start: usize, naming: bool) -> Result<usize, Fault> {
        let mut mix = 0;
        let mut escaped = false;
        let mut at = start + 1;
        loop {
            at = scan::plain(self.bytes, at, &mut mix);
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at = string::skip_escape(self.bytes, at)?;
                }
                Some(_) => return Err(syntax("escape for a control character", at)),
                None => return Err(syntax("end of the string", at)),
            }
        }
        at += 1;
        let mark = scan::fingerprint_of_mix(mix);
        let mut node = Node { mark, ..node(NodeKind::String { escaped }, start, at) };
        if escaped && naming {
            node.mark = scan::fingerprint(&string::contents(self.text, node));
        }
        self.nodes.push(node);
        Ok(at)
    }

    fn number(&mut self, start: usize) -> Result<usize, Fault> {
        let mut at = start + usize::from(self.octet(start) == b'-');
        at = if self.octet(at) == b'0' { at + 1 } else { self.digits(at)? };
        if self.octet(at) == b'.' {
            at = self.digits(at + 1)?;
        }
        if matches!(self.octet(at), b'e' | b'E') {
            at += 1;
            at = self.digits(at + usize::from(matches!(self.octet(at), b'+' | b'-')))?;
        }
        self.nodes.push(node(NodeKind::Number, start, at));
        Ok(at)
    }

    fn digits(&self, start: usize) -> Result<usize, Fault> {
        let mut at = start;
        while self.octet(at).is_ascii_digit() {
            at += 1;
        }
        if at == start { Err(syntax("digit", at)) } else { Ok(at) }
    }

    fn word(&mut self, word: &str, kind: NodeKind, start: usize) -> Result<usize, Fault> {
        let rest = self.bytes.get(start..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(syntax("value", start));
        }
        let at = start + word.len();
        self.nodes.push(node(kind, start, at));
        Ok(at)
    }

    /// Where the white space from `at` on ends.
    fn space(&self, mut at: usize) -> usize {
        while matches!(self.octet(at), b' ' | b'\t' | b'\n' | b'\r') {
            at += 1;
        }
        at
    }

    /// The octet at `at`; 0, which no grammar has a place for, after the end.
    fn octet(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }
}

/// The text's length fits in 32 bits, so every offset and every count of nodes does.
fn node(kind: NodeKind, start: usize, end: usize) -> Node {
    Node { kind, start: start as u32, end: end as u32, mark: 0 }
}

fn syntax(expected: &'static str, at: usize) -> Fault {
    Fault::new(FaultKind::Syntax(expected), at)
}
