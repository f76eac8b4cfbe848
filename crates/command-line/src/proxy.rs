//! Which proxy is used for what, as the environment says.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::environment::Environment;

/// The variables that name a proxy, the first one that is set first.
const PROXIES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// The variables that name hosts to be reached without.
const DIRECT: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// A proxy that tunnels (CONNECT, RFC 9110, section 9.3.6).
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Whether the proxy itself is spoken to over TLS.
    pub tls: bool,
    /// Its host; an address of version 6 without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What `Proxy-Authorization` says, if it wants to be told.
    pub authorization: Option<String>,
    /// As the environment has it.
    pub url: String,
}

impl Proxy {
    /// The proxy for a host, if the environment names one; an error where it cannot be used.
    pub(crate) fn for_host(host: &str, environment: &Environment) -> Result<Option<Self>, String> {
        let Some((name, url)) =
            PROXIES.iter().find_map(|name| Some((name, environment.variable(name)?)))
        else {
            return Ok(None);
        };
        let direct = DIRECT.iter().find_map(|name| environment.variable(name)).unwrap_or_default();
        if direct.split(',').any(|pattern| matches(pattern.trim(), host)) {
            return Ok(None);
        }
        // Its URL may hold a password, and is not repeated.
        Self::parse(url).map(Some).ok_or_else(|| {
            format!("{name} is no URL of an http or https proxy, such as http://proxy.example:3128")
        })
    }

    fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let (tls, default_port) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (false, 80),
            "https" => (true, 443),
            _ => return None,
        };
        let authority = rest.split(['/', '?', '#']).next()?;
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, number(port)?),
            _ => (place, default_port),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return None;
        }
        let authorization = match user {
            Some(user) => Some(basic(user)?),
            None => None,
        };
        Some(Self { tls, host: host.to_owned(), port, authorization, url: url.to_owned() })
    }
}

/// Without the credentials that it may hold.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tls, host, port, .. } = self;
        f.debug_struct("Proxy")
            .field("tls", tls)
            .field("host", host)
            .field("port", port)
            .finish_non_exhaustive()
    }
}

/// Basic credentials (RFC 7617) from a URL's `user:password`.
fn basic(user: &str) -> Option<String> {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let mut credentials = decoded(name)?;
    credentials.push(b':');
    credentials.extend(decoded(password)?);
    Some(format!("Basic {}", STANDARD.encode(credentials)))
}

/// A port. `parse` takes a sign too.
fn number(port: &str) -> Option<u16> {
    port.bytes().all(|octet| octet.is_ascii_digit()).then(|| port.parse().ok()).flatten()
}

/// A text without its percent-encoding (RFC 3986, section 2.1).
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut parts = text.split('%');
    let mut octets = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        // `from_str_radix` takes a sign too.
        let are_digits = digits.bytes().all(|octet| octet.is_ascii_hexdigit());
        octets.push(are_digits.then(|| u8::from_str_radix(digits, 16).ok()).flatten()?);
        octets.extend_from_slice(rest.as_bytes());
    }
    Some(octets)
}

/// Whether a pattern of `NO_PROXY` means this host: `*`, a suffix (`.example`, `*.example`), a prefix (`10.`,
/// `10.*`), or the host itself.
fn matches(pattern: &str, host: &str) -> bool {
    let (pattern, host) = (pattern.to_ascii_lowercase(), host.to_ascii_lowercase());
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(suffix), _) => host.ends_with(suffix),
        (None, Some(prefix)) => host.starts_with(prefix),
        (None, None) if pattern.starts_with('.') => host.ends_with(&pattern),
        (None, None) if pattern.ends_with('.') => host.starts_with(&pattern),
        (None, None) => !pattern.is_empty() && host == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::{Proxy, matches};
    use crate::environment::Environment;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        let variables =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Environment { variables: variables.collect(), ..Environment::default() }
    }

    fn chosen(variables: &[(&str, &str)]) -> Result<Option<String>, String> {
        let proxy = Proxy::for_host("a.example", &environment(variables))?;
        Ok(proxy.map(|proxy| format!("{} {}:{}", proxy.tls, proxy.host, proxy.port)))
    }

    #[test]
    fn the_environment_names_the_proxy() {
        for (variables, proxy) in [
            (&[][..], None),
            (&[("HTTPS_PROXY", "")], None),
            (&[("HTTPS_PROXY", "http://p.example:3128/")], Some("false p.example:3128")),
            (&[("https_proxy", "p.example")], Some("false p.example:80")),
            (&[("http_proxy", "HTTPS://p.example")], Some("true p.example:443")),
            (&[("HTTPS_PROXY", "http://[::1]:8080")], Some("false ::1:8080")),
            (&[("HTTPS_PROXY", "http://[::1]")], Some("false ::1:80")),
            (&[("HTTPS_PROXY", "b:1"), ("ALL_PROXY", "a:1")], Some("false a:1")),
            (&[("HTTPS_PROXY", "p:1"), ("NO_PROXY", "b.example, .example")], None),
            (&[("HTTPS_PROXY", "p:1"), ("no_proxy", "b.example")], Some("false p:1")),
        ] {
            assert_eq!(chosen(variables), Ok(proxy.map(str::to_owned)), "{variables:?}");
        }
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_named_without_its_password() {
        for url in [
            "socks5://u:hush@p.example",
            "http://",
            "http://u:hush@p:99999",
            "http://u:hush@p:+80",
            "http://%zz:hush@p",
            "http://%+5:hush@p",
        ] {
            let fault = chosen(&[("HTTPS_PROXY", url)]).unwrap_err();
            assert!(
                fault.starts_with("HTTPS_PROXY is no URL") && !fault.contains("hush"),
                "{fault}"
            );
        }
    }

    #[test]
    fn credentials_are_decoded_once() {
        let of = |url| Proxy::parse(url).unwrap().authorization;
        assert_eq!(of("http://p"), None);
        // Aladdin's credentials are RFC 7617's own example.
        let example = Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==".to_owned());
        assert_eq!(of("http://Aladdin:open%20sesame@p"), example);
        assert_eq!(of("http://u:a:b%2540@p"), Some("Basic dTphOmIlNDA=".to_owned()));
    }

    #[test]
    fn credentials_are_in_no_debug_output() {
        let proxy = Proxy::parse("http://Aladdin:hush@p.example:3128").unwrap();
        let shown = format!("{proxy:?}");
        assert!(shown.contains("p.example") && shown.contains("3128"), "{shown}");
        let credentials = proxy.authorization.unwrap();
        for secret in ["hush", "Aladdin", credentials.trim_start_matches("Basic ")] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }

    #[test]
    fn hosts_are_left_out_by_themselves_by_suffix_and_by_prefix() {
        for (pattern, host, expected) in [
            ("*", "a.example", true),
            ("a.example", "A.Example", true),
            ("a.example", "b.a.example", false),
            (".example", "a.example", true),
            ("*.example", "a.example", true),
            ("*.example", "example", false),
            ("10.", "10.0.0.1", true),
            ("10.*", "10.0.0.1", true),
            ("10.*", "110.0.0.1", false),
            ("", "a.example", false),
        ] {
            assert_eq!(matches(pattern, host), expected, "{pattern} {host}");
        }
    }
}
