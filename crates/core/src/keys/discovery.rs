use super::code::DiscoveryCode;
use super::fault::{DiscoveryFault, quoted};
use super::origin::Location;
use crate::json::{Document, Limits, Object};

/// What is needed of an issuer's discovery document (OpenID Connect Discovery 1.0, section 3).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Discovery {
    /// Where the issuer's key set is: always on the issuer's own origin.
    pub jwks_uri: String,
}

impl Discovery {
    /// Longest document, in bytes.
    const MAX_BYTES: usize = 65_536;

    /// Reads the discovery document of an issuer.
    ///
    /// # Errors
    /// The document is not strict JSON, names another issuer, or places the key set elsewhere than on
    /// the issuer's own origin: a document must not be able to send this host somewhere else.
    pub fn parse(bytes: &[u8], issuer: &str) -> Result<Self, DiscoveryFault> {
        let document = document(bytes)?;
        let root = document.root();
        let Some(object) = root.as_object() else {
            return Err(DiscoveryFault::new(DiscoveryCode::Json, "an object", root.kind_name()));
        };
        check_issuer(object, issuer)?;
        Ok(Self { jwks_uri: jwks_uri(object, issuer)? })
    }
}

/// Where the discovery document of an issuer is (OpenID Connect Discovery 1.0, section 4.1).
///
/// # Errors
/// What is wrong with the issuer, when nothing may be fetched from it: https only, http only to
/// loopback; neither userinfo, query nor fragment.
pub fn discovery_url(issuer: &str) -> Result<String, &'static str> {
    let location = Location::parse(issuer)?;
    if location.rest.contains('?') {
        return Err("a query");
    }
    let base = issuer.strip_suffix('/').unwrap_or(issuer);
    Ok(format!("{base}/.well-known/openid-configuration"))
}

/// Whether keys may be fetched from a URL for this issuer: it is a plain URL on the issuer's own origin.
pub(super) fn is_on_own_origin(jwks_uri: &str, issuer: &str) -> bool {
    match (Location::parse(jwks_uri), Location::parse(issuer)) {
        (Ok(location), Ok(own)) => own.same_origin(location),
        _ => false,
    }
}

