//! The page's address, and opening it.

use std::fmt::Write as _;

/// The page's address after scheme, host and port: with a token in its fragment, which browsers send to nobody.
pub(super) fn with_token(token: Option<&str>) -> String {
    let mut address = "/".to_owned();
    let Some(token) = token else { return address };
    address.push_str("#token=");
    for byte in token.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            address.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// Opens an address in the user's browser; what is wrong, if that cannot be done.
pub(super) fn open_in_browser(address: &str) -> Result<(), String> {
    open::that_detached(address).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::with_token;

    #[test]
    fn any_text_fits_into_the_fragment() {
        assert_eq!(with_token(None), "/");
        assert_eq!(with_token(Some("a.b_c-d")), "/#token=a.b_c-d");
        assert_eq!(with_token(Some("a b#é")), "/#token=a%20b%23%C3%A9");
    }
}
