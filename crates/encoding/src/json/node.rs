/// One value, or one member name, of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    /// Where the value begins in the text, in bytes.
    pub(super) start: u32,
    /// Where it ends.
    pub(super) end: u32,
    /// Of an array or object: the node after all within it. Of a member's name: its fingerprint.
    pub(super) mark: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Array,
    False,
    Null,
    Number,
    /// Followed by name, value, name, value…
    Object,
    String {
        escaped: bool,
    },
    True,
}

impl Node {
    /// The node after this value and all within it; this one is at `index`.
    pub(super) fn next(self, index: usize) -> usize {
        match self.kind {
            NodeKind::Array | NodeKind::Object => self.mark as usize,
            _ => index + 1,
        }
    }
}
