//! What people paste around a token.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::json::{Document, Limits};

/// Nobody wraps a token more often than this; a hostile text could, and each layer costs a look at all
/// of it.
const MOST_LAYERS: usize = 16;

/// A text without what stood around the token in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peeled {
    /// The token, or what should be one.
    pub token: String,
    /// What was taken off, from the outside in, each kind once.
    pub layers: Vec<Layer>,
}

/// Something that people paste around a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layer {
    /// The name of an HTTP header field.
    Authorization,
    /// The scheme of an HTTP header field.
    Bearer,
    /// A byte order mark, as some editors put before a text.
    ByteOrderMark,
    /// The JSON that STS returns.
    Json,
    /// Quotes of any kind.
    Quotes,
    /// `NAME=` or `export NAME=`.
    ShellAssignment,
    /// White space at the beginning or the end.
    Space,
    /// White space within the token, as line-wrapping programs put it there.
    SpaceWithin,
    /// The XML that STS returns.
    Xml,
}

impl Layer {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Authorization,
        Self::Bearer,
        Self::ByteOrderMark,
        Self::Json,
        Self::Quotes,
        Self::ShellAssignment,
        Self::Space,
        Self::SpaceWithin,
        Self::Xml,
    ];

    /// What it is, in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authorization => "`Authorization:`",
            Self::Bearer => "`Bearer`",
            Self::ByteOrderMark => "a byte order mark",
            Self::Json => "the JSON that STS returns",
            Self::Quotes => "quotes",
            Self::ShellAssignment => "a shell assignment",
            Self::Space => "white space",
            Self::SpaceWithin => "line breaks or spaces within",
            Self::Xml => "the XML that STS returns",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Layer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Takes off what stands around a token, and says what that was: as [`inspect`](super::inspect()) does,
/// whose places are places in this token.
pub fn peel(text: &str) -> Peeled {
    let mut token = Cow::Borrowed(text);
    let mut layers = Vec::new();
    for _ in 0..MOST_LAYERS {
        let Some((layer, inner)) = outer_layer(&token) else { break };
        if !layers.contains(&layer) {
            layers.push(layer);
        }
        token = Cow::Owned(inner.into_owned());
    }
    Peeled { token: token.into_owned(), layers }
}

fn outer_layer(text: &str) -> Option<(Layer, Cow<'_, str>)> {
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        return Some((Layer::Space, trimmed.into()));
    }
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        return Some((Layer::ByteOrderMark, rest.into()));
    }
    if let Some(inner) = quoted(text) {
        return Some((Layer::Quotes, inner.into()));
    }
    if let Some(rest) = strip_prefix_ignoring_case(text, "authorization:") {
        return Some((Layer::Authorization, rest.into()));
    }
    if let Some(rest) = strip_prefix_ignoring_case(text, "bearer ") {
        return Some((Layer::Bearer, rest.into()));
    }
    if let Some(value) = assigned(text) {
        return Some((Layer::ShellAssignment, value.into()));
    }
    if text.starts_with('{')
        && let Some(token) = in_json(text)
    {
        return Some((Layer::Json, token.into()));
    }
    if text.starts_with('<')
        && let Some(token) = in_xml(text)
    {
        return Some((Layer::Xml, token.into()));
    }
    if text.contains('.') && !text.starts_with('{') && text.contains(char::is_whitespace) {
        return Some((Layer::SpaceWithin, text.split_whitespace().collect::<String>().into()));
    }
    None
}

fn quoted(text: &str) -> Option<&str> {
    ['"', '\'', '`'].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
}

fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// The value of `NAME=value` or `export NAME=value`.
fn assigned(text: &str) -> Option<&str> {
    let (name, value) = text.split_once('=')?;
    let name = name.strip_prefix("export ").unwrap_or(name).trim();
    let is_name = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.starts_with("eyJ");
    (is_name && !value.is_empty() && !value.starts_with('=')).then_some(value)
}

fn in_json(text: &str) -> Option<String> {
    let document = Document::parse(text, Limits::default()).ok()?;
    let token = document.root().as_object()?.member("WebIdentityToken")?.as_str()?;
    Some(token.into_owned())
}

fn in_xml(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<WebIdentityToken>")?;
    Some(rest.split_once("</WebIdentityToken>")?.0)
}

#[cfg(test)]
mod tests {
    use super::{Layer, peel};

    #[test]
    fn layers_come_off_from_the_outside_in() {
        use Layer::{
            Authorization, Bearer, ByteOrderMark, Json, Quotes, ShellAssignment, Space,
            SpaceWithin, Xml,
        };
        let json = "{\"WebIdentityToken\": \"e30.e30.AA\", \"Expiration\": \"x\"}";
        let xml = "<r><WebIdentityToken>e30.e30.AA</WebIdentityToken></r>";
        for (text, layers) in [
            ("e30.e30.AA", &[][..]),
            ("Bearer e30.e30.AA", &[Bearer]),
            ("authorization: bearer e30.e30.AA\n", &[Space, Authorization, Bearer]),
            ("export TOKEN=\"e30.e30.AA\"", &[ShellAssignment, Quotes]),
            ("\u{feff}'e30.\ne30.\nAA'", &[ByteOrderMark, Quotes, SpaceWithin]),
            (json, &[Json]),
            (xml, &[Xml]),
        ] {
            let peeled = peel(text);
            assert_eq!(peeled.token, "e30.e30.AA", "{text}");
            assert_eq!(peeled.layers, layers, "{text}");
        }
    }

    #[test]
    fn each_layer_has_words_of_its_own() {
        let mut words = Layer::ALL.map(Layer::as_str);
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(serde_json::to_string(&Layer::Bearer).unwrap(), "\"`Bearer`\"");
    }
}
