//! What the host is told, as JSON.

use countersign::replay::Once;
use countersign::token_cache::Ticket;
use countersign::{
    Detail, Fetch, Identity, Judgement, KeySet, Preparation, Readiness, Rejection, Report,
};
use serde::Serialize;
use serde_json::json;

/// What to do next, or what came of it.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Answer<'a> {
    Fetch(&'a Fetch),
    /// The verdict depends on whether the token was used before.
    Once {
        id: u32,
        key: String,
        until: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        refresh: Option<&'a Fetch>,
    },
    Rejected {
        rejection: &'a Rejection,
        #[serde(flatten)]
        besides: Besides<'a>,
    },
    Verified {
        identity: &'a Identity<'a>,
        #[serde(flatten)]
        besides: Besides<'a>,
    },
    Wait {
        issuer: &'a str,
        until: u64,
    },
}

/// What comes with a verdict.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Besides<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a Report>,
    /// Whether the key is past its lifetime.
    stale: bool,
    /// To be fetched without anyone waiting for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh: Option<&'a Fetch>,
    /// What the host can keep the token under.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<Ticket>,
}

impl Answer<'_> {
    pub(crate) fn of_fetch(fetch: &Fetch) -> String {
        json(&Answer::Fetch(fetch))
    }

    pub(crate) fn of_wait(issuer: &str, until: u64) -> String {
        json(&Answer::Wait { issuer, until })
    }

    pub(crate) fn of_judgement(
        judgement: &Judgement,
        refresh: Option<&Fetch>,
        detail: Detail,
        kept: Option<Ticket>,
    ) -> String {
        let report = (detail == Detail::Report).then(|| judgement.report());
        let besides =
            Besides { report: report.as_ref(), stale: judgement.has_stale_key(), refresh, kept };
        match judgement.verdict() {
            Ok(verified) => json(&Answer::Verified { identity: &verified.identity(), besides }),
            Err(rejection) => json(&Answer::Rejected { rejection, besides }),
        }
    }

    pub(crate) fn of_once(id: u32, once: &Once, refresh: Option<&Fetch>) -> String {
        json(&Answer::Once { id, key: once.key.to_string(), until: once.until, refresh })
    }
}

/// What is to be done to have an issuer's keys ready.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Preparing<'a> {
    Done(&'a Readiness),
    Fetch(&'a Fetch),
    Wait { until: u64 },
}

pub(crate) fn preparation(preparation: &Preparation) -> String {
    json(&match preparation {
        Preparation::Done(readiness) => Preparing::Done(readiness),
        Preparation::Fetch(fetch) => Preparing::Fetch(fetch),
        Preparation::Wait { until } => Preparing::Wait { until: *until },
    })
}

/// How many of a key set's keys are used, and which are not, with the reason.
pub(crate) fn key_set(keys: &KeySet) -> String {
    json!({ "used": keys.keys().len(), "skipped": keys.skipped() }).to_string()
}

#[expect(clippy::expect_used, reason = "these types have text keys only and write to memory")]
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data becomes JSON")
}
