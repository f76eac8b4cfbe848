//! From a path within a policy to its place in the text, and back to what it means.

use std::ops::Range;

use countersign::json::{Document, Limits};
use countersign::{PolicyCode, PolicyFaults};

use super::schema::Within;
use super::tree::{Member, Shape, Tree, Value};
use crate::language::Language;

/// What a place of a policy text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The member's name in the text, in bytes.
    pub range: Range<usize>,
    /// What the member means.
    pub text: String,
}

/// No more faults than this are looked for in the text.
const MOST_FAULTS: usize = 200;

/// Where each fault is in the text, up to the first 200: its place in bytes, and its number among the faults.
///
/// A fault of a value that does not fit one line is marked at its name; one of something that is missing, at
/// the bracket that opens what it is missing from.
pub fn fault_ranges(text: &str, faults: &PolicyFaults) -> Vec<(Range<usize>, usize)> {
    let tree = Tree::read(text);
    let ranges = faults.as_slice().iter().take(MOST_FAULTS).enumerate();
    let ranges = ranges.filter_map(|(number, fault)| {
        let range = match fault.code {
            PolicyCode::Json => broken(text),
            PolicyCode::UnknownMember => resolve(tree.root.as_ref()?, &fault.path, None, true),
            _ => resolve(tree.root.as_ref()?, &fault.path, None, false),
        };
        let range = range.start..range.end.min(text.len());
        (!range.is_empty()).then_some((range, number))
    });
    ranges.collect()
}

/// What the member at `offset`, in bytes, means: pointed at by its name or by its value.
pub fn hover(text: &str, offset: usize, language: Language) -> Option<Hover> {
    let tree = Tree::read(text);
    let (member, within) = member_at(tree.root.as_ref()?, offset, Within::Policy)?;
    let text = within.member(&member.name)?.description(within, language).to_owned();
    Some(Hover { range: member.name_span.clone(), text })
}

/// The first character that no JSON text could have there; the last one if the text only ends too soon.
fn broken(text: &str) -> Range<usize> {
    let fault = Document::parse_noting_duplicates(text, Limits::default())
        .map_or_else(Some, |(_, duplicates)| duplicates.into_iter().next());
    let offset = fault.map_or(0, |fault| fault.offset);
    let start = super::complete::floor_char_boundary(text, offset);
    match text.get(start..).and_then(|rest| rest.chars().next()) {
        Some(character) => start..start + character.len_utf8(),
        None => {
            let last = text.trim_end().char_indices().next_back();
            last.map_or(0..0, |(at, character)| at..at + character.len_utf8())
        }
    }
}

/// The place of a path, beginning at a value: of the innermost thing on it that is there.
fn resolve(value: &Value, path: &str, name: Option<&Range<usize>>, by_name: bool) -> Range<usize> {
    let path = path.strip_prefix('.').unwrap_or(path);
    match &value.shape {
        Shape::Object(members, _) if !path.is_empty() => match member_on(members, path) {
            Some((member, rest)) => match &member.value {
                Some(value) if !(by_name && rest.is_empty()) => {
                    resolve(value, rest, Some(&member.name_span), by_name)
                }
                _ => member.name_span.clone(),
            },
            None => bracket(value),
        },
        Shape::Array(elements, _) if path.starts_with('[') => {
            match index(path).and_then(|(at, rest)| Some((elements.get(at)?, rest))) {
                Some((element, rest)) => resolve(element, rest, None, by_name),
                None => bracket(value),
            }
        }
        Shape::Object(..) | Shape::Array(..) => name.cloned().unwrap_or_else(|| bracket(value)),
        // One text stands for a list of one.
        Shape::Text(_) | Shape::Word => value.span.clone(),
    }
}

/// The member that a path begins with, and the rest of the path. Tags have keys with dots in them, so the
/// longest name wins.
fn member_on<'t, 'p>(members: &'t [Member], path: &'p str) -> Option<(&'t Member, &'p str)> {
    members
        .iter()
        .filter_map(|member| {
            let rest = path.strip_prefix(member.name.as_str())?;
            let ends = rest.is_empty() || rest.starts_with(['.', '[']);
            ends.then_some((member, rest))
        })
        .max_by_key(|(member, _)| member.name.len())
}

/// `[n]` at the beginning of a path, and the rest.
fn index(path: &str) -> Option<(usize, &str)> {
    let (number, rest) = path.strip_prefix('[')?.split_once(']')?;
    Some((number.parse().ok()?, rest))
}

fn bracket(value: &Value) -> Range<usize> {
    value.span.start..value.span.start + 1
}

/// The member of the policy or of a rule that an offset is in.
fn member_at(value: &Value, offset: usize, within: Within) -> Option<(&Member, Within)> {
    let in_span = |span: &Range<usize>| span.contains(&offset);
    match &value.shape {
        Shape::Object(members, _) => {
            let member = members.iter().find(|member| {
                in_span(&member.name_span)
                    || member.value.as_ref().is_some_and(|value| in_span(&value.span))
            })?;
            let is_rules = within == Within::Policy && member.name == "trust";
            let inner = member.value.as_ref().filter(|value| is_rules && in_span(&value.span));
            match inner {
                Some(rules) => member_at(rules, offset, Within::Rule).or(Some((member, within))),
                None => Some((member, within)),
            }
        }
        Shape::Array(elements, _) => {
            member_at(elements.iter().find(|element| in_span(&element.span))?, offset, within)
        }
        Shape::Text(_) | Shape::Word => None,
    }
}
