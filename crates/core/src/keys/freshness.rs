//! How long a response may be used, by its headers (RFC 9111, section 4.2).

#[cfg(feature = "http")]
use http::header;
use serde::{Deserialize, Serialize};

use super::cache_control;
use super::http_date::seconds;

/// The headers of a response that say how long it may be used, each as it came. Several lines of one
/// header are joined with commas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct FreshnessHeaders {
    /// `Age`: how long a cache on the way has had the response, in seconds.
    pub age: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Date`: when the response was made, by the issuer's clock.
    pub date: Option<String>,
    /// `Expires`: when it ends, by the issuer's clock.
    pub expires: Option<String>,
}

#[cfg(feature = "http")]
impl From<&http::HeaderMap> for FreshnessHeaders {
    fn from(headers: &http::HeaderMap) -> Self {
        let joined = |name: http::HeaderName| {
            let lines: Vec<_> = headers
                .get_all(name)
                .iter()
                .map(|line| String::from_utf8_lossy(line.as_bytes()))
                .collect();
            (!lines.is_empty()).then(|| lines.join(", "))
        };
        Self {
            age: joined(header::AGE),
            cache_control: joined(header::CACHE_CONTROL),
            date: joined(header::DATE),
            expires: joined(header::EXPIRES),
        }
    }
}

impl FreshnessHeaders {
    /// How much longer the response may be used, in seconds; nothing when it does not say.
    ///
    /// `Expires` counts only without a `max-age`, and only beside a `Date`, so that no two clocks are
    /// compared. What cannot be read counts as over (RFC 9111, sections 4.2.1 and 5.3).
    pub(super) fn lifetime(&self) -> Option<u64> {
        let stated = match self.cache_control.as_deref().and_then(cache_control::max_age) {
            Some(max_age) => max_age,
            None => self.until_expiry()?,
        };
        Some(stated.saturating_sub(self.age()))
    }

    fn until_expiry(&self) -> Option<u64> {
        let expires = self.expires.as_deref()?;
        let Some(expires) = seconds(expires) else { return Some(0) };
        let date = self.date.as_deref().and_then(seconds)?;
        Some(expires.saturating_sub(date))
    }

    /// RFC 9111, section 5.1: of several values the first counts, and one that is no number counts not.
    fn age(&self) -> u64 {
        let first = self.age.as_deref().and_then(|age| age.split(',').next()).unwrap_or_default();
        let digits = first.trim();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return 0;
        }
        digits.parse().unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::FreshnessHeaders;

    const NOON: &str = "Wed, 25 Nov 2026 12:00:00 GMT";

    #[test]
    fn headers_mean_what_rfc_9111_says() {
        for (cache_control, age, expires, date, expected) in [
            ("", "", "", "", None),
            ("public", "7", "", NOON, None),
            ("max-age=600", "", "", "", Some(600)),
            ("max-age=600", "100", "", "", Some(500)),
            ("max-age=600", "601", "", "", Some(0)),
            ("max-age=600", "100, 200", "", "", Some(500)),
            ("max-age=600", "-1", "", "", Some(600)),
            ("max-age=600", "soon", "", "", Some(600)),
            ("max-age=600", "99999999999999999999999", "", "", Some(0)),
            ("", "", "Wed, 25 Nov 2026 12:10:00 GMT", NOON, Some(600)),
            ("", "60", "Wed, 25 Nov 2026 12:10:00 GMT", NOON, Some(540)),
            ("", "", "Wednesday, 25-Nov-26 12:10:00 GMT", NOON, Some(600)),
            ("", "", "Wed Nov 25 12:10:00 2026", NOON, Some(600)),
            ("", "", "Wed, 25 Nov 2026 11:00:00 GMT", NOON, Some(0)),
            ("", "", "0", NOON, Some(0)),
            ("", "", "-1", "", Some(0)),
            ("", "", "Wed, 25 Nov 2026 12:10:00 GMT", "", None),
            ("", "", "Wed, 25 Nov 2026 12:10:00 GMT", "noon", None),
            ("public", "", "Wed, 25 Nov 2026 12:10:00 GMT", NOON, Some(600)),
            ("max-age=60", "", "Wed, 25 Nov 2026 12:10:00 GMT", NOON, Some(60)),
            ("no-store", "", "Wed, 25 Nov 2026 12:10:00 GMT", NOON, Some(0)),
        ] {
            let header = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let headers = FreshnessHeaders {
                age: header(age),
                cache_control: header(cache_control),
                date: header(date),
                expires: header(expires),
            };
            assert_eq!(headers.lifetime(), expected, "{headers:?}");
        }
    }
}
