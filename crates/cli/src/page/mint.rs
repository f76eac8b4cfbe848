//! Minting from the local issuer next to the page: the browser cannot call its API, which has no CORS, as
//! AWS's has none.

use std::io::Read;
use std::time::Duration;

use countersign::Instant;
use serde::Deserialize;
use serde_json::{Value, json};
use ureq::Agent;

use crate::surroundings::now;

/// More than any answer of the issuer has.
const MAX_ANSWER_BYTES: u64 = 1024 * 1024;

/// What the page asks for, in the words of GetWebIdentityToken.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Wish {
    access_key_id: String,
    audience: Vec<String>,
    signing_algorithm: String,
    duration_seconds: Option<u64>,
    #[serde(default)]
    tags: std::collections::BTreeMap<String, String>,
}

/// An answer for the page: a status, and JSON.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

/// Accounts and principals of the issuer.
pub(super) fn state(issuer: &str) -> Answer {
    let answer = agent().get(format!("{issuer}/_countersign/state")).call();
    match read(answer) {
        Ok((status, text)) => match serde_json::from_str(&text) {
            Ok(body) => Answer { status, body },
            Err(_) => unreachable_issuer("it does not answer as a local issuer does"),
        },
        Err(fault) => unreachable_issuer(&fault),
    }
}

/// A token, through the same API that the AWS CLI uses.
pub(super) fn token(issuer: &str, wish: &[u8]) -> Answer {
    let wish: Wish = match serde_json::from_slice(wish) {
        Ok(wish) => wish,
        Err(fault) => {
            return refusal(
                400,
                "page.request",
                &format!("The request is not understood: {fault}."),
            );
        }
    };
    let in_header = |c: char| c.is_ascii_alphanumeric();
    if wish.access_key_id.is_empty() || !wish.access_key_id.chars().all(in_header) {
        return refusal(400, "page.access_key_id", "An access key id has letters and digits only.");
    }
    let answer = agent()
        .post(issuer)
        .header("authorization", authorization(&wish.access_key_id))
        .header("x-amz-date", amz_date())
        .header("content-type", "application/x-www-form-urlencoded")
        .send(query(&wish));
    match read(answer) {
        Ok((200, text)) => match element(&text, "WebIdentityToken") {
            Some(token) => Answer {
                status: 200,
                body: json!({ "token": token, "expiration": element(&text, "Expiration") }),
            },
            None => unreachable_issuer("its answer has no token"),
        },
        Ok((status, text)) => {
            let code = element(&text, "Code").unwrap_or_else(|| "unknown".to_owned());
            refusal(status, &code, &element(&text, "Message").unwrap_or_default())
        }
        Err(fault) => unreachable_issuer(&fault),
    }
}

fn query(wish: &Wish) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("Action", "GetWebIdentityToken").append_pair("Version", "2011-06-15");
    query.append_pair("SigningAlgorithm", &wish.signing_algorithm);
    if let Some(seconds) = wish.duration_seconds {
        query.append_pair("DurationSeconds", &seconds.to_string());
    }
    for (at, audience) in wish.audience.iter().enumerate() {
        query.append_pair(&format!("Audience.member.{}", at + 1), audience);
    }
    for (at, (key, value)) in wish.tags.iter().enumerate() {
        query.append_pair(&format!("Tags.member.{}.Key", at + 1), key);
        query.append_pair(&format!("Tags.member.{}.Value", at + 1), value);
    }
    query.finish()
}

/// The shape of Signature Version 4. Its signature is none: the issuer takes any for a principal whose
/// secret its configuration does not name, and refuses this one for the others.
fn authorization(access_key_id: &str) -> String {
    let date: String = amz_date().chars().take(8).collect();
    let signature = "0".repeat(64);
    format!(
        "AWS4-HMAC-SHA256 Credential={access_key_id}/{date}/eu-west-1/sts/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature={signature}"
    )
}

/// The time as Signature Version 4 writes it: `20260101T000000Z`.
fn amz_date() -> String {
    Instant(now()).to_string().replace(['-', ':'], "")
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        // Making an account's RSA keys takes a debug build seconds.
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .new_agent()
}

fn read(
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<(u16, String), String> {
    let mut response = answer.map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let body = response.body_mut().as_reader().take(MAX_ANSWER_BYTES).read_to_end(&mut bytes);
    body.map_err(|error| error.to_string())?;
    Ok((response.status().as_u16(), String::from_utf8_lossy(&bytes).into_owned()))
}

/// The text of an XML element that has no attributes and no children.
fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    Some(plain.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to)))
}

fn unreachable_issuer(fault: &str) -> Answer {
    refusal(502, "page.issuer_unreachable", &format!("The local issuer cannot be used: {fault}."))
}

pub(super) fn refusal(status: u16, code: &str, message: &str) -> Answer {
    Answer { status, body: json!({ "code": code, "message": message }) }
}

#[cfg(test)]
mod tests {
    use super::{Wish, element, query};

    #[test]
    fn the_query_is_that_of_sts() {
        let wish: Wish = serde_json::from_str(
            r#"{"accessKeyId":"A","audience":["https://a","b&c"],"signingAlgorithm":"ES384",
                "durationSeconds":300,"tags":{"k":"v=1"}}"#,
        )
        .unwrap();
        assert_eq!(
            query(&wish),
            "Action=GetWebIdentityToken&Version=2011-06-15&SigningAlgorithm=ES384&DurationSeconds=300\
             &Audience.member.1=https%3A%2F%2Fa&Audience.member.2=b%26c\
             &Tags.member.1.Key=k&Tags.member.1.Value=v%3D1"
        );
    }

    #[test]
    fn elements_are_read_and_unescaped_once() {
        let xml = "<Error><Code>A</Code><Message>&amp;lt; &quot;x&quot;</Message></Error>";
        assert_eq!(element(xml, "Code").as_deref(), Some("A"));
        assert_eq!(element(xml, "Message").as_deref(), Some("&lt; \"x\""));
        assert_eq!(element(xml, "Token"), None);
    }
}
