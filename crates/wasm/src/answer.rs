//! What the host is told, as JSON.

use countersign::{Detail, Fetch, Identity, Judgement, KeySet, Rejection, Report, Step};
use serde::Serialize;
use serde_json::json;

/// What to do next, or what came of it.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Answer<'a> {
    Fetch(&'a Fetch),
    Rejected {
        rejection: &'a Rejection,
        #[serde(skip_serializing_if = "Option::is_none")]
        report: Option<&'a Report>,
    },
    Verified {
        identity: &'a Identity<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        report: Option<&'a Report>,
    },
    Wait {
        issuer: &'a str,
        until: u64,
    },
}

impl Answer<'_> {
    pub(crate) fn of_step(step: &Step, detail: Detail) -> String {
        match step {
            Step::Fetch(fetch) => json(&Answer::Fetch(fetch)),
            Step::Judged(judgement) => Self::of_judgement(judgement, detail),
            Step::Wait { issuer, until } => json(&Answer::Wait { issuer, until: *until }),
        }
    }

    pub(crate) fn of_judgement(judgement: &Judgement, detail: Detail) -> String {
        let report = (detail == Detail::Report).then(|| judgement.report());
        let report = report.as_ref();
        match judgement.verdict() {
            Ok(verified) => json(&Answer::Verified { identity: &verified.identity(), report }),
            Err(rejection) => json(&Answer::Rejected { rejection, report }),
        }
    }
}

/// How many of a key set's keys are used, and which are not, with the reason.
pub(crate) fn key_set(keys: &KeySet) -> String {
    json!({ "used": keys.keys().len(), "skipped": keys.skipped() }).to_string()
}

#[expect(clippy::expect_used, reason = "these types have text keys only and write to memory")]
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data becomes JSON")
}
