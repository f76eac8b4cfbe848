//! Reading a token part by part, as far as each goes.

use std::ops::Range;

use super::decode::Decoded;
use super::finding::{FindingCode, Findings};
use super::members::{self, MemberView};
use super::place::{Place, Site};
use super::{MAX_INSPECTED_BYTES, PartView, header, payload};
use crate::arn::Principal;
use crate::claims::Claims;
use crate::error::Code;
use crate::json::{Document, Fault, FaultKind, Limits};
use crate::token::{
    self, MAX_TOKEN_BYTES, MAX_TOKEN_DEPTH, encoding_rejection, json_rejection, object_rejection,
    utf8_rejection,
};

/// No more parts than this are shown; the last has all that follows.
const PARTS: [&str; 6] = ["header", "payload", "signature", "part 4", "part 5", "part 6"];

/// Deeper than a verifier reads, for showing what is refused.
const MAX_SHOWN_DEPTH: usize = 100;

/// What was read of a token.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) parts: Vec<PartView>,
    pub(super) header: Vec<MemberView>,
    pub(super) payload: Vec<MemberView>,
    pub(super) principal: Option<Principal>,
    pub(super) findings: Findings,
}

pub(super) fn read(token: &str) -> Read {
    let mut read = Read::default();
    if let Err(rejection) = token::check_size(token, MAX_TOKEN_BYTES) {
        read.findings.refused(&rejection, None);
    }
    if token.len() > MAX_INSPECTED_BYTES {
        let message = format!(
            "The text is longer than {MAX_INSPECTED_BYTES} bytes, so nothing of it is decoded."
        );
        read.findings.own(FindingCode::TooLong, message, None);
    } else if !token.is_empty() {
        read.parts(token);
    }
    read
}

impl Read {
    fn parts(&mut self, token: &str) {
        let sites = sites(token);
        if let Err(rejection) = token::segments(token) {
            self.findings.refused(&rejection, structural_place(rejection.code, &sites, token));
            if rejection.code == Code::TokenJsonSerialization {
                return;
            }
        }
        for (at, site) in sites.iter().enumerate() {
            if site.text.is_empty() {
                continue;
            }
            let decoded = Decoded::read(site.text);
            match at {
                0 | 1 => self.json(*site, &decoded),
                2 => self.encoding(*site, &decoded),
                _ => {}
            }
            self.parts.push(PartView {
                name: site.name,
                start: site.start,
                length: site.text.len(),
                bytes: decoded.bytes.len(),
                text: (at < 2).then_some(decoded.text),
            });
        }
        self.taken_off_signature(&sites);
    }

