//! A signed token as it arrives: taken apart, nothing believed.

use countersign_encoding::parts;

use crate::base64url;
use crate::error::{Code, Rejection};
use crate::evaluate::Check;
use crate::json::{self, Document, FaultKind, Limits, Value};

/// The largest token read unless the caller says otherwise, in bytes. AWS allows a payload of 14,984
/// bytes, which base64url makes 19,979.
pub const MAX_TOKEN_BYTES: usize = 32 * 1024;

/// The deepest nesting within a token's JSON. AWS's tokens have 3 levels.
pub const MAX_TOKEN_DEPTH: usize = 16;

/// A token in the JWS Compact Serialization (RFC 7515, section 7.1) whose form is sound.
///
/// Nothing in it may be believed yet: its signature has not been looked at.
#[derive(Clone, Debug)]
pub struct Unverified {
    header: Document,
    payload: Document,
    signature: Vec<u8>,
    /// `header.payload` as received: what was signed.
    signing_input: String,
}

impl Unverified {
    /// Takes a token of at most [`MAX_TOKEN_BYTES`] apart.
    ///
    /// # Errors
    /// The first fault of form: size, parts, base64url, UTF-8, JSON, duplicate members, depth.
    pub fn parse(token: &str) -> Result<Self, Rejection> {
        Self::parse_within(token, MAX_TOKEN_BYTES)
    }

    /// Takes a token of at most `max_bytes` apart.
    ///
    /// # Errors
    /// As [`Unverified::parse`].
    pub fn parse_within(token: &str, max_bytes: usize) -> Result<Self, Rejection> {
        check_size(token, max_bytes)?;
        let [header, payload, signature] = segments(token)?;
        let signing_input =
            token.get(..header.len() + 1 + payload.len()).unwrap_or_default().to_owned();
        Ok(Self {
            header: document("header", header)?,
            payload: document("payload", payload)?,
            signature: bytes("signature", signature)?,
            signing_input,
        })
    }

    /// The header: a JSON object.
    pub fn header(&self) -> &Document {
        &self.header
    }

    /// The payload: a JSON object.
    pub fn payload(&self) -> &Document {
        &self.payload
    }

    /// What was signed: the first two parts, with the dot between them (RFC 7515, section 5.2).
    pub fn signing_input(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The signature's bytes.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }
}

/// Refuses an empty token, and one that is too large.
pub(crate) fn check_size(token: &str, max_bytes: usize) -> Result<(), Rejection> {
    let fail = |code, found: String| {
        Err(Rejection::new(code, Check::Size, format!("1 to {max_bytes} bytes"), found))
    };
    match token.len() {
        0 => fail(Code::TokenEmpty, "an empty text".to_owned()),
        length if length > max_bytes => fail(Code::TokenTooLarge, format!("{length} bytes")),
        _ => Ok(()),
    }
}

/// Splits a token into its three parts, looking no further than a fifth dot.
pub(crate) fn segments(token: &str) -> Result<[&str; 3], Rejection> {
    let fail = |code, found: String| {
        Err(Rejection::new(code, Check::Structure, "three parts with dots between them", found))
    };
    if token.trim_start().starts_with(['{', '[']) {
        return fail(Code::TokenJsonSerialization, "a JSON text".to_owned());
    }
    let mut parts = [""; 6];
    match (parts::split(token, b'.', &mut parts), parts) {
        (3, [header, payload, signature, ..]) => {
            for (part, text) in [("header", header), ("payload", payload)] {
                if text.is_empty() {
                    return fail(Code::TokenSegments, format!("an empty {part}"));
                }
            }
            Ok([header, payload, signature])
        }
        (1, _) => fail(Code::TokenSegments, "one part".to_owned()),
        (5, _) => fail(Code::TokenEncrypted, "five parts".to_owned()),
        (6, _) => fail(Code::TokenSegments, "more than five parts".to_owned()),
        (count, _) => fail(Code::TokenSegments, format!("{count} parts")),
    }
}

fn bytes(part: &str, text: &str) -> Result<Vec<u8>, Rejection> {
    base64url::decode(text).map_err(|fault| encoding_rejection(part, &fault))
}

fn document(part: &str, text: &str) -> Result<Document, Rejection> {
    let bytes = bytes(part, text)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| utf8_rejection(part, error.utf8_error().valid_up_to()))?;
    let limits = Limits { max_bytes: usize::MAX, max_depth: MAX_TOKEN_DEPTH };
    let document = Document::parse(text, limits).map_err(|fault| json_rejection(part, &fault))?;
    if document.root().as_object().is_none() {
        return Err(object_rejection(part, document.root()));
    }
    Ok(document)
}

