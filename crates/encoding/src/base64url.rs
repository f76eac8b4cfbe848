//! Base64url without padding, in its one canonical spelling (RFC 4648, section 5; RFC 7515, section 2).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::{DecodeError, DecodeSliceError};

/// Why a text is not canonical unpadded base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A character outside the alphabet, at this offset in bytes; padding and line breaks included.
    Character {
        /// The offending byte.
        byte: u8,
        /// Where, in bytes.
        offset: usize,
    },
    /// A length that no base64url text has.
    Length,
    /// Bits after the last byte that are not zero, so that several spellings would mean the same.
    NonCanonical {
        /// Where, in bytes.
        offset: usize,
    },
}

/// Decodes a text.
///
/// # Errors
/// The first fault in the text.
pub fn decode(text: &str) -> Result<Vec<u8>, Fault> {
    let mut out = vec![0; base64::decoded_len_estimate(text.len())];
    let length = URL_SAFE_NO_PAD.decode_slice(text, &mut out).map_err(|error| match error {
        DecodeSliceError::DecodeError(error) => fault(text, &error),
        // The estimate is an upper bound, so this does not occur.
        DecodeSliceError::OutputSliceTooSmall => Fault::Length,
    })?;
    out.truncate(length);
    Ok(out)
}

/// Encodes bytes.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn fault(text: &str, error: &DecodeError) -> Fault {
    // The decoder works in blocks, and may report a later or a derived fault: the first character
    // outside the alphabet is what people need to be shown.
    let alphabet = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if let Some((offset, byte)) = text.bytes().enumerate().find(|(_, byte)| !alphabet(byte)) {
        return Fault::Character { byte, offset };
    }
    match error {
        DecodeError::InvalidLastSymbol { .. } => {
            Fault::NonCanonical { offset: text.len().saturating_sub(1) }
        }
        _ => Fault::Length,
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character { byte: b'=', offset } => write!(f, "padding at character {offset}"),
            Self::Character { byte: b'\n' | b'\r', offset } => {
                write!(f, "a line break at character {offset}")
            }
            Self::Character { byte: b' ' | b'\t', offset } => {
                write!(f, "white space at character {offset}")
            }
            Self::Character { byte: b'+' | b'/', offset } => {
                write!(f, "a character of plain base64 at character {offset}")
            }
            Self::Character { offset, .. } => {
                write!(f, "a character outside the alphabet at character {offset}")
            }
            Self::Length => f.write_str("a length that no base64url text has"),
            Self::NonCanonical { offset } => write!(f, "stray bits at character {offset}"),
        }
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::{Fault, decode, encode};

    #[test]
    fn one_spelling_only() {
        assert_eq!(decode("").unwrap(), b"");
        assert_eq!(decode("_-8").unwrap(), [0xff, 0xef]);
        assert_eq!(encode(&[0xff, 0xef]), "_-8");
        assert_eq!(decode("_-9"), Err(Fault::NonCanonical { offset: 2 }));
        assert_eq!(decode("_-8="), Err(Fault::Character { byte: b'=', offset: 3 }));
        assert_eq!(decode("_\n-8"), Err(Fault::Character { byte: b'\n', offset: 1 }));
        assert_eq!(decode("/+8"), Err(Fault::Character { byte: b'/', offset: 0 }));
        assert_eq!(decode("abcde"), Err(Fault::Length));
    }
}
