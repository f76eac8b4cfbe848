//! Showing what a text says, as far as it can be read. Nothing here verifies anything.

mod decode;
mod finding;
mod members;
mod peel;

use serde::Serialize;

use crate::arn::Principal;
use crate::claims::Claims;
use crate::token::Unverified;

pub use finding::{Finding, FindingCode};
pub use members::MemberView;

/// Says that nothing was verified, for every door to show.
pub const NOTICE: &str = "Nothing was verified: anyone can write a token that says this.";

/// What a text says, as far as it can be read.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Inspection {
    /// Always false.
    pub verified: bool,
    /// Says that nothing was verified.
    pub notice: &'static str,
    /// What stood around the token and was taken off, from the outside in.
    pub peeled: Vec<&'static str>,
    /// The parts of the token, as many as there are.
    pub parts: Vec<PartView>,
    /// The members of the header, in order.
    pub header: Vec<MemberView>,
    /// The members of the payload, in order; those of AWS's claim follow it.
    pub payload: Vec<MemberView>,
    /// The subject taken apart, if it is an IAM role or user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<Principal>,
    /// What is remarkable or wrong, in the order of the text.
    pub findings: Vec<Finding>,
}

/// One part of a token.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PartView {
    /// `header`, `payload` or `signature`; `part 4` and so on for what should not be there.
    pub name: String,
    /// The part's length in the token, in characters.
    pub length: usize,
    /// How many bytes it stands for, as far as it can be decoded.
    pub bytes: usize,
    /// Its text, as far as it can be decoded: only of header and payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Shows what a text says: a token, or what people paste around one.
///
/// It reads on where [`Unverified::parse`] would refuse: padding, line breaks and duplicate members
/// become findings.
pub fn inspect(text: &str) -> Inspection {
    let (token, peeled) = peel::peel(text);
    let mut inspection = Inspection {
        verified: false,
        notice: NOTICE,
        peeled,
        parts: Vec::new(),
        header: Vec::new(),
        payload: Vec::new(),
        principal: None,
        findings: Vec::new(),
    };
    if let Err(rejection) = Unverified::parse(&token) {
        inspection.findings.push(Finding::refused(&rejection));
    }
    for (at, text) in token.splitn(decode::MOST_PARTS, '.').enumerate() {
        if !text.is_empty() {
            inspection.part(at, text);
        }
    }
    inspection
}

impl Inspection {
    fn part(&mut self, at: usize, text: &str) {
        let name = match at {
            0 => "header".to_owned(),
            1 => "payload".to_owned(),
            2 => "signature".to_owned(),
            _ => format!("part {}", at + 1),
        };
        let bytes = decode::as_far_as_possible(text);
        let mut view = PartView { name, length: text.len(), bytes: bytes.len(), text: None };
        if at < 2 {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            self.json(at, &text);
            view.text = Some(text);
        }
        self.parts.push(view);
    }

    fn json(&mut self, at: usize, text: &str) {
        let Some(document) = decode::document(text, &mut self.findings) else { return };
        let Some(object) = document.root().as_object() else { return };
        if at == 0 {
            self.header = members::of_header(object);
            finding::in_header(object, &mut self.findings);
        } else {
            let claims = Claims::read(object);
            self.principal = claims.subject.as_deref().ok().and_then(Principal::parse);
            self.payload = members::of_payload(object);
            finding::in_payload(object, &claims, self.principal.as_ref(), &mut self.findings);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FindingCode, NOTICE, inspect};
    use crate::base64url::encode;

    fn codes(text: &str) -> Vec<String> {
        inspect(text).findings.iter().map(|f| f.code.as_str().to_owned()).collect()
    }

    #[test]
    fn a_sound_token_is_shown_whole_and_not_believed() {
        let header = r#"{"kid":"EC384_0","typ":"JWT","alg":"ES384"}"#;
        let payload = r#"{"iss":"https://a.tokens.sts.global.api.aws","aud":"x","sub":"arn:aws:iam::123456789012:role/R","iat":1700000000,"exp":1700000300,"jti":"1","https://sts.amazonaws.com/":{"aws_account":"123456789012","request_tags":{"a":"b"},"new_member":1.50}}"#;
        let token = [header, payload, "sig"].map(|part| encode(part.as_bytes())).join(".");
        let shown = inspect(&token);
        assert!(!shown.verified);
        assert_eq!(shown.notice, NOTICE);
        assert_eq!(shown.parts[1].text.as_deref(), Some(payload));
        assert_eq!(shown.principal.as_ref().unwrap().name, "R");
        let unknown = shown.payload.iter().find(|m| m.name == "new_member").unwrap();
        assert_eq!(unknown.value, "1.50", "numbers are never altered");
        assert_eq!(unknown.meaning, None);
        let codes: Vec<_> = shown.findings.iter().map(|f| f.code).collect();
        assert_eq!(codes, [FindingCode::UnknownMember]);
    }

    #[test]
    fn broken_tokens_are_read_as_far_as_they_go() {
        assert_eq!(codes(""), ["token.empty"]);
        assert_eq!(codes("hello"), ["token.segments", "token.json"]);
        let e = encode(br#"{"alg":"none","kid":"a"}"#);
        let shown = inspect(&format!("{e}=.{e}"));
        assert_eq!(shown.header.len(), 2, "padding does not hide the header");
        let twice = encode(br#"{"a":1,"a":2}"#);
        let shown = inspect(&format!("{e}.{twice}.AA"));
        assert_eq!(shown.payload.len(), 2, "both are shown");
        assert_eq!(shown.findings[0].code.as_str(), "token.duplicate_member");
    }

    #[test]
    fn what_people_paste_around_a_token_is_peeled() {
        let e = encode(b"{}");
        let token = format!("{e}.{e}.AA");
        for text in [
            format!("Bearer {token}"),
            format!("Authorization: Bearer {token}\n"),
            format!("export TOKEN=\"{token}\""),
            format!("{{\"WebIdentityToken\": \"{token}\", \"Expiration\": \"x\"}}"),
            format!("<r><WebIdentityToken>{token}</WebIdentityToken></r>"),
            format!("'{}\n{}'", &token[..3], &token[3..]),
        ] {
            let shown = inspect(&text);
            assert!(!shown.peeled.is_empty(), "{text}");
            assert_eq!(shown.parts.len(), 3, "{text}");
            assert_eq!(shown.parts[0].text.as_deref(), Some("{}"), "{text}");
        }
    }
}
