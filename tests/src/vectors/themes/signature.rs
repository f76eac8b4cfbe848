use serde_json::json;

use crate::vectors::case::Case;
use crate::vectors::mint::{Mint, es256, rs256, token};
use crate::vectors::shared::{ES256, ES384, RS256};
use crate::vectors::signer::{RsaKey, encode};

const INVALID: (&str, &str) = ("signature.invalid", "signature");
const MALFORMED: (&str, &str) = ("signature.malformed", "signature");

/// The order of P-384's group (SEC 2, section 2.5.1).
const ORDER: &str = "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973";

pub(super) fn cases() -> Vec<Case> {
    let good = token().text();
    let (signing_input, signature) = good.rsplit_once('.').unwrap_or_default();
    let other = token().claim("jti", json!("another")).text();
    let (_, others) = other.rsplit_once('.').unwrap_or_default();
    let moved = |mint: Mint| format!("{}.{signature}", mint.signing_input());
    let order = hex(ORDER);
    let mut beyond = order.clone();
    if let Some(last) = beyond.last_mut() {
        *last += 1;
    }
    let scalars = |r: &[u8], s: &[u8]| token().with_signature(|_| [r, s].concat());
    let one = [&[0; 47][..], &[1]].concat();
    let changed = |mint: &Mint, change: fn(&mut Vec<u8>)| {
        mint.with_signature(|message| {
            let mut signature = mint.signer().sign(message);
            change(&mut signature);
            signature
        })
    };
    vec![
        Case::rejected(
            "payload changed: another role",
            "The signature is of other claims.",
            moved(token().claim("sub", json!("arn:aws:iam::123456789012:role/Admin"))),
            INVALID,
        ),
        Case::rejected(
            "payload changed: a later expiry",
            "The signature is of other claims.",
            moved(token().claim("exp", json!(1_766_918_000))),
            INVALID,
        ),
        Case::rejected(
            "header changed: one member more",
            "The header is signed too.",
            moved(token().header("x", json!(1))),
            INVALID,
        ),
        Case::rejected(
            "the signature of another token",
            "Same key, same length.",
            format!("{signing_input}.{others}"),
            INVALID,
        ),
        Case::rejected(
            "first bit flipped",
            "ES384.",
            changed(&token(), |s| flip(s, 0, 0x80)),
            INVALID,
        ),
        Case::rejected(
            "last bit flipped",
            "ES384.",
            changed(&token(), |s| flip(s, 95, 1)),
            INVALID,
        ),
        Case::rejected(
            "RS256: first bit flipped",
            "RS256.",
            changed(&rs256(), |s| flip(s, 0, 0x40)),
            INVALID,
        ),
        Case::rejected(
            "RS256: last bit flipped",
            "RS256.",
            changed(&rs256(), |s| flip(s, 255, 1)),
            INVALID,
        ),
        Case::rejected(
            "no signature",
            "RFC 7515, section 5.2; alg is not none, and still nothing is signed.",
            format!("{signing_input}."),
            MALFORMED,
        )
        .found("0 bytes")
        .expecting("96"),
        Case::rejected(
            "signature cut by a byte",
            "ES384 has 96 bytes.",
            changed(&token(), |s| {
                s.pop();
            }),
            MALFORMED,
        )
        .found("95"),
        Case::rejected(
            "signature longer by a byte",
            "ES384 has 96 bytes.",
            changed(&token(), |s| s.push(0)),
            MALFORMED,
        )
        .found("97"),
        Case::rejected(
            "signature as DER",
            "RFC 7518, section 3.4: raw R and S, not ASN.1.",
            token().with_signature(|m| der(&ES384.sign(m))),
            MALFORMED,
        ),
        Case::rejected(
            "an ES256 signature under ES384",
            "64 bytes where 96 must be.",
            token().signed_by(ES256),
            MALFORMED,
        )
        .found("64"),
        Case::rejected(
            "r and s zero",
            "CVE-2022-21449 (psychic signatures).",
            scalars(&[0; 48], &[0; 48]),
            INVALID,
        ),
        Case::rejected(
            "r zero",
            "FIPS 186-5, section 6.4.2: 1 to n - 1.",
            scalars(&[0; 48], &one),
            INVALID,
        ),
        Case::rejected("s zero", "FIPS 186-5, section 6.4.2.", scalars(&one, &[0; 48]), INVALID),
        Case::rejected("r the order", "FIPS 186-5, section 6.4.2.", scalars(&order, &one), INVALID),
        Case::rejected("s the order", "FIPS 186-5, section 6.4.2.", scalars(&one, &order), INVALID),
        Case::rejected(
            "r and s beyond the order",
            "FIPS 186-5, section 6.4.2.",
            scalars(&beyond, &beyond),
            INVALID,
        ),
        Case::rejected(
            "r and s all ones",
            "FIPS 186-5, section 6.4.2.",
            scalars(&[0xff; 48], &[0xff; 48]),
            INVALID,
        ),
        Case::rejected(
            "r and s exchanged",
            "A reader that mixes them up.",
            changed(&token(), |s| s.rotate_left(48)),
            INVALID,
        ),
        Case::accepted(
            "s and its negative",
            "RFC 7518, section 3.4 asks for no low s, so both are signatures; replay is told by jti.",
            changed(&token(), |s| {
                let negative = subtract(&hex(ORDER), s.get(48..).unwrap_or_default());
                s.truncate(48);
                s.extend(negative);
            }),
        ),
        Case::rejected(
            "ES256: r and s zero",
            "CVE-2022-21449 (psychic signatures).",
            es256().with_signature(|_| vec![0; 64]),
            INVALID,
        )
        .by("es256"),
        Case::rejected(
            "RS256: all zero",
            "It decrypts to zero.",
            rs256().with_signature(|_| vec![0; 256]),
            INVALID,
        ),
        Case::rejected(
            "RS256: one",
            "It decrypts to one.",
            rs256().with_signature(|_| [&[0; 255][..], &[1]].concat()),
            INVALID,
        ),
        Case::rejected(
            "RS256: the modulus",
            "RFC 8017, section 5.2.2: out of range.",
            rs256().with_signature(|_| RsaKey::Bits2048.modulus()),
            INVALID,
        ),
        Case::rejected(
            "RS256: beyond the modulus",
            "RFC 8017, section 5.2.2: out of range.",
            rs256().with_signature(|_| vec![0xff; 256]),
            INVALID,
        ),
        Case::rejected(
            "RS256: by SHA-512",
            "The digest is not the algorithm's.",
            rs256().with_signature(|m| RsaKey::Bits2048.sign_rs512(m)),
            INVALID,
        ),
        Case::rejected(
            "RS256: without DigestInfo",
            "RFC 8017, section 9.2.",
            rs256().with_signature(|m| RsaKey::Bits2048.sign_without_digest_info(m)),
            INVALID,
        ),
        Case::rejected(
            "RS256: cut by a byte",
            "RFC 8017, section 8.2.2: the modulus's length.",
            changed(&rs256(), |s| {
                s.pop();
            }),
            MALFORMED,
        )
        .expecting("256")
        .found("255"),
        Case::rejected(
            "RS256: leading zero left out",
            "RFC 8017, section 8.2.2: one spelling.",
            leading_zero(true),
            MALFORMED,
        ),
        Case::accepted(
            "RS256: leading zero kept",
            "The same signature in its one spelling.",
            leading_zero(false),
        ),
        Case::rejected(
            "RS256: leading zero added",
            "RFC 8017, section 8.2.2: one spelling.",
            changed(&rs256(), |s| s.insert(0, 0)),
            MALFORMED,
        )
        .found("257"),
        Case::rejected(
            "signed without the header",
            "RFC 7515, section 5.1: both parts and the dot.",
            token().with_signature(|m| {
                let payload = m.split(|byte| *byte == b'.').nth(1).unwrap_or_default();
                ES384.sign(payload)
            }),
            INVALID,
        ),
        Case::rejected(
            "signed as decoded text",
            "RFC 7515, section 5.1: the encoded parts are what is signed.",
            token().with_signature(|_| {
                ES384.sign(
                    format!("{}.{}", token().header_text(), token().payload_text()).as_bytes(),
                )
            }),
            INVALID,
        ),
        Case::rejected(
            "several faults at once",
            "The signature comes first; explain shows the others.",
            {
                format!(
                    "{}.{signature}",
                    token()
                        .claim("aud", json!("https://other.example"))
                        .times(1_766_900_000, 1_766_900_300)
                        .signing_input()
                )
            },
            INVALID,
        )
        .also(&["time.expired", "audience.mismatch"]),
        Case::rejected(
            "the signature of JSON encoded otherwise",
            "The same claims in another order are another text.",
            {
                let payload = token().payload_text();
                let respelled = payload.replacen('{', "{ ", 1);
                format!("{}.{}.{signature}", encode(token().header_text()), encode(respelled))
            },
            INVALID,
        ),
    ]
}

