use serde_json::{Value, json};

use super::case::{Piece, TokenText};
use super::json::Json;
use super::shared::{
    ACCOUNT, AUDIENCE, ES256, ES384, EXPIRES_AT, ISSUED_AT, ISSUER, ORGANIZATION, ROLE, RS256,
    SIBLING, SIBLING_ES384, SIBLING_ISSUER, SIBLING_ROLE, STRANGER, STRANGER_ES384,
    STRANGER_ISSUER, STRANGER_ROLE, UNIT,
};
use super::signer::{Signer, encode};

pub(super) const AWS_CLAIM: &str = "https://sts.amazonaws.com/";

/// A token in the making: sound until it is changed.
#[derive(Clone, Debug)]
pub(super) struct Mint {
    header: Vec<(String, Value)>,
    claims: Vec<(String, Value)>,
    signer: Signer,
}

/// The pinned account's role, ES384.
pub(super) fn token() -> Mint {
    mint(ISSUER, ACCOUNT, ROLE, ORGANIZATION)
}

/// The same, RS256.
pub(super) fn rs256() -> Mint {
    token().header("alg", json!("RS256")).header("kid", json!("RSA_0")).signed_by(RS256)
}

/// The same, ES256.
pub(super) fn es256() -> Mint {
    token().header("alg", json!("ES256")).header("kid", json!("EC256_0")).signed_by(ES256)
}

/// The organization's other account.
pub(super) fn sibling() -> Mint {
    mint(SIBLING_ISSUER, SIBLING, SIBLING_ROLE, ORGANIZATION).signed_by(SIBLING_ES384)
}

/// A genuine token of another customer.
pub(super) fn stranger() -> Mint {
    mint(STRANGER_ISSUER, STRANGER, STRANGER_ROLE, "o-stranger12").signed_by(STRANGER_ES384)
}

fn mint(issuer: &str, account: &str, role: &str, organization: &str) -> Mint {
    let claims = [
        ("aud", json!(AUDIENCE)),
        ("exp", json!(EXPIRES_AT)),
        (
            AWS_CLAIM,
            json!({
                "aws_account": account,
                "org_id": organization,
                "original_session_exp": "2025-12-28T10:45:29Z",
                "ou_path": [UNIT.replace(ORGANIZATION, organization)],
                "principal_id": role,
                "principal_tags": { "environment": "production", "team": "billing" },
                "request_tags": { "job-id": "job-2024-001" },
                "source_region": "eu-west-1",
            }),
        ),
        ("iat", json!(ISSUED_AT)),
        ("iss", json!(issuer)),
        ("jti", json!("0b6d1c52-6b1e-4c3e-9a55-9f1f5e0f7a10")),
        ("sub", json!(role)),
    ];
    let header = [("kid", json!("EC384_0")), ("typ", json!("JWT")), ("alg", json!("ES384"))];
    let owned = |(name, value): (&str, Value)| (name.to_owned(), value);
    Mint { header: header.map(owned).into(), claims: claims.map(owned).into(), signer: ES384 }
}

impl Mint {
    /// Sets a header member.
    pub(super) fn header(mut self, name: &str, value: Value) -> Self {
        set(&mut self.header, name, value);
        self
    }

    pub(super) fn without_header(mut self, name: &str) -> Self {
        self.header.retain(|(member, _)| member != name);
        self
    }

    /// Sets a claim.
    pub(super) fn claim(mut self, name: &str, value: Value) -> Self {
        set(&mut self.claims, name, value);
        self
    }

    pub(super) fn without(mut self, name: &str) -> Self {
        self.claims.retain(|(member, _)| member != name);
        self
    }

    /// Sets a member of AWS's claim.
    #[expect(clippy::needless_pass_by_value, reason = "called with literals")]
    pub(super) fn aws(mut self, name: &str, value: Value) -> Self {
        for (claim, aws) in &mut self.claims {
            if let (AWS_CLAIM, Some(members)) = (claim.as_str(), aws.as_object_mut()) {
                members.insert(name.to_owned(), value.clone());
            }
        }
        self
    }

