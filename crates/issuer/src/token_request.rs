//! The input of `GetWebIdentityToken`, validated as AWS does.

use std::collections::BTreeSet;

use crate::aws::AwsError;
use crate::constraints::{Violations, is_tag_character, written_list};
use crate::keys::Algorithm;
use crate::query::Parameters;

const MAX_AUDIENCES: usize = 10;
const MAX_AUDIENCE_CHARACTERS: usize = 1000;
const MIN_DURATION_SECONDS: i32 = 60;
const MAX_DURATION_SECONDS: i32 = 3600;
const DEFAULT_DURATION_SECONDS: u32 = 300;
const MAX_TAGS: usize = 50;
const MAX_TAG_KEY_CHARACTERS: usize = 128;
const MAX_TAG_VALUE_CHARACTERS: usize = 256;

/// A request that satisfies every constraint of the service model.
#[derive(Debug)]
pub(crate) struct TokenRequest {
    pub(crate) audience: Vec<String>,
    pub(crate) duration_seconds: u32,
    pub(crate) algorithm: Algorithm,
    pub(crate) tags: Vec<(String, String)>,
}

impl TokenRequest {
    /// First the constraints of the service model, all of them at once and in the model's order; then
    /// the algorithm's name; then duplicate tag keys.
    pub(crate) fn parse(parameters: &Parameters, offered: &[Algorithm]) -> Result<Self, AwsError> {
        let mut violations = Violations::default();
        let audience = audience(parameters, &mut violations);
        let duration_seconds = duration(parameters, &mut violations)?;
        let algorithm = algorithm(parameters, &mut violations);
        let tags = tags(parameters, &mut violations);
        violations.into_result()?;

        let known = Algorithm::parse(algorithm).filter(|known| offered.contains(known));
        let algorithm = known.ok_or_else(|| {
            let message = "Requested SigningAlgorithm is not supported. See the GetWebIdentityToken \
                           documentation for supported algorithms";
            AwsError::new(400, "ValidationError", message)
        })?;
        let distinct: BTreeSet<_> = tags.iter().map(|(key, _)| key.to_lowercase()).collect();
        if distinct.len() != tags.len() {
            let message =
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(AwsError::new(400, "InvalidParameterValue", message));
        }
        Ok(Self { audience, duration_seconds, algorithm, tags })
    }
}

fn audience(parameters: &Parameters, violations: &mut Violations) -> Vec<String> {
    let Some(audience) = parameters.list("Audience") else {
        violations.add_missing("audience");
        return Vec::new();
    };
    let written = written_list(&audience);
    violations.check_length(&written, audience.len(), "audience", (1, MAX_AUDIENCES));
    let fits = |text: &&str| (1..=MAX_AUDIENCE_CHARACTERS).contains(&text.chars().count());
    if !audience.iter().all(fits) {
        violations.add(
            &written,
            "audience",
            format!(
                "Member must satisfy constraint: [Member must have length less than or equal to \
                 {MAX_AUDIENCE_CHARACTERS}, Member must have length greater than or equal to 1]"
            ),
        );
    }
    audience.into_iter().map(str::to_owned).collect()
}

fn duration(parameters: &Parameters, violations: &mut Violations) -> Result<u32, AwsError> {
    let Some(text) = parameters.value("DurationSeconds") else {
        return Ok(DEFAULT_DURATION_SECONDS);
    };
    let seconds: i32 = text.parse().map_err(|_| {
        AwsError::new(400, "MalformedInput", "DurationSeconds is not a 32-bit integer")
    })?;
    if seconds < MIN_DURATION_SECONDS {
        let constraint =
            format!("Member must have value greater than or equal to {MIN_DURATION_SECONDS}");
        violations.add(seconds, "durationSeconds", constraint);
    } else if seconds > MAX_DURATION_SECONDS {
        let constraint =
            format!("Member must have value less than or equal to {MAX_DURATION_SECONDS}");
        violations.add(seconds, "durationSeconds", constraint);
    }
    Ok(u32::try_from(seconds).unwrap_or_default())
}

fn algorithm<'a>(parameters: &'a Parameters, violations: &mut Violations) -> &'a str {
    let Some(algorithm) = parameters.value("SigningAlgorithm") else {
        violations.add_missing("signingAlgorithm");
        return "";
    };
    violations.check_length(algorithm, algorithm.chars().count(), "signingAlgorithm", (5, 5));
    algorithm
}

fn tags(parameters: &Parameters, violations: &mut Violations) -> Vec<(String, String)> {
    let sent = parameters.structures("Tags", ["Key", "Value"]);
    if sent.len() > MAX_TAGS {
        let written: Vec<String> = sent
            .iter()
            .map(|[key, value]| {
                format!("Tag(key={}, value={})", key.unwrap_or("null"), value.unwrap_or("null"))
            })
            .collect();
        let written = written_list(&written.iter().map(String::as_str).collect::<Vec<_>>());
        violations.check_length(written, sent.len(), "tags", (0, MAX_TAGS));
    }
    let mut tags = Vec::with_capacity(sent.len());
    for ([key, value], number) in sent.into_iter().zip(1..) {
        let at = format!("tags.{number}.member.key");
        let key =
            tag_part(key, &at, (1, MAX_TAG_KEY_CHARACTERS), "+", is_tag_character, violations);
        let at = format!("tags.{number}.member.value");
        let value =
            tag_part(value, &at, (0, MAX_TAG_VALUE_CHARACTERS), "*", is_tag_character, violations);
        tags.push((key, value));
    }
    tags
}

fn tag_part(
    text: Option<&str>,
    at: &str,
    lengths: (usize, usize),
    repetition: &str,
    allowed: fn(char) -> bool,
    violations: &mut Violations,
) -> String {
    let Some(text) = text else {
        violations.add_missing(at);
        return String::new();
    };
    violations.check_length(text, text.chars().count(), at, lengths);
    let pattern_fits = text.chars().all(allowed) && (lengths.0 == 0 || !text.is_empty());
    if !pattern_fits {
        violations.add(
            text,
            at,
            format!(
                "Member must satisfy regular expression pattern: [\\p{{L}}\\p{{Z}}\\p{{N}}_.:/=+\\-@]{repetition}"
            ),
        );
    }
    text.to_owned()
}
