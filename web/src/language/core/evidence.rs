use countersign::keys::{DiscoveryCode, JwkCode, KeySetCode};
use countersign::{Check, Code};

use super::checks::check_question;
use super::keys;
use super::phrases::PHRASES;
use super::template::{Phrase, find_unquoted, translate};
use crate::language::Language;

/// The core cuts what it quotes, so what is longer than this is data: a policy's own patterns, say.
const LONGEST_PHRASE: usize = 16 * 1024;

/// What was expected or found in a key, a key set, a policy or a document, or why a check was not made.
/// A text that is no phrase of the core passes unchanged.
///
/// For the evidence of a check there are [`expected`] and [`found`], which know where data stands.
pub fn evidence(text: &str, language: Language) -> String {
    said(text, language, phrase)
}

/// What would have passed a check, as its report or rejection says.
pub fn expected(check: Check, text: &str, language: Language) -> String {
    said(text, language, |text| {
        let question = Check::ALL.iter().find(|check| check.question() == text);
        question
            .map(|check| check_question(*check, language).to_owned())
            .or_else(|| alternatives(check, text))
            .or_else(|| phrase(text))
    })
}

/// What a check found, as its report or rejection says; `code` is that of a failed check.
///
/// A token's own words stay as they are, even where they read like a phrase of the core.
pub fn found(check: Check, code: Option<Code>, text: &str, language: Language) -> String {
    let is_data = match code {
        Some(code) => is_data(code, text),
        None => matches!(
            check,
            Check::Algorithm | Check::Issuer | Check::TokenId | Check::Audience | Check::Subject
        ),
    };
    if is_data && text != NOTHING { text.to_owned() } else { evidence(text, language) }
}

/// What the core says in place of data that is empty.
const NOTHING: &str = "an empty text";

/// What was found where a token was refused with this code.
pub(super) fn found_with(code: Code, text: &str, language: Language) -> String {
    let is_data = is_data(code, text) && text != NOTHING;
    if is_data { text.to_owned() } else { evidence(text, language) }
}

/// Whether what was found for a code is the token's own text, not a phrase about it.
fn is_data(code: Code, text: &str) -> bool {
    match code {
        Code::AccountDisagreement => !text.ends_with(" in AWS's claim"),
        Code::AlgorithmHmac
        | Code::AlgorithmNone
        | Code::AlgorithmNotAllowed
        | Code::AlgorithmUnsupported
        | Code::AudienceMismatch
        | Code::HeaderCritical
        | Code::HeaderPayloadEncoding
        | Code::HeaderType
        | Code::IssuerNotATokenIssuer
        | Code::IssuerSpelling
        | Code::IssuerUntrusted
        | Code::SubjectNotPrincipal
        | Code::TimeMilliseconds => true,
        Code::TrustAccount
        | Code::TrustOrganization
        | Code::TrustOrganizationalUnit
        | Code::TrustPermissionSet
        | Code::TrustPrincipal
        | Code::TrustSourceRegion => !ABSENCES.contains(&text),
        _ => false,
    }
}

/// What the core says when a token has nothing that could meet a constraint.
const ABSENCES: &[&str] =
    &["no account", "no organization", "no organizational unit", "no role or user", "no region"];

fn said(text: &str, language: Language, japanese: impl Fn(&str) -> Option<String>) -> String {
    let translated = match language {
        Language::English => None,
        Language::Japanese => japanese(text),
    };
    translated.unwrap_or_else(|| text.to_owned())
}

/// A phrase of the core.
fn phrase(text: &str) -> Option<String> {
    if text.len() > LONGEST_PHRASE {
        return None;
    }
    translate(PHRASES, text).or_else(|| fault(text)).or_else(|| {
        // A document that could not be used, after the URL that it was fetched from.
        let (url, why) = text.split_once(": ").filter(|_| text.starts_with("http"))?;
        Some(format!("{url}: {}", fault(why)?))
    })
}

/// What is wrong with a key or a document: the code's sentence, what was expected and what was found,
/// and the code. The end may have been cut off.
fn fault(text: &str) -> Option<String> {
    let jwk = JwkCode::ALL.iter().map(|code| (code.fault(), keys::jwk_code(*code)));
    let key_set = KeySetCode::ALL.iter().map(|code| (code.fault(), keys::key_set_code(*code)));
    let discovery =
        DiscoveryCode::ALL.iter().map(|code| (code.fault(), keys::discovery_code(*code)));
    jwk.chain(key_set).chain(discovery).find_map(|(english, japanese)| {
        let rest = text.strip_prefix(english)?;
        let (sentence, _) = japanese?;
        let whole = rest.strip_prefix(" Expected ").and_then(|rest| {
            let at = find_unquoted(rest, "; found ")?;
            let (expected, found) = (rest.get(..at)?, rest.get(at + "; found ".len()..)?);
            let (found, code) = found.strip_suffix(']')?.rsplit_once(". [")?;
            Some(format!("{} [{code}]", evidence_sentence(sentence, expected, found)))
        });
        whole.or_else(|| rest.ends_with('…').then(|| format!("{sentence}…")))
    })
}

/// A fault with what was expected and what was found, in Japanese.
pub(super) fn evidence_sentence(fault: &str, expected: &str, found: &str) -> String {
    let plain = |text: &str| translate(PHRASES, text).unwrap_or_else(|| text.to_owned());
    format!("{fault}期待: {}。実際: {}。", plain(expected), plain(found))
}

/// Several values of which one would have passed, each of them data or a phrase; of a trust rule, what
/// they are and the rule's name too.
fn alternatives(check: Check, text: &str) -> Option<String> {
    match check {
        // What begins with a backtick is about the claim's type.
        Check::Algorithm | Check::Issuer | Check::Audience if !text.starts_with('`') => {
            Some(any_of(text))
        }
        Check::ClaimedTrust | Check::Trust => {
            let at = find_unquoted(text, " (rule ")?;
            let (constraint, rule) = text.strip_suffix(')')?.split_at_checked(at)?;
            let rule = rule.strip_prefix(" (rule ")?;
            let named = CONSTRAINTS.iter().find_map(|(english, japanese)| {
                constraint.strip_prefix(english).map(|values| (*japanese, values))
            });
            let (kind, values) = named.unwrap_or(("", constraint));
            Some(format!("{kind}{} (ルール {rule})", any_of(values)))
        }
        _ => None,
    }
}

/// What stands before the values of a trust rule's constraint.
const CONSTRAINTS: &[(&str, &str)] = &[
    ("organization ", "組織 "),
    ("account ", "アカウント "),
    ("permission set ", "許可セット "),
    ("region ", "リージョン "),
    ("tag ", "タグ "),
];

fn any_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find_unquoted(rest, " or ") {
        out += &alternative(rest.get(..at).unwrap_or_default());
        out += " または ";
        rest = rest.get(at + " or ".len()..).unwrap_or_default();
    }
    out + &alternative(rest)
}

fn alternative(text: &str) -> String {
    let more = text.strip_prefix("one of ").and_then(|rest| rest.strip_suffix(" more"));
    match more {
        Some(count) => format!("他 {count} 件のいずれか"),
        None => translate(ALTERNATIVES, text).unwrap_or_else(|| text.to_owned()),
    }
}

/// The phrases that stand among alternatives; all else there is data.
pub(super) const ALTERNATIVES: &[Phrase] = &[
    ("any audience (dangerAcceptAnyAudience)", "任意のオーディエンス (dangerAcceptAnyAudience)"),
    ("another pinned issuer", "指定された他の発行者"),
    ("{a} of a trusted organization", "信頼する組織の {a}"),
];
