//! What the core is about to say by itself.

use countersign::Finding;

pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

pub(super) struct Place {
    pub(super) part: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) decoded: Option<Span>,
}

pub(super) fn place_of(_: &Finding) -> Option<Place> {
    None
}
