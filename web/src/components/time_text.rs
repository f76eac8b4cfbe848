//! Spans of time in words.

use crate::language::{Language, Text};

/// A span of time, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeSpan(pub(super) u64);

impl TimeSpan {
    /// From one time to a later one, both in seconds since the epoch.
    pub(super) fn between(from: u64, to: u64) -> Self {
        Self(to.saturating_sub(from))
    }
}

const DAYS: Text = Text::new("{n} d", "{n} 日");
const HOURS: Text = Text::new("{n} h", "{n} 時間");
const MINUTES: Text = Text::new("{n} min", "{n} 分");
const SECONDS: Text = Text::new("{n} s", "{n} 秒");

/// A span in its two largest units: `4 min 12 s`.
pub(super) fn duration(TimeSpan(seconds): TimeSpan, language: Language) -> String {
    let units = [
        (DAYS, seconds / 86_400),
        (HOURS, seconds / 3_600 % 24),
        (MINUTES, seconds / 60 % 60),
        (SECONDS, seconds % 60),
    ];
    let first = units.iter().position(|(_, count)| *count > 0).unwrap_or(units.len() - 1);
    let shown: Vec<String> = units
        .iter()
        .enumerate()
        .skip(first)
        .take(2)
        .filter(|(at, (_, count))| *at == first || *count > 0)
        .map(|(_, (text, count))| text.fill(language, &[("n", count)]))
        .collect();
    shown.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{TimeSpan, duration};
    use crate::language::Language;

    #[test]
    fn the_two_largest_units() {
        let words = |seconds| duration(TimeSpan(seconds), Language::English);
        assert_eq!(words(0), "0 s");
        assert_eq!(words(59), "59 s");
        assert_eq!(words(252), "4 min 12 s");
        assert_eq!(words(600), "10 min");
        assert_eq!(words(3_600), "1 h");
        assert_eq!(words(3_605), "1 h");
        assert_eq!(words(90_061), "1 d 1 h");
        assert_eq!(duration(TimeSpan(3_661), Language::Japanese), "1 時間 1 分");
        assert_eq!(TimeSpan::between(5, 3), TimeSpan(0));
    }
}
