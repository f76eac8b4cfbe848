//! Dates in HTTP headers (RFC 9110, section 5.6.7). The weekday is redundant, and is not looked at.

use crate::claims::Instant;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Seconds since the epoch of a date in any of the three forms; `None` if it is in none of them.
pub(super) fn seconds(date: &str) -> Option<u64> {
    let mut words = date.trim().split(' ').filter(|word| !word.is_empty());
    let mut word = || words.next().unwrap_or_default();
    let (weekday, second, third) = (word(), word(), word());
    let (day, month, year, time, zone) = if !weekday.ends_with(',') {
        // Sun Nov  6 08:49:37 1994
        let (time, year) = (word(), word());
        (third, second, year, time, "GMT")
    } else if second.contains('-') {
        // Sunday, 06-Nov-94 08:49:37 GMT
        let mut parts = second.splitn(3, '-');
        let mut part = || parts.next().unwrap_or_default();
        (part(), part(), part(), third, word())
    } else {
        // Sun, 06 Nov 1994 08:49:37 GMT
        (second, third, word(), word(), word())
    };
    if zone != "GMT" || time.len() != "08:49:37".len() || !word().is_empty() {
        return None;
    }
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    // Two digits are of the years around 2020: an issuer has no others to tell of.
    let century = match year.len() {
        2 if year < "70" => "20",
        2 => "19",
        _ => "",
    };
    let day_of_month = if day.len() == 1 { "0" } else { "" };
    let text = format!("{century}{year}-{month:02}-{day_of_month}{day}T{time}Z");
    Instant::parse_rfc3339(&text).map(|instant| instant.0)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use proptest::prelude::*;

    use super::seconds;

    /// By another reader.
    fn oracle(date: &str) -> Option<u64> {
        let time = httpdate::parse_http_date(date).ok()?;
        time.duration_since(SystemTime::UNIX_EPOCH).ok().map(|since| since.as_secs())
    }

    #[test]
    fn the_three_forms_of_one_moment() {
        for date in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(seconds(date), Some(784_111_777), "{date}");
            assert_eq!(oracle(date), Some(784_111_777), "{date}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for date in [
            "",
            "0",
            "-1",
            "noon",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 11994 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37Z GMT",
            "Sun, 06 Nov 1994 08:49:37.5 GMT",
            "Sunday, 06-Nov 08:49:37 GMT",
            "Sun, ６ Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(oracle(date), None, "{date}");
            assert_eq!(seconds(date), None, "{date}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_is_read_as_it_was_written(since in 0_u64..253_402_300_800) {
            let date = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(since));
            prop_assert_eq!(seconds(&date), Some(since));
        }

        #[test]
        fn what_another_reads_is_read_alike(
            since in 0_u64..3_155_760_000, form in 0..3, at in 0_usize..30, other in "[ -~]",
        ) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(since);
            let imf = httpdate::fmt_http_date(time);
            let words: Vec<&str> = imf.split(' ').collect();
            let date = match (form, words.as_slice()) {
                (1, [weekday, day, month, year, time, zone]) => {
                    let weekday = match *weekday {
                        "Tue," => "Tuesday,".to_owned(),
                        "Wed," => "Wednesday,".to_owned(),
                        "Thu," => "Thursday,".to_owned(),
                        "Sat," => "Saturday,".to_owned(),
                        other => other.replace(',', "day,"),
                    };
                    format!("{weekday} {day}-{month}-{} {time} {zone}", &year[2..])
                }
                (2, [weekday, day, month, year, time, _]) => {
                    let (weekday, day) = (weekday.trim_end_matches(','), day.trim_start_matches('0'));
                    format!("{weekday} {month} {day:>2} {time} {year}")
                }
                _ => imf,
            };
            prop_assert!(oracle(&date).is_some(), "{}", date);
            prop_assert_eq!(seconds(&date), oracle(&date));
            // One character is another: where it is still a date to both, it is the same. The other one takes any
            // character for some of the spaces.
            let mut broken: Vec<char> = date.chars().collect();
            if let Some(place) = broken.get_mut(at) {
                *place = other.chars().next().unwrap();
            }
            let broken: String = broken.into_iter().collect();
            if let (Some(ours), Some(theirs)) = (seconds(&broken), oracle(&broken)) {
                prop_assert_eq!(ours, theirs, "{}", broken);
            }
        }
    }
}
