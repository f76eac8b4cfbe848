use std::ops::Range;

use super::known::Known;
use super::schema::{ValueKind, Within, algorithms};
use super::tree::{Member, Shape, Tree, Value, touches};
use crate::exports::{json, readable};
use crate::language::{Language, Text};

/// What can stand at a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// What an item takes the place of, in bytes. It may begin before [`Completions::begun`], to add a
    /// comma that is missing.
    pub replace: Range<usize>,
    /// What was written of it already, in bytes.
    pub begun: Range<usize>,
    /// The items, the likely ones first.
    pub items: Vec<Item>,
}

/// One thing that can stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What to show: on one line, and nothing in it deceives.
    pub label: String,
    /// What to write, with the quotes and commas that belong there.
    pub insert: String,
    /// What it means; empty where there is nothing to say.
    pub detail: String,
    /// What it is.
    pub kind: ItemKind,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// The name of a member.
    Member,
    /// A value that the schema lists.
    Value,
    /// A value that the token in hand has.
    Known,
    /// The beginning of a policy or rule.
    Skeleton,
}

const FROM_TOKEN: Text = Text::new("From the token in hand.", "手元のトークンの値です。");
const POLICY: Text = Text::new("A new policy", "新しいポリシー");
const BY_ISSUER: Text = Text::new(
    "A rule that trusts principals of one account, by its issuer",
    "アカウントの発行者 (issuer) を固定し、プリンシパルを信頼するルール",
);
const BY_ORGANIZATION: Text = Text::new(
    "A rule that trusts the accounts of an organization",
    "組織のアカウントを信頼するルール",
);

/// What can stand at `cursor`, in bytes, in a text that is being written.
pub fn complete(text: &str, cursor: usize, known: &Known, language: Language) -> Completions {
    let cursor = floor_char_boundary(text, cursor);
    let tree = Tree::read(text);
    let place = match &tree.root {
        None => Some(Place::new(Slot::Policy, cursor..cursor)),
        Some(root) => locate(root, Node::Policy, cursor, &tree),
    };
    let none = Completions { replace: cursor..cursor, begun: cursor..cursor, items: Vec::new() };
    let Some(place) = place else { return none };
    let begun_text = text.get(place.replace.start..cursor).unwrap_or_default();
    let begun_text = begun_text.trim_start_matches('"').to_lowercase();
    let mut items = items(&place, known, language);
    items.retain(|item| item.label.to_lowercase().contains(&begun_text));
    items.sort_by_key(|item| !item.label.to_lowercase().starts_with(&begun_text));
    finish(text, &tree, place, items)
}

/// Adds the colons and commas that are missing around the place.
fn finish(text: &str, tree: &Tree, place: Place<'_>, mut items: Vec<Item>) -> Completions {
    let begun = place.replace;
    let before = tree.token_before(begun.start).filter(|token| token.ends_value());
    // At the top of a text nothing is separated by commas.
    let before = before.filter(|_| place.slot != Slot::Policy);
    let after = tree.token_after(begun.end).filter(|token| token.begins_value());
    let is_name = matches!(place.slot, Slot::Name(_) | Slot::TagKey(_));
    let mut replace = begun.clone();
    let mut prefix = String::new();
    if let Some(before) = before {
        replace.start = before.span.end;
        prefix.push(',');
        let between = text.get(replace.start..begun.start).unwrap_or_default();
        prefix.push_str(if between.is_empty() { " " } else { between });
    }
    let suffix = match (is_name, place.has_colon, after) {
        (true, false, _) => ": ",
        (false, _, Some(_)) if place.slot != Slot::Policy => ",",
        _ => "",
    };
    for item in &mut items {
        item.insert = format!("{prefix}{}{suffix}", item.insert);
    }
    Completions { replace, begun, items }
}

/// A place where something can be written.
struct Place<'t> {
    slot: Slot<'t>,
    replace: Range<usize>,
    /// What stands in the same object or array already.
    used: Vec<&'t str>,
    /// Whether a name has its colon already.
    has_colon: bool,
}

