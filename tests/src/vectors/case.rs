//! The shape of the vector files. `tests/vectors/README.md` says it for people.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::json::Json;

/// One file of vectors.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What the file is about, in a sentence.
    pub about: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// What several cases refer to by name.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// What the file is about, in a sentence.
    pub about: String,
    /// Key sets by issuer, by name.
    pub keys: BTreeMap<String, BTreeMap<String, Json>>,
    /// Policies by name.
    pub policies: BTreeMap<String, Json>,
}

/// One case.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it is, unique within its file.
    pub name: String,
    /// Why it must come out as it must: the specification, attack or promise behind it.
    pub why: String,
    /// The token; absent where none is needed, because the policy or the keys are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenText>,
    /// The static key sets: a name in `shared.json`, or the key sets by issuer.
    pub keys: Keys,
    /// The policy: a name in `shared.json`, the policy itself, or its text.
    pub policy: PolicySource,
    /// The time, in seconds since the epoch.
    pub now: u64,
    /// What must come of it.
    pub expect: Expectation,
    /// What other libraries make of the token, measured with the versions in `peers.md`'s table.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub peers: BTreeMap<String, Peer>,
    /// Adds this many bytes of an unknown member to every key set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_set_padding: Option<usize>,
}

/// A token as it stands, or a recipe for one that is too long to write down.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum TokenText {
    /// The token itself.
    Text(String),
    /// Pieces to be joined.
    Pieces(Vec<Piece>),
}

/// A piece of a token.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Piece {
    /// A text as it stands.
    Text(String),
    /// A text so many times.
    Repeat {
        /// The text.
        repeat: String,
        /// How many times.
        times: usize,
    },
}

/// Key sets: shared or a case's own.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Keys {
    /// A name in `shared.json`.
    Shared(String),
    /// The key sets by issuer.
    Own(BTreeMap<String, Json>),
}

/// A policy: shared, a case's own, or a text that JSON cannot hold as a value.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum PolicySource {
    /// A name in `shared.json`.
    Shared(String),
    /// A text, for policies that are no JSON value: only for doors that read text.
    Text {
        /// The text.
        text: String,
    },
    /// The policy.
    Own(Json),
}

/// What must come of a case.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case", deny_unknown_fields)]
pub enum Expectation {
    /// The token is accepted.
    Accepted {
        /// The rule that is met.
        rule: String,
        /// Parts of the identity, by JSON pointer (RFC 6901); null for what must be absent.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        identity: BTreeMap<String, Json>,
    },
    /// A key set is refused as a whole.
    KeysRefused {
        /// The code.
        code: String,
    },
    /// The policy is refused.
    PolicyRefused {
        /// Every fault, in order.
        faults: Vec<ExpectedFault>,
    },
    /// The token is refused.
    Rejected {
        /// The code.
        code: String,
        /// The check that fails first.
        check: String,
        /// A text that `found` contains.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        found_contains: Option<String>,
        /// A text that `expected` contains.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expected_contains: Option<String>,
        /// Codes of further faults that `explain` shows.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<String>,
    },
}

/// A fault of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedFault {
    /// The code.
    pub code: String,
    /// Where.
    pub path: String,
}

/// What another library makes of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    /// It accepts the token.
    Accepted,
    /// It rejects the token.
    Rejected,
}

impl TokenText {
    /// The token in full.
    pub fn build(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Pieces(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text.clone(),
                    Piece::Repeat { repeat, times } => repeat.repeat(*times),
                })
                .collect(),
        }
    }
}

impl From<String> for TokenText {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for TokenText {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Case {
    /// A case by the shared policy `pinned`, the shared key sets and the shared time.
    fn new(name: &str, why: &str, token: Option<TokenText>, expect: Expectation) -> Self {
        Self {
            name: name.to_owned(),
            why: why.to_owned(),
            token,
            keys: Keys::Shared("standard".to_owned()),
            policy: PolicySource::Shared("pinned".to_owned()),
            now: super::shared::NOW,
            expect,
            peers: BTreeMap::new(),
            key_set_padding: None,
        }
    }

    /// A token that must be accepted, by the rule `pinned` unless said otherwise.
    pub(super) fn accepted(name: &str, why: &str, token: impl Into<TokenText>) -> Self {
        let expect = Expectation::Accepted { rule: "pinned".to_owned(), identity: BTreeMap::new() };
        Self::new(name, why, Some(token.into()), expect)
    }

