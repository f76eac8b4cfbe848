//! Keeping tokens out of messages: people put them in the wrong place of a command line.

/// What stands in a message instead of a token.
const REMOVED: &str = "<token removed>";

/// Base64url of `{"`, with which the header of a token begins, and the payload too.
const OBJECT: &str = "eyJ";

/// The name of a role has 64 characters at most, and nothing else that belongs in a message has a longer
/// word; a signature has 128 characters or more, and is wrapped at 76 where it is wrapped.
const LONGEST_WORD: usize = 64;

/// A message without anything that may be a token or a part of one.
pub(crate) fn redact(message: &str) -> String {
    let mut clean = String::with_capacity(message.len());
    let mut rest = message;
    while !rest.is_empty() {
        let (run, after) = split(rest, |c| is_word(c) || matches!(c, '.' | '=' | '+' | '/' | '%'));
        match token_start(run) {
            Some(start) => {
                clean.push_str(run.get(..start).unwrap_or_default());
                clean.push_str(REMOVED);
            }
            None => clean.push_str(run),
        }
        let (between, after) = split(after, |c| !is_word(c));
        clean.push_str(between);
        rest = after;
    }
    clean
}

/// Where in a run of characters something begins that may be a token.
fn token_start(run: &str) -> Option<usize> {
    let object = run.find(OBJECT);
    let mut at = 0;
    let long = run.split_inclusive(|c| !is_word(c)).find_map(|word| {
        let start = at;
        at += word.len();
        (word.len() > LONGEST_WORD).then_some(start)
    });
    object.into_iter().chain(long).min()
}

/// The longest beginning whose characters are all wanted, and what follows it.
fn split(text: &str, is_wanted: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !is_wanted(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::{REMOVED, redact};

    #[test]
    fn a_token_is_removed_wherever_it_stands() {
        let signature = "A_-9".repeat(32);
        let token = format!("eyJraWQiOiJhIn0.eyJpc3MiOiJhIn0.{signature}");
        for (message, clean) in [
            (format!("error: '{token}' found"), format!("error: '{REMOVED}' found")),
            (format!("--policy={token}"), format!("--policy={REMOVED}")),
            (format!("\u{1b}[33m{token}\u{1b}[0m"), format!("\u{1b}[33m{REMOVED}\u{1b}[0m")),
            (format!("a/b/{signature} x"), format!("a/b/{REMOVED} x")),
            (format!("Bearer {token}, {token}"), format!("Bearer {REMOVED}, {REMOVED}")),
            (format!("{token}==\n"), format!("{REMOVED}\n")),
            (token.replace('-', "+").replace('_', "/"), REMOVED.to_owned()),
        ] {
            assert_eq!(redact(&message), clean);
        }
    }

    #[test]
    fn ordinary_messages_stay_as_they_are() {
        for message in [
            "",
            "error: unexpected argument '--polcy' found",
            "folder/policy.json cannot be read: No such file or directory (os error 2).",
            "https://a1b2c3d4-5678-90ab-cdef-1234567890ab.tokens.sts.global.api.aws/.well-known/jwks.json",
            "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Developer_0123456789abcdef",
            "Ärger – „Bär“ 日本語",
        ] {
            assert_eq!(redact(message), message);
        }
    }
}
