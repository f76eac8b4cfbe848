//! What people paste around a token.

use crate::json::{Document, Limits};

/// Takes off what stands around a token, and says what that was, from the outside in.
pub(super) fn peel(text: &str) -> (String, Vec<&'static str>) {
    let mut token = text.to_owned();
    let mut peeled = Vec::new();
    // Each layer makes the text shorter, so this ends.
    while let Some((what, inner)) = outer_layer(&token) {
        if !peeled.contains(&what) {
            peeled.push(what);
        }
        token = inner;
    }
    (token, peeled)
}

fn outer_layer(text: &str) -> Option<(&'static str, String)> {
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        return Some(("white space", trimmed.to_owned()));
    }
    if let Some(inner) = quoted(text) {
        return Some(("quotes", inner.to_owned()));
    }
    if let Some(rest) = strip_prefix_ignoring_case(text, "authorization:") {
        return Some(("`Authorization:`", rest.to_owned()));
    }
    if let Some(rest) = strip_prefix_ignoring_case(text, "bearer ") {
        return Some(("`Bearer`", rest.to_owned()));
    }
    if let Some(value) = assigned(text) {
        return Some(("a shell assignment", value.to_owned()));
    }
    if text.starts_with('{')
        && let Some(token) = in_json(text)
    {
        return Some(("the JSON that STS returns", token));
    }
    if text.starts_with('<')
        && let Some(token) = in_xml(text)
    {
        return Some(("the XML that STS returns", token.to_owned()));
    }
    if text.contains('.') && !text.starts_with('{') && text.contains(char::is_whitespace) {
        return Some(("line breaks or spaces within", text.split_whitespace().collect()));
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
