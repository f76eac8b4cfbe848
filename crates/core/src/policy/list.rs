//! Rules of which any may have to be looked at.

use std::collections::BTreeMap;

use super::rule::Rule;
use crate::by_name::ByName;

/// Rules by their position, in the policy's order, and those of them by their first tag that demand any.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    all: Vec<usize>,
    untagged: Vec<usize>,
    tagged: ByName<ByName<Vec<usize>>>,
}

impl List {
    /// Adds a rule, unless it is the last one here: it may have two patterns of one kind.
    pub(super) fn add_once(&mut self, at: usize, rule: &Rule) {
        if self.all.last() == Some(&at) {
            return;
        }
        self.all.push(at);
        let Some((tag, values)) = rule.principal_tags.first() else {
            return self.untagged.push(at);
        };
        self.tagged.update(tag, ByName::default, |by_value| {
            for value in values {
                by_value.update(value, Vec::new, |list| list.push(at));
            }
        });
    }

    /// All of them.
    pub(super) fn all(&self) -> &[usize] {
        &self.all
    }

    /// Those that someone with these tags may meet, as lists.
    pub(super) fn open_to<'r>(
        &'r self,
        tags: Option<&'r BTreeMap<String, String>>,
    ) -> impl Iterator<Item = &'r [usize]> {
        let has_tagged = !self.tagged.is_empty();
        let tags = tags.filter(|_| has_tagged).into_iter().flatten();
        let tagged = tags.filter_map(|(tag, value)| self.tagged.get(tag)?.get(value));
        [self.untagged.as_slice()].into_iter().chain(tagged.map(Vec::as_slice))
    }
}