fn document(bytes: &[u8]) -> Result<Document, DiscoveryFault> {
    let max_bytes = Discovery::MAX_BYTES;
    if bytes.len() > max_bytes {
        return Err(DiscoveryFault::new(
            DiscoveryCode::TooLarge,
            format!("at most {max_bytes} bytes"),
            format!("{} bytes", bytes.len()),
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let found = format!("another byte at {}", error.valid_up_to());
        DiscoveryFault::new(DiscoveryCode::Utf8, "UTF-8 text", found)
    })?;
    Document::parse(text, Limits { max_bytes, max_depth: 16 })
        .map_err(|fault| DiscoveryFault::new(DiscoveryCode::Json, "strict JSON", fault.to_string()))
}

fn check_issuer(object: Object<'_>, issuer: &str) -> Result<(), DiscoveryFault> {
    let value = object.member("issuer");
    let found = match (value, value.and_then(|value| value.as_str())) {
        (_, Some(text)) if text == issuer => return Ok(()),
        (_, Some(text)) => quoted(&text),
        (Some(value), None) => value.kind_name().into(),
        (None, None) => "none".into(),
    };
    Err(DiscoveryFault::new(DiscoveryCode::Issuer, quoted(issuer), found))
}

fn jwks_uri(object: Object<'_>, issuer: &str) -> Result<String, DiscoveryFault> {
    const EXPECTED: &str = "a plain https URL in jwks_uri";
    let fault = |found: String| DiscoveryFault::new(DiscoveryCode::JwksUri, EXPECTED, found);
    let value = object.member("jwks_uri").ok_or_else(|| fault("none".into()))?;
    let uri = value.as_str().ok_or_else(|| fault(value.kind_name().into()))?;
    let location =
        Location::parse(&uri).map_err(|why| fault(format!("{why} in {}", quoted(&uri))))?;
    if !is_on_own_origin(&uri, issuer) {
        let expected = format!("the origin of {}", quoted(issuer));
        let found = quoted(&format!("{}://{}", location.scheme, location.authority));
        return Err(DiscoveryFault::new(DiscoveryCode::JwksUriOrigin, expected, found));
    }
    Ok(uri.into_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Discovery, discovery_url};

    const AWS: &[u8] = include_bytes!("../../../../tests/vectors/aws/openid-configuration.json");
    const ISSUER: &str = "https://fixture.tokens.sts.global.api.aws";

    fn code(document: &Value, issuer: &str) -> &'static str {
        match Discovery::parse(document.to_string().as_bytes(), issuer) {
            Ok(_) => "accepted",
            Err(fault) => fault.code.as_str(),
        }
    }

    #[test]
    fn the_live_document_reads_as_it_is() {
        let discovery = Discovery::parse(AWS, ISSUER).unwrap();
        assert_eq!(discovery.jwks_uri, format!("{ISSUER}/.well-known/jwks.json"));
    }

    #[test]
    fn the_issuer_is_compared_exactly() {
        for other in [
            "https://fixture.tokens.sts.global.api.aws/",
            "https://Fixture.tokens.sts.global.api.aws",
            "https://fixture.tokens.sts.global.api.aws:443",
            "https://fixture.tokens.sts.global.api.aws.",
            "http://fixture.tokens.sts.global.api.aws",
            "https://fixture.tokens.sts.global.api",
            "https://sts.amazonaws.com",
        ] {
            let fault = Discovery::parse(AWS, other).unwrap_err();
            assert_eq!(fault.code.as_str(), "discovery.issuer", "{other}");
            assert!(fault.expected.contains(other) && fault.found.contains(ISSUER));
        }
        for issuer in [json!(null), json!(7), json!([ISSUER])] {
            let document = json!({ "issuer": issuer, "jwks_uri": format!("{ISSUER}/k") });
            assert_eq!(code(&document, ISSUER), "discovery.issuer");
        }
    }

    #[test]
    fn the_key_set_is_on_the_issuers_own_origin() {
        let cases = [
            (ISSUER, "https://fixture.tokens.sts.global.api.aws/keys?v=1", "accepted"),
            (ISSUER, "https://other.tokens.sts.global.api.aws/keys", "discovery.jwks_uri_origin"),
            (
                ISSUER,
                "https://fixture.tokens.sts.global.api.aws:443/k",
                "discovery.jwks_uri_origin",
            ),
            (ISSUER, "https://FIXTURE.tokens.sts.global.api.aws/k", "discovery.jwks_uri_origin"),
            (ISSUER, "http://127.0.0.1/k", "discovery.jwks_uri_origin"),
            (ISSUER, "http://fixture.tokens.sts.global.api.aws/k", "discovery.jwks_uri"),
            (ISSUER, "https://fixture.tokens.sts.global.api.aws@evil/k", "discovery.jwks_uri"),
            (ISSUER, "https://fixture.tokens.sts.global.api.aws/k#f", "discovery.jwks_uri"),
            (ISSUER, "https://fixture.tokens.sts.global.api.aws\\@evil/", "discovery.jwks_uri"),
            (ISSUER, "file:///etc/passwd", "discovery.jwks_uri"),
            (ISSUER, "/keys", "discovery.jwks_uri"),
            (ISSUER, "", "discovery.jwks_uri"),
            ("http://127.0.0.1:8460/a", "http://127.0.0.1:8460/a/keys", "accepted"),
            (
                "http://127.0.0.1:8460/a",
                "http://127.0.0.1:8461/a/keys",
                "discovery.jwks_uri_origin",
            ),
            (
                "http://127.0.0.1:8460/a",
                "http://localhost:8460/a/keys",
                "discovery.jwks_uri_origin",
            ),
            (
                "http://127.0.0.1:8460/a",
                "https://127.0.0.1:8460/a/keys",
                "discovery.jwks_uri_origin",
            ),
            ("http://issuer.example", "http://issuer.example/keys", "discovery.jwks_uri"),
        ];
        for (issuer, jwks_uri, expected) in cases {
            let document = json!({ "issuer": issuer, "jwks_uri": jwks_uri });
            assert_eq!(code(&document, issuer), expected, "{jwks_uri}");
        }
        for jwks_uri in [json!(7), json!(null), json!(["https://a/"])] {
            let document = json!({ "issuer": ISSUER, "jwks_uri": jwks_uri });
            assert_eq!(code(&document, ISSUER), "discovery.jwks_uri");
        }
    }

    #[test]
    fn whole_documents_are_refused_by_name() {
        let large = vec![b' '; 65_537];
        let twice = format!(r#"{{"issuer":"{ISSUER}","issuer":"{ISSUER}"}}"#);
        let cases: [(&[u8], &str); 7] = [
            (b"", "discovery.json"),
            (b"<html>", "discovery.json"),
            (b"\xef\xbb\xbf{}", "discovery.json"),
            (b"[]", "discovery.json"),
            (b"\"\xff\"", "discovery.utf8"),
            (&large, "discovery.too_large"),
            (twice.as_bytes(), "discovery.json"),
        ];
        for (document, code) in cases {
            let fault = Discovery::parse(document, ISSUER).unwrap_err();
            assert_eq!(fault.code.as_str(), code);
        }
    }

    #[test]
    fn discovery_urls_follow_the_issuer() {
        assert_eq!(
            discovery_url(ISSUER).unwrap(),
            format!("{ISSUER}/.well-known/openid-configuration")
        );
        assert_eq!(
            discovery_url("http://127.0.0.1:1/a/").unwrap(),
            "http://127.0.0.1:1/a/.well-known/openid-configuration"
        );
        for issuer in ["", "http://a", "https://a/?b", "https://a#b", "https://u@a", "sts"] {
            assert!(discovery_url(issuer).is_err(), "{issuer}");
        }
    }
}
