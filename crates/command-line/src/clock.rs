//! The time for which a token is judged, and times as people read them.

use countersign::Instant;

use crate::host::Host;

/// Where the time comes from.
pub(crate) enum Clock<'h> {
    /// A time that was named: seconds since the epoch.
    Fixed(u64),
    /// The host's clock.
    Host(&'h Host),
}

impl<'h> Clock<'h> {
    pub(crate) fn new(at: Option<u64>, host: &'h Host) -> Self {
        at.map_or(Self::Host(host), Self::Fixed)
    }

    /// Seconds since the epoch.
    pub(crate) fn now(&self) -> u64 {
        match self {
            Self::Fixed(seconds) => *seconds,
            Self::Host(host) => host.now(),
        }
    }
}

/// Reads a time as `--at` takes it: seconds since the epoch, or RFC 3339.
pub(crate) fn parse(text: &str) -> Result<u64, &'static str> {
    text.parse()
        .ok()
        .or_else(|| Instant::parse_rfc3339(text).map(|instant| instant.0))
        .ok_or("write seconds since the epoch, or RFC 3339 such as 2026-01-31T12:00:00Z")
}

/// A time as UTC, and how far it is from now.
pub(crate) fn describe(seconds: u64, now: u64) -> String {
    format!("{} ({})", Instant(seconds), relative(seconds, now))
}

fn relative(seconds: u64, now: u64) -> String {
    match seconds.checked_sub(now) {
        Some(0) => "now".to_owned(),
        Some(ahead) => format!("in {}", duration(ahead)),
        None => format!("{} ago", duration(now - seconds)),
    }
}

/// A duration in its two largest units.
fn duration(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let counted = UNITS.map(|(length, unit)| {
        let count = rest / length;
        rest %= length;
        (count, unit)
    });
    let texts: Vec<String> = counted
        .into_iter()
        .skip_while(|(count, _)| *count == 0)
        .take(2)
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{describe, parse};

    #[test]
    fn times_are_read_in_both_spellings() {
        assert_eq!(parse("1700000000"), Ok(1_700_000_000));
        assert_eq!(parse("2023-11-14T22:13:20Z"), Ok(1_700_000_000));
        assert_eq!(parse("2023-11-14T23:13:20+01:00"), Ok(1_700_000_000));
        for text in ["", "-1", "1.5", "tomorrow", "2023-11-14"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_told_in_two_units_at_most() {
        for (seconds, now, text) in [
            (100, 100, "1970-01-01T00:01:40Z (now)"),
            (100, 40, "1970-01-01T00:01:40Z (in 1 min)"),
            (100, 7_361, "1970-01-01T00:01:40Z (2 h 1 min ago)"),
            (0, 86_401, "1970-01-01T00:00:00Z (1 d ago)"),
            (0, 59, "1970-01-01T00:00:00Z (59 s ago)"),
        ] {
            assert_eq!(describe(seconds, now), text);
        }
    }
}
