//! A discovery document: the first line of an input is the issuer, the rest the document.

use countersign::keys::{Discovery, discovery_url};

use crate::shared::{assert_printable, text, theirs};

/// Runs the target.
pub fn run(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let issuer = text(&data[..end]);
    let document = data.get(end + 1..).unwrap_or_default();
    if let Ok(url) = discovery_url(issuer) {
        let origin = origin(issuer);
        assert!(url.starts_with(&format!("{origin}/")), "{url}");
        assert!(url.ends_with("/.well-known/openid-configuration"), "{url}");
    }
    match Discovery::parse(document, issuer) {
        Err(fault) => assert_printable(&fault.to_string()),
        Ok(discovery) => {
            if let Some(theirs) = theirs(document) {
                assert_eq!(theirs["issuer"], issuer);
                assert_eq!(theirs["jwks_uri"], discovery.jwks_uri);
            }
            assert_eq!(origin(&discovery.jwks_uri), origin(issuer));
            assert!(discovery_url(issuer).is_ok() || issuer.contains('?'), "{issuer}");
        }
    }
}

/// Where a program would connect that reads URLs as the WHATWG says, in a form that has one reading only:
/// no user name, no backslash, nothing that is stripped or percent-decoded on the way.
fn origin(url: &str) -> &str {
    let (scheme, rest) = url.split_once("://").unwrap();
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    assert!(url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{url}");
    assert!(!url.contains('#') && !authority.contains(['@', '%']), "{url}");
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !authority.ends_with(']') => (host, port),
        _ => (authority, "443"),
    };
    assert!(!host.is_empty() && port.parse::<u16>().is_ok(), "{url}");
    let is_here = host == "localhost" || host.starts_with("127.") || host.starts_with('[');
    assert!(scheme == "https" || (scheme == "http" && is_here), "{url}");
    &url[..scheme.len() + 3 + authority.len()]
}
