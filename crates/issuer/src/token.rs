//! The token: header, claims, signature.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use crate::config::{OuPathForm, PrincipalContext};
use crate::keys::{KeyFailure, SigningKey};

/// Claims as AWS writes them: compact, members sorted by name, no `nbf`.
#[derive(Debug, Serialize)]
pub(crate) struct Claims<'a> {
    pub(crate) aud: Audience<'a>,
    pub(crate) exp: i64,
    #[serde(rename = "https://sts.amazonaws.com/", skip_serializing_if = "Option::is_none")]
    pub(crate) aws: Option<AwsClaim<'a>>,
    pub(crate) iat: i64,
    pub(crate) iss: &'a str,
    pub(crate) jti: String,
    pub(crate) sub: &'a str,
}

/// A single audience is a string; several are an array, order and duplicates kept.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Audience<'a> {
    One(&'a str),
    Several(&'a [String]),
}

impl<'a> Audience<'a> {
    pub(crate) fn of(audiences: &'a [String]) -> Self {
        match audiences {
            [audience] => Self::One(audience),
            _ => Self::Several(audiences),
        }
    }
}

/// The claim named `https://sts.amazonaws.com/`.
#[derive(Debug, Serialize)]
pub(crate) struct AwsClaim<'a> {
    pub(crate) aws_account: &'a str,
    #[serde(flatten)]
    pub(crate) context: &'a PrincipalContext,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) org_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) original_session_exp: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ou_path: Option<OuPath<'a>>,
    pub(crate) principal_id: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) principal_tags: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) request_tags: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source_identity: Option<&'a str>,
    pub(crate) source_region: &'a str,
}

/// AWS documents a string, and sends an array of one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum OuPath<'a> {
    Array([&'a str; 1]),
    String(&'a str),
}

impl<'a> OuPath<'a> {
    pub(crate) fn new(path: &'a str, form: OuPathForm) -> Self {
        match form {
            OuPathForm::Array => Self::Array([path]),
            OuPathForm::String => Self::String(path),
        }
    }
}

/// The header: exactly these three members, in this order.
#[derive(Serialize)]
struct Header<'a> {
    kid: &'a str,
    typ: &'static str,
    alg: &'a str,
}

/// The header of a token, as JSON.
pub(crate) fn header(kid: &str, alg: &str) -> Result<Vec<u8>, KeyFailure> {
    serde_json::to_vec(&Header { kid, typ: "JWT", alg }).map_err(|_| KeyFailure)
}

/// The compact serialization (RFC 7515 §7.1) of `payload`, signed with `key`.
pub(crate) fn sign(key: &SigningKey, payload: &[u8]) -> Result<String, KeyFailure> {
    let header = header(key.kid(), key.algorithm().as_str())?;
    compact(&header, payload, |message| key.sign(message))
}

/// The compact serialization, whatever makes the signature.
pub(crate) fn compact(
    header: &[u8],
    payload: &[u8],
    signature: impl FnOnce(&[u8]) -> Result<Vec<u8>, KeyFailure>,
) -> Result<String, KeyFailure> {
    let mut token =
        format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let signature = signature(token.as_bytes())?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    Ok(token)
}
