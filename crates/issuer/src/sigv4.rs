//! AWS Signature Version 4, from the server's side.
//!
//! Source: "Create a signed AWS API request" in the IAM User Guide.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::aws::{AwsError, Service};
use crate::http::Request;
use crate::time::Timestamp;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const PAST_SKEW_SECONDS: u32 = 15 * 60;
const FUTURE_SKEW_SECONDS: u32 = 5 * 60;

/// What an `Authorization` header says, not yet verified.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Authorization {
    pub(crate) access_key_id: String,
    pub(crate) region: String,
    date: String,
    service: String,
    signed_headers: Vec<String>,
    signature: Vec<u8>,
}

impl Authorization {
    /// Reads the header strictly. No error repeats the signature.
    pub(crate) fn of(request: &Request) -> Result<Self, AwsError> {
        let header = request.header("authorization").ok_or_else(missing_token)?;
        let parameters = header
            .strip_prefix(ALGORITHM)
            .filter(|rest| rest.starts_with([' ', ',']))
            .ok_or_else(|| incomplete(format!("Authorization header requires '{ALGORITHM}'.")))?;

        let [mut credential, mut signed_headers, mut signature] = [None; 3];
        for parameter in parameters.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            let Some((name, value)) = parameter.split_once('=') else {
                return Err(incomplete(
                    "Authorization header holds a part that is not a valid key=value pair \
                     (missing equal-sign).",
                ));
            };
            match name {
                "Credential" => credential = Some(value),
                "SignedHeaders" => signed_headers = Some(value),
                "Signature" => signature = Some(value),
                _ => {}
            }
        }
        let missing: Vec<_> = [
            ("Credential", credential),
            ("Signature", signature),
            ("SignedHeaders", signed_headers),
        ]
        .into_iter()
        .filter(|(_, value)| value.is_none_or(str::is_empty))
        .map(|(name, _)| format!("Authorization header requires '{name}' parameter."))
        .collect();
        let (Some(credential), Some(signature), Some(signed_headers), []) =
            (credential, signature, signed_headers, missing.as_slice())
        else {
            return Err(incomplete(missing.join(" ")));
        };

