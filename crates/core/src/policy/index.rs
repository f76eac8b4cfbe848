//! Where to find the rules that can be met, so that the others are never looked at. Rules are known by their
//! position in the policy, and every list of them is in the policy's order.

use super::list::List;
use super::rule::Rule;
use crate::arn::{Principal, PrincipalPattern};
use crate::by_name::ByName;

/// Rules told apart by one name, such as an organization, and some that ask for none.
#[derive(Clone, Debug)]
pub(super) struct Branch<T> {
    first: usize,
    unnamed: Option<Box<T>>,
    named: ByName<T>,
}

/// The rules that cover one issuer, by organization, by account, by principal.
pub(super) type ByOrganization = Branch<ByAccount>;
pub(super) type ByAccount = Branch<ByPrincipal>;

/// Rules told apart by what their patterns of principals demand.
#[derive(Clone, Debug)]
pub(super) struct ByPrincipal {
    first: usize,
    /// They have no such patterns.
    anyone: List,
    /// By the whole ARN, where a pattern has no star.
    exact: ByName<List>,
    /// By the account that a pattern with a star names.
    of_account: ByName<ByPath>,
    of_any_account: ByPath,
}

/// Rules told apart by the first segment of what a pattern says of path and name.
#[derive(Clone, Debug, Default)]
struct ByPath {
    by_segment: ByName<List>,
    /// They have a star in it.
    others: List,
}

/// Somewhere to put rules.
pub(super) trait Node {
    /// One that is to have its first rule, at this position.
    fn beginning(at: usize) -> Self;
    /// The first of its rules.
    fn first(&self) -> usize;
    fn add(&mut self, at: usize, rule: &Rule);
}

impl<T: Node> Branch<T> {
    fn new(first: usize) -> Self {
        Self { first, unnamed: None, named: ByName::default() }
    }

    /// Adds a rule under each of these names, or apart, where it asks for none.
    fn add_under<'n>(
        &mut self,
        names: impl ExactSizeIterator<Item = &'n String>,
        at: usize,
        rule: &Rule,
    ) {
        if names.len() == 0 {
            self.unnamed.get_or_insert_with(|| Box::new(T::beginning(at))).add(at, rule);
        }
        for name in names {
            self.named.update(name, || T::beginning(at), |rules| rules.add(at, rule));
        }
    }

    /// The rules that someone of this name can meet.
    fn open_to(&self, name: Option<&str>) -> [Option<&T>; 2] {
        [self.unnamed.as_deref(), name.and_then(|name| self.named.get(name))]
    }
}

/// Of several branches, the rules that someone of this name can meet: twice as many places as there are branches.
pub(super) fn open_to<'r, T: Node, const BRANCHES: usize, const PLACES: usize>(
    branches: [Option<&'r Branch<T>>; BRANCHES],
    name: Option<&str>,
) -> [Option<&'r T>; PLACES] {
    let mut open = [None; PLACES];
    for (places, branch) in open.chunks_exact_mut(2).zip(branches) {
        if let Some(branch) = branch {
            places.copy_from_slice(&branch.open_to(name));
        }
    }
    open
}

/// The first of all these rules.
pub(super) fn first<T: Node, const PLACES: usize>(places: [Option<&T>; PLACES]) -> Option<usize> {
    places.into_iter().flatten().map(Node::first).min()
}

impl Node for ByOrganization {
    fn beginning(at: usize) -> Self {
        Self::new(at)
    }

    fn first(&self) -> usize {
        self.first
    }

    fn add(&mut self, at: usize, rule: &Rule) {
        self.add_under(rule.organization.as_slice().iter(), at, rule);
    }
}

impl Node for ByAccount {
    fn beginning(at: usize) -> Self {
        Self::new(at)
    }

    fn first(&self) -> usize {
        self.first
    }

    fn add(&mut self, at: usize, rule: &Rule) {
        self.add_under(rule.accounts.iter(), at, rule);
    }
}

impl Node for ByPrincipal {
    fn beginning(at: usize) -> Self {
        Self {
            first: at,
            anyone: List::default(),
            exact: ByName::default(),
            of_account: ByName::default(),
            of_any_account: ByPath::default(),
        }
    }

    fn first(&self) -> usize {
        self.first
    }

    fn add(&mut self, at: usize, rule: &Rule) {
        if rule.principals.is_empty() {
            self.anyone.add_once(at, rule);
        }
        for pattern in &rule.principals {
            if pattern.is_literal() {
                self.exact.update(pattern.as_str(), List::default, |list| list.add_once(at, rule));
                continue;
            }
            match pattern.account() {
                Some(account) => self.of_account.update(account, ByPath::default, |paths| {
                    paths.add(at, rule, pattern);
                }),
                None => self.of_any_account.add(at, rule, pattern),
            }
        }
    }
}

impl ByPrincipal {
    /// The rules that may have a pattern for this principal, as lists. Some may stand in several.
    pub(super) fn open_to<'r>(
        &'r self,
        principal: Option<&'r Principal>,
    ) -> impl Iterator<Item = &'r List> {
        let named = principal.into_iter().flat_map(|principal| {
            let exact = self.exact.get(&principal.arn);
            let of_account = self.of_account.get(&principal.account);
            let paths = of_account.into_iter().chain([&self.of_any_account]);
            exact.into_iter().chain(paths.flat_map(|paths| paths.open_to(principal)))
        });
        [&self.anyone].into_iter().chain(named)
    }
}

impl ByPath {
    fn add(&mut self, at: usize, rule: &Rule, pattern: &PrincipalPattern) {
        match pattern.first_segment() {
            Some(segment) => {
                self.by_segment.update(segment, List::default, |list| list.add_once(at, rule));
            }
            None => self.others.add_once(at, rule),
        }
    }

    fn open_to(&self, principal: &Principal) -> impl Iterator<Item = &List> {
        let segment = principal.resource_path().split('/').next().unwrap_or_default();
        let named = self.by_segment.get(segment);
        [&self.others].into_iter().chain(named)
    }
}
