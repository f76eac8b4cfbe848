//! Times as people write them.

use countersign::{Instant, MILLISECONDS_FROM};

/// The last second of the year 9999: later times have no RFC 3339 text.
const LAST: u64 = 253_402_300_799;

/// Why a text is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MomentFault {
    /// It is neither a number of seconds nor RFC 3339.
    NotATime,
    /// It counts milliseconds.
    Milliseconds,
    /// It is after the year 9999.
    TooLate,
}

/// Reads a time: whole seconds since the epoch, or an RFC 3339 date-time.
pub(super) fn read(text: &str) -> Result<u64, MomentFault> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.parse::<u64>() {
            Ok(seconds) if seconds < MILLISECONDS_FROM => Ok(seconds),
            Ok(number) if number / 1_000 <= LAST => Err(MomentFault::Milliseconds),
            _ => Err(MomentFault::TooLate),
        };
    }
    Instant::parse_rfc3339(text).map(|instant| instant.0).ok_or(MomentFault::NotATime)
}

/// A time as a field for local times shows it, such as `2026-11-23T21:11:52`; empty if it has no such text.
pub(super) fn local_text(seconds: u64) -> String {
    if seconds > LAST - 86_400 {
        return String::new();
    }
    let date = js_sys::Date::new(&milliseconds(seconds).into());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

/// Reads what a field for local times holds.
pub(super) fn read_local(text: &str) -> Option<u64> {
    // A date-time without a zone is local time (ECMA-262, "Date Time String Format").
    let milliseconds = js_sys::Date::parse(text);
    (milliseconds >= 0.0).then(|| whole_seconds(milliseconds))
}

#[expect(clippy::cast_precision_loss, reason = "times up to the year 9999 are exact")]
fn milliseconds(seconds: u64) -> f64 {
    seconds as f64 * 1_000.0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is not negative, and dates end long before the limits"
)]
fn whole_seconds(milliseconds: f64) -> u64 {
    (milliseconds / 1_000.0) as u64
}

#[cfg(test)]
mod tests {
    use super::{MomentFault, read};

    #[test]
    fn seconds_and_rfc_3339() {
        assert_eq!(read(" 1700000000 "), Ok(1_700_000_000));
        assert_eq!(read("0"), Ok(0));
        assert_eq!(read("2023-11-14T22:13:20Z"), Ok(1_700_000_000));
        assert_eq!(read("2023-11-15T07:13:20+09:00"), Ok(1_700_000_000));
        assert_eq!(read("99999999999"), Ok(99_999_999_999));
    }

    #[test]
    fn what_is_no_time_is_told_apart() {
        for text in ["", "now", "-1", "1.5", "2023-11-14", "2023-11-14T22:13:20", "１７"] {
            assert_eq!(read(text), Err(MomentFault::NotATime), "{text}");
        }
        assert_eq!(read("1700000000000"), Err(MomentFault::Milliseconds));
        assert_eq!(read("18446744073709551615"), Err(MomentFault::TooLate));
        assert_eq!(read("99999999999999999999999"), Err(MomentFault::TooLate));
    }
}
