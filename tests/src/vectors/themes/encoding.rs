use crate::vectors::case::Case;
use crate::vectors::mint::{Mint, rs256, token};
use crate::vectors::signer::encode;

const BASE64URL: (&str, &str) = ("token.base64url", "encoding");
const NON_CANONICAL: (&str, &str) = ("token.non_canonical", "encoding");
const UTF8: (&str, &str) = ("token.utf8", "encoding");

pub(super) fn cases() -> Vec<Case> {
    let good = token().text();
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else { return Vec::new() };
    let with_payload = |payload: &str| token().sign(&format!("{header}.{payload}"));
    let with_header = |header: &str| token().sign(&format!("{header}.{payload}"));
    vec![
        Case::rejected(
            "padding after the header",
            "RFC 7515, section 2: no trailing `=`.",
            with_header(&format!("{header}=")),
            BASE64URL,
        )
        .found("padding"),
        Case::rejected(
            "padding after the payload",
            "peers.md, row `=` padding; the signature covers it.",
            with_payload(&format!("{payload}==")),
            BASE64URL,
        )
        .found("of the payload"),
        Case::rejected(
            "padding after the signature",
            "One token, several spellings.",
            format!("{good}=="),
            BASE64URL,
        )
        .found("of the signature"),
        Case::rejected(
            "percent-encoded padding",
            "A token that went through a form.",
            format!("{good}%3D"),
            BASE64URL,
        ),
        Case::rejected(
            "newline within the payload",
            "peers.md, row newline inside a segment.",
            with_payload(&broken(payload, "\n")),
            BASE64URL,
        )
        .found("a line break"),
        Case::rejected(
            "carriage return within the header",
            "MIME wraps lines.",
            with_header(&broken(header, "\r\n")),
            BASE64URL,
        ),
        Case::rejected(
            "newline at the end",
            "`cat token | …` keeps it.",
            format!("{good}\n"),
            BASE64URL,
        )
        .found("a line break"),
        Case::rejected(
            "newline at the beginning",
            "One token, several spellings.",
            format!("\n{good}"),
            BASE64URL,
        ),
        Case::rejected(
            "space at the beginning",
            "One token, several spellings.",
            format!(" {good}"),
            BASE64URL,
        )
        .found("white space"),
        Case::rejected(
            "tab at the end",
            "One token, several spellings.",
            format!("{good}\t"),
            BASE64URL,
        ),
        Case::rejected(
            "Bearer before it",
            "The whole Authorization header was passed on.",
            format!("Bearer {good}"),
            BASE64URL,
        ),
        Case::rejected(
            "quotes around it",
            "It was copied out of JSON.",
            format!("\"{good}\""),
            BASE64URL,
        ),
        Case::rejected(
            "zero byte at the end",
            "Strings that end at a zero byte in another language.",
            format!("{good}\0"),
            BASE64URL,
        ),
        Case::rejected(
            "zero-width space",
            "Invisible when copied from a chat.",
            format!("\u{200b}{good}"),
            BASE64URL,
        ),
        Case::rejected(
            "full-width letter",
            "Unicode that normalizes to the alphabet.",
            format!("{}{}", good.trim_end_matches(|c| c != '.'), "\u{ff21}"),
            BASE64URL,
        ),
        Case::rejected(
            "plain base64 alphabet",
            "RFC 4648, section 4 instead of section 5.",
            respelled(&token(), "-_", "+/"),
            BASE64URL,
        )
        .found("plain base64"),
        Case::rejected(
            "a length that no base64url has",
            "One character more than a whole number of groups.",
            with_payload(&exact(payload, 1)),
            BASE64URL,
        )
        .found("length"),
        Case::rejected(
            "stray bits in the signature",
            "peers.md: one signature, several spellings, so that replay keys differ.",
            stray(&rs256().text()),
            NON_CANONICAL,
        )
        .found("of the signature"),
        Case::rejected(
            "stray bits in the payload",
            "The signature covers the respelled text, as an issuer with a broken encoder would.",
            {
                let text = token().payload_text();
                // A length that leaves stray bits: white space is free in JSON.
                let text = if text.len().is_multiple_of(3) { format!("{text} ") } else { text };
                with_payload(&stray(&encode(text)))
            },
            NON_CANONICAL,
        )
        .found("of the payload"),
        Case::rejected(
            "stray bits in the header",
            "The signature covers the respelled text.",
            {
                let text = token().header_text();
                let text = if text.len().is_multiple_of(3) { format!("{text} ") } else { text };
                with_header(&stray(&encode(text)))
            },
            NON_CANONICAL,
        )
        .found("of the header"),
        Case::rejected(
            "a byte that is not UTF-8 in the payload",
            "peers.md, row invalid UTF-8: replaced in silence by three of four peers.",
            {
                let text = token().payload_text().replace("billing", "bill\u{1}ing");
                token().payload(
                    text.bytes().map(|b| if b == 1 { 0xff } else { b }).collect::<Vec<_>>(),
                )
            },
            UTF8,
        )
        .found("of the payload"),
        Case::rejected(
            "a byte that is not UTF-8 in the header",
            "RFC 7515, section 5.2, step 3.",
            {
                token().header_bytes(
                    b"{\"kid\":\"EC384_0\",\"typ\":\"JWT\",\"alg\":\"ES384\",\"x\":\"\xc3\"}",
                )
            },
            UTF8,
        )
        .found("of the header"),
        Case::rejected(
            "overlong UTF-8",
            "A slash in two bytes: RFC 3629, section 10.",
            {
                let text = token().payload_text().replace("billing", "bill\u{1}\u{2}ing");
                token().payload(
                    text.bytes()
                        .map(|b| match b {
                            1 => 0xc0,
                            2 => 0xaf,
                            b => b,
                        })
                        .collect::<Vec<_>>(),
                )
            },
            UTF8,
        ),
        Case::rejected(
            "a surrogate in UTF-8",
            "CESU-8: RFC 3629, section 3 forbids it.",
            {
                let text = token().payload_text().replace("billing", "bill\u{1}\u{2}\u{3}ing");
                token().payload(
                    text.bytes()
                        .map(|b| match b {
                            1 => 0xed,
                            2 => 0xa0,
                            3 => 0x80,
                            b => b,
                        })
                        .collect::<Vec<_>>(),
                )
            },
            UTF8,
        ),
        Case::rejected(
            "UTF-16 payload",
            "Not UTF-8, though every reader could guess.",
            {
                let units: Vec<u8> =
                    token().payload_text().encode_utf16().flat_map(u16::to_be_bytes).collect();
                // In UTF-8 this is text with zero bytes, so it is JSON that it fails to be.
                token().payload(units)
            },
            ("token.json", "json"),
        ),
        Case::rejected(
            "parts in the wrong order",
            "Payload first: still three parts of base64url.",
            format!("{payload}.{header}.{signature}"),
            ("header.member", "algorithm"),
        ),
    ]
}

fn broken(part: &str, with: &str) -> String {
    let (left, right) = part.split_at(part.len() / 2);
    format!("{left}{with}{right}")
}

/// The part cut to a length that leaves this remainder by 4.
fn exact(part: &str, remainder: usize) -> String {
    let length = part.len() / 4 * 4;
    let (cut, _) = part.split_at(length - 4 + remainder);
    cut.to_owned()
}

/// The same bytes in another spelling: the last character with its unused bits set.
fn stray(text: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = text.to_owned();
    let last = text.pop().and_then(|last| ALPHABET.find(last)).unwrap_or_default();
    text.extend(ALPHABET.chars().nth(last + 1));
    text
}

/// The token with characters of its signature replaced, at least one of which is there.
fn respelled(mint: &Mint, from: &str, to: &str) -> String {
    (0..)
        .map(|number| mint.clone().claim("jti", number.to_string().into()).text())
        .find(|text| {
            text.rsplit('.').next().is_some_and(|part| part.contains(|c| from.contains(c)))
        })
        .map(|text| {
            text.chars()
                .map(|c| from.find(c).and_then(|at| to.chars().nth(at)).unwrap_or(c))
                .collect()
        })
        .unwrap_or_default()
}
