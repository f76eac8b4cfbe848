//! How a document of an issuer is fetched: over what, through whom, and within which limits.

use countersign::{Fetch, FetchFailure, FetchOutcome};

use crate::environment::Environment;
use crate::loopback::is_loopback;
use crate::proxy::Proxy;

/// One GET request. Redirects are not followed, whatever they name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Where to: `https`, or `http` on loopback.
    pub url: String,
    /// The proxy through which to tunnel, for `https` only.
    pub proxy: Option<Proxy>,
    /// Where to stop reading and to report [`FetchFailure::TooLarge`], in bytes.
    pub max_bytes: usize,
    /// When to stop waiting and to report [`FetchFailure::Timeout`], in seconds from the start.
    pub timeout_seconds: u64,
}

impl Exchange {
    /// The media type to ask for.
    pub const ACCEPT: &'static str = "application/json";

    /// Who asks.
    pub const USER_AGENT: &'static str = concat!("countersign/", env!("CARGO_PKG_VERSION"));

    /// What came of it when the answer is larger than allowed.
    pub fn too_large(&self) -> FetchOutcome {
        failed(FetchFailure::TooLarge, &format!("more than {} bytes", self.max_bytes))
    }

    /// What came of it when there is no whole answer in time.
    pub fn timed_out(&self) -> FetchOutcome {
        failed(FetchFailure::Timeout, "timeout: global")
    }

    /// The exchange for a document, or what came of it where there must not be any.
    pub(crate) fn of(
        document: &Fetch,
        environment: &Environment,
    ) -> Result<Self, Box<FetchOutcome>> {
        let Some(channel) = Channel::to(&document.url) else {
            let detail = "only https is fetched, and http from loopback";
            return Err(Box::new(failed(FetchFailure::Insecure, detail)));
        };
        let proxy = match channel {
            // What is on this host is never asked for through a proxy.
            Channel::Loopback => None,
            Channel::Tls { host } => Proxy::for_host(host, environment)
                .map_err(|fault| Box::new(failed(FetchFailure::Network, &fault)))?,
        };
        Ok(Self {
            url: document.url.clone(),
            proxy,
            max_bytes: document.max_bytes,
            timeout_seconds: document.timeout_seconds,
        })
    }
}

fn failed(reason: FetchFailure, detail: &str) -> FetchOutcome {
    FetchOutcome::Failed { reason, detail: detail.to_owned() }
}

/// What a URL is reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Channel<'u> {
    /// Plain http that does not leave this host.
    Loopback,
    /// TLS.
    Tls { host: &'u str },
}

impl<'u> Channel<'u> {
    fn to(url: &'u str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let authority = rest.split(['/', '?', '#', '\\']).next()?;
        // No URL of an issuer has a user in it: that would only be there to look like another host.
        if authority.contains('@') {
            return None;
        }
        let host = host_of(authority);
        match scheme {
            "https" if !host.is_empty() => Some(Self::Tls { host }),
            "http" if is_loopback(host) => Some(Self::Loopback),
            _ => None,
        }
    }
}

/// The host of `host:port`, an address of version 6 with its brackets.
fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|octet| octet.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::Channel;

    #[test]
    fn plain_http_goes_to_loopback_only() {
        let host = "a.tokens.sts.global.api.aws";
        for (url, channel) in [
            ("https://a.tokens.sts.global.api.aws/x", Some(Channel::Tls { host })),
            ("https://a.tokens.sts.global.api.aws:443/x", Some(Channel::Tls { host })),
            ("http://127.0.0.1:8460/a", Some(Channel::Loopback)),
            ("http://[::1]:8460/a", Some(Channel::Loopback)),
            ("http://[::1]/a", Some(Channel::Loopback)),
            ("http://localhost:8460/a", Some(Channel::Loopback)),
            ("http://127.0.0.1@evil.example/a", None),
            ("https://127.0.0.1@evil.example/a", None),
            ("http://127.0.0.1\\@evil.example/a", Some(Channel::Loopback)),
            ("http://127.0.0.1.evil.example/a", None),
            ("http://localhost.evil.example/a", None),
            ("http://10.0.0.1/a", None),
            ("https:///a", None),
            ("file:///etc/passwd", None),
            ("ftp://127.0.0.1/a", None),
            ("", None),
        ] {
            assert_eq!(Channel::to(url), channel, "{url}");
        }
    }
}
