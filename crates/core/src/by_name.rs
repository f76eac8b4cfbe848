//! Values by name.

use std::collections::HashMap;

use countersign_encoding::names::HashNames;

/// Values by name, which are only added to. Whatever the values are, there is one kind of table, which is code
/// that a module in WebAssembly then has once.
#[derive(Clone, Debug)]
pub(crate) struct ByName<T> {
    positions: HashMap<String, usize, HashNames>,
    values: Vec<T>,
}

/// Names without values.
pub(crate) type Names = ByName<()>;

impl<T> ByName<T> {
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.values.get(*self.positions.get(name)?)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.positions.contains_key(name)
    }

    /// Adds a value, or puts it in the place of the one before. Answers whether there was none.
    pub(crate) fn insert(&mut self, name: &str, value: T) -> bool {
        let at = position(&mut self.positions, name);
        match self.values.get_mut(at) {
            Some(before) => {
                *before = value;
                false
            }
            None => {
                self.values.push(value);
                true
            }
        }
    }

    /// Changes the value of this name, after making it where there is none.
    pub(crate) fn update(
        &mut self,
        name: &str,
        make: impl FnOnce() -> T,
        change: impl FnOnce(&mut T),
    ) {
        let at = position(&mut self.positions, name);
        if at == self.values.len() {
            self.values.push(make());
        }
        self.values.get_mut(at).map(change);
    }
}

/// The position of a name; of a new one the next.
fn position(positions: &mut HashMap<String, usize, HashNames>, name: &str) -> usize {
    if let Some(at) = positions.get(name) {
        return *at;
    }
    let next = positions.len();
    positions.insert(name.to_owned(), next);
    next
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self { positions: HashMap::default(), values: Vec::new() }
    }
}

impl<'n> FromIterator<&'n String> for Names {
    fn from_iter<I: IntoIterator<Item = &'n String>>(names: I) -> Self {
        let mut all = Self::default();
        for name in names {
            all.insert(name, ());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{ByName, Names};

    #[test]
    fn values_are_found_by_the_name_they_were_added_under() {
        let mut lists = ByName::<Vec<u32>>::default();
        assert!(lists.is_empty());
        for number in 0..100 {
            let name = (number % 10).to_string();
            lists.update(&name, || vec![1000], |list| list.push(number));
        }
        assert!(!lists.is_empty());
        assert_eq!(lists.get("7").unwrap()[..3], [1000, 7, 17]);
        assert_eq!(lists.get("7").unwrap().len(), 11);
        assert_eq!(lists.get("10"), None);
        assert!(!lists.insert("7", vec![]));
        assert!(lists.insert("10", vec![1]));
        assert_eq!((lists.get("7"), lists.get("10")), (Some(&vec![]), Some(&vec![1])));
    }

    #[test]
    fn names_are_there_once() {
        let names = ["a".to_owned(), "b".to_owned(), "a".to_owned()];
        let names: Names = names.iter().collect();
        assert!(names.contains("a") && names.contains("b") && !names.contains("c"));
        assert_eq!(names.values.len(), 2);
    }
}