/// A token whose RSA signature begins with a zero octet. About one in 256 does: the search begins where it
/// is known to end.
fn leading_zero(left_out: bool) -> String {
    (245..)
        .map(|number| rs256().claim("jti", json!(format!("number {number}"))))
        .find_map(|mint| {
            let signature = RS256.sign(mint.signing_input().as_bytes());
            let rest = signature.strip_prefix(&[0])?.to_vec();
            Some(mint.with_signature(|_| if left_out { rest } else { signature }))
        })
        .unwrap_or_default()
}

/// R and S as an ASN.1 sequence of two integers.
fn der(raw: &[u8]) -> Vec<u8> {
    let integer = |bytes: &[u8]| {
        let start = bytes.iter().position(|byte| *byte != 0).unwrap_or_default();
        let mut content = bytes.get(start..).unwrap_or_default().to_vec();
        if content.first().is_some_and(|byte| *byte >= 0x80) {
            content.insert(0, 0);
        }
        [vec![0x02, content.len() as u8], content].concat()
    };
    let (r, s) = raw.split_at(raw.len() / 2);
    let content = [integer(r), integer(s)].concat();
    [vec![0x30, content.len() as u8], content].concat()
}

fn flip(bytes: &mut [u8], at: usize, bits: u8) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= bits;
    }
}

/// The difference of two numbers of one length, big-endian, the first not smaller.
fn subtract(from: &[u8], what: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let mut difference: Vec<u8> = from
        .iter()
        .rev()
        .zip(what.iter().rev())
        .map(|(left, right)| {
            let digit = 256 + i32::from(*left) - i32::from(*right) - borrow;
            borrow = i32::from(digit < 256);
            (digit % 256) as u8
        })
        .collect();
    difference.reverse();
    difference
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect()
}
