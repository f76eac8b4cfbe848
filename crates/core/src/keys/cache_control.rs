//! `Cache-Control` of a response (RFC 9111, section 5.2.2), as far as a private cache needs it.

/// How long a response may be used, in seconds: 0 when it says that it must not be kept or has to be
/// asked for again each time, nothing when it says nothing.
///
/// The host may join several header lines with commas. What cannot be read counts as 0, as RFC 9111,
/// section 4.2.1 advises.
pub(super) fn max_age(header: &str) -> Option<u64> {
    let mut age: Option<u64> = None;
    for directive in directives(header) {
        let (name, value) = match directive.split_once('=') {
            None => (directive, None),
            Some((name, value)) => (name, Some(value)),
        };
        let seconds = match name.trim().to_ascii_lowercase().as_str() {
            "max-age" => seconds(value.unwrap_or_default()),
            "no-cache" | "no-store" => 0,
            _ => continue,
        };
        age = Some(age.map_or(seconds, |known| known.min(seconds)));
    }
    age
}

/// The directives; a comma within quotes does not end one.
fn directives(header: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let mut escaped = false;
    header.split(move |character| {
        if escaped {
            escaped = false;
            return false;
        }
        match character {
            '"' => quoted = !quoted,
            '\\' if quoted => escaped = true,
            ',' => return !quoted,
            _ => {}
        }
        false
    })
}

fn seconds(value: &str) -> u64 {
    let value = value.trim();
    let digits = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    // Digits that do not fit are a number larger than any that does.
    digits.parse().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::max_age;

    #[test]
    fn headers_mean_what_rfc_9111_says() {
        for (header, expected) in [
            ("", None),
            ("public", None),
            ("s-maxage=7", None),
            ("x-max-age=7", None),
            ("max-age=60", Some(60)),
            ("public, MAX-AGE = 60 , immutable", Some(60)),
            ("max-age=\"60\"", Some(60)),
            ("max-age=60, max-age=30", Some(30)),
            ("max-age=99999999999999999999999", Some(u64::MAX)),
            ("max-age=-1", Some(0)),
            ("max-age=+1", Some(0)),
            ("max-age=1.5", Some(0)),
            ("max-age=", Some(0)),
            ("max-age", Some(0)),
            ("max-age=a", Some(0)),
            ("no-store", Some(0)),
            ("max-age=60, no-cache", Some(0)),
            ("No-Cache=\"set-cookie, x\", max-age=60", Some(0)),
            ("ext=\"a, max-age=1\", max-age=60", Some(60)),
            ("ext=\"a\\\", max-age=1\", max-age=60", Some(60)),
        ] {
            assert_eq!(max_age(header), expected, "{header}");
        }
    }
}
