//! `countersign verify`: the core judges; this has fetched what it asks for, and says what came of it.

mod render;

use std::path::Path;

use countersign::{
    Detail, Fetch, FetchOutcome, Identity, Judgement, KeySet, KeySetLimits, KeyStoreSettings,
    Policy, Rejection, Report, Step, Unverified, Verifier,
};
use serde::Serialize;

use crate::args::VerifyArguments;
use crate::clock::Clock;
use crate::exchange::Exchange;
use crate::exit::{Exit, Failure};
use crate::host::{Host, Request};
use crate::output::Output;
use crate::style::Style;
use crate::{input, policy};

/// The HTTP status that the core gives to keys that cannot be had.
const KEYS_UNAVAILABLE: u16 = 503;

pub(crate) async fn run(
    arguments: VerifyArguments,
    host: &Host,
    style: Style,
) -> Result<Output, Failure> {
    let policy = policy::read(host, &arguments.policy).await?;
    let mut notes = Vec::new();
    let issuer = match &arguments.jwks {
        Some(_) => issuer_of_keys(&policy, arguments.issuer)?,
        None => String::new(),
    };
    let token = input::token(host, arguments.token).await?;
    let given = match &arguments.jwks {
        Some(path) => Some((issuer, read_keys(host, path, &token, &mut notes).await?)),
        None => None,
    };
    let mut verifier = Verifier::new(policy, KeyStoreSettings::default()).map_err(|fault| {
        Failure::new(Exit::Refused, fault.to_string(), "Choose a value within the range.")
    })?;
    if let Some((issuer, keys)) = given {
        verifier.add_static_keys(&issuer, keys);
    }
    let clock = Clock::new(arguments.at, host);
    let detail = if arguments.explain { Detail::Report } else { Detail::Verdict };
    let judgement = judge(host, &mut verifier, &token, &clock, detail).await;
    let report = arguments.explain.then(|| judgement.report());
    let output = if arguments.json {
        Output::json(exit(&judgement), &Answer::of(&judgement, report))?
    } else {
        let text = render::judgement(&judgement, report.as_ref(), clock.now(), style);
        Output::new(exit(&judgement), text)
    };
    Ok(Output { notes, ..output })
}

async fn judge(
    host: &Host,
    verifier: &mut Verifier,
    token: &str,
    clock: &Clock<'_>,
    detail: Detail,
) -> Judgement {
    loop {
        match verifier.step(token, clock.now(), detail) {
            Step::Fetch(request) => {
                let mut request = Some(request);
                while let Some(document) = request {
                    let outcome = fetch(host, &document).await;
                    request = verifier.supply(document.id, outcome, clock.now()).next;
                }
            }
            // Keys that were fetched just now need no renewal.
            Step::Judged { judgement, .. } => return *judgement,
            // Nobody else fetches here, so there is nothing to wait for.
            Step::Wait { .. } => return verifier.judge(token, clock.now(), detail),
        }
    }
}

async fn fetch(host: &Host, document: &Fetch) -> FetchOutcome {
    match Exchange::of(document, host.environment()) {
        Ok(exchange) => host.ask(|reply| Request::Fetch { exchange, reply }).await,
        Err(outcome) => *outcome,
    }
}

fn exit(judgement: &Judgement) -> Exit {
    match judgement.verdict() {
        Ok(_) => Exit::Accepted,
        Err(rejection) if rejection.status() == KEYS_UNAVAILABLE => Exit::KeysUnavailable,
        Err(_) => Exit::Rejected,
    }
}

/// The issuer whose keys were given: a key id alone does not say whose key it is.
fn issuer_of_keys(policy: &Policy, named: Option<String>) -> Result<String, Failure> {
    if let Some(issuer) = named {
        return Ok(issuer);
    }
    let mut pinned: Vec<&str> = policy.pinned_issuers().collect();
    pinned.sort_unstable();
    pinned.dedup();
    match pinned.as_slice() {
        [issuer] => Ok((*issuer).to_owned()),
        issuers => {
            let pinned = match issuers.len() {
                0 => "no issuer".to_owned(),
                several => format!("{several} issuers"),
            };
            let fault =
                format!("The policy pins {pinned}, so it does not say whose keys --jwks holds.");
            let remedy = "Name the issuer of the key set with --issuer URL.";
            Err(Failure::new(Exit::Usage, fault, remedy))
        }
    }
}

async fn read_keys(
    host: &Host,
    path: &Path,
    token: &str,
    notes: &mut Vec<String>,
) -> Result<KeySet, Failure> {
    let bytes = input::file(host, path).await?;
    // A token that names no key is refused before its key is looked up, so any id does then.
    let key_id = named_key(token).unwrap_or_else(|| "unnamed".to_owned());
    let limits = KeySetLimits::default();
    let keys = KeySet::read_pasted(&bytes, Some(&key_id), limits).map_err(|fault| {
        let text = format!("{}: {fault}", path.display());
        Failure::new(Exit::Refused, text, fault.code.remedy())
    })?;
    notes.extend(keys.skipped().iter().map(|skipped| {
        let key_id = skipped.key_id.as_deref().unwrap_or("without a usable key id");
        format!("key {} ({key_id}) is not used. {}", skipped.position + 1, skipped.reason)
    }));
    Ok(keys)
}

/// The key id that a token names, for a key that has none of its own.
fn named_key(token: &str) -> Option<String> {
    let token = Unverified::parse(token).ok()?;
    Some(token.header().root().as_object()?.member("kid")?.as_str()?.into_owned())
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    accepted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<Identity<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejection: Option<&'a Rejection>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Report>,
}

impl<'a> Answer<'a> {
    fn of(judgement: &'a Judgement, report: Option<Report>) -> Self {
        let verdict = judgement.verdict();
        Self {
            accepted: verdict.is_ok(),
            identity: verdict.ok().map(|verified| verified.identity()),
            rejection: verdict.err(),
            report,
        }
    }
}
