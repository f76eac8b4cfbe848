//! Parameter constraints, and AWS's way of reporting those that were violated.

use std::fmt::Display;

use unicode_general_category::{GeneralCategory as Category, get_general_category};

use crate::aws::AwsError;

/// The constraints that a request violates, in the order in which they were found.
#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<String>);

impl Violations {
    /// Records that `value`, at the member `at`, is not as it must be.
    pub(crate) fn add(&mut self, value: impl Display, at: &str, constraint: impl Display) {
        self.0
            .push(format!("Value '{value}' at '{at}' failed to satisfy constraint: {constraint}"));
    }

    /// Records that the required member `at` is missing.
    pub(crate) fn add_missing(&mut self, at: &str) {
        self.0.push(format!(
            "Value null at '{at}' failed to satisfy constraint: Member must not be null"
        ));
    }

    /// Checks that `size`, the length of `value`, is within `least..=most`.
    pub(crate) fn check_length(
        &mut self,
        value: impl Display,
        size: usize,
        at: &str,
        (least, most): (usize, usize),
    ) {
        if size < least {
            self.add(
                value,
                at,
                format!("Member must have length greater than or equal to {least}"),
            );
        } else if size > most {
            self.add(value, at, format!("Member must have length less than or equal to {most}"));
        }
    }

    /// `ValidationError` if anything was violated.
    pub(crate) fn into_result(self) -> Result<(), AwsError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let noun = if self.0.len() == 1 { "error" } else { "errors" };
        let message = format!("{} validation {noun} detected: {}", self.0.len(), self.0.join("; "));
        Err(AwsError::new(400, "ValidationError", message))
    }
}

/// A list as AWS writes it in messages: `[a, b]`.
pub(crate) fn written_list(members: &[&str]) -> String {
    format!("[{}]", members.join(", "))
}

/// Whether a character may stand in a tag: `[\p{L}\p{Z}\p{N}_.:/=+\-@]`.
pub(crate) fn is_tag_character(character: char) -> bool {
    "_.:/=+-@".contains(character)
        || matches!(
            get_general_category(character),
            Category::UppercaseLetter
                | Category::LowercaseLetter
                | Category::TitlecaseLetter
                | Category::ModifierLetter
                | Category::OtherLetter
                | Category::SpaceSeparator
                | Category::LineSeparator
                | Category::ParagraphSeparator
                | Category::DecimalNumber
                | Category::LetterNumber
                | Category::OtherNumber
        )
}

#[cfg(test)]
mod tests {
    use super::{Violations, is_tag_character};

    #[test]
    fn violations_are_counted_and_joined() {
        let mut violations = Violations::default();
        violations.add_missing("audience");
        violations.check_length("RS", 2, "signingAlgorithm", (5, 5));
        let error = violations.into_result().unwrap_err();
        assert_eq!(
            error.message,
            "2 validation errors detected: Value null at 'audience' failed to satisfy constraint: \
             Member must not be null; Value 'RS' at 'signingAlgorithm' failed to satisfy constraint: \
             Member must have length greater than or equal to 5"
        );
    }

    #[test]
    fn tags_take_letters_numbers_and_separators_of_every_script() {
        assert!("aZé漢९Ⅷ½ \u{2028}_.:/=+-@".chars().all(is_tag_character));
        assert!(!"*!,;#$%&()<>\n\t\u{301}€😀".chars().any(is_tag_character));
    }
}
