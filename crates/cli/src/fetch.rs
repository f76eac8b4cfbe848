//! Fetching one document of an issuer within limits. What the document means is the core's business.

use std::error::Error as _;
use std::io::{self, Read};
use std::net::IpAddr;
use std::time::Duration;

use countersign::{Fetch, FetchFailure, FetchOutcome};
use ureq::http::{Response, Uri, header};
use ureq::{Agent, Body, Error, Proxy};

/// Fetches the document: over https, or over http from loopback; redirects are not followed.
pub(crate) fn fetch(request: &Fetch) -> FetchOutcome {
    let Some(channel) = Channel::to(&request.url) else {
        return failed(FetchFailure::Insecure, "only https is fetched, and http from loopback");
    };
    let answer = agent(channel, request.timeout_seconds)
        .get(&request.url)
        .header(header::ACCEPT, "application/json")
        .call();
    match answer {
        Ok(response) => receive(response, request.max_bytes),
        Err(error) => failed(reason(&error), &with_causes(&error)),
    }
}

/// What a URL is reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Channel {
    /// Plain http that does not leave this host.
    Loopback,
    /// TLS.
    Tls,
}

impl Channel {
    fn to(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        match (uri.scheme_str()?, uri.host()?) {
            ("https", _) => Some(Self::Tls),
            ("http", host) if is_loopback(host) => Some(Self::Loopback),
            _ => None,
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn agent(channel: Channel, timeout_seconds: u64) -> Agent {
    // What is on this host is never asked for through a proxy.
    let proxy = match channel {
        Channel::Loopback => None,
        Channel::Tls => Proxy::try_from_env(),
    };
    Agent::config_builder()
        .https_only(channel == Channel::Tls)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(proxy)
        .timeout_global(Some(Duration::from_secs(timeout_seconds)))
        .user_agent(concat!("countersign/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

fn receive(response: Response<Body>, max_bytes: usize) -> FetchOutcome {
    let status = response.status().as_u16();
    let lines: Vec<String> = response
        .headers()
        .get_all(header::CACHE_CONTROL)
        .iter()
        .map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned())
        .collect();
    let cache_control = (!lines.is_empty()).then(|| lines.join(", "));
    let mut body = Vec::new();
    // One byte more than allowed tells a body that is too large from one that just fits.
    let limit = u64::try_from(max_bytes).unwrap_or(u64::MAX).saturating_add(1);
    match response.into_body().into_reader().take(limit).read_to_end(&mut body) {
        Ok(read) if read > max_bytes => {
            failed(FetchFailure::TooLarge, &format!("more than {max_bytes} bytes"))
        }
        Ok(_) => FetchOutcome::Response { status, cache_control, body },
        Err(error) => {
            let error = Error::from(error);
            failed(reason(&error), &with_causes(&error))
        }
    }
}

fn reason(error: &Error) -> FetchFailure {
    match error {
        Error::Timeout(_) => FetchFailure::Timeout,
        Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => FetchFailure::Timeout,
        Error::RedirectFailed | Error::TooManyRedirects => FetchFailure::Redirect,
        Error::BodyExceedsLimit(_) | Error::LargeResponseHeader(..) => FetchFailure::TooLarge,
        Error::RequireHttpsOnly(_) => FetchFailure::Insecure,
        _ => FetchFailure::Network,
    }
}

/// An error with its causes, since the first often only says that something failed.
fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text += ": ";
            text += &more;
        }
        cause = error.source();
    }
    text
}

fn failed(reason: FetchFailure, detail: &str) -> FetchOutcome {
    FetchOutcome::Failed { reason, detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::Channel;

    #[test]
    fn plain_http_goes_to_loopback_only() {
        for (url, channel) in [
            ("https://a.tokens.sts.global.api.aws/x", Some(Channel::Tls)),
            ("http://127.0.0.1:8460/a", Some(Channel::Loopback)),
            ("http://[::1]:8460/a", Some(Channel::Loopback)),
            ("http://localhost:8460/a", Some(Channel::Loopback)),
            ("http://127.0.0.1@evil.example/a", None),
            ("http://127.0.0.1.evil.example/a", None),
            ("http://localhost.evil.example/a", None),
            ("http://10.0.0.1/a", None),
            ("file:///etc/passwd", None),
            ("ftp://127.0.0.1/a", None),
            ("", None),
        ] {
            assert_eq!(Channel::to(url), channel, "{url}");
        }
    }
}
