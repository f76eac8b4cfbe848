use countersign::json::{Document, Kind, Limits, Value};

/// What a value is, in short, where its text is long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
    /// Short enough to be shown as it is.
    Whole,
    /// An object with so many members.
    Object(usize),
    /// An array with so many elements.
    Array(usize),
    /// A long text of so many bytes.
    Long(usize),
}

/// Longer values are folded, in bytes.
const SHORT: usize = 240;

/// What a value's JSON text is, in short.
pub fn outline(raw: &str) -> Outline {
    if raw.len() <= SHORT {
        return Outline::Whole;
    }
    let document = document(raw);
    let root = document.as_ref().map(Document::root);
    let members = root.and_then(Value::as_object).map(|object| object.members().count());
    let elements = root.and_then(Value::as_array).map(Iterator::count);
    match (members, elements) {
        (Some(count), _) => Outline::Object(count),
        (_, Some(count)) => Outline::Array(count),
        _ => Outline::Long(raw.len()),
    }
}

/// The ARN that a value's JSON text is, if it is one.
pub fn arn_of(raw: &str) -> Option<String> {
    // An escape could stand for any of these characters; in no token seen does one.
    if !raw.starts_with("\"arn:") {
        return None;
    }
    let document = document(raw)?;
    let text = (document.root().kind() == Kind::String).then(|| document.root().as_str())??;
    countersign::Arn::parse(&text)?;
    Some(text.into_owned())
}

fn document(raw: &str) -> Option<Document> {
    let limits = Limits { max_depth: 100, ..Limits::default() };
    Some(Document::parse_noting_duplicates(raw, limits).ok()?.0)
}
