use std::fmt::Display;

use super::quote::readable;
use crate::language::{Language, Text};

/// A sentence about an export: something to know, or a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: Text,
    holes: Vec<(&'static str, Hole)>,
    /// The page of the consumer's documentation that it rests on.
    pub source: Option<&'static str>,
}

/// What fills a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Hole {
    /// A value, the same in every language.
    Value(String),
    /// Several texts, one after the other.
    List(Vec<Text>),
}

impl Note {
    /// The sentence in a language. Values in it are on one line, and cannot change how it reads.
    pub fn in_language(&self, language: Language) -> String {
        let separator = match language {
            Language::English => ", ",
            Language::Japanese => "、",
        };
        let filled: Vec<(&str, String)> = self
            .holes
            .iter()
            .map(|(name, hole)| {
                let value = match hole {
                    Hole::Value(value) => readable(value),
                    Hole::List(texts) => texts
                        .iter()
                        .map(|text| text.in_language(language))
                        .collect::<Vec<_>>()
                        .join(separator),
                };
                (*name, value)
            })
            .collect();
        let holes: Vec<(&str, &dyn Display)> =
            filled.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
        self.text.fill(language, &holes)
    }

    pub(super) fn new(text: Text) -> Self {
        Self { text, holes: Vec::new(), source: None }
    }

    pub(super) fn value(mut self, hole: &'static str, value: impl Display) -> Self {
        self.holes.push((hole, Hole::Value(value.to_string())));
        self
    }

    pub(super) fn list(mut self, hole: &'static str, texts: Vec<Text>) -> Self {
        self.holes.push((hole, Hole::List(texts)));
        self
    }

    pub(super) fn source(mut self, url: &'static str) -> Self {
        self.source = Some(url);
        self
    }
}
