//! What the core could say, read from its source: the cases do not reach every phrase.

use std::fs;
use std::path::{Path, PathBuf};

use countersign::keys::{DiscoveryCode, JwkCode, KeySetCode};
use countersign::{CATALOGUE, Check, Code, NOTICE, PolicyCode};

use super::super::evidence::ALTERNATIVES;
use super::super::findings::{LAYERS, OWN};
use super::super::phrases::PHRASES;
use super::super::template::translate;
use super::is_free_of_prose;

/// What the page never shows, or shows in its own words.
const NOT_SHOWN: &[&str] = &[
    // Of host languages that give fetched bytes in another way.
    "bytes or text",
    // Settings of the key store, which the page does not have.
    "{setting} is outside its range. Expected {least} to {most}; found {found}.",
    "{} where an object is expected",
    "a smaller number",
    "missing field `{name}`",
    "unknown field `{name}`, expected one of `{known}`",
    // Of a slip in this crate.
    "only types that have no place in plain data lead here",
    "this is no plain data",
    // Tokens that are kept: the page judges what is pasted.
    "maxTokens is outside its range. Expected 1 to {MAX_KEPT_TOKENS}; found {found}.",
    // Budgets and snapshots: the page fetches when a person asks for it, and keeps no keys.
    "as much as may be fetched was fetched (the budget is used up)",
    "it is too old",
    "it was fetched in the future, at {}",
    "its key set comes from another origin",
    "its keys were given, and stay",
    "keys that are as new or newer are there",
    "newer keys of it stand in the same snapshot",
    "no trust rule covers it",
    "The text is no snapshot of keys: {}.",
    "version {found}, where {} is expected",
    // The page lists the faults of a policy one by one.
    "The policy cannot be right.",
    // Their first word is taken off.
    "any algorithm",
    "any trust rule",
    // Put into words by `alternatives`.
    "{shown} or one of {more} more",
    // Meanings of header members, which are told apart by name.
    "The signing algorithm.",
    "The key's id, which is unique only within the issuer.",
    // In attributes: the crate's and the schema's description, and why a lint does not hold.
    "Verifies the JSON Web Tokens that AWS issues, and says why a token was refused.",
    "Whom a service trusts, and for what: who may send it tokens that AWS issued.",
    "serde passes a reference",
    "it only gives the schema its shape",
];

#[test]
fn every_phrase_in_the_cores_source_is_known() {
    let literals = literals();
    let known = known();
    let unknown: Vec<String> = literals
        .iter()
        .filter(|(_, text)| !is_free_of_prose(text) && !NOT_SHOWN.contains(&&**text))
        .filter(|(_, text)| !is_said(text, &known))
        .map(|(file, text)| format!("{}: {text:?}", file.display()))
        .collect();
    assert!(unknown.is_empty(), "no Japanese for\n{}", unknown.join("\n"));
    assert!(literals.len() > 800, "only {} literals", literals.len());
    for text in NOT_SHOWN {
        assert!(literals.iter().any(|(_, literal)| literal == text), "{text:?} is not there");
    }
}

/// Everything in English that has Japanese beside it.
fn known() -> Vec<&'static str> {
    let phrases = [PHRASES, OWN, ALTERNATIVES, LAYERS].into_iter().flatten().map(|(en, _)| *en);
    phrases
        .chain(Code::ALL.iter().flat_map(|code| [code.fault(), code.remedy()]))
        .chain(PolicyCode::ALL.iter().flat_map(|code| [code.fault(), code.remedy()]))
        .chain(JwkCode::ALL.iter().flat_map(|code| [code.fault(), code.remedy()]))
        .chain(KeySetCode::ALL.iter().flat_map(|code| [code.fault(), code.remedy()]))
        .chain(DiscoveryCode::ALL.iter().flat_map(|code| [code.fault(), code.remedy()]))
        .chain(Check::ALL.iter().map(|check| check.question()))
        .chain(CATALOGUE.iter().map(|claim| claim.meaning))
        .chain([NOTICE])
        .collect()
}

/// Whether a literal is a phrase, its holes filled in one way or another, or a piece of one.
fn is_said(literal: &str, known: &[&str]) -> bool {
    let pieces = pieces(literal);
    let is_phrase = ["\"x\"", "7", "a string"].iter().any(|value| {
        let filled = pieces.join(value);
        [PHRASES, OWN, ALTERNATIVES].iter().any(|phrases| translate(phrases, &filled).is_some())
    });
    is_phrase
        || pieces
            .iter()
            .all(|piece| is_free_of_prose(piece) || known.iter().any(|text| text.contains(piece)))
}

/// What stands around the holes of a format string.
fn pieces(literal: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else { break };
        pieces.push(before);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// Parts of the core that are in builds for services only, which the page is not.
const OF_SERVICES: [&str; 4] = ["answer", "axum.rs", "service", "tower.rs"];

/// The string literals of the core's source and of what it reads by, tests and comments left out.
fn literals() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut folders = vec![root.join("core/src"), root.join("encoding/src")];
    let mut literals = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            match path.is_dir() {
                _ if OF_SERVICES.contains(&name) => {}
                true if name != "tests" => folders.push(path),
                false
                    if name.ends_with(".rs") && !["tests.rs", "properties.rs"].contains(&name) =>
                {
                    let text = fs::read_to_string(&path).unwrap();
                    let file = path.strip_prefix(&root).unwrap();
                    literals.extend(literals_in(&text).map(|text| (file.to_owned(), text)));
                }
                _ => {}
            }
        }
    }
    literals
}

fn literals_in(source: &str) -> impl Iterator<Item = String> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code: Vec<&str> = source.lines().filter(is_code).collect();
    // A quote as a character would begin a string.
    let code = code.join("\n").replace("'\"'", "' '").replace("'\\\"'", "' '");
    let mut literals = Vec::new();
    let mut chars = code.chars();
    while chars.by_ref().any(|c| c == '"') {
        let mut literal = String::new();
        while let Some(c) = chars.next().filter(|c| *c != '"') {
            match (c, c == '\\') {
                (_, true) => match chars.next() {
                    // The line goes on; its indentation does not count.
                    Some('\n') => {
                        let rest = chars.as_str().trim_start();
                        chars = rest.chars();
                    }
                    Some('n') => literal.push('\n'),
                    Some(other) => literal.push(other),
                    None => {}
                },
                (c, false) => literal.push(c),
            }
        }
        literals.push(literal);
    }
    literals.into_iter()
}
