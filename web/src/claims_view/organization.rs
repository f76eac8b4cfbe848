use super::payload::{Payload, many};

/// Where an account stands in its organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The organization's id.
    pub id: Option<String>,
    /// The ways from the organization down to the account: one in every token seen so far.
    pub paths: Vec<Vec<Unit>>,
}

/// A step on the way from an organization down to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What the step is, by the form of its id.
    pub kind: UnitKind,
    /// Its id.
    pub id: String,
}

/// What a step on the way down an organization is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// `o-…`
    Organization,
    /// `r-…`
    Root,
    /// `ou-…`
    OrganizationalUnit,
    /// Anything else.
    Unknown,
}

impl Organization {
    pub(super) fn read(payload: &Payload) -> Option<Self> {
        let id = payload.aws_text("org_id");
        // AWS documents a string and sends an array of strings.
        let (paths, _) = payload.aws("ou_path").map(many).unwrap_or_default();
        let paths: Vec<_> = paths.iter().map(|path| units(path)).collect();
        (id.is_some() || !paths.is_empty()).then_some(Self { id, paths })
    }
}

fn units(path: &str) -> Vec<Unit> {
    let path = path.strip_suffix('/').unwrap_or(path);
    path.split('/').map(|id| Unit { kind: UnitKind::of(id), id: id.to_owned() }).collect()
}

impl UnitKind {
    fn of(id: &str) -> Self {
        match id.split_once('-') {
            Some(("o", _)) => Self::Organization,
            Some(("r", _)) => Self::Root,
            Some(("ou", _)) => Self::OrganizationalUnit,
            _ => Self::Unknown,
        }
    }
}