        let mut elements = credential.split('/');
        let mut element = || elements.next().filter(|text| !text.is_empty());
        let (Some(access_key_id), Some(date), Some(region), Some(service), Some(terminator), None) =
            (element(), element(), element(), element(), element(), elements.next())
        else {
            return Err(incomplete(format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. \
                 keyid/date/region/service/term, got '{credential}'"
            )));
        };
        if terminator != "aws4_request" {
            return Err(mismatch(format!(
                "Credential should be scoped with a valid terminator: 'aws4_request', not '{terminator}'."
            )));
        }
        if !region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(mismatch("Credential should be scoped to a valid region."));
        }
        let signature = hex_bytes(signature)
            .ok_or_else(|| incomplete("Signature must be 64 hexadecimal digits."))?;
        Ok(Self {
            access_key_id: access_key_id.to_owned(),
            region: region.to_owned(),
            date: date.to_owned(),
            service: service.to_owned(),
            signed_headers: signed_headers.split(';').map(str::to_owned).collect(),
            signature,
        })
    }

    /// Checks that the credential is scoped to `service`.
    pub(crate) fn check_service(&self, service: Service) -> Result<(), AwsError> {
        let expected = service.scope_name();
        if self.service == expected {
            return Ok(());
        }
        Err(mismatch(format!("Credential should be scoped to correct service: '{expected}'.")))
    }

    /// Checks the request's date and its signature against the secret key.
    pub(crate) fn verify(
        &self,
        request: &Request,
        secret_access_key: &str,
        now: Timestamp,
    ) -> Result<(), AwsError> {
        let stated = request.header("x-amz-date").unwrap_or_default();
        let Some(date) = Timestamp::parse_iso8601_basic(stated) else {
            return Err(incomplete(
                "Authorization header requires existence of an 'X-Amz-Date' header in the form \
                 YYYYMMDDTHHMMSSZ.",
            ));
        };
        self.check_date(stated, date, now)?;
        if !self.signed_headers.iter().any(|name| name == "host") {
            return Err(mismatch(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
            ));
        }
        let text = self.string_to_sign(request, stated);
        let key = self.signing_key(secret_access_key);
        let matches = hmac(&key).is_some_and(|mac| {
            // Compares in constant time.
            mac.chain_update(text).verify_slice(&self.signature).is_ok()
        });
        if matches {
            return Ok(());
        }
        Err(mismatch(
            "The request signature we calculated does not match the signature you provided. Check \
             your AWS Secret Access Key and signing method. Consult the service documentation for \
             details.",
        ))
    }

    fn check_date(&self, stated: &str, date: Timestamp, now: Timestamp) -> Result<(), AwsError> {
        let day = stated.get(..8).unwrap_or_default();
        if day != self.date {
            return Err(mismatch(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from \
                 HTTP: '{}' != '{day}', from '{stated}'.",
                self.date
            )));
        }
        let clock = now.iso8601_basic();
        let (earliest, latest) =
            (now.minus_seconds(PAST_SKEW_SECONDS), now.plus_seconds(FUTURE_SKEW_SECONDS));
        if date < earliest {
            let earliest = earliest.iso8601_basic();
            return Err(mismatch(format!(
                "Signature expired: {stated} is now earlier than {earliest} ({clock} - 15 min.)"
            )));
        }
        if date > latest {
            let latest = latest.iso8601_basic();
            return Err(mismatch(format!(
                "Signature not yet current: {stated} is still later than {latest} ({clock} + 5 min.)"
            )));
        }
        Ok(())
    }

    fn string_to_sign(&self, request: &Request, date: &str) -> String {
        let Self { date: day, region, service, .. } = self;
        let canonical = hex(&Sha256::digest(self.canonical_request(request)));
        format!("{ALGORITHM}\n{date}\n{day}/{region}/{service}/aws4_request\n{canonical}")
    }

    fn canonical_request(&self, request: &Request) -> String {
        let mut text =
            format!("{}\n{}\n{}\n", request.method, request.path, canonical_query(&request.query));
        for name in &self.signed_headers {
            let values: Vec<_> = request.header_values(name).map(collapse_spaces).collect();
            text.push_str(&format!("{name}:{}\n", values.join(",")));
        }
        let body = hex(&Sha256::digest(&request.body));
        text.push_str(&format!("\n{}\n{body}", self.signed_headers.join(";")));
        text
    }

    fn signing_key(&self, secret_access_key: &str) -> Vec<u8> {
        let secret = format!("AWS4{secret_access_key}").into_bytes();
        [self.date.as_str(), &self.region, &self.service, "aws4_request"].into_iter().fold(
            secret,
            |key, step| {
                let mac = hmac(&key).map(|mac| mac.chain_update(step).finalize().into_bytes());
                mac.map(|bytes| bytes.to_vec()).unwrap_or_default()
            },
        )
    }
}

/// HMAC takes keys of any length, so that this is always `Some`.
fn hmac(key: &[u8]) -> Option<Hmac<Sha256>> {
    Hmac::new_from_slice(key).ok()
}

fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (uri_encode(&name), uri_encode(&value)))
        .collect();
    pairs.sort();
    let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

fn uri_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn collapse_spaces(value: &str) -> String {
    value.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hex_bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.bytes().map(|b| char::from(b).to_digit(16)).collect::<Option<Vec<_>>>()?;
    if digits.len() != 64 {
        return None;
    }
    let (pairs, _) = digits.as_chunks::<2>();
    pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).ok()).collect()
}

fn missing_token() -> AwsError {
    AwsError::new(403, "MissingAuthenticationToken", "Request is missing Authentication Token")
}

fn incomplete(message: impl Into<String>) -> AwsError {
    AwsError::new(400, "IncompleteSignature", message)
}

fn mismatch(message: impl Into<String>) -> AwsError {
    AwsError::new(403, "SignatureDoesNotMatch", message)
}

#[cfg(test)]
#[path = "sigv4_tests.rs"]
mod tests;