    pub(super) fn without_aws(mut self, name: &str) -> Self {
        for (claim, aws) in &mut self.claims {
            if let (AWS_CLAIM, Some(members)) = (claim.as_str(), aws.as_object_mut()) {
                members.remove(name);
            }
        }
        self
    }

    /// The subject, and with it `principal_id` and the account in AWS's claim, if it has one.
    pub(super) fn principal(self, arn: &str) -> Self {
        let account = arn.split(':').nth(4).unwrap_or_default().to_owned();
        self.claim("sub", json!(arn))
            .aws("principal_id", json!(arn))
            .aws("aws_account", json!(account))
    }

    /// Issue and expiry.
    pub(super) fn times(self, issued_at: u64, expires_at: u64) -> Self {
        self.claim("iat", json!(issued_at)).claim("exp", json!(expires_at))
    }

    pub(super) fn signed_by(mut self, signer: Signer) -> Self {
        self.signer = signer;
        self
    }

    pub(super) fn signer(&self) -> Signer {
        self.signer
    }

    pub(super) fn header_text(&self) -> String {
        text(&self.header)
    }

    pub(super) fn payload_text(&self) -> String {
        text(&self.claims)
    }

    /// Header and payload, each encoded, with the dot between them.
    pub(super) fn signing_input(&self) -> String {
        format!("{}.{}", encode(self.header_text()), encode(self.payload_text()))
    }

    /// The token.
    pub(super) fn text(&self) -> String {
        self.sign(&self.signing_input())
    }

    /// A token of these two parts as they stand, signed as they stand.
    pub(super) fn sign(&self, signing_input: &str) -> String {
        format!("{signing_input}.{}", encode(self.signer.sign(signing_input.as_bytes())))
    }

    /// The same token with another payload text, signed.
    pub(super) fn payload(&self, payload: impl AsRef<[u8]>) -> String {
        self.sign(&format!("{}.{}", encode(self.header_text()), encode(payload)))
    }

    /// The same token with another header text, signed.
    pub(super) fn header_bytes(&self, header: impl AsRef<[u8]>) -> String {
        self.sign(&format!("{}.{}", encode(header), encode(self.payload_text())))
    }

    /// The same token with a signature that is none of the signer's own.
    pub(super) fn with_signature(&self, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
        let signing_input = self.signing_input();
        let signature = sign(signing_input.as_bytes());
        format!("{signing_input}.{}", encode(signature))
    }

    /// A signed token whose payload has this many bytes, as a recipe.
    ///
    /// The payload is filled up three bytes at a time, so the number must leave 2 by 3.
    pub(super) fn padded_to(&self, bytes: usize) -> TokenText {
        let payload = self.payload_text();
        let mut start = format!("{},\"pad\":\"", payload.strip_suffix('}').unwrap_or(&payload));
        while start.len() % 3 != 0 {
            start.insert(1, ' ');
        }
        let end = "\"}";
        let times = bytes.saturating_sub(start.len() + end.len()) / 3;
        let head = format!("{}.{}", encode(self.header_text()), encode(&start));
        let (middle, tail) = (encode("aaa"), encode(end));
        let signing_input = format!("{head}{}{tail}", middle.repeat(times));
        let signature = encode(self.signer.sign(signing_input.as_bytes()));
        TokenText::Pieces(vec![
            Piece::Text(head),
            Piece::Repeat { repeat: middle, times },
            Piece::Text(format!("{tail}.{signature}")),
        ])
    }
}

impl From<Mint> for TokenText {
    fn from(mint: Mint) -> Self {
        Self::Text(mint.text())
    }
}

fn set(members: &mut Vec<(String, Value)>, name: &str, value: Value) {
    match members.iter_mut().find(|(member, _)| member == name) {
        Some((_, place)) => *place = value,
        None => members.push((name.to_owned(), value)),
    }
}

fn text(members: &[(String, Value)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| {
            format!("{}:{}", Value::from(name.as_str()), Json(value.clone()).text())
        })
        .collect();
    format!("{{{}}}", members.join(","))
}
