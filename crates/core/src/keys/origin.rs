//! Web origins, compared exactly as they are spelled.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Scheme, host and port of a URL, and what follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Location<'a> {
    pub(super) scheme: &'a str,
    /// Host, and port where one is written. Nothing is normalized: `a:443` and `a` are two hosts, as
    /// are `A` and `a`, so that no two readers can disagree about which one is meant.
    pub(super) authority: &'a str,
    /// Path and query; empty, or beginning with `/`.
    pub(super) rest: &'a str,
}

impl<'a> Location<'a> {
    /// Longest URL, in bytes.
    const LONGEST: usize = 2048;

    /// Reads a URL from which keys may be fetched: https to any host, or http to this host itself.
    /// Neither userinfo nor a fragment has a place in one.
    pub(super) fn parse(url: &'a str) -> Result<Self, &'static str> {
        if url.len() > Self::LONGEST {
            return Err("a URL of more than 2048 bytes");
        }
        if !url.bytes().all(|byte| matches!(byte, b'!'..=b'~')) {
            return Err("a character that no URL has");
        }
        let Some((scheme, after)) = url.split_once("://") else {
            return Err("no scheme");
        };
        if after.contains(['#', '\\']) {
            return Err("a fragment or a backslash");
        }
        let end = after.find(['/', '?']).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
        if rest.starts_with('?') {
            return Err("a query without a path");
        }
        if authority.contains('@') {
            return Err("a user name before the host");
        }
        let Some(host) = host(authority) else {
            return Err("no plain host and port");
        };
        match scheme {
            "https" => Ok(Self { scheme, authority, rest }),
            "http" if is_loopback(host) => Ok(Self { scheme, authority, rest }),
            "http" => Err("http to another host than this one"),
            _ => Err("another scheme than https"),
        }
    }

    pub(super) fn same_origin(self, other: Location<'_>) -> bool {
        self.scheme == other.scheme && self.authority == other.authority
    }
}

/// The host of an authority, if host and port are well-formed.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(v6) => {
            let (inner, after) = v6.split_once(']')?;
            inner.parse::<Ipv6Addr>().ok()?;
            (inner, if after.is_empty() { None } else { Some(after.strip_prefix(':')?) })
        }
        None => match authority.split_once(':') {
            None => (authority, None),
            Some((host, port)) => (host, Some(port)),
        },
    };
    let named =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b':');
    let sound_port = port.is_none_or(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
    });
    (!host.is_empty() && host.bytes().all(named) && sound_port).then_some(host)
}

/// Whether a host is this host itself, spelled as an address without brackets (or as the one name that RFC 6761,
/// section 6.3 reserves for it).
pub(crate) fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || host.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::Location;

    #[test]
    fn reads_scheme_authority_and_rest() {
        let location = Location::parse("https://a.example:8443/b?c").unwrap();
        assert_eq!(
            (location.scheme, location.authority, location.rest),
            ("https", "a.example:8443", "/b?c")
        );
        for url in [
            "https://a",
            "https://a/",
            "https://[2001:db8::1]:1/x",
            "http://127.0.0.1:8460",
            "http://127.9.9.9",
            "http://[::1]:1/x",
            "http://localhost:80/",
        ] {
            assert!(Location::parse(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn refuses_what_readers_could_read_in_two_ways_or_over_the_wire() {
        for url in [
            "",
            "a",
            "https:/a",
            "https://",
            "https:///x",
            "https://?x",
            "https://a?x",
            "https://a#x",
            "https://a/#",
            "https://u@a",
            "https://a@b/",
            "https://a\\b",
            "https://a b",
            "https://a\n",
            "https://é",
            "https://a:",
            "https://a:x",
            "https://a:+1",
            "https://a:65536",
            "https://a:1:2",
            "https://[::1",
            "https://[::1]x",
            "https://[x]",
            "https://a%2eb",
            "HTTPS://a",
            "ftp://a",
            "file:///etc/passwd",
            "http://a",
            "http://169.254.169.254/",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://127.1",
            "http://0.0.0.0",
        ] {
            assert!(Location::parse(url).is_err(), "{url}");
        }
        assert!(Location::parse(&format!("https://a/{}", "x".repeat(2048))).is_err());
        assert_eq!(Location::parse("https://u@a"), Err("a user name before the host"));
    }

    #[test]
    fn origins_are_compared_as_spelled() {
        let origin = |url| Location::parse(url).unwrap();
        let a = origin("https://a/x");
        assert!(a.same_origin(origin("https://a/y?z")));
        for other in ["https://A/", "https://a:443/", "https://a./", "https://b.a/", "https://a.b/"]
        {
            assert!(!a.same_origin(origin(other)), "{other}");
        }
        assert!(!origin("https://localhost").same_origin(origin("http://localhost")));
    }
}
