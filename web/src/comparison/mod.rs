//! What differs between two tokens.

mod flatten;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::state::Token;
use flatten::{Entry, entries};

/// One place of a header or payload in two tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The part, and the names down to the value.
    pub path: Path,
    /// The value in the first token: JSON text, byte for byte.
    pub first: Option<String>,
    /// The value in the second token: JSON text, byte for byte.
    pub second: Option<String>,
}

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// Which part it is in.
    pub part: Part,
    /// The names of the members down to it.
    pub names: Vec<String>,
    /// Which of several members with the same names it is, from 0.
    pub occurrence: usize,
}

/// A part of a token that has members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The header.
    Header,
    /// The payload.
    Payload,
}

/// How a place differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Only the second token has it.
    Added,
    /// Both have it, with other values.
    Changed,
    /// Only the first token has it.
    Removed,
    /// Both have it, byte for byte.
    Same,
}

impl Difference {
    /// How the place differs.
    pub fn change(&self) -> Change {
        match (&self.first, &self.second) {
            (Some(first), Some(second)) if first == second => Change::Same,
            (Some(_), Some(_)) => Change::Changed,
            (Some(_), None) => Change::Removed,
            (None, _) => Change::Added,
        }
    }

    /// By how much a whole number grew from the first token to the second.
    pub fn growth(&self) -> Option<i128> {
        let number = |text: &Option<String>| text.as_ref()?.parse::<i128>().ok();
        number(&self.second)?.checked_sub(number(&self.first)?)
    }
}

/// Every place of two tokens, in the order of the first, then what only the second has.
pub fn compare(first: &Token, second: &Token) -> Vec<Difference> {
    let (first, second) = (entries(first), entries(second));
    let mut values: BTreeMap<Path, String> =
        second.iter().map(|entry| (entry.path.clone(), entry.value.clone())).collect();
    let mut differences: Vec<Difference> = first
        .into_iter()
        .map(|Entry { path, value }| {
            let second = values.remove(&path);
            Difference { path, first: Some(value), second }
        })
        .collect();
    let known: BTreeSet<Path> = differences.iter().map(|one| one.path.clone()).collect();
    let only_second = second.into_iter().filter(|entry| !known.contains(&entry.path));
    differences.extend(only_second.map(|Entry { path, value }| Difference {
        path,
        first: None,
        second: Some(value),
    }));
    differences
}
