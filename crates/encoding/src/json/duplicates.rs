//! Members that an object names twice.

use std::borrow::Cow;

use super::fault::{Fault, FaultKind};
use super::node::Node;
use super::string;

/// Objects with more members than this are searched by sorting.
const FEW_MEMBERS: usize = 64;

/// Notes every member name of an object that stands there a second time. The object's nodes are the last
/// ones.
pub(super) fn note(text: &str, nodes: &[Node], object: usize, faults: &mut Vec<Fault>) {
    if may_repeat(nodes, object) {
        note_repeated(text, nodes, object, faults);
    }
}

/// Whether two names might be equal: two have the same fingerprint, or there are many.
fn may_repeat(nodes: &[Node], object: usize) -> bool {
    let mut seen = 0_u64;
    let mut names = Names { nodes, index: object + 1 };
    for count in 0.. {
        let before = names.index;
        let Some(name) = names.next() else { return false };
        let bit = 1 << (name.mark % 64);
        if count == FEW_MEMBERS || seen & bit != 0 && stands_before(nodes, object, before) {
            return true;
        }
        seen |= bit;
    }
    false
}

/// Whether a name with the fingerprint of the one at `index` stands before it.
fn stands_before(nodes: &[Node], object: usize, index: usize) -> bool {
    let mark = nodes.get(index).map(|name| name.mark);
    let nodes = nodes.get(..index).unwrap_or_default();
    Names { nodes, index: object + 1 }.any(|name| Some(name.mark) == mark)
}

/// Compares the names themselves.
#[cold]
fn note_repeated(text: &str, nodes: &[Node], object: usize, faults: &mut Vec<Fault>) {
    let names = Names { nodes, index: object + 1 };
    let mut names: Vec<(Cow<'_, str>, u32)> =
        names.map(|name| (string::contents(text, name), name.start)).collect();
    names.sort_unstable();
    let mut again: Vec<(u32, &Cow<'_, str>)> = Vec::new();
    for pair in names.windows(2) {
        if let [(first, _), (second, start)] = pair
            && first == second
        {
            again.push((*start, second));
        }
    }
    again.sort_unstable();
    for (start, name) in again {
        let kind = FaultKind::DuplicateMember(name.to_string());
        faults.push(Fault::new(kind, start as usize));
    }
}

/// The names of an object whose nodes are the last ones.
struct Names<'n> {
    nodes: &'n [Node],
    index: usize,
}

impl Iterator for Names<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        let name = *self.nodes.get(self.index)?;
        let value = self.index + 1;
        self.index = self.nodes.get(value).map_or(value, |node| node.next(value));
        Some(name)
    }
}
