//! The forms an issuer can have. Issuers are compared exactly, byte for byte.

const PREFIX: &str = "https://";
const SUFFIX: &str = ".tokens.sts.global.api.aws";

/// Whether a text has exactly the form of an AWS account's issuer:
/// `https://<label>.tokens.sts.global.api.aws`, the label being one DNS label of `[a-z0-9-]`.
///
/// Only AWS can serve keys at such a host, which is what makes trust by organization possible. The
/// label is a random id; AWS's own sample is not a UUID, so no more is asked of it.
pub fn is_aws_issuer(text: &str) -> bool {
    text.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).is_some_and(is_label)
}

/// Whether a text is an issuer of a local issuer at this origin: `<origin>/<label>`.
pub(crate) fn is_loopback_issuer(text: &str, origin: &str) -> bool {
    origin_of(text) == Some(origin)
}

/// The origin at which a text would be an issuer of a local issuer.
pub(crate) fn origin_of(text: &str) -> Option<&str> {
    text.rsplit_once('/').filter(|(_, label)| is_label(label)).map(|(origin, _)| origin)
}

/// Whether a text is the origin of a local issuer: plain http, a loopback address, a port.
pub(crate) fn is_loopback_origin(text: &str) -> bool {
    let Some((host, port)) = text.strip_prefix("http://").and_then(|rest| rest.rsplit_once(':'))
    else {
        return false;
    };
    let port_is_plain = !port.starts_with('0') && port.bytes().all(|b| b.is_ascii_digit());
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
        && port_is_plain
        && port.parse::<u16>().is_ok()
}

/// Whether a text is an exact https URL that can be pinned as an issuer: a host name in small letters,
/// perhaps a port and a path, and nothing else; no slash at its end.
pub(crate) fn is_https_issuer(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(PREFIX) else { return false };
    let (authority, path) = rest.split_once('/').map_or((rest, None), |(a, p)| (a, Some(p)));
    let (host, port) = authority.split_once(':').map_or((authority, None), |(h, p)| (h, Some(p)));
    let port_is_plain = port.is_none_or(|port| {
        !port.starts_with('0')
            && port.bytes().all(|b| b.is_ascii_digit())
            && port.parse::<u16>().is_ok()
    });
    let path_is_plain = path.is_none_or(|path| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        path.split('/').all(|s| !s.is_empty() && s != "." && s != ".." && s.chars().all(plain))
    });
    host.len() <= 253 && host.split('.').all(is_label) && port_is_plain && path_is_plain
}

/// Whether a text names the STS service itself, which people take for the issuer.
pub fn is_sts_service(text: &str) -> bool {
    let mut host = text;
    while let Some(rest) = host.strip_prefix(PREFIX) {
        host = rest;
    }
    let host = host.trim_end_matches('/');
    host == "sts.amazonaws.com"
        || host.strip_prefix("sts.").is_some_and(|rest| {
            rest.ends_with(".amazonaws.com") || rest.ends_with(".amazonaws.com.cn")
        })
}

/// An issuer with all that people get wrong about its spelling removed: only for telling them so.
pub(crate) fn without_slips(text: &str) -> String {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_prefix("http://").map_or(text.clone(), |rest| format!("{PREFIX}{rest}"));
    let text = if text.contains("://") { text } else { format!("{PREFIX}{text}") };
    let text = without_end(&text, "/.well-known/openid-configuration");
    let text = without_end(text.trim_end_matches(['/', '.']), ":443");
    text.trim_end_matches('.').to_owned()
}

/// Not `str::trim_end_matches`, whose search from the end would be 0.6 % of the WebAssembly module.
fn without_end<'t>(mut text: &'t str, end: &str) -> &'t str {
    while let Some(rest) = text.strip_suffix(end) {
        text = rest;
    }
    text
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_aws_form_is_exact() {
        assert!(is_aws_issuer("https://abc123-def456-ghi789-jkl012.tokens.sts.global.api.aws"));
        for text in [
            "http://a.tokens.sts.global.api.aws",
            "https://a.tokens.sts.global.api.aws/",
            "https://A.tokens.sts.global.api.aws",
            "https://a.b.tokens.sts.global.api.aws",
            "https://.tokens.sts.global.api.aws",
            "https://-a.tokens.sts.global.api.aws",
            "https://a.tokens.sts.global.api.aws.",
            "https://a.tokens.sts.global.api.aws:443",
            "https://u@a.tokens.sts.global.api.aws",
            "https://evil.example/.tokens.sts.global.api.aws",
            "https://evil.example#.tokens.sts.global.api.aws",
            "https://a.tokens.sts.global.api.aws.evil.example",
            " https://a.tokens.sts.global.api.aws",
            "https://ä.tokens.sts.global.api.aws",
        ] {
            assert!(!is_aws_issuer(text), "{text}");
        }
    }

    #[test]
    fn loopback_is_named_in_full() {
        assert!(is_loopback_origin("http://127.0.0.1:8460"));
        assert!(is_loopback_origin("http://[::1]:1"));
        for text in [
            "http://127.0.0.1",
            "http://127.0.0.1:",
            "http://127.0.0.1:0",
            "http://127.0.0.1:99999",
            "https://127.0.0.1:80",
            "http://127.0.0.1:80/",
            "http://10.0.0.1:80",
            "http://localhost.evil.example:80",
            "http://u@localhost:80",
        ] {
            assert!(!is_loopback_origin(text), "{text}");
        }
        assert!(is_loopback_issuer("http://127.0.0.1:8460/abc", "http://127.0.0.1:8460"));
        assert!(!is_loopback_issuer("http://127.0.0.1:84601/abc", "http://127.0.0.1:8460"));
        assert!(!is_loopback_issuer("http://127.0.0.1:8460/abc/", "http://127.0.0.1:8460"));
        assert!(!is_loopback_issuer("http://127.0.0.1:8460/a/b", "http://127.0.0.1:8460"));
    }

    #[test]
    fn pinned_issuers_are_plain_https() {
        for text in ["https://issuer.example", "https://issuer.example:8443/a/b_c"] {
            assert!(is_https_issuer(text), "{text}");
        }
        for text in [
            "https://",
            "https://issuer.example/",
            "https://Issuer.example",
            "http://issuer.example",
            "https://issuer.example?x",
            "https://issuer.example#x",
            "https://u@issuer.example",
            "https://issuer.example./",
            "https://issuer.example/../a",
            "https://issuer.example:0443",
        ] {
            assert!(!is_https_issuer(text), "{text}");
        }
    }

    #[test]
    fn slips_are_seen_through() {
        let right = "https://a.tokens.sts.global.api.aws";
        for text in [
            "https://a.tokens.sts.global.api.aws/",
            "https://A.tokens.sts.global.api.aws",
            "a.tokens.sts.global.api.aws",
            "https://a.tokens.sts.global.api.aws:443/",
            " https://a.tokens.sts.global.api.aws.\n",
            "http://a.tokens.sts.global.api.aws",
        ] {
            assert_eq!(without_slips(text), right, "{text}");
        }
    }
}
