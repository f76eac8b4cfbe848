//! Moments in time, as the host states them.

use std::fmt;

/// A moment: milliseconds since the Unix epoch, UTC.
///
/// The core has no clock; its host says what time it is. Moments outside 1970–9999, which no claim and
/// no header can express, are moved to the nearest end of that range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    millis: i64,
}

impl Timestamp {
    /// 9999-12-30T21:59:59.999Z: the last moment that every offset from UTC can still express.
    const LAST_MILLIS: i64 = 253_402_207_199_999;

    /// The moment `millis` milliseconds after the epoch.
    pub fn from_unix_millis(millis: i64) -> Self {
        Self { millis: millis.clamp(0, Self::LAST_MILLIS) }
    }

    /// The moment `seconds` seconds after the epoch.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self::from_unix_millis(seconds.saturating_mul(1000))
    }

    /// Reads an RFC 3339 time such as `2026-04-21T07:37:10Z`.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let parsed: jiff::Timestamp = text.parse().ok()?;
        let moment = Self::from_unix_millis(parsed.as_millisecond());
        (moment.millis == parsed.as_millisecond()).then_some(moment)
    }

    /// Whole seconds since the epoch, rounded down: the unit of `iat` and `exp` (RFC 7519 §2).
    pub fn unix_seconds(self) -> i64 {
        self.millis.div_euclid(1000)
    }

    /// This moment with its fraction of a second cut off.
    pub(crate) fn whole_second(self) -> Self {
        Self::from_unix_seconds(self.unix_seconds())
    }

    /// The moment `seconds` later.
    pub(crate) fn plus_seconds(self, seconds: u32) -> Self {
        Self::from_unix_millis(self.millis.saturating_add(i64::from(seconds) * 1000))
    }

    /// The moment `seconds` earlier.
    pub(crate) fn minus_seconds(self, seconds: u32) -> Self {
        Self::from_unix_millis(self.millis.saturating_sub(i64::from(seconds) * 1000))
    }

    /// With milliseconds, as AWS's XML answers write it: `2026-04-21T07:37:10.000Z`.
    pub(crate) fn rfc3339_millis(self) -> String {
        format!("{:.3}", self.jiff())
    }

    /// As Signature Version 4 writes it: `20260421T073710Z`.
    pub(crate) fn iso8601_basic(self) -> String {
        self.jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    /// Reads `20260421T073710Z`.
    pub(crate) fn parse_iso8601_basic(text: &str) -> Option<Self> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let [year, month, day] = digits(date, [4, 2, 2])?;
        let [hour, minute, second] = digits(time, [2, 2, 2])?;
        Self::parse_rfc3339(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z"))
    }

    fn jiff(self) -> jiff::Timestamp {
        // The constructor keeps `millis` within jiff's range.
        jiff::Timestamp::from_millisecond(self.millis).unwrap_or_default()
    }
}

/// RFC 3339 in whole seconds: `2025-12-28T10:45:29Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0}", self.whole_second().jiff())
    }
}

fn digits(text: &str, widths: [usize; 3]) -> Option<[&str; 3]> {
    if text.len() != widths.iter().sum::<usize>() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let [first, second, _] = widths;
    let (head, rest) = text.split_at_checked(first)?;
    let (middle, tail) = rest.split_at_checked(second)?;
    Some([head, middle, tail])
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn writes_the_forms_aws_writes() {
        let moment = Timestamp::from_unix_millis(1_776_757_030_123);
        assert_eq!(moment.unix_seconds(), 1_776_757_030);
        assert_eq!(moment.to_string(), "2026-04-21T07:37:10Z");
        assert_eq!(moment.rfc3339_millis(), "2026-04-21T07:37:10.123Z");
        assert_eq!(moment.whole_second().rfc3339_millis(), "2026-04-21T07:37:10.000Z");
        assert_eq!(moment.iso8601_basic(), "20260421T073710Z");
    }

    #[test]
    fn reads_basic_times_strictly() {
        let expected = Timestamp::from_unix_seconds(1_776_757_030);
        assert_eq!(Timestamp::parse_iso8601_basic("20260421T073710Z"), Some(expected));
        for wrong in
            ["", "20260421T073710", "20260421 073710Z", "20261321T073710Z", "2026042éT73710Z"]
        {
            assert_eq!(Timestamp::parse_iso8601_basic(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn any_number_is_a_moment() {
        for millis in [i64::MIN, -1, 0, i64::MAX] {
            let moment = Timestamp::from_unix_millis(millis).plus_seconds(u32::MAX);
            assert!(Timestamp::parse_rfc3339(&moment.to_string()).is_some());
        }
        assert_eq!(Timestamp::from_unix_millis(i64::MAX).to_string(), "9999-12-30T21:59:59Z");
    }
}