/// What belongs at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot<'t> {
    /// A whole policy.
    Policy,
    /// The name of a member.
    Name(Within),
    /// The key of a tag, in this member.
    TagKey(&'t str),
    /// A trust rule, and whether it stands in an array.
    Rule(bool),
    /// A text of this member.
    Text(&'t str),
    /// A text of this member, and its array around it.
    Texts(&'t str),
    /// The value of a tag: the member, the key.
    TagValue(&'t str, &'t str),
    /// An algorithm, and whether it stands in an array.
    Algorithm(bool),
    /// `true` or `false`.
    Boolean(&'t str),
}

/// What a value in the tree is to be.
#[derive(Clone, Copy)]
enum Node<'t> {
    Policy,
    Rule,
    Tags(&'t str),
    TagValue(&'t str, &'t str),
    Member(&'t str, ValueKind),
}

impl<'t> Place<'t> {
    fn new(slot: Slot<'t>, replace: Range<usize>) -> Self {
        Self { slot, replace, used: Vec::new(), has_colon: false }
    }
}

/// The place of the cursor within a value.
fn locate<'t>(value: &'t Value, node: Node<'t>, cursor: usize, tree: &Tree) -> Option<Place<'t>> {
    match &value.shape {
        Shape::Object(members, _) if value.holds(cursor) => {
            in_object(members, object_node(node)?, cursor, tree)
        }
        Shape::Array(elements, _) if value.holds(cursor) => in_array(elements, node, cursor, tree),
        Shape::Text(_) | Shape::Word if value.is_touched(cursor) => {
            Some(Place::new(slot(node, false)?, value.span.clone()))
        }
        _ => None,
    }
}

/// What an object is, where one is expected or stands by mistake.
fn object_node(node: Node<'_>) -> Option<Node<'_>> {
    match node {
        Node::Member(_, ValueKind::Rules) => Some(Node::Rule),
        Node::Member(name, ValueKind::Tags) => Some(Node::Tags(name)),
        Node::Policy | Node::Rule | Node::Tags(_) => Some(node),
        Node::Member(..) | Node::TagValue(..) => None,
    }
}

fn in_object<'t>(
    members: &'t [Member],
    node: Node<'t>,
    cursor: usize,
    tree: &Tree,
) -> Option<Place<'t>> {
    let names = match node {
        Node::Policy => Slot::Name(Within::Policy),
        Node::Rule => Slot::Name(Within::Rule),
        Node::Tags(member) => Slot::TagKey(member),
        Node::Member(..) | Node::TagValue(..) => return None,
    };
    let used = |except: Option<usize>| {
        let others = members.iter().enumerate().filter(|(at, _)| Some(*at) != except);
        others.map(|(_, member)| member.name.as_str()).collect()
    };
    for (at, member) in members.iter().enumerate() {
        if touches(&member.name_span, cursor) {
            let place = Place::new(names, member.name_span.clone());
            return Some(Place {
                used: used(Some(at)),
                has_colon: member.colon.is_some(),
                ..place
            });
        }
        let Some(colon) = member.colon else { continue };
        let node = member_node(node, &member.name);
        match &member.value {
            Some(value) if value.holds(cursor) || value.is_touched(cursor) => {
                return locate(value, node?, cursor, tree);
            }
            None => {
                let end = tree.token_after(colon).map_or(usize::MAX, |token| token.span.start);
                if (colon..=end).contains(&cursor) {
                    return Some(Place::new(slot(node?, false)?, cursor..cursor));
                }
            }
            Some(_) => {}
        }
    }
    // Between a name and its colon, or a colon and its value, nothing new begins.
    let before = tree.token_before(cursor)?;
    let is_name = members.iter().any(|m| m.colon.is_none() && m.name_span == before.span);
    let after_colon = members.iter().any(|m| m.colon == Some(before.span.end));
    let at_colon = tree
        .token_after(cursor)
        .is_some_and(|token| members.iter().any(|m| m.colon == Some(token.span.end)));
    if is_name || after_colon || at_colon {
        return None;
    }
    Some(Place { used: used(None), ..Place::new(names, cursor..cursor) })
}

fn in_array<'t>(
    elements: &'t [Value],
    node: Node<'t>,
    cursor: usize,
    tree: &Tree,
) -> Option<Place<'t>> {
    let element_node = match node {
        Node::Member(_, ValueKind::Rules) => Node::Rule,
        other => other,
    };
    let mut replace = cursor..cursor;
    let mut used = Vec::new();
    for element in elements {
        match &element.shape {
            Shape::Object(..) | Shape::Array(..) if element.holds(cursor) => {
                return locate(element, element_node, cursor, tree);
            }
            Shape::Text(_) | Shape::Word if element.is_touched(cursor) => {
                replace = element.span.clone();
            }
            Shape::Text(text) => used.push(text.as_str()),
            _ => {}
        }
    }
    Some(Place { used, ..Place::new(slot(node, true)?, replace) })
}

/// What a member of a value is to be.
fn member_node<'t>(node: Node<'t>, name: &'t str) -> Option<Node<'t>> {
    let within = match node {
        Node::Policy => Within::Policy,
        Node::Rule => Within::Rule,
        Node::Tags(member) => return Some(Node::TagValue(member, name)),
        Node::Member(..) | Node::TagValue(..) => return None,
    };
    Some(Node::Member(name, within.member(name)?.kind))
}

/// What can be written where a value is to stand, or an element of it.
fn slot(node: Node<'_>, in_array: bool) -> Option<Slot<'_>> {
    Some(match node {
        Node::Policy => Slot::Policy,
        Node::Rule => Slot::Rule(true),
        Node::TagValue(member, key) => Slot::TagValue(member, key),
        Node::Member(name, kind) => match kind {
            ValueKind::Rules => Slot::Rule(in_array),
            ValueKind::Algorithms => Slot::Algorithm(in_array),
            ValueKind::Texts if !in_array => Slot::Texts(name),
            ValueKind::Text | ValueKind::OneOrMany | ValueKind::Texts => Slot::Text(name),
            ValueKind::Boolean => Slot::Boolean(name),
            ValueKind::Tags | ValueKind::Number => return None,
        },
        Node::Tags(_) => return None,
    })
}

fn items(place: &Place<'_>, known: &Known, language: Language) -> Vec<Item> {
    let from_token = FROM_TOKEN.in_language(language);
    let known_item = |value: &String| Item {
        label: readable(value),
        insert: json(value),
        detail: from_token.to_owned(),
        kind: ItemKind::Known,
    };
    let unused = |value: &&String| !place.used.contains(&value.as_str());
    match place.slot {
        Slot::Policy => vec![skeleton(POLICY, language, &policy_skeleton(known))],
        Slot::Rule(in_array) => {
            let rules = rule_skeletons(known);
            rules.map(|(text, rule)| skeleton(text, language, &array(in_array, rule))).into()
        }
        Slot::Name(within) => within
            .members()
            .iter()
            .filter(|member| !place.used.contains(&member.name.as_str()))
            .map(|member| Item {
                label: member.name.clone(),
                insert: json(&member.name),
                detail: member.description(within, language).to_owned(),
                kind: ItemKind::Member,
            })
            .collect(),
        Slot::TagKey(member) => {
            let keys = known.tags(member).into_iter().flat_map(|tags| tags.keys());
            keys.filter(unused).map(known_item).collect()
        }
        Slot::TagValue(member, key) => {
            let value = known.tags(member).and_then(|tags| tags.get(key));
            value.into_iter().filter(unused).map(known_item).collect()
        }
        Slot::Text(member) => known.values(member).iter().filter(unused).map(known_item).collect(),
        Slot::Texts(member) => known
            .values(member)
            .iter()
            .map(|value| Item { insert: format!("[{}]", json(value)), ..known_item(value) })
            .collect(),
        Slot::Algorithm(in_array) => algorithms(language)
            .into_iter()
            .filter(|(name, _)| !place.used.contains(name))
            .map(|(name, description)| Item {
                label: name.to_owned(),
                insert: array(in_array, json(&name)),
                detail: description.to_owned(),
                kind: ItemKind::Value,
            })
            .collect(),
        Slot::Boolean(member) => ["true", "false"]
            .map(|value| {
                let described = Within::Policy.member(member).filter(|_| value == "true");
                Item {
                    label: value.to_owned(),
                    insert: value.to_owned(),
                    detail: described
                        .map(|one| one.description(Within::Policy, language).to_owned())
                        .unwrap_or_default(),
                    kind: ItemKind::Value,
                }
            })
            .into(),
    }
}

fn skeleton(text: Text, language: Language, insert: &str) -> Item {
    let label = text.in_language(language).to_owned();
    Item { label, insert: insert.to_owned(), detail: String::new(), kind: ItemKind::Skeleton }
}

/// A value, with its array around it unless it stands in one.
fn array(in_array: bool, value: String) -> String {
    if in_array { value } else { format!("[{value}]") }
}

/// The value that the token in hand has for a member, or an empty text to be filled in.
fn first(known: &Known, member: &str) -> String {
    json(&known.values(member).first().map(String::as_str).unwrap_or_default())
}

fn policy_skeleton(known: &Known) -> String {
    format!("{{\n  \"audience\": {},\n  \"trust\": []\n}}", first(known, "audience"))
}

fn rule_skeletons(known: &Known) -> [(Text, String); 2] {
    [
        (
            BY_ISSUER,
            format!(
                "{{ \"issuer\": {}, \"principals\": [{}] }}",
                first(known, "issuer"),
                first(known, "principals")
            ),
        ),
        (BY_ORGANIZATION, format!("{{ \"organization\": {} }}", first(known, "organization"))),
    ]
}

/// The last place at or before `offset` where a character begins.
pub(super) fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
