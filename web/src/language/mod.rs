//! English and Japanese: every text that the page shows, in both.

pub mod core;

use std::fmt;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 日本語.
    Japanese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// The language's own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Japanese => "日本語",
        }
    }

    /// The tag for HTML's `lang` (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// The language with this tag, its region ignored: `ja-JP` is Japanese.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

/// A text in every language. Both are written where it is defined, so none can be forgotten.
///
/// `{name}` marks a hole, which [`Text::fill`] fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    en: &'static str,
    ja: &'static str,
}

impl Text {
    /// A text: in English, in Japanese.
    pub const fn new(en: &'static str, ja: &'static str) -> Self {
        Self { en, ja }
    }

    /// The text in a language.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Japanese => self.ja,
        }
    }

    /// The text in a language with its holes filled, each named without its braces. What fills a hole is
    /// never looked at for further holes.
    pub fn fill(self, language: Language, holes: &[(&str, &dyn fmt::Display)]) -> String {
        let mut rest = self.in_language(language);
        let mut filled = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            if let Some((_, value)) = holes.iter().find(|(hole, _)| *hole == name) {
                filled.push_str(&value.to_string());
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, Text};

    #[test]
    fn holes_are_filled_once() {
        const TEXT: Text = Text::new("from {a} to {b}", "{b}は{a}から");
        let holes: [(&str, &dyn std::fmt::Display); 2] = [("a", &"{b}"), ("b", &2)];
        assert_eq!(TEXT.fill(Language::English, &holes), "from {b} to 2");
        assert_eq!(TEXT.fill(Language::Japanese, &holes), "2は{b}から");
    }

    #[test]
    fn tags() {
        assert_eq!(Language::of_tag("ja-JP"), Some(Language::Japanese));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        assert_eq!(Language::of_tag("de"), None);
    }
}