    /// A token that must be refused.
    pub(super) fn rejected(
        name: &str,
        why: &str,
        token: impl Into<TokenText>,
        (code, check): (&str, &str),
    ) -> Self {
        let expect = Expectation::Rejected {
            code: code.to_owned(),
            check: check.to_owned(),
            found_contains: None,
            expected_contains: None,
            also: Vec::new(),
        };
        Self::new(name, why, Some(token.into()), expect)
    }

    /// A policy that must be refused.
    pub(super) fn policy_refused(
        name: &str,
        why: &str,
        policy: PolicySource,
        faults: &[(&str, &str)],
    ) -> Self {
        let faults = faults
            .iter()
            .map(|(code, path)| ExpectedFault {
                code: (*code).to_owned(),
                path: (*path).to_owned(),
            })
            .collect();
        Self { policy, ..Self::new(name, why, None, Expectation::PolicyRefused { faults }) }
    }

    /// Key sets that must be refused as a whole.
    pub(super) fn keys_refused(name: &str, why: &str, code: &str, key_sets: KeySets) -> Self {
        let expect = Expectation::KeysRefused { code: code.to_owned() };
        Self::new(name, why, None, expect).keys(key_sets)
    }

    /// Adds the token that other libraries are given.
    pub(super) fn also_with(mut self, token: impl Into<TokenText>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Replaces the policy by another shared one.
    pub(super) fn by(mut self, shared: &str) -> Self {
        self.policy = PolicySource::Shared(shared.to_owned());
        if let Expectation::Accepted { rule, .. } = &mut self.expect {
            shared.clone_into(rule);
        }
        self
    }

    /// Replaces the policy by one of its own.
    pub(super) fn policy(mut self, policy: serde_json::Value) -> Self {
        self.policy = PolicySource::Own(Json(policy));
        self
    }

    /// Replaces the key sets by other shared ones.
    pub(super) fn shared_keys(mut self, name: &str) -> Self {
        self.keys = Keys::Shared(name.to_owned());
        self
    }

    /// Replaces the key sets by its own.
    pub(super) fn keys(mut self, key_sets: KeySets) -> Self {
        self.keys = Keys::Own(key_sets.into_iter().map(|(k, v)| (k, Json(v))).collect());
        self
    }

    pub(super) fn at(mut self, now: u64) -> Self {
        self.now = now;
        self
    }

    pub(super) fn padded_keys(mut self, bytes: usize) -> Self {
        self.key_set_padding = Some(bytes);
        self
    }

    pub(super) fn found(mut self, text: &str) -> Self {
        if let Expectation::Rejected { found_contains, .. } = &mut self.expect {
            *found_contains = Some(text.to_owned());
        }
        self
    }

    pub(super) fn expecting(mut self, text: &str) -> Self {
        if let Expectation::Rejected { expected_contains, .. } = &mut self.expect {
            *expected_contains = Some(text.to_owned());
        }
        self
    }

    /// Further faults that `explain` shows.
    pub(super) fn also(mut self, codes: &[&str]) -> Self {
        if let Expectation::Rejected { also, .. } = &mut self.expect {
            *also = codes.iter().map(|code| (*code).to_owned()).collect();
        }
        self
    }

    pub(super) fn rule(mut self, name: &str) -> Self {
        if let Expectation::Accepted { rule, .. } = &mut self.expect {
            name.clone_into(rule);
        }
        self
    }

    /// A part of the identity, by JSON pointer.
    pub(super) fn shows(mut self, pointer: &str, value: serde_json::Value) -> Self {
        if let Expectation::Accepted { identity, .. } = &mut self.expect {
            identity.insert(pointer.to_owned(), Json(value));
        }
        self
    }

    /// What other libraries make of it: `+` accepted, `-` rejected, anything else not measured; in the
    /// order aws-jwt-verify, jose, fast-jwt, jsonwebtoken.
    pub(super) fn peers(mut self, verdicts: &str) -> Self {
        let names = ["aws-jwt-verify", "jose", "fast-jwt", "jsonwebtoken"];
        for (name, verdict) in names.into_iter().zip(verdicts.chars()) {
            let verdict = match verdict {
                '+' => Peer::Accepted,
                '-' => Peer::Rejected,
                _ => continue,
            };
            self.peers.insert(name.to_owned(), verdict);
        }
        self
    }
}

/// Key sets by issuer.
pub(super) type KeySets = Vec<(String, serde_json::Value)>;
