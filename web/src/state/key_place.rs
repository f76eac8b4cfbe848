use countersign::keys::discovery_url;
use countersign::{is_aws_issuer, is_sts_service};

/// Where the keys of an issuer are, and whether the page may ask for them there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// The token names no issuer.
    Unnamed,
    /// At this URL, which the page's Content-Security-Policy lets it ask: an issuer of AWS's form, or
    /// one on this machine.
    Askable(String),
    /// Wherever the discovery document at this URL says; the page cannot ask there.
    Elsewhere(String),
    /// The issuer is the STS service, which is no issuer of tokens.
    StsService,
    /// The issuer is plain http to another machine: anyone on the way could answer with other keys.
    Insecure,
    /// The issuer is not a URL that keys can be fetched from.
    NoUrl,
}

impl KeyPlace {
    /// Where the keys of this issuer are.
    pub fn of(issuer: Option<&str>) -> Self {
        let Some(issuer) = issuer else { return Self::Unnamed };
        if is_sts_service(issuer) {
            return Self::StsService;
        }
        if is_aws_issuer(issuer) || is_loopback(issuer) {
            return Self::Askable(format!("{issuer}/.well-known/jwks.json"));
        }
        match discovery_url(issuer) {
            Ok(url) => Self::Elsewhere(url),
            Err(_) if issuer.starts_with("http://") => Self::Insecure,
            Err(_) => Self::NoUrl,
        }
    }

    /// A command line that prints the key set, if there is a place to fetch it from.
    pub fn command(&self) -> Option<String> {
        match self {
            Self::Askable(url) => Some(curl(url)),
            Self::Elsewhere(url) => Some(format!(
                "{} --url \"$({} | jq --exit-status --raw-output .jwks_uri)\"",
                options(url),
                curl(url)
            )),
            _ => None,
        }
    }
}

/// A command line that prints what is at a URL, safe for every text in the place of the URL.
fn curl(url: &str) -> String {
    format!("{} {}", options(url), shell_quoted(url))
}

fn options(url: &str) -> String {
    let scheme = if url.starts_with("http:") { "http" } else { "https" };
    format!("curl --fail --silent --show-error --globoff --max-time 10 --proto '={scheme}'")
}

/// Whether a text is an issuer at `127.0.0.1` or `localhost`, which browsers let a page ask over http, in
/// a form that leaves nothing for a browser to normalize: what is asked is what was shown.
fn is_loopback(issuer: &str) -> bool {
    let rest = ["http://127.0.0.1:", "http://localhost:"]
        .iter()
        .find_map(|start| issuer.strip_prefix(start));
    let Some((port, path)) = rest.and_then(|rest| rest.split_once('/')) else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let sound = |segment: &str| {
        !segment.is_empty() && segment != "." && segment != ".." && segment.chars().all(plain)
    };
    let port_is_plain = !port.starts_with('0') && port.bytes().all(|b| b.is_ascii_digit());
    port_is_plain && port.parse::<u16>().is_ok() && path.split('/').all(sound)
}

/// A text as one word of a POSIX shell, whatever is in it.
fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::{KeyPlace, shell_quoted};

    fn place(issuer: &str) -> KeyPlace {
        KeyPlace::of(Some(issuer))
    }

    #[test]
    fn the_page_asks_aws_and_this_machine_only() {
        for issuer in [
            "https://a-1.tokens.sts.global.api.aws",
            "http://127.0.0.1:8460/abc-1",
            "http://localhost:80/a/b.c",
        ] {
            let url = format!("{issuer}/.well-known/jwks.json");
            assert_eq!(place(issuer), KeyPlace::Askable(url.clone()));
            let scheme = issuer.split(':').next().unwrap();
            let command = format!(
                "curl --fail --silent --show-error --globoff --max-time 10 --proto '={scheme}' '{url}'"
            );
            assert_eq!(place(issuer).command(), Some(command));
        }
    }

    #[test]
    fn what_a_browser_would_normalize_is_not_asked() {
        for issuer in [
            "http://127.0.0.1:8460/a/../b",
            "http://127.0.0.1:8460/./a",
            "http://127.0.0.1:8460/%2e%2e/a",
            "http://127.0.0.1:8460//a",
            "http://127.0.0.1:8460/a/",
            "http://127.0.0.1:8460/a?b",
            "http://127.0.0.1:8460/a#b",
            "http://127.0.0.1:8460@evil.example/a",
            "http://127.0.0.1:08460/a",
            "http://127.0.0.1:99999/a",
            "http://127.0.0.1:/a",
            "http://127.0.0.1.evil.example:1/a",
            "http://127.0.0.1/a",
            "http://[::1]:1/a",
            "https://a.tokens.sts.global.api.aws/",
            "https://a.tokens.sts.global.api.aws.evil.example",
        ] {
            assert!(!matches!(place(issuer), KeyPlace::Askable(_)), "{issuer}");
        }
    }

    #[test]
    fn other_issuers_are_asked_by_hand_or_not_at_all() {
        assert_eq!(KeyPlace::of(None), KeyPlace::Unnamed);
        assert_eq!(place("https://sts.amazonaws.com"), KeyPlace::StsService);
        assert_eq!(place("http://issuer.example"), KeyPlace::Insecure);
        for issuer in ["", "issuer.example", "https://u@issuer.example", "javascript:alert(1)"] {
            assert_eq!(place(issuer), KeyPlace::NoUrl, "{issuer}");
            assert_eq!(place(issuer).command(), None);
        }
        let elsewhere = place("https://oidc.eks.us-east-1.amazonaws.com/id/A");
        let command = elsewhere.command().unwrap();
        assert!(matches!(elsewhere, KeyPlace::Elsewhere(_)));
        assert!(command.contains(
            "'https://oidc.eks.us-east-1.amazonaws.com/id/A/.well-known/openid-configuration'"
        ));
    }

    #[test]
    fn a_hostile_issuer_stays_one_word_in_a_shell() {
        assert_eq!(shell_quoted("a'b;$(c)`d`\"\\"), r#"'a'\''b;$(c)`d`"\'"#);
        let command = place("https://a.example/';rm$IFS-r'").command().unwrap();
        assert!(command.contains(r"'https://a.example/'\'';rm$IFS-r'\''/.well-known"), "{command}");
    }
}