/// Refuses a part for its encoding.
pub(crate) fn encoding_rejection(part: &str, fault: &base64url::Fault) -> Rejection {
    let code = match fault {
        base64url::Fault::NonCanonical { .. } => Code::TokenNonCanonical,
        _ => Code::TokenBase64url,
    };
    let expected = "unpadded base64url in its canonical spelling";
    Rejection::new(code, Check::Encoding, expected, format!("{fault} of the {part}"))
}

/// Refuses a part for a byte that is not UTF-8, at this offset among the part's bytes.
pub(crate) fn utf8_rejection(part: &str, offset: usize) -> Rejection {
    let found = format!("a byte that is not UTF-8 at byte {offset} of the {part}");
    Rejection::new(Code::TokenUtf8, Check::Encoding, "UTF-8 text", found)
}

/// Refuses a part for its JSON.
pub(crate) fn json_rejection(part: &str, fault: &json::Fault) -> Rejection {
    let (code, expected) = match &fault.kind {
        FaultKind::DuplicateMember(_) => (Code::TokenDuplicateMember, "each member once"),
        FaultKind::TooDeep => (Code::TokenTooDeep, "at most 16 levels of nesting"),
        _ => (Code::TokenJson, "strict JSON (RFC 8259)"),
    };
    Rejection::new(code, Check::Json, expected, format!("{fault} of the {part}"))
}

/// Refuses a part that is another value than an object.
pub(crate) fn object_rejection(part: &str, value: Value<'_>) -> Rejection {
    let expected = format!("an object as the {part}");
    Rejection::new(Code::TokenNotAnObject, Check::Json, expected, value.kind_name())
}

#[cfg(test)]
mod tests {
    use super::Unverified;
    use crate::base64url::encode;
    use crate::error::Code;

    fn code(token: &str) -> Code {
        Unverified::parse(token).unwrap_err().code
    }

    #[test]
    fn the_original_bytes_stay() {
        let header = r#"{ "alg":"ES384" }"#;
        let payload = r#"{"n":1.10e2,"a":"\u00e9"}"#;
        let token =
            format!("{}.{}.{}", encode(header.as_bytes()), encode(payload.as_bytes()), "AAEC");
        let unverified = Unverified::parse(&token).unwrap();
        assert_eq!(unverified.header().text(), header);
        assert_eq!(unverified.payload().text(), payload);
        assert_eq!(unverified.signature(), [0, 1, 2]);
        assert_eq!(unverified.signing_input(), token.rsplit_once('.').unwrap().0.as_bytes());
    }

    #[test]
    fn faults_of_form() {
        let e = encode(b"{}");
        assert_eq!(code(""), Code::TokenEmpty);
        assert_eq!(code(&"a".repeat(40_000)), Code::TokenTooLarge);
        assert_eq!(code(&".".repeat(30_000)), Code::TokenSegments);
        assert_eq!(code("a"), Code::TokenSegments);
        assert_eq!(code(&format!("{e}.{e}")), Code::TokenSegments);
        assert_eq!(code(&format!("{e}.{e}.a.b")), Code::TokenSegments);
        assert_eq!(code(&format!("{e}..AA")), Code::TokenSegments);
        assert_eq!(code("a.b.c.d.e"), Code::TokenEncrypted);
        assert_eq!(code("{\"payload\":\"…\"}"), Code::TokenJsonSerialization);
        assert_eq!(code(&format!("{e}=.{e}.AA")), Code::TokenBase64url);
        assert_eq!(code(&format!("{e}.{e}.AB")), Code::TokenNonCanonical);
        assert_eq!(code(&format!("{e}.{}.AA", encode(b"{\"a\":\"\xff\"}"))), Code::TokenUtf8);
        assert_eq!(code(&format!("{e}.{}.AA", encode(b"[]"))), Code::TokenNotAnObject);
        assert_eq!(code(&format!("{e}.{}.AA", encode(b"{}x"))), Code::TokenJson);
        assert_eq!(code(&format!("{e}.{}.AA", encode(b"\xef\xbb\xbf{}"))), Code::TokenJson);
        let twice = encode(br#"{"a":{"b":1,"\u0062":2}}"#);
        assert_eq!(code(&format!("{e}.{twice}.AA")), Code::TokenDuplicateMember);
        let deep = encode(
            format!("{}{}", "{\"a\":".repeat(20), "1".to_owned() + &"}".repeat(20)).as_bytes(),
        );
        assert_eq!(code(&format!("{e}.{deep}.AA")), Code::TokenTooDeep);
    }
}
