use std::fmt;

use crate::evaluate::joined;

/// A pattern of a path of segments with slashes between them.
///
/// `*` stands for any characters within one segment (a segment that is only `*` must not be empty);
/// `**`, as a whole segment and once in a pattern, stands for any number of segments, none included.
/// Matching takes time linear in pattern and text, whatever they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    text: String,
    before: Vec<SegmentPattern>,
    /// What follows `**`; `None` if the pattern has no `**`.
    after: Option<Vec<SegmentPattern>>,
}

/// A pattern of one segment: `*` stands for any characters, none included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentPattern {
    /// The literal texts around the stars: always one more than there are stars.
    literals: Vec<String>,
}

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternFault {
    /// `**` stands within a segment.
    CrossingWithinSegment,
    /// A segment is empty: a slash at an end, or two in a row.
    EmptySegment,
    /// `?` would match one character in IAM, and is not supported.
    QuestionMark,
    /// `**` stands there more than once.
    SecondCrossing,
}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// The first fault.
    pub fn parse(text: &str) -> Result<Self, PatternFault> {
        let mut before = Vec::new();
        let mut after: Option<Vec<SegmentPattern>> = None;
        for segment in text.split('/') {
            if segment == "**" {
                if after.replace(Vec::new()).is_some() {
                    return Err(PatternFault::SecondCrossing);
                }
                continue;
            }
            after.as_mut().unwrap_or(&mut before).push(SegmentPattern::parse(segment)?);
        }
        Ok(Self { text: text.to_owned(), before, after })
    }

    /// Whether a path matches. A path with an empty segment never does.
    pub fn matches(&self, path: &str) -> bool {
        self.matches_counting(path, &mut 0)
    }

    /// As [`PathPattern::matches`], and adds how many bytes of both are compared: no more than there are,
    /// which the tests hold it to.
    #[doc(hidden)]
    pub fn matches_counting(&self, path: &str, bytes: &mut usize) -> bool {
        let mut fit =
            |(pattern, segment): (&SegmentPattern, &str)| pattern.matches_counting(segment, bytes);
        let segments = path.split('/').count();
        let after = self.after.as_deref().unwrap_or_default();
        let fixed = self.before.len() + after.len();
        let fits = if self.after.is_some() { segments >= fixed } else { segments == fixed };
        fits && !path.split('/').any(str::is_empty)
            && self.before.iter().zip(path.split('/')).all(&mut fit)
            && after.iter().rev().zip(path.rsplit('/')).all(&mut fit)
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl SegmentPattern {
    /// Reads a pattern of one segment.
    ///
    /// # Errors
    /// The first fault.
    pub fn parse(text: &str) -> Result<Self, PatternFault> {
        if text.is_empty() {
            return Err(PatternFault::EmptySegment);
        }
        if text.contains("**") {
            return Err(PatternFault::CrossingWithinSegment);
        }
        if text.contains('?') {
            return Err(PatternFault::QuestionMark);
        }
        Ok(Self { literals: text.split('*').map(str::to_owned).collect() })
    }

    /// Whether a segment matches.
    ///
    /// The literals between stars are looked for from the left, each once: `str::find` is linear, and
    /// no literal is ever tried again further left.
    pub fn matches(&self, segment: &str) -> bool {
        self.matches_counting(segment, &mut 0)
    }

    fn matches_counting(&self, segment: &str, bytes: &mut usize) -> bool {
        let Some((first, rest)) = self.literals.split_first() else { return false };
        *bytes += first.len();
        let Some((last, middle)) = rest.split_last() else { return segment == first };
        *bytes += last.len();
        let Some(mut text) = segment.strip_prefix(first.as_str()) else { return false };
        let Some(inner) = text.strip_suffix(last.as_str()) else { return false };
        text = inner;
        for literal in middle {
            let found = text.split_once(literal.as_str());
            let right = found.map_or("", |(_, right)| right);
            *bytes += text.len() - right.len();
            if found.is_none() {
                return false;
            }
            text = right;
        }
        true
    }
}

impl fmt::Display for SegmentPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&joined(&self.literals, "*"))
    }
}

