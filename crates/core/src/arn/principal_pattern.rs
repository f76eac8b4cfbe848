use std::fmt;

use super::path_pattern::PathPattern;
use super::principal::{Arn, Principal, PrincipalKind};
use super::{is_account_id, is_partition};
use crate::shown::Quoted;

/// A pattern of IAM principals, such as `arn:aws:iam::123456789012:role/billing/*`.
///
/// Partition and account are compared as fields, never as text; each is a literal or `*`. Path and
/// name together form a [`PathPattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalPattern {
    text: String,
    partition: Option<String>,
    account: Option<String>,
    kind: PrincipalKind,
    path: PathPattern,
}

impl PrincipalPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with the text, for people.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some(arn) = Arn::parse(text) else {
            return Err("a text that is no ARN".to_owned());
        };
        let literal = |field: &str| (field != "*").then(|| field.to_owned());
        if arn.partition != "*" && !is_partition(arn.partition) {
            return Err(format!("the partition {}", Quoted(arn.partition)));
        }
        if arn.service != "iam" {
            return Err(format!(
                "the service {}; the subject of a token is an IAM ARN",
                Quoted(arn.service)
            ));
        }
        if !arn.region.is_empty() {
            return Err(format!("the region {}; IAM ARNs have none", Quoted(arn.region)));
        }
        if arn.account != "*" && !is_account_id(arn.account) {
            return Err(format!(
                "the account {}; it must be 12 digits or `*`",
                Quoted(arn.account)
            ));
        }
        let (kind, rest) = match arn.resource.split_once('/') {
            Some(("role", rest)) => (PrincipalKind::Role, rest),
            Some(("user", rest)) => (PrincipalKind::User, rest),
            _ => {
                return Err(format!(
                    "the resource {}; it must be role/… or user/…",
                    Quoted(arn.resource)
                ));
            }
        };
        // A path may hold colons, a name not.
        let name = rest.rsplit('/').next().unwrap_or_default();
        if !rest.chars().all(|c| c.is_ascii_graphic()) || name.contains(':') {
            return Err("a character that no path or name has".to_owned());
        }
        let path = PathPattern::parse(rest).map_err(|fault| fault.to_string())?;
        Ok(Self {
            text: text.to_owned(),
            partition: literal(arn.partition),
            account: literal(arn.account),
            kind,
            path,
        })
    }

    /// Whether a principal matches.
    pub fn matches(&self, principal: &Principal) -> bool {
        let field =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|w| w == found);
        self.kind == principal.kind
            && field(&self.partition, &principal.partition)
            && field(&self.account, &principal.account)
            && self.path.matches(principal.resource_path())
    }

    /// The account that the pattern names, unless it takes any.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Whether there is no star in it: it matches the ARN that it is, and no other.
    pub(crate) fn is_literal(&self) -> bool {
        !self.text.contains('*')
    }

    /// The first segment of path and name, unless there is a star in it: that of every principal that matches.
    pub(crate) fn first_segment(&self) -> Option<&str> {
        let path = self.text.split_once('/').map_or("", |(_, path)| path);
        path.split('/').next().filter(|segment| !segment.contains('*'))
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for PrincipalPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::PrincipalPattern;
    use crate::arn::Principal;

    fn matches(pattern: &str, arn: &str) -> bool {
        PrincipalPattern::parse(pattern).unwrap().matches(&Principal::parse(arn).unwrap())
    }

    #[test]
    fn fields_are_not_text() {
        let arn = "arn:aws:iam::123456789012:role/billing/Nightly";
        assert!(matches(arn, arn));
        assert!(matches("arn:aws:iam::123456789012:role/billing/*", arn));
        assert!(matches("arn:*:iam::*:role/**", arn));
        assert!(!matches("arn:aws:iam::*:role/*", arn), "`*` does not cross into a path");
        assert!(!matches("arn:aws:iam::*:user/**", arn));
        assert!(!matches("arn:aws-cn:iam::*:role/**", arn));
        assert!(!matches("arn:aws:iam::123456789013:role/**", arn));
    }

    #[test]
    fn a_path_with_colons_can_be_named() {
        let arn = "arn:aws:iam::123456789012:role/a:b/Nightly";
        assert!(matches(arn, arn));
        assert!(matches("arn:aws:iam::*:role/a:*/*", arn));
        assert!(!matches("arn:aws:iam::*:role/a:c/*", arn));
    }

    #[test]
    fn what_is_no_pattern() {
        for text in [
            "*",
            "arn:aws:iam::*:*",
            "arn:aws:iam::1234*:role/x",
            "arn:a*:iam::123456789012:role/x",
            "arn:aws:sts::123456789012:assumed-role/x/y",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:iam::123456789012:role/a b",
            "arn:aws:iam::123456789012:role/a/b:c",
            "arn:aws:iam:eu-west-1:123456789012:role/x",
        ] {
            assert!(PrincipalPattern::parse(text).is_err(), "{text}");
        }
    }
}
