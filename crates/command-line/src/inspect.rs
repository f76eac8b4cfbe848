//! `countersign inspect`: what a token says, for people and as JSON.

mod excerpt;

use countersign::{AWS_CLAIM, Asserter, Inspection, MemberView, PrincipalKind, inspect, peel};

use crate::args::InspectArguments;
use crate::clock::{self, Clock};
use crate::exit::{Exit, Failure};
use crate::host::Host;
use crate::input;
use crate::output::Output;
use crate::page;
use crate::style::{Style, column, rows, visible};

/// The column in which values begin; the longest name of AWS's claim just fits.
const NAME_WIDTH: usize = 26;

pub(crate) async fn run(
    arguments: InspectArguments,
    host: &Host,
    style: Style,
) -> Result<Output, Failure> {
    let now = Clock::new(arguments.at, host).now();
    let text = input::token(host, arguments.token).await?;
    if arguments.web {
        return page::inspect(host, text).await;
    }
    let inspection = inspect(&text);
    if arguments.json {
        return Output::json(Exit::Accepted, &inspection);
    }
    Ok(Output::new(Exit::Accepted, render(&inspection, &peel(&text).token, now, style)))
}

/// The notice stands first and last, so that no part of a screen can be taken for a verdict.
fn render(inspection: &Inspection, token: &str, now: u64, style: Style) -> String {
    let notice = format!("{}\n", style.warn(inspection.notice));
    let sections = [
        Some(notice.clone()),
        peeled(inspection),
        part(inspection, "header", &inspection.header, now, style),
        part(inspection, "payload", &inspection.payload, now, style),
        principal(inspection, style),
        other_parts(inspection, style),
        findings(inspection, token, style),
        Some(notice),
    ];
    sections.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn peeled(inspection: &Inspection) -> Option<String> {
    let around = inspection.peeled.join(", then ");
    (!around.is_empty()).then(|| format!("Taken off from around the token: {around}.\n"))
}

/// The header or the payload: its members, or its text if it is no object.
fn part(
    inspection: &Inspection,
    name: &str,
    members: &[MemberView],
    now: u64,
    style: Style,
) -> Option<String> {
    let part = inspection.parts.iter().find(|part| part.name == name)?;
    let mut text = format!("{} ({} bytes)\n", style.strong(name), part.bytes);
    if members.is_empty() {
        let decoded = part.text.as_deref().filter(|text| !text.is_empty());
        text += &format!("  {}\n", visible(decoded.unwrap_or("(nothing could be decoded)")));
        return Some(text);
    }
    for member in members {
        text += &member_lines(member, now, style);
    }
    Some(text)
}

fn member_lines(member: &MemberView, now: u64, style: Style) -> String {
    let indent = if member.within_aws_claim { "  " } else { "" };
    let name = column(&format!("{indent}{}", member.name), NAME_WIDTH);
    let value = match (member.name.as_str(), member.value.as_str()) {
        // Its members follow, a line for each.
        (AWS_CLAIM, value) if value.starts_with('{') => String::new(),
        ("exp" | "iat" | "nbf", value) if !member.within_aws_claim => time(value, now),
        (_, value) => value.to_owned(),
    };
    let mut text = format!("  {name}  {}", visible(&value)).trim_end().to_owned() + "\n";
    let about: Vec<&str> = member.meaning.into_iter().chain(word_of(member.asserter)).collect();
    if !about.is_empty() {
        text += &format!("  {indent}  {}\n", style.faint(&about.join(" ")));
    }
    text
}

/// A time with what it means, unless it is so far off that it cannot mean seconds.
fn time(value: &str, now: u64) -> String {
    const END_OF_YEAR_9999: u64 = 253_402_300_799;
    match value.parse() {
        Ok(seconds) if seconds <= END_OF_YEAR_9999 => {
            format!("{value}  {}", clock::describe(seconds, now))
        }
        _ => value.to_owned(),
    }
}

/// Whose word a claim would be, where it would not be AWS's own.
fn word_of(asserter: Option<Asserter>) -> Option<&'static str> {
    match asserter? {
        Asserter::Caller => Some("The caller's own choice."),
        Asserter::Tagger => Some("The word of whoever may tag the role or session."),
        _ => None,
    }
}

fn principal(inspection: &Inspection, style: Style) -> Option<String> {
    let principal = inspection.principal.as_ref()?;
    let kind = match principal.kind {
        PrincipalKind::User => "user",
        _ => "role",
    };
    let mut lines = vec![
        ("account", principal.account.clone()),
        (kind, principal.name.clone()),
        ("path", principal.path.clone()),
        ("partition", principal.partition.clone()),
    ];
    lines.extend(principal.permission_set.clone().map(|set| ("permission set", set)));
    Some(format!("{}\n{}", style.strong("principal, as claimed"), rows(style, &lines)))
}

/// The signature, and parts that should not be there: only their size.
fn other_parts(inspection: &Inspection, style: Style) -> Option<String> {
    let parts = inspection.parts.iter().filter(|part| part.text.is_none());
    let lines: Vec<String> = parts
        .map(|part| {
            let unchecked = if part.name == "signature" { ", not checked" } else { "" };
            format!("{} ({} bytes{unchecked})\n", style.strong(part.name), part.bytes)
        })
        .collect();
    (!lines.is_empty()).then(|| lines.concat())
}

fn findings(inspection: &Inspection, token: &str, style: Style) -> Option<String> {
    let lines: Vec<String> = inspection
        .findings
        .iter()
        .map(|finding| {
            let code = style.warn(finding.code.as_str());
            let place = finding.place.map(|place| excerpt::lines(inspection, token, place, style));
            let place = place.unwrap_or_default();
            format!("  {code}\n    {}\n{place}", visible(&finding.message))
        })
        .collect();
    (!lines.is_empty()).then(|| format!("{}\n{}", style.strong("findings"), lines.concat()))
}
