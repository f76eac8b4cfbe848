//! What stands around the page's content.

mod footer;
mod header;

pub(super) use footer::Footer;
pub(super) use header::Header;
