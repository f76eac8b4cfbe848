//! The page's shell, as it is served next to a local issuer.

/// The shell's own Content-Security-Policy: the one source for the header.
pub(super) fn security_policy(shell: &str) -> Option<&str> {
    let (_, rest) = shell.split_once("http-equiv=\"Content-Security-Policy\"")?;
    let (_, rest) = rest.split_once("content=\"")?;
    rest.split_once('"').map(|(policy, _)| policy)
}

/// The shell, told where the local issuer is.
pub(super) fn with_issuer(shell: &str, issuer: &str) -> String {
    let escaped: String = issuer
        .chars()
        .map(|c| match c {
            '"' => "&quot;".to_owned(),
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            other => other.to_string(),
        })
        .collect();
    let told =
        format!("<head>\n    <meta name=\"countersign-local-issuer\" content=\"{escaped}\" />");
    shell.replacen("<head>", &told, 1)
}

#[cfg(test)]
mod tests {
    use super::{security_policy, with_issuer};

    #[test]
    fn the_policy_is_the_shells() {
        let shell = "<head><meta http-equiv=\"Content-Security-Policy\"\n content=\"default-src 'none'\" />";
        assert_eq!(security_policy(shell), Some("default-src 'none'"));
        assert_eq!(security_policy("<head>"), None);
    }

    #[test]
    fn an_issuer_cannot_end_its_attribute() {
        let told = with_issuer("<html><head><title>", "http://x/\"><script>&");
        assert!(told.contains("content=\"http://x/&quot;>&lt;script>&amp;\" />"), "{told}");
        assert!(told.ends_with("<title>"));
    }
}
