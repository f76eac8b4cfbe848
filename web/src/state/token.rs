use std::rc::Rc;

use countersign::json::{Document, Limits};
use countersign::{Claims, Inspection, inspect, peel};

/// A text that someone gave, and what it says. Nothing in it is believed.
#[derive(Clone, Debug)]
pub struct Token {
    /// The text as it was given.
    pub given: String,
    /// What it says, as far as it can be read.
    pub inspection: Inspection,
    /// The claims, if the payload is an object.
    pub claims: Option<Claims>,
    /// The key id that the header names.
    pub key_id: Option<String>,
    /// What stood around the token, from the outside in.
    pub layers: Vec<&'static str>,
    /// The token itself, without what stood around it.
    text: String,
}

impl Default for Token {
    fn default() -> Self {
        Self::read(String::new())
    }
}

impl Token {
    /// Takes a text apart.
    pub fn read(given: String) -> Self {
        let inspection = inspect(&given);
        let key_id = member_text(part(&inspection, "header"), "kid");
        let claims = object(part(&inspection, "payload"));
        let layers = inspection.peeled.clone();
        let text = peel(&given).token;
        Self { given, inspection, claims, key_id, layers, text }
    }

    /// Whether there is nothing to show.
    pub fn is_blank(&self) -> bool {
        self.given.trim().is_empty()
    }

    /// The token itself, without what stood around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the signature was taken off, as the page's own links do.
    pub fn is_redacted(&self) -> bool {
        self.text.strip_suffix('.').is_some_and(|rest| rest.split('.').count() == 2)
    }

    /// The same token without its signature, which nobody can use; `None` unless it has three parts.
    pub fn without_signature(&self) -> Option<Rc<Self>> {
        let mut parts = self.text.split('.');
        let (header, payload) = (parts.next()?, parts.next()?);
        parts.next()?;
        parts.next().is_none().then(|| Rc::new(Self::read(format!("{header}.{payload}."))))
    }

    /// The issuer that the token names.
    pub fn issuer(&self) -> Option<&str> {
        self.claims.as_ref()?.issuer.as_deref().ok()
    }

    /// Under which name its keys are kept: its issuer, or none.
    pub fn key_issuer(&self) -> &str {
        self.issuer().unwrap_or_default()
    }
}

fn part<'i>(inspection: &'i Inspection, name: &str) -> Option<&'i str> {
    inspection.parts.iter().find(|part| part.name == name)?.text.as_deref()
}

fn object(text: Option<&str>) -> Option<Claims> {
    let (document, _) = Document::parse_noting_duplicates(text?, Limits::default()).ok()?;
    document.root().as_object().map(Claims::read)
}

fn member_text(text: Option<&str>, name: &str) -> Option<String> {
    let (document, _) = Document::parse_noting_duplicates(text?, Limits::default()).ok()?;
    Some(document.root().as_object()?.member(name)?.as_str()?.into_owned())
}

impl PartialEq for Token {
    /// Equal texts say the same.
    fn eq(&self, other: &Self) -> bool {
        self.given == other.given
    }
}
