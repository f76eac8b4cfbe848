//! What components ask of the page and of the browser.

mod browser;
mod keys;
mod mint;
mod page;
mod time;

pub use browser::{DropTarget, read_dropped, use_browser};
pub use keys::fetch_keys;
pub use mint::{can_sign, local_issuer, local_principals, mint_locally, mint_sample};
pub use page::{Page, use_page};
pub use time::{Now, host_time, use_host_time, use_now};
