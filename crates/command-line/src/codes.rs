//! `countersign codes`: the one list of codes that every door shares.

use std::fmt::Write as _;

use countersign::keys::{DiscoveryCode, JwkCode, KeySetCode};
use countersign::{Code, PolicyCode};
use serde::Serialize;

use crate::args::CodesArguments;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::style::Style;

/// All codes, by what they are about.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Codes {
    token: Vec<Entry>,
    policy: Vec<Entry>,
    discovery: Vec<Entry>,
    key_set: Vec<Entry>,
    key: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    code: &'static str,
    fault: &'static str,
    remedy: &'static str,
    status: u16,
    retryable: bool,
}

macro_rules! entries {
    ($codes:ty) => {
        <$codes>::ALL
            .iter()
            .map(|code| Entry {
                code: code.as_str(),
                fault: code.fault(),
                remedy: code.remedy(),
                status: code.status(),
                retryable: code.retryable(),
            })
            .collect()
    };
}

pub(crate) fn run(arguments: &CodesArguments, style: Style) -> Result<Output, Failure> {
    let codes = Codes {
        token: entries!(Code),
        policy: entries!(PolicyCode),
        discovery: entries!(DiscoveryCode),
        key_set: entries!(KeySetCode),
        key: entries!(JwkCode),
    };
    if arguments.json {
        return Output::json(Exit::Accepted, &codes);
    }
    let text = [
        ("Why a token is rejected", codes.token),
        ("Why a policy is refused", codes.policy),
        ("Why a discovery document is refused", codes.discovery),
        ("Why a key set is refused", codes.key_set),
        ("Why one key of a set is not used", codes.key),
    ]
    .iter()
    .map(|(title, entries)| section(style, title, entries))
    .collect::<Vec<_>>()
    .join("\n");
    Ok(Output::new(Exit::Accepted, text))
}

fn section(style: Style, title: &str, entries: &[Entry]) -> String {
    let heading = format!("{}\n", style.strong(title));
    entries.iter().fold(heading, |mut text, entry| {
        let Entry { code, fault, remedy, status, retryable } = entry;
        let retry = if *retryable { ", retryable" } else { "" };
        let about = style.faint(&format!("(HTTP {status}{retry})"));
        let code = style.strong(code);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {code} {about}\n    {fault}\n    {remedy}");
        text
    })
}
