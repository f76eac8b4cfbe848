//! Settings and snapshots as text: JSON objects of which every member is known.

use std::fmt;

use crate::evaluate::joined;
use crate::json::{Document, Kind, Limits, Value};
use crate::shown::shortened;

/// A text does not have the form that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFault(String);

/// The text as JSON, however long: it was written by whom the host trusts.
pub(super) fn parse(text: &str) -> Result<Document, FormFault> {
    let limits = Limits { max_bytes: usize::MAX, ..Limits::default() };
    Document::parse(text, limits).map_err(|fault| FormFault(fault.to_string()))
}

/// The values of an object's members, by the names that they may have.
pub(super) struct Members<'a> {
    names: &'a [&'static str],
    values: Vec<Option<Value<'a>>>,
}

impl<'a> Members<'a> {
    /// Those of an object that has no others.
    pub(super) fn of(value: Value<'a>, names: &'a [&'static str]) -> Result<Self, FormFault> {
        let Some(object) = value.as_object() else {
            return Err(FormFault(format!("{} where an object is expected", value.kind_name())));
        };
        let mut values = vec![None; names.len()];
        for member in object.members() {
            let at = names.iter().position(|name| *name == member.name);
            match at.and_then(|at| values.get_mut(at)) {
                Some(value) => *value = Some(member.value),
                None => return Err(unknown(&member.name, names)),
            }
        }
        Ok(Self { names, values })
    }

    /// The value of a member, if it is there.
    pub(super) fn get(&self, name: &str) -> Option<Value<'a>> {
        let at = self.names.iter().position(|known| *known == name)?;
        self.values.get(at).copied().flatten()
    }

    pub(super) fn required(&self, name: &str) -> Result<Value<'a>, FormFault> {
        self.get(name).ok_or_else(|| FormFault(format!("missing field `{name}`")))
    }

    pub(super) fn text(&self, name: &str) -> Result<String, FormFault> {
        let value = self.required(name)?;
        let text = value.as_str().ok_or_else(|| wrong(name, "a string", value))?;
        Ok(text.into_owned())
    }

    pub(super) fn whole(&self, name: &str) -> Result<u64, FormFault> {
        whole(name, self.required(name)?)
    }
}

/// A number that is written as a whole one, and fits.
pub(super) fn whole(name: &str, value: Value<'_>) -> Result<u64, FormFault> {
    let number = match value.kind() {
        Kind::Number => value.raw().parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| wrong(name, "a whole number", value))
}

/// A value is not what it must be.
pub(super) fn wrong(name: &str, expected: &str, value: Value<'_>) -> FormFault {
    let found = match value.kind() {
        Kind::Number => shortened(value.raw()),
        kind => kind.name().to_owned(),
    };
    FormFault(format!("`{name}` must be {expected}, and is {found}"))
}

fn unknown(name: &str, known: &[&str]) -> FormFault {
    let known = joined(known, "`, `");
    FormFault(format!("unknown field `{name}`, expected one of `{known}`"))
}

impl fmt::Display for FormFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FormFault {}