impl fmt::Display for PatternFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CrossingWithinSegment => {
                "`**` within a segment: it must stand alone between slashes"
            }
            Self::EmptySegment => "an empty segment: a slash at an end, or two in a row",
            Self::QuestionMark => "`?`, which is not supported: write `*`",
            Self::SecondCrossing => "a second `**`: one is allowed",
        })
    }
}

impl std::error::Error for PatternFault {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PathPattern, PatternFault, SegmentPattern};

    fn matches(pattern: &str, path: &str) -> bool {
        PathPattern::parse(pattern).unwrap().matches(path)
    }

    #[test]
    fn one_star_stays_within_a_segment() {
        assert!(matches("billing/*", "billing/Nightly"));
        assert!(!matches("billing/*", "billing/a/Nightly"));
        assert!(!matches("billing/*", "billing"));
        assert!(!matches("billing/*", "billing/"));
        assert!(matches("Deploy-*-eu", "Deploy-api-eu"));
        assert!(matches("Deploy-*-eu", "Deploy--eu"));
        assert!(!matches("Deploy-*-eu", "Deploy-eu"), "prefix and suffix must not overlap");
        assert!(matches("*a*b*", "xxaxxbxx"));
        assert!(!matches("*a*b*", "xxbxxaxx"));
        assert!(!matches("Admin", "admin"), "case matters");
    }

    #[test]
    fn two_stars_cross_segments() {
        assert!(matches("**", "Name"));
        assert!(matches("**", "a/b/Name"));
        assert!(matches("a/**", "a"), "none included");
        assert!(matches("a/**/Name", "a/Name"));
        assert!(matches("a/**/Name", "a/b/c/Name"));
        assert!(!matches("a/**/Name", "Name"));
        assert!(!matches("a/**/a", "a"), "one segment cannot serve twice");
        assert!(!matches("**", "a//b"));
    }

    #[test]
    fn faults_are_named() {
        for (text, fault) in [
            ("", PatternFault::EmptySegment),
            ("/a", PatternFault::EmptySegment),
            ("a/", PatternFault::EmptySegment),
            ("a**", PatternFault::CrossingWithinSegment),
            ("**/a/**", PatternFault::SecondCrossing),
            ("a?", PatternFault::QuestionMark),
        ] {
            assert_eq!(PathPattern::parse(text), Err(fault), "{text}");
        }
    }

    /// The obvious exponential matcher, as an oracle.
    fn naive(pattern: &[u8], text: &[u8]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((b'*', rest)) => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
            Some((byte, rest)) => {
                text.split_first().is_some_and(|(first, tail)| first == byte && naive(rest, tail))
            }
        }
    }

    proptest! {
        #[test]
        fn a_segment_matches_as_the_naive_matcher_says(
            pattern in r"\*|\*?[ab]{1,2}(\*[ab]{1,2}){0,3}\*?", text in "[ab]{0,10}",
        ) {
            let fast = SegmentPattern::parse(&pattern).unwrap().matches(&text);
            prop_assert_eq!(fast, naive(pattern.as_bytes(), text.as_bytes()));
        }

        #[test]
        fn any_text_is_a_pattern_or_a_fault(pattern in ".{0,40}", path in ".{0,40}") {
            if let Ok(pattern) = PathPattern::parse(&pattern) {
                pattern.matches(&path);
            }
        }
    }

    #[test]
    fn a_hostile_pattern_costs_no_more_than_its_length() {
        // A backtracking matcher would need 2^1000 steps here; this one reads each text once.
        let pattern = format!("{}c", "*a".repeat(1000));
        let text = "a".repeat(100_000);
        assert!(!matches(&pattern, &text));
        assert!(matches(&"*a".repeat(1000), &text));
        let mut bytes = 0;
        assert!(!PathPattern::parse(&pattern).unwrap().matches_counting(&text, &mut bytes));
        assert!(bytes <= pattern.len() + text.len(), "{bytes}");
    }
}
