//! The bearer token of a request (RFC 6750, section 2.1).

use super::Unauthenticated;

/// The token in the values of `Authorization`, of which there should be one.
///
/// # Errors
/// [`Unauthenticated::Missing`] if there is none, or one of another scheme; [`Unauthenticated::Malformed`] if there
/// are several, or what follows `Bearer` is no token.
pub fn bearer<'h>(values: impl IntoIterator<Item = &'h [u8]>) -> Result<&'h str, Unauthenticated> {
    let mut values = values.into_iter();
    let Some(value) = values.next() else { return Err(Unauthenticated::Missing) };
    if values.next().is_some() {
        return Err(Unauthenticated::Malformed);
    }
    let value = value.trim_ascii();
    if is_joined(value) {
        return Err(Unauthenticated::Malformed);
    }
    let end = value.iter().position(|byte| !is_of_scheme(*byte)).unwrap_or(value.len());
    let (scheme, after) = value.split_at(end);
    if !scheme.eq_ignore_ascii_case(b"Bearer") {
        return Err(Unauthenticated::Missing);
    }
    let at = after.iter().position(|byte| *byte != b' ').unwrap_or(after.len());
    let (spaces, token) = after.split_at(at);
    let text = str::from_utf8(token).ok().filter(|_| !spaces.is_empty() && is_token(token));
    text.ok_or(Unauthenticated::Malformed)
}

/// Whether a server has joined several values, of which another one than the first has a token.
fn is_joined(value: &[u8]) -> bool {
    value.split(|byte| *byte == b',').skip(1).any(|part| {
        let words = &mut part.trim_ascii_start().splitn(2, |byte| b" \t".contains(byte));
        words.next().is_some_and(|word| word.eq_ignore_ascii_case(b"Bearer"))
            && words.next().is_some()
    })
}

/// A character of a scheme: `token` in RFC 9110, section 5.6.2.
fn is_of_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// `b64token` in RFC 6750, section 2.1.
fn is_token(text: &[u8]) -> bool {
    let end = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let (token, _) = text.split_at(end);
    !token.is_empty()
        && token.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/".contains(byte))
}