    /// A token that is shown to others is best shown without its signature. One that says itself that it
    /// is not signed is another matter.
    fn taken_off_signature(&mut self, sites: &[Site<'_>]) {
        if let [header, payload, signature] = sites
            && !header.text.is_empty()
            && !payload.text.is_empty()
            && signature.text.is_empty()
            && !self.findings.have(Code::AlgorithmNone)
        {
            let message =
                "The signature was taken off, so that nobody can use or verify the token.";
            let place = Some(signature.place(0..0));
            self.findings.own(FindingCode::NoSignature, message.to_owned(), place);
        }
    }

    fn encoding(&mut self, site: Site<'_>, decoded: &Decoded) {
        for (fault, place) in &decoded.faults {
            let rejection = encoding_rejection(site.name, fault);
            self.findings.refused(&rejection, Some(site.place(place.clone())));
        }
    }

    /// Reads a header or payload. What follows from a fault that was told already is not told again.
    fn json(&mut self, site: Site<'_>, decoded: &Decoded) {
        self.encoding(site, decoded);
        if let Some(bytes) = decoded.not_utf8.clone().filter(|_| decoded.is_whole) {
            let rejection = utf8_rejection(site.name, bytes.start);
            let place = site.place(decoded.encoded_bytes(bytes));
            self.findings.refused(&rejection, Some(place));
        }
        let is_sound = decoded.is_whole && decoded.not_utf8.is_none();
        let Some(document) = self.document(site, decoded, is_sound) else { return };
        let place = &|span: Range<usize>| site.decoded(decoded, span);
        let root = document.root();
        let Some(object) = root.as_object() else {
            let rejection = object_rejection(site.name, root);
            return self.findings.refused(&rejection, Some(place(root.span())));
        };
        if site.start == 0 {
            self.header = members::of_header(object, place);
            header::findings(object, &mut self.findings, place);
        } else {
            let claims = Claims::read(object);
            self.principal = claims.subject.as_deref().ok().and_then(Principal::parse);
            self.payload = members::of_payload(object, place);
            let principal = self.principal.as_ref();
            payload::findings(object, &claims, principal, &mut self.findings, place);
        }
    }

    fn document(&mut self, site: Site<'_>, decoded: &Decoded, is_sound: bool) -> Option<Document> {
        let text = &decoded.text;
        let parse = |max_depth| {
            let limits = Limits { max_bytes: usize::MAX, max_depth };
            Document::parse_noting_duplicates(text.as_str(), limits)
        };
        let mut outcome = parse(MAX_TOKEN_DEPTH);
        if let Err(fault) = &outcome
            && fault.kind == FaultKind::TooDeep
        {
            self.fault(site, decoded, fault);
            outcome = parse(MAX_SHOWN_DEPTH);
        }
        match outcome {
            Ok((document, duplicates)) => {
                duplicates.iter().for_each(|fault| self.fault(site, decoded, fault));
                Some(document)
            }
            Err(fault) => {
                if is_sound && fault.kind != FaultKind::TooDeep {
                    self.fault(site, decoded, &fault);
                }
                None
            }
        }
    }

    fn fault(&mut self, site: Site<'_>, decoded: &Decoded, fault: &Fault) {
        let place = site.decoded(decoded, extent(&decoded.text, fault));
        self.findings.refused(&json_rejection(site.name, fault), Some(place));
    }
}

/// The parts of a token and where each begins.
fn sites(token: &str) -> Vec<Site<'_>> {
    let mut start = 0;
    let parts = token.splitn(PARTS.len(), '.').zip(PARTS);
    parts
        .map(|(text, name)| {
            let site = Site { name, start, text };
            start += text.len() + 1;
            site
        })
        .collect()
}

/// Where a token's structure is at fault: what is too much, or where something is missing.
fn structural_place(code: Code, sites: &[Site<'_>], token: &str) -> Option<Place> {
    let empty = sites.iter().take(2).find(|site| site.text.is_empty());
    match (sites.get(3), empty, sites.last()) {
        (_, _, Some(last)) if code == Code::TokenJsonSerialization => Some(Place {
            part: PARTS[0],
            start: 0,
            end: last.start + last.text.len(),
            decoded: None,
        }),
        // From the dot that is too much.
        (Some(fourth), ..) => {
            let (start, end) = (fourth.start - 1, token.len());
            Some(Place { part: fourth.name, start, end, decoded: None })
        }
        (None, Some(empty), _) => Some(empty.place(0..0)),
        (None, None, Some(last)) => Some(last.place(last.text.len()..last.text.len())),
        (None, None, None) => None,
    }
}

/// How far a fault goes in the text that it was found in: a name, an escape, or one character.
fn extent(text: &str, fault: &Fault) -> Range<usize> {
    let rest = text.get(fault.offset..).unwrap_or_default();
    let length = match fault.kind {
        FaultKind::DuplicateMember(_) => string_length(rest),
        FaultKind::UnpairedSurrogate => rest.len().min("\\uXXXX".len()),
        _ => rest.chars().next().map_or(0, char::len_utf8),
    };
    let start = fault.offset.min(text.len());
    start..start + length
}

/// The length of the JSON string that begins a text, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |end| end + 2)
}
