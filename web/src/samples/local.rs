//! What the page and a local issuer next to it say to each other.

use std::collections::BTreeMap;

use countersign::Algorithm;
use serde::{Deserialize, Serialize};

/// A principal of the local issuer, for whom it mints tokens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct LocalPrincipal {
    /// The principal's ARN.
    pub arn: String,
    /// The access key id, which says who asks.
    #[serde(rename = "access_key_id")]
    pub access_key: String,
}

/// What is asked of the local issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Minting {
    /// Who asks.
    #[serde(rename = "accessKeyId")]
    pub access_key: String,
    /// For whom the token shall be.
    pub audience: Vec<String>,
    /// What it shall be signed with.
    pub signing_algorithm: Algorithm,
    /// How long it shall live.
    pub duration_seconds: u64,
    /// The request's tags.
    pub tags: BTreeMap<String, String>,
}

/// The form as it was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The access key id of a principal.
    pub access_key: String,
    /// Audiences, one a line.
    pub audiences: String,
    /// The signing algorithm.
    pub algorithm: Algorithm,
    /// The lifetime, in seconds.
    pub duration: String,
    /// The tags, one a line, as `key=value`.
    pub tags: String,
}

/// What cannot be asked as the form has it. The issuer itself judges the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormFault {
    /// This is no number of seconds.
    Duration(String),
    /// This line is not `key=value`.
    TagLine(String),
    /// Two lines have this key.
    TagTwice(String),
}

/// Why the local issuer did not do what it was asked, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Refusal {
    /// The error code.
    #[serde(default)]
    pub code: String,
    /// The message.
    #[serde(default, alias = "fault")]
    pub message: String,
}

impl Form {
    /// What is asked for.
    ///
    /// # Errors
    /// The first [`FormFault`].
    pub fn read(&self) -> Result<Minting, FormFault> {
        let duration = self.duration.trim();
        Ok(Minting {
            access_key: self.access_key.clone(),
            audience: lines(&self.audiences).map(str::to_owned).collect(),
            signing_algorithm: self.algorithm,
            duration_seconds: duration
                .parse()
                .map_err(|_| FormFault::Duration(duration.to_owned()))?,
            tags: tags(&self.tags)?,
        })
    }
}

fn tags(text: &str) -> Result<BTreeMap<String, String>, FormFault> {
    let mut tags = BTreeMap::new();
    for line in lines(text) {
        let (key, value) =
            line.split_once('=').ok_or_else(|| FormFault::TagLine(line.to_owned()))?;
        let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
        if tags.insert(key.clone(), value).is_some() {
            return Err(FormFault::TagTwice(key));
        }
    }
    Ok(tags)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The principals in a local issuer's answer, in the order of their ARNs.
///
/// # Errors
/// The issuer's refusal, or one that quotes nothing when the answer is none of its.
pub fn principals(answer: &str) -> Result<Vec<LocalPrincipal>, Refusal> {
    #[derive(Deserialize)]
    struct State {
        principals: Vec<LocalPrincipal>,
    }
    let mut state: State = serde_json::from_str(answer).map_err(|_| Refusal::read(answer))?;
    state.principals.sort();
    Ok(state.principals)
}

/// The token in a local issuer's answer.
///
/// # Errors
/// As [`principals`].
pub fn minted(answer: &str) -> Result<String, Refusal> {
    #[derive(Deserialize)]
    struct Minted {
        token: String,
    }
    serde_json::from_str::<Minted>(answer)
        .map(|minted| minted.token)
        .map_err(|_| Refusal::read(answer))
}

impl Refusal {
    fn read(answer: &str) -> Self {
        serde_json::from_str(answer).unwrap_or_default()
    }
}
