//! The documentation's page of error codes: every code, with what it means and what to do about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use countersign::keys::{DiscoveryCode, JwkCode, KeySetCode};
use countersign::{Check, Code, PolicyCode};
use serde_json::Value;

const HEAD: &str = "\
<!-- Written by `cargo xtask generate` from the codes in crates/core, and compared by `cargo xtask check`. -->

# Error codes

Every refusal has a stable code. Programs may rely on its spelling, which never changes once released; the sentences
may become better. `countersign codes` prints all of them, and each has an address here, such as
`error-codes#audience.mismatch`.

A refusal also says what was expected and what was found, and never holds the token or its signature. Its status is the
one to answer over HTTP:

- **401**: the token is no good here. Another one may be.
- **403**: the token is genuine in form, and its caller is not one whom the policy trusts.
- **503**: keys, or word on whether the token was used before, cannot be had at the moment. Try again.

*Retryable* codes may end by themselves: the same token may be accepted later without anyone changing anything.
*Check* is the check that fails, by its name in `explain`, in the order in which checks are made.

What is thrown for other reasons than a token, a policy or keys is [at the end](#not-about-tokens).
";

const TAIL: &str = "
## Not about tokens {#not-about-tokens}

Adapters for frameworks refuse requests in which there is nothing to verify by a `CredentialsError`:

### `credentials.missing` {#credentials.missing}

There is no bearer token. There may be credentials of another scheme.

**status** 401

### `credentials.malformed` {#credentials.malformed}

What is there is not one bearer token.

**status** 400

### Faults of the service {#faults-of-the-service}

The npm package throws these for the service's own faults. They are no verdict on a token:

- `OptionsError`: the second argument of `createVerifier`, or a snapshot, cannot be used. `option` names it.
- `ModuleError`: the WebAssembly module cannot be had or compiled. The message says which entry to import instead.
- `InternalError`, `internal.trap`: Countersign itself failed. Nothing was verified, and the next call starts anew, with
  the keys that were there. Please report it.
";

/// Codes that come of what a host did, not of a token, so that no conformance vector has them.
const OF_HOSTS: [(Code, Check); 4] = [
    (Code::KeyUnavailable, Check::Key),
    (Code::ReplayFull, Check::Replay),
    (Code::ReplayUnavailable, Check::Replay),
    (Code::TokenReplayed, Check::Replay),
];

/// Everything that is said about one code.
struct Entry {
    code: &'static str,
    fault: &'static str,
    remedy: &'static str,
    facts: String,
}

/// The page, as Markdown. `vectors` is the folder of the conformance vectors, which say where each code occurs.
pub(crate) fn page(vectors: &Path) -> Result<String> {
    let checks = checks_by_code(vectors)?;
    let tokens = Code::ALL
        .iter()
        .map(|code| {
            let checks = checks
                .get(code.as_str())
                .with_context(|| format!("no vector has {code}: where does it occur?"))?;
            let again = if code.retryable() { "yes" } else { "no" };
            let facts = format!(
                "**status** {} · **retryable** {again} · **check** {}",
                code.status(),
                named(checks)
            );
            Ok(Entry { code: code.as_str(), fault: code.fault(), remedy: code.remedy(), facts })
        })
        .collect::<Result<Vec<_>>>()?;

    let mut page = HEAD.to_owned();
    section(&mut page, "Why a token is refused", "", &tokens);
    section(
        &mut page,
        "Why a policy is refused",
        "When the verifier is made, or by `countersign policy check`, with the place of every fault at once.",
        &plain(PolicyCode::ALL.iter().map(|code| (code.as_str(), code.fault(), code.remedy()))),
    );
    section(
        &mut page,
        "Why a discovery document is refused",
        "Its issuer's keys cannot be had then: tokens are refused with [`key.unavailable`](#key.unavailable), whose \
         evidence names the code.",
        &plain(DiscoveryCode::ALL.iter().map(|code| (code.as_str(), code.fault(), code.remedy()))),
    );
    section(
        &mut page,
        "Why a key set is refused",
        "As with a discovery document.",
        &plain(KeySetCode::ALL.iter().map(|code| (code.as_str(), code.fault(), code.remedy()))),
    );
    section(
        &mut page,
        "Why one key of a set is not used",
        "The rest of the set still serves. A token that names the key is refused with [`key.unusable`](#key.unusable).",
        &plain(JwkCode::ALL.iter().map(|code| (code.as_str(), code.fault(), code.remedy()))),
    );
    page.push_str(TAIL);
    Ok(page)
}

fn plain(codes: impl Iterator<Item = (&'static str, &'static str, &'static str)>) -> Vec<Entry> {
    codes.map(|(code, fault, remedy)| Entry { code, fault, remedy, facts: String::new() }).collect()
}

fn section(page: &mut String, title: &str, about: &str, entries: &[Entry]) {
    // Writing to a string cannot fail.
    let _ = write!(page, "\n## {title}\n");
    if !about.is_empty() {
        let _ = write!(page, "\n{about}\n");
    }
    for Entry { code, fault, remedy, facts } in entries {
        let _ = write!(
            page,
            "\n### `{code}` {{#{code}}}\n\n{}\n\n{}\n",
            plain_text(fault),
            plain_text(remedy)
        );
        if !facts.is_empty() {
            let _ = write!(page, "\n{facts}\n");
        }
    }
}

/// A sentence of the core as Markdown that means the same. Angle brackets would become elements of the page.
fn plain_text(sentence: &str) -> String {
    let mut within_code = false;
    let mut text = String::new();
    for character in sentence.chars() {
        match character {
            '`' => within_code = !within_code,
            '<' if !within_code => {
                text.push_str("&lt;");
                continue;
            }
            '*' | '_' if !within_code => text.push('\\'),
            _ => {}
        }
        text.push(character);
    }
    text
}

fn named(checks: &BTreeSet<usize>) -> String {
    let names = checks
        .iter()
        .filter_map(|at| Check::ALL.get(*at))
        .map(|check| format!("`{}`", check.as_str()));
    names.collect::<Vec<_>>().join(", ")
}

/// For each code the checks it occurs in, by their place in the order.
fn checks_by_code(vectors: &Path) -> Result<BTreeMap<String, BTreeSet<usize>>> {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (code, check) in OF_HOSTS {
        found.entry(code.as_str().to_owned()).or_default().insert(place(check.as_str())?);
    }
    let mut files = 0;
    for entry in fs::read_dir(vectors).context("reading the folder of vectors")? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        files += 1;
        let file: Value = serde_json::from_slice(&fs::read(&path)?)
            .with_context(|| format!("reading {}", path.display()))?;
        for case in file.get("cases").and_then(Value::as_array).into_iter().flatten() {
            let expect = &case["expect"];
            if let (Some(code), Some(check)) = (expect["code"].as_str(), expect["check"].as_str()) {
                found.entry(code.to_owned()).or_default().insert(place(check)?);
            }
        }
    }
    ensure!(files > 10, "{} vectors in {}: is it the right folder?", files, vectors.display());
    Ok(found)
}

fn place(check: &str) -> Result<usize> {
    let place = Check::ALL.iter().position(|known| known.as_str() == check);
    place.with_context(|| format!("there is no check {check}"))
}
