//! What the host is told, as JSON.

use countersign::json::{Row, to_text};
use countersign::keys::SkippedKey;
use countersign::replay::Once;
use countersign::token_cache::Ticket;
use countersign::{
    Detail, Fetch, Identity, Judgement, KeySet, Preparation, Readiness, Rejection, Report,
};
use serde::Serialize;

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
        #[serde(skip_serializing_if = "Option::is_none")]
        report: Option<&'a Report>,
        /// Whether the key is past its lifetime.
        stale: bool,
        /// To be fetched without anyone waiting for it.
        #[serde(skip_serializing_if = "Option::is_none")]
        refresh: Option<&'a Fetch>,
    },
    Wait {
        issuer: &'a str,
        until: u64,
    },
}

impl Answer<'_> {
    pub(crate) fn of_fetch(fetch: &Fetch) -> String {
        to_text(&Answer::Fetch(fetch))
    }

    pub(crate) fn of_wait(issuer: &str, until: u64) -> String {
        to_text(&Answer::Wait { issuer, until })
    }

    pub(crate) fn of_judgement(
        judgement: &Judgement,
        refresh: Option<&Fetch>,
        detail: Detail,
        kept: Option<Ticket>,
    ) -> String {
        let report = (detail == Detail::Report).then(|| judgement.report());
        let (report, stale) = (report.as_ref(), judgement.has_stale_key());
        match judgement.verdict() {
            Ok(verified) => verified_row(&verified.identity(), report, stale, refresh, kept),
            Err(rejection) => to_text(&Answer::Rejected { rejection, report, stale, refresh }),
        }
    }

    pub(crate) fn of_once(id: u32, once: &Once, refresh: Option<&Fetch>) -> String {
        to_text(&Answer::Once { id, key: once.key.to_string(), until: once.until, refresh })
    }
}

/// What nearly every call answers: an array, for the sake of speed. See `pkg/src/identity.ts`.
fn verified_row(
    identity: &Identity<'_>,
    report: Option<&Report>,
    stale: bool,
    refresh: Option<&Fetch>,
    kept: Option<Ticket>,
) -> String {
    /// Room for all but the claims: what is too short costs a copy.
    const BESIDES: usize = 2048;
    let mut row = Row::with_capacity(identity.claims.0.len() + BESIDES);
    row.boolean(stale);
    optional(&mut row, refresh);
    optional(&mut row, report);
    // What the host can keep the token under.
    row.optional_number(kept.map(|ticket| ticket.slot as u64));
    row.optional_number(kept.map(|ticket| ticket.serial));
    identity.add_to(&mut row);
    row.finish()
}

fn optional(row: &mut Row, value: Option<&impl Serialize>) {
    match value {
        Some(value) => row.json(&to_text(value)),
        None => row.null(),
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
    to_text(&match preparation {
        Preparation::Done(readiness) => Preparing::Done(readiness),
        Preparation::Fetch(fetch) => Preparing::Fetch(fetch),
        Preparation::Wait { until } => Preparing::Wait { until: *until },
    })
}

/// How many of a key set's keys are used, and which are not, with the reason.
#[derive(Serialize)]
struct Given<'a> {
    used: usize,
    skipped: &'a [SkippedKey],
}

pub(crate) fn key_set(keys: &KeySet) -> String {
    to_text(&Given { used: keys.keys().len(), skipped: keys.skipped() })
}
