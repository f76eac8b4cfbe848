//! A pattern and what it is to match, a line each, beside the obvious matcher.

use countersign::{PathPattern, Principal, PrincipalPattern, SegmentPattern};

use crate::shared::{assert_printable, text};

/// Runs the target.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (pattern, subject) = text.split_once('\n').unwrap_or((text, ""));
    // The obvious matcher takes time that grows with the product of both lengths.
    if pattern.len() + subject.len() > 500 {
        return;
    }
    match PathPattern::parse(pattern) {
        Err(fault) => assert_printable(&fault.to_string()),
        Ok(parsed) => {
            let mut bytes = 0;
            let matches = parsed.matches_counting(subject, &mut bytes);
            assert_eq!(matches, path_matches(pattern, subject));
            // Each byte of both is compared once: no pattern costs more than its length.
            assert!(bytes <= pattern.len() + subject.len(), "{bytes}");
        }
    }
    if let Ok(parsed) = SegmentPattern::parse(pattern) {
        assert_eq!(parsed.to_string(), pattern);
        assert_eq!(parsed.matches(subject), matches(pattern.as_bytes(), subject.as_bytes()));
    }
    principals(pattern, subject);
}

fn principals(pattern: &str, subject: &str) {
    let principal = Principal::parse(subject);
    match (PrincipalPattern::parse(pattern), &principal) {
        (Err(fault), _) => assert_printable(&fault),
        (Ok(parsed), None) => assert_eq!(parsed.as_str(), pattern),
        (Ok(parsed), Some(principal)) => {
            assert_eq!(parsed.matches(principal), arn_matches(pattern, subject));
        }
    }
    if let Some(principal) = principal {
        assert_eq!(principal.arn, subject);
        let rest = format!("{}{}", principal.path, principal.name);
        assert!(subject.ends_with(&rest), "{rest}");
        // Whoever can be named can be trusted by name.
        if !subject.contains(['*', '?']) {
            let own = PrincipalPattern::parse(subject)
                .unwrap_or_else(|fault| panic!("{subject} is no pattern of itself: {fault}"));
            assert!(own.matches(&principal), "{subject} does not match itself");
        }
    }
}

/// The ARNs part by part: each is the same, or `*` in the pattern where that may stand.
fn arn_matches(pattern: &str, subject: &str) -> bool {
    let pattern: Vec<&str> = pattern.splitn(6, ':').collect();
    let subject: Vec<&str> = subject.splitn(6, ':').collect();
    let (kind, path) = pattern[5].split_once('/').unwrap();
    let (other_kind, other_path) = subject[5].split_once('/').unwrap();
    let field = |at: usize| pattern[at] == "*" || pattern[at] == subject[at];
    field(1) && field(4) && kind == other_kind && path_matches(path, other_path)
}

/// Segment by segment, every way in which `**` can be read.
fn path_matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    !path.iter().any(|segment| segment.is_empty()) && segments_match(&pattern, &path)
}

fn segments_match(pattern: &[&str], path: &[&str]) -> bool {
    match pattern.split_first() {
        None => path.is_empty(),
        Some((&"**", rest)) => (0..=path.len()).any(|skip| segments_match(rest, &path[skip..])),
        Some((first, rest)) => path.split_first().is_some_and(|(segment, tail)| {
            matches(first.as_bytes(), segment.as_bytes()) && segments_match(rest, tail)
        }),
    }
}

/// Which lengths of the text each beginning of the pattern can match.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for byte in pattern {
        if *byte == b'*' {
            let first = reached.iter().position(|reached| *reached).unwrap_or(reached.len());
            reached[first..].fill(true);
        } else {
            for at in (0..text.len()).rev() {
                reached[at + 1] = reached[at] && text[at] == *byte;
            }
            reached[0] = false;
        }
    }
    reached[text.len()]
}
